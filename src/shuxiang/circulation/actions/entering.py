"""Write down who came into the reading room."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuxiang.circulation.models import Entrance
from shuxiang.circulation.rules.coming import ONCE_WITHIN
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import Act, record, record_act
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import class_of, reader_by_card, register


class NobodyHasThisCard(Exception):
    """No reader of the school has this card or number; nothing was written."""


class ReaderHasLeft(Exception):
    """The reader of this card has left the school; nothing was written."""


class NobodyInClass(Exception):
    """The class has no pupils; nothing was written."""


@transaction.atomic
def enter(*, school: School, code: str, by: Account, now: datetime) -> Entrance:
    """
    Let a reader in by card; read again within minutes, it is the same coming.

    :raises NobodyHasThisCard: if the card is unknown
    :raises ReaderHasLeft: if its reader has left
    """
    reader = reader_by_card(school, code)
    if reader is None:
        raise NobodyHasThisCard
    if reader.left_on is not None:
        raise ReaderHasLeft
    Reader.objects.select_for_update(of=("self",)).get(pk=reader.pk)
    recent = Entrance.objects.standing().filter(reader=reader, at__gt=now - ONCE_WITHIN)
    if found := recent.order_by("-at").first():
        return found
    return _write(
        Entrance(
            school=school,
            way=Entrance.Way.CARD,
            category=reader.category,
            reader=reader,
            school_class=class_of(reader, school.day(now)),
            people=1,
        ),
        by=by,
        now=now,
    )


@transaction.atomic
def enter_class(
    *, school_class: SchoolClass, by: Account, now: datetime, at: datetime | None = None
) -> Entrance:
    """
    Let a whole class in at once, or write down afterwards that it came `at` a moment that has passed.

    :raises NobodyInClass: if it had no pupils
    """
    at = at or now
    school = school_class.school
    SchoolClass.objects.select_for_update(of=("self",)).get(pk=school_class.pk)
    recent = Entrance.objects.standing().filter(
        school_class=school_class,
        way=Entrance.Way.CLASS,
        at__gt=at - ONCE_WITHIN,
        at__lt=at + ONCE_WITHIN,
    )
    if found := recent.order_by("-at").first():
        return found
    people = len(register(school_class, school.day(at)))
    if not people:
        raise NobodyInClass
    return _write(
        Entrance(
            school=school,
            way=Entrance.Way.CLASS,
            category=Reader.Category.PUPIL,
            school_class=school_class,
            people=people,
            at=at,
        ),
        by=by,
        now=now,
    )


@transaction.atomic
def enter_count(
    *, school: School, category: Reader.Category, people: int, by: Account, now: datetime
) -> Entrance:
    """Write down how many came, without asking who."""
    counted = Entrance(school=school, way=Entrance.Way.COUNT, category=category, people=people)
    return _write(counted, by=by, now=now)


@transaction.atomic
def take_entrance_back(*, entrance: Entrance, by: Account, now: datetime) -> Entrance:
    """Strike out a coming that was written by mistake; twice is the same."""
    entrance = Entrance.objects.select_for_update(of=("self",)).get(pk=entrance.pk)
    if entrance.taken_back_at is None:
        entrance.taken_back_at = now
        entrance.save(update_fields=["taken_back_at"])
        record("circulation.take_entrance_back", entrance, school=entrance.school, by=by, at=now)
    return entrance


def _write(entrance: Entrance, *, by: Account, now: datetime) -> Entrance:
    entrance.by, entrance.at = by, entrance.at or now
    entrance.on = entrance.school.day(entrance.at)
    entrance.save()
    verb = {
        Entrance.Way.CARD: "circulation.enter",
        Entrance.Way.CLASS: "circulation.enter_class",
        Entrance.Way.COUNT: "circulation.enter_count",
    }[Entrance.Way(entrance.way)]
    act = Act(by=by, now=now)  # it changes no rule: the desks need not read theirs anew
    record_act(verb, entrance, school=entrance.school, act=act, people=entrance.people)
    return entrance
