"""Take back. A return is never refused; what is odd becomes a note."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from shuxiang.catalogue.actions import mark
from shuxiang.catalogue.models import Copy, Standing
from shuxiang.circulation.actions.clock import check_clock
from shuxiang.circulation.models import Hold, Loan
from shuxiang.circulation.queries import hot
from shuxiang.circulation.rules import CLOCK_TOLERANCE, Note
from shuxiang.platform.audit.actions import Act, record_act
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.database.plain import change
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import setting
from shuxiang.readers.models import Reader
from shuxiang.timetable.queries import calendar

NOTE_OF: dict[str, Note] = {
    Standing.LOST: Note.WAS_LOST,
    Standing.MISSING: Note.WAS_LOST,
    Standing.IN_REPAIR: Note.WAS_IN_REPAIR,
    Standing.WITHDRAWN: Note.WAS_WITHDRAWN,
    Standing.IN_PROCESS: Note.IN_PROCESS,
}
STAYS = frozenset({Standing.IN_REPAIR, Standing.WITHDRAWN, Standing.IN_PROCESS})
"""Standings that a return does not change, since the librarian has more to do."""


@transaction.atomic
def take_back(*, copy: Copy, act: Act, reader: Reader | None = None) -> Entry:
    """
    Take a copy back, whoever brings it; `reader` is the one at the desk.

    :raises NonceReused: if the act's number did something else before
    :raises ClockWentBack: if the computer's clock is wrong
    """
    school = copy.school
    hot.lock_copy(copy.pk)
    found = hot.to_take_back(
        school, copy=copy.pk, nonce=act.nonce, latest=act.now + CLOCK_TOLERANCE
    )
    if found.known.entry and (done := act.done(school)):
        return done
    check_clock(school, act.now, found.known)
    today = school.day(act.now)
    loan = found.loan
    copy.standing = found.standing
    notes = _notes(copy, loan, reader, today)
    if loan:
        loan.copy = copy
        loan.returned_at = max(act.now, loan.lent_at)
        loan.returned_on = school.day(loan.returned_at)
        change(loan, "returned_at", "returned_on")
    was = copy.standing
    hold = None
    if copy.standing not in STAYS:
        hold = _put_aside(copy, act.now) if found.holds else None
        if not found.holds:
            mark(copy, Standing.TO_BE_SHELVED)
    return record_act(
        "circulation.take_back",
        loan or copy,
        school=school,
        act=act,
        copy=copy.pk,
        was=was,
        hold=hold.pk if hold else None,
        notes=notes,
        days_late=(today - loan.due_on).days if loan and loan.due_on < today else 0,
    )


def _notes(copy: Copy, loan: Loan | None, reader: Reader | None, today: date) -> list[str]:
    notes = []
    if copy.standing in NOTE_OF:
        notes.append(NOTE_OF[copy.standing])
    if loan is None:
        notes.append(Note.NOT_ON_LOAN)
    elif loan.due_on < today:
        notes.append(Note.OVERDUE)
    if loan and reader and loan.reader_id != reader.pk:
        notes.append(Note.OF_ANOTHER_READER)
    return [note.value for note in notes]


def _put_aside(copy: Copy, now: datetime) -> Hold | None:
    """Put a copy where it waits: for the reader who comes next, or for its shelf."""
    wanted = Hold.objects.open().filter(school=copy.school_id, holding=copy.holding_id)
    lies_ready = wanted.filter(copy=copy, state=Hold.State.READY).exists()
    hold = None if lies_ready else trap(copy, now)
    mark(copy, Standing.SET_ASIDE if lies_ready or hold else Standing.TO_BE_SHELVED)
    return hold


def trap(copy: Copy, now: datetime) -> Hold | None:
    """Put a copy that came in aside for the first who waits; tell whose hold it is."""
    hold = (
        Hold.objects.select_for_update(of=("self",))
        .filter(school=copy.school, holding=copy.holding_id, state=Hold.State.WAITING)
        .order_by("placed_at", "id")
        .first()
    )
    if hold is None:
        return None
    School.objects.select_for_update(no_key=True).get(
        pk=copy.school_id
    )  # two desks, one pigeonhole
    hold.state = Hold.State.READY
    hold.copy = copy
    hold.place = _free_place(copy.school)
    hold.ready_at = now
    hold.fetch_by = _fetch_by(copy.school, copy.school.day(now))
    hold.save(update_fields=["state", "copy", "place", "ready_at", "fetch_by"])
    return hold


def _free_place(school: School) -> int:
    taken = set(
        Hold.objects.filter(school=school, state=Hold.State.READY).values_list("place", flat=True)
    )
    return next(place for place in range(1, len(taken) + 2) if place not in taken)


def _fetch_by(school: School, today: date) -> date:
    days = timedelta(days=setting(school, "desk.ready_days"))
    return calendar(school, around=today).on_or_after(today + days)
