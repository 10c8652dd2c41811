"""Put helpers on duty, let them change, and say who came."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.rules import local_moment
from shuxiang.readers.queries import reader_by_card
from shuxiang.student_librarians.actions.refused import refuse, refuse_if
from shuxiang.student_librarians.models import Duty, Post, Shift, Swap, Unable
from shuxiang.student_librarians.queries.duties import duty_objections
from shuxiang.student_librarians.queries.own import own_post
from shuxiang.student_librarians.rules import Refusal
from shuxiang.timetable.queries import calendar

BOTH = 2


@transaction.atomic
def give_duty(*, post: Post, shift: Shift, on: date, by: Account, now: datetime) -> Duty:
    """
    Put one helper on duty by hand.

    :raises HelperRefused: if the day is over or closed, the shift full, or the helper cannot
    """
    shift = Shift.objects.select_for_update(of=("self",)).get(pk=shift.pk)
    if on < post.school.day(now):
        refuse(Refusal.DUTY_IS_OVER)
    if post.state != Post.State.APPOINTED:
        refuse(Refusal.NOT_APPOINTED)
    refuse_if(duty_objections(post, shift, on))
    if Duty.objects.filter(shift=shift, on=on).count() >= shift.places:
        refuse(Refusal.SHIFT_IS_FULL, places=shift.places)
    duty: Duty = Duty.objects.create(school=post.school, post=post, shift=shift, on=on)
    record("student_librarians.give_duty", duty, school=post.school, by=by, at=now, post=post.pk)
    return duty


@transaction.atomic
def take_duty_away(*, duty: Duty, by: Account, now: datetime) -> None:
    """
    Take one turn off the roster.

    :raises HelperRefused: if it is over
    """
    duty = _locked(duty)
    if duty.on < duty.school.day(now) or duty.came is not None:
        refuse(Refusal.DUTY_IS_OVER)
    record(
        "student_librarians.take_duty_away",
        duty,
        school=duty.school,
        by=by,
        at=now,
        post=duty.post_id,
        on=duty.on.isoformat(),
    )
    duty.delete()


@transaction.atomic
def tick_duties(
    *, school: School, on: date, came: Collection[Duty], by: Account, now: datetime
) -> int:
    """
    Say who came on a day, in place of what was said before; tell how many. On a closed day nobody is missed.

    :raises HelperRefused: if the day is still to come
    """
    if on > school.day(now):
        refuse(Refusal.DUTY_TO_COME)
    here = {duty.pk for duty in came}
    otherwise = False if calendar(school, around=on).is_open(on) else None
    for duty in Duty.objects.select_for_update(of=("self",)).filter(school=school, on=on):
        duty.came = duty.pk in here or otherwise
        duty.came_at = duty.came_at if duty.came else None
        duty.save(update_fields=["came", "came_at"])
    record(
        "student_librarians.tick_duties",
        None,
        school=school,
        by=by,
        at=now,
        on=on.isoformat(),
        came=sorted(here),
    )
    return len(here)


@transaction.atomic
def come_to_duty(*, school: School, code: str, by: Account, now: datetime) -> Duty:
    """
    Note by the scan of a badge or a card that a helper has come; scanned twice, it is once.

    :raises HelperRefused: if nobody has this card, or whoever has it is no helper, is not on
        duty today, or not at this time
    """
    reader = reader_by_card(school, code)
    if reader is None:
        refuse(Refusal.CARD_UNKNOWN)
    today, clock = school.day(now), local_moment(school.zone, now)
    turns = list(
        Duty.objects.select_for_update(of=("self",))
        .filter(school=school, on=today, post__reader=reader)
        .select_related("shift", "post__reader")
        .order_by("shift__starts_at")
    )
    if not turns:
        is_helper = Post.objects.appointed().on(today).filter(reader=reader).exists()
        refuse(Refusal.NOT_ON_DUTY_NOW if is_helper else Refusal.NOT_A_HELPER, name=reader.name)
    now_on = [one for one in turns if one.shift.clock.hold_at(clock, weekday=one.shift.weekday)]
    duty = next(iter(now_on or [one for one in turns if one.came]), None)
    if duty is None:
        hours = "、".join(str(one.shift.clock) for one in turns)
        refuse(Refusal.NOT_AT_THIS_TIME, name=reader.name, hours=hours, now=f"{clock:%H:%M}")
    if duty.came:
        return duty
    duty.came, duty.came_at = True, now
    duty.save(update_fields=["came", "came_at"])
    record("student_librarians.come_to_duty", duty, school=school, by=by, at=now)
    return duty


@transaction.atomic
def say_unable(
    *,
    post: Post,
    shifts: Collection[Shift],
    days: Collection[date],
    by: Account,
    now: datetime,
    rather_not: Collection[Shift] = (),
) -> None:
    """
    Say at which shifts and on which days a helper cannot or would rather not, in place of what was said before.

    :raises HelperRefused: if a day that was not said before is over
    """
    said = set(Unable.objects.filter(post=post).values_list("on", flat=True))
    today = post.school.day(now)
    if over := sorted(day for day in set(days) - said if day < today):
        refuse(Refusal.DAYS_ARE_OVER, days="、".join(day.isoformat() for day in over))
    wished = [each for each in rather_not if each not in shifts]
    Unable.objects.filter(post=post).delete()
    Unable.objects.bulk_create(
        [
            *(Unable(school=post.school, post=post, shift=each) for each in shifts),
            *(Unable(school=post.school, post=post, shift=each, is_wish=True) for each in wished),
            *(Unable(school=post.school, post=post, on=each) for each in sorted(set(days))),
        ]
    )
    record(
        "student_librarians.say_unable",
        post,
        school=post.school,
        by=by,
        at=now,
        shifts=sorted(each.pk for each in shifts),
        days=sorted(each.isoformat() for each in set(days)),
        rather_not=sorted(each.pk for each in wished),
    )


@transaction.atomic
def ask_swap(*, duty: Duty, wanted: Duty, by: Account, now: datetime) -> Swap:
    """
    Ask another helper to change turns; nothing changes before the other agrees.

    :raises HelperRefused: if a turn has ended, one's own is wanted, or somebody was asked already
    """
    duty, wanted = _locked(duty), _locked(wanted)
    post = own_post(by, now)
    if post is None or duty.post_id != post.pk:
        refuse(Refusal.NOT_YOUR_DUTY)
    if wanted.post_id == post.pk:
        refuse(Refusal.SWAP_WITH_ONESELF)
    if duty.is_over(now) or wanted.is_over(now):
        refuse(Refusal.SWAP_TOO_LATE)
    if Swap.objects.filter(duty=duty, state=Swap.State.ASKED).exists():
        refuse(Refusal.SWAP_WAITS)
    _check_swap(duty, wanted)
    swap: Swap = Swap.objects.create(
        school=duty.school,
        duty=duty,
        wanted=wanted,
        by=duty.post,
        of=wanted.post,
        asked_at=now,
    )
    record("student_librarians.ask_swap", swap, school=duty.school, by=by, at=now)
    return swap


@transaction.atomic
def answer_swap(*, swap: Swap, agreed: bool, by: Account, now: datetime) -> Swap:
    """
    Agree to a swap or decline it; who asked may withdraw.

    :raises HelperRefused: if it was answered, concerns somebody else, or can no longer be
    """
    swap = Swap.objects.select_for_update(of=("self",)).select_related("by", "of").get(pk=swap.pk)
    post = own_post(by, now)
    if swap.state != Swap.State.ASKED:
        refuse(Refusal.SWAP_IS_DECIDED)
    if post is None or post.pk not in (swap.of_id, swap.by_id):
        refuse(Refusal.NOT_YOUR_DUTY)
    if post.pk == swap.by_id:
        swap.state = Swap.State.WITHDRAWN
    else:
        swap.state = Swap.State.AGREED if agreed else Swap.State.REFUSED
    if swap.state == Swap.State.AGREED:
        _change(swap, now)
    swap.answered_at = now
    swap.save(update_fields=["state", "answered_at"])
    record(
        "student_librarians.answer_swap",
        swap,
        school=swap.school,
        by=by,
        at=now,
        state=swap.state,
    )
    return swap


def _change(swap: Swap, now: datetime) -> None:
    rows = Duty.objects.select_for_update(of=("self",)).select_related(
        "school", "shift", "post__reader"
    )
    found = {one.pk: one for one in rows.filter(pk__in=[swap.duty_id, swap.wanted_id])}
    if len(found) < BOTH:
        refuse(Refusal.SWAP_IS_DECIDED)
    duty, wanted = found[swap.duty_id], found[swap.wanted_id]
    if duty.post_id != swap.by_id or wanted.post_id != swap.of_id:
        refuse(Refusal.SWAP_IS_DECIDED)
    if duty.is_over(now) or wanted.is_over(now):
        refuse(Refusal.SWAP_TOO_LATE)
    _check_swap(duty, wanted)
    duty.post, wanted.post = wanted.post, duty.post
    duty.save(update_fields=["post"])
    wanted.save(update_fields=["post"])


def _check_swap(duty: Duty, wanted: Duty) -> None:
    """
    Hear what speaks against either taking the other's turn.

    :raises HelperRefused: naming it
    """
    objections = []
    for post, turn, own in ((duty.post, wanted, duty), (wanted.post, duty, wanted)):
        for objection in duty_objections(post, turn.shift, turn.on):
            is_own_day = objection.reason is Refusal.ON_DUTY_THAT_DAY and own.on == turn.on
            if not is_own_day:
                objections.append(objection)
    refuse_if(objections)


def _locked(duty: Duty) -> Duty:
    rows = Duty.objects.select_for_update(of=("self",)).select_related(
        "school", "shift", "post__reader", "post__term__year", "post__school", "post__term__school"
    )
    found: Duty = rows.get(pk=duty.pk)
    return found
