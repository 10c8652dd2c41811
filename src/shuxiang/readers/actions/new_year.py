"""A new school year: bring the school's list and carry it out in one act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from shuxiang.platform.accounts.actions import reopen, shut
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.numbers.actions import retire_barcodes
from shuxiang.platform.numbers.queries import living_codes
from shuxiang.platform.schools.actions import open_year
from shuxiang.platform.schools.models import School
from shuxiang.readers.actions.cards import take_cards
from shuxiang.readers.actions.joining import check_numbers, enter_readers
from shuxiang.readers.actions.moving import OWN_ROLES
from shuxiang.readers.models import Membership, NewYear, Reader, SchoolClass
from shuxiang.readers.queries.new_year import YearPlan, class_entries, year_plan
from shuxiang.readers.rules import A_DAY, NewReader, class_number
from shuxiang.readers.rules.new_year import GOING, MOVING, Entry, Listed, Step, packed

RESEATED = MOVING | {Step.RETURNS}


class YearNotAsShown(Exception):
    """Readers were changed since the list was looked at; nothing was written."""


@transaction.atomic
def bring_year(
    *,
    school: School,
    first_year: int,
    file: str,
    listed: Sequence[Listed],
    unread: Sequence[tuple[int, str, str, str]],
    by: Account,
    now: datetime,
) -> NewYear:
    """Keep the rows of a list to be looked at, in place of one that was not carried out."""
    NewYear.objects.filter(school=school, done_at=None).delete()
    brought = NewYear.objects.create(
        school=school,
        first_year=first_year,
        file=file[:120],
        listed=packed(listed),
        unread=[list(one) for one in unread],
        brought_at=now,
        brought_by=by,
    )
    record("readers.bring_year", brought, school=school, by=by, at=now, rows=len(listed))
    return brought


@transaction.atomic
def give_year_up(*, year: NewYear, by: Account, now: datetime) -> None:
    """Forget a list that was only looked at."""
    record("readers.give_year_up", None, school=year.school, by=by, at=now)
    NewYear.objects.filter(pk=year.pk, done_at=None).delete()


@transaction.atomic
def begin_year(*, year: NewYear, shown: str, by: Account, now: datetime) -> NewYear:
    """
    Carry a list out: classes are made, pupils move, join and leave; asked twice, it is done once.

    `shown` is the stamp of the plan that was looked at.

    :raises YearNotAsShown: if the plan is another by now
    :raises NumberTaken, CardTaken: if a number of a new pupil names somebody else
    """
    school = School.objects.select_for_update(no_key=True).get(pk=year.school_id)
    year = NewYear.objects.select_for_update().get(pk=year.pk)
    if year.done_at:
        return year
    plan = year_plan(year)
    if plan.stamp != shown:
        raise YearNotAsShown
    open_year(school=school, first_year=year.first_year, by=by, now=now)
    today = school.day(now)
    made = _make_classes(school, plan.new_classes)
    classes = class_entries(school)
    year.trace = {"classes": made}
    _let_go(year, plan, today, now)
    _move(year, plan, classes, today)
    _take_back(year, plan, classes, today)
    _join(year, plan, classes, today)
    year.done_at, year.counts = now, dict(plan.counts)
    year.listed, year.unread = [], []
    year.save()
    record("readers.begin_year", year, school=school, by=by, at=now, **year.counts)
    return year


def _make_classes(school: School, entries: Iterable[Entry]) -> list[int]:
    taken: dict[tuple[str, int], set[int]] = {}
    for one in SchoolClass.objects.filter(school=school):
        taken.setdefault((one.stage, one.cohort), set()).add(one.number)
    new = []
    for entry in entries:
        numbers = taken.setdefault(entry.grade, set())
        number = class_number(entry.mark)
        if number is None or number in numbers:
            number = max(numbers, default=0) + 1
        numbers.add(number)
        new.append(
            SchoolClass(
                school=school,
                stage=entry.stage,
                cohort=entry.cohort,
                number=number,
                mark=entry.mark[:10],
            )
        )
    return [one.pk for one in SchoolClass.objects.bulk_create(new)]


def _let_go(year: NewYear, plan: YearPlan, today: date, now: datetime) -> None:
    keys = [line.present.pk for line in plan.lines if line.step in GOING and line.present]
    going = list(Reader.objects.filter(school=year.school, pk__in=keys, joined_on__lte=today))
    cards = [one.card for one in going if one.card]
    retire_barcodes(school=year.school, codes=cards, now=now)
    stays = Membership.objects.filter(school=year.school, reader__in=going, until_on=None)
    ended = list(stays.values_list("pk", flat=True))
    stays.update(until_on=today)
    Reader.objects.filter(pk__in=[one.pk for one in going]).update(left_on=today)
    shut_now = _own_accounts(going, is_active=True)
    shut(*shut_now)
    year.trace |= {
        "left": [one.pk for one in going],
        "left_on": today.isoformat(),
        "ended": ended,
        "shut": shut_now,
    }


def _move(year: NewYear, plan: YearPlan, classes: dict[Entry, int], today: date) -> None:
    to = {
        line.present.pk: classes[line.listed.entry]
        for line in plan.lines
        if line.step in MOVING and line.present and line.listed
    }
    stays = Membership.objects.filter(school=year.school, reader__in=to, until_on=None)
    turned, closed = [], []
    for stay in stays.select_for_update():
        if stay.from_on >= today:  # came only today: it is put right, not ended
            turned.append([stay.pk, stay.school_class_id])
            stay.school_class_id = to.pop(stay.reader_id)
            stay.save(update_fields=["school_class"])
        else:
            closed.append(stay.pk)
    Membership.objects.filter(pk__in=closed).update(until_on=today - A_DAY)
    begun = Membership.objects.bulk_create(
        Membership(school=year.school, reader_id=reader, school_class_id=to[reader], from_on=today)
        for reader in to
    )
    year.trace |= {"turned": turned, "closed": closed, "begun": [one.pk for one in begun]}
    _seat(year, plan)


def _seat(year: NewYear, plan: YearPlan) -> None:
    """Give the seats that the list names; who changes class has none until one is named."""
    seats = {
        line.present.pk: line.listed.seat
        for line in plan.lines
        if line.present and line.listed and (line.step in RESEATED or line.listed.seat)
        if line.step not in (Step.UNCLEAR, Step.NEW)
    }
    readers = [one for one in Reader.objects.filter(pk__in=seats) if one.seat != seats[one.pk]]
    year.trace["seats"] = [[one.pk, one.seat] for one in readers]
    for one in readers:
        one.seat = seats[one.pk]
    Reader.objects.bulk_update(readers, ["seat"], batch_size=500)


def _take_back(year: NewYear, plan: YearPlan, classes: dict[Entry, int], today: date) -> None:
    """Take in again who comes back, with the card of the list or the old one if nobody else has it."""
    lines = {
        line.present.pk: line.listed
        for line in plan.lines
        if line.step is Step.RETURNS and line.present and line.listed
    }
    back = list(Reader.objects.filter(school=year.school, pk__in=lines).order_by("pk"))
    check_numbers(year.school, [one.number for one in back])
    taken = living_codes(school=year.school, codes={one.card for one in back})
    year.trace["returned"] = [
        [one.pk, one.left_on.isoformat(), one.card] for one in back if one.left_on
    ]
    stays = [
        Membership(
            school=year.school,
            reader=one,
            school_class_id=classes[lines[one.pk].entry],
            from_on=max(today, one.left_on + A_DAY) if one.left_on else today,
        )
        for one in back
    ]
    for one in back:
        one.card = lines[one.pk].card or ("" if one.card in taken else one.card)
        one.left_on = None
    take_cards(year.school, [one.card for one in back if one.card])
    Reader.objects.bulk_update(back, ["card", "left_on"], batch_size=500)
    begun = Membership.objects.bulk_create(stays)
    year.trace["begun"] += [one.pk for one in begun]
    year.trace["reopened"] = _own_accounts(back, is_active=False)
    reopen(*year.trace["reopened"])


def _own_accounts(readers: Iterable[Reader], *, is_active: bool) -> list[int]:
    """List the accounts of some readers that go with them: with no role that stays."""
    keys = [one.account_id for one in readers if one.account_id]
    found = Account.objects.filter(pk__in=keys, is_active=is_active).prefetch_related("held_roles")
    return [account.pk for account in found if account.roles <= OWN_ROLES]


def _join(year: NewYear, plan: YearPlan, classes: dict[Entry, int], today: date) -> None:
    new = [
        NewReader(
            name=line.listed.name,
            category=Reader.Category.PUPIL,
            joined_on=today,
            number=line.listed.number,
            card=line.listed.card,
            seat=line.listed.seat,
            school_class=classes[line.listed.entry],
        )
        for line in plan.lines
        if line.step is Step.NEW and line.listed
    ]
    joined = enter_readers(year.school, new)
    year.trace["joined"] = [one.pk for one in joined]
    stays = Membership.objects.filter(reader__in=joined)
    year.trace["joined_stays"] = [
        [reader, school_class]
        for reader, school_class in stays.values_list("reader", "school_class")
    ]
