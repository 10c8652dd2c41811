"""A rotation is solved, looked at, and accepted in one act that can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.jobs import actions as jobs
from shuxiang.platform.jobs import proposals
from shuxiang.readers.queries import classes_at_school
from shuxiang.timetable.actions.refused import refuse_if
from shuxiang.timetable.actions.turns import end
from shuxiang.timetable.models import Proposal, Slot, Term, Turn, Wish
from shuxiang.timetable.queries import holds_from, put_of, puts_of, see_timetable, slots_given
from shuxiang.timetable.rules import Letter, Objection, Put, Reason

SOLVE = "timetable.solve"


@transaction.atomic
def ask_for_rotation(*, term: Term, by: Account | None, now: datetime) -> Proposal:
    """
    Have a rotation solved for a term; what stands is not touched.

    :raises TimetableRefused: if nothing says who comes, or one is being solved
    """
    Term.objects.select_for_update(no_key=True).get(pk=term.pk)
    proposals.make_way(Proposal.objects.filter(term=term))
    refuse_if(list(_not_to_be_solved(term, term.school.day(now))))
    job = jobs.start(school=term.school, kind=SOLVE, by=by, now=now, params={"term": term.pk})
    return Proposal.objects.create(school=term.school, term=term, job=job)


def stop_solving(*, proposal: Proposal, by: Account, now: datetime) -> None:
    """Have the solver stop and give the best that it has found."""
    proposals.stop(proposal, "timetable.stop_solving", by=by, now=now)


@transaction.atomic
def accept_proposal(*, proposal: Proposal, by: Account | None, now: datetime) -> Proposal:
    """
    Let a solved rotation stand in place of the present one; what both have stays as it is.

    :raises TimetableRefused: if it was decided on already, or no longer fits the slots
    """
    term, today = _alone_with(proposal, now)
    puts = puts_of(proposal.puts)
    if proposal.state != Proposal.State.READY:
        refuse_if([Objection(reason=Reason.PROPOSAL_DECIDED)])
    refuse_if(list(_out_of_date(term, puts, today)))
    proposal.before = [_row(turn) for turn in see_timetable(term)]
    gone, given = _replace(term, puts, pinned=frozenset(), today=today)
    proposal.state, proposal.accepted_at = Proposal.State.ACCEPTED, now
    proposal.save(update_fields=["before", "state", "accepted_at"])
    _tell("timetable.accept_proposal", proposal, gone=gone, given=given, by=by, now=now)
    return proposal


@transaction.atomic
def take_back_proposal(*, proposal: Proposal, by: Account | None, now: datetime) -> Proposal:
    """
    Let the rotation stand again that stood before a proposal was accepted.

    :raises TimetableRefused: if a class was moved since, or it was not accepted
    """
    term, today = _alone_with(proposal, now)
    if proposal.state != Proposal.State.ACCEPTED:
        refuse_if([Objection(reason=Reason.PROPOSAL_DECIDED)])
    if {put_of(turn) for turn in see_timetable(term)} != set(puts_of(proposal.puts)):
        refuse_if([Objection(reason=Reason.ROTATION_CHANGED_SINCE)])
    puts = puts_of(proposal.before)
    refuse_if(list(_out_of_date(term, puts, today)))
    pinned = frozenset(puts_of(row for row in proposal.before if row[3]))
    gone, given = _replace(term, puts, pinned=pinned, today=today)
    proposal.state = Proposal.State.TAKEN_BACK
    proposal.save(update_fields=["state"])
    _tell("timetable.take_back_proposal", proposal, gone=gone, given=given, by=by, now=now)
    return proposal


def set_proposal_aside(*, proposal: Proposal, by: Account, now: datetime) -> None:
    """Leave the rotation as it stands; the proposal is not wanted."""
    proposals.set_aside(proposal, "timetable.set_proposal_aside", by=by, now=now)


def _not_to_be_solved(term: Term, today: date) -> Iterator[Objection]:
    if term.ends_on < today:
        yield Objection(reason=Reason.TERM_IS_OVER)
    if not Wish.objects.filter(term=term, kind=Wish.Kind.COMES).exists():
        yield Objection(reason=Reason.NOBODY_COMES)
    if not Slot.objects.filter(school=term.school_id, capacity__gt=0).exists():
        yield Objection(reason=Reason.NO_SLOTS)
    if Proposal.objects.filter(term=term, state=Proposal.State.SOLVING).exists():
        yield Objection(reason=Reason.SOLVING_ALREADY)


def _alone_with(proposal: Proposal, now: datetime) -> tuple[Term, date]:
    """Let one office at a time change the rotation of a term; the proposal as it is now."""
    Term.objects.select_for_update(no_key=True).get(pk=proposal.term_id)
    proposal.refresh_from_db(fields=["state", "puts", "before"])
    term = Term.objects.select_related("school", "year").get(pk=proposal.term_id)
    return term, term.school.day(now)


def _out_of_date(term: Term, puts: Sequence[Put], today: date) -> Iterator[Objection]:
    """Slots and classes may have changed while a rotation was solved or looked at."""
    room = {slot.pk: slot.capacity for slot in slots_given(term.school)}
    at_school = {one.pk for one in classes_at_school(term.school, term.year.first_year)}
    load = Counter((put.slot, letter) for put in puts for letter in put.weeks.letters)
    if term.ends_on < today:
        yield Objection(reason=Reason.TERM_IS_OVER)
    if any(
        load[put.slot, letter] > room.get(put.slot, 0) for put in puts for letter in Letter
    ) or any(put.school_class not in at_school for put in puts):
        yield Objection(reason=Reason.PROPOSAL_OUT_OF_DATE)


def _replace(
    term: Term, puts: Iterable[Put], *, pinned: frozenset[Put], today: date
) -> tuple[int, int]:
    """End the turns that are not wanted any more, give those that are new; count both."""
    day = holds_from(term, today) if today >= term.starts_on else today
    wanted = dict.fromkeys(puts)
    gone = 0
    for turn in see_timetable(term):
        if put_of(turn) in wanted:
            del wanted[put_of(turn)]
        else:
            end(turn, day)
            gone += 1
    Turn.objects.bulk_create(
        Turn(
            school=term.school,
            term=term,
            slot_id=put.slot,
            school_class_id=put.school_class,
            weeks=put.weeks.value,
            from_on=day if day > term.starts_on else None,
            is_pinned=put in pinned,
        )
        for put in wanted
    )
    return gone, len(wanted)


def _row(turn: Turn) -> list[object]:
    return [turn.slot_id, turn.school_class_id, turn.weeks, turn.is_pinned]


def _tell(
    verb: str, proposal: Proposal, *, gone: int, given: int, by: Account | None, now: datetime
) -> None:
    record(
        verb,
        proposal,
        school=proposal.school,
        by=by,
        at=now,
        term=proposal.term_id,
        turns=len(proposal.puts),
        gone=gone,
        given=given,
    )
