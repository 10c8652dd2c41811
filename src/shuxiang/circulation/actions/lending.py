"""Lend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from shuxiang.catalogue.actions import mark
from shuxiang.catalogue.models import Copy, Standing
from shuxiang.circulation import rules
from shuxiang.circulation.actions.clock import check_clock
from shuxiang.circulation.models import Hold, Loan, Visit
from shuxiang.circulation.queries import lending as ask
from shuxiang.circulation.rules import Objection, Reason, Terms, Verdict, Way
from shuxiang.platform.audit.actions import Act, record_act
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.database.plain import write
from shuxiang.readers.models import Reader


class LoanRefused(Exception):
    """An objection stands. The desk shows each; nothing was written."""

    def __init__(self, verdict: Verdict, copy: Copy, reader: Reader) -> None:
        super().__init__(", ".join(objection.reason for objection in verdict.objections))
        self.objections: tuple[Objection, ...] = verdict.objections
        self.copy = copy
        self.reader = reader

    @property
    def may_pass(self) -> bool:
        return all(o.weight is not rules.Weight.REFUSE for o in self.objections)


class WrongSchool(Exception):
    """The copy and the reader are not of one school: nothing was written."""


@transaction.atomic
def lend(
    *,
    copy: Copy,
    reader: Reader,
    act: Act,
    confirmed: Iterable[Reason] = (),
    why: str = "",
    in_room: bool = False,
    visit: Visit | None = None,
    channel: Loan.Channel = Loan.Channel.DESK,
) -> Entry:
    """
    Lend one copy to one reader; `why` is the reason given for passing `confirmed` objections.

    :raises LoanRefused: if an objection stands
    :raises NonceReused: if the act's number did something else before
    :raises ClockWentBack: if the computer's clock is wrong
    """
    if copy.school_id != reader.school_id:
        raise WrongSchool
    asked = ask.asked(copy=copy, reader=reader, act=act, visit=visit, in_room=in_room)
    if asked.known.entry and (done := act.done(reader.school)):
        return done
    check_clock(reader.school, act.now, asked.known)
    verdict = rules.may_borrow(asked.facts, asked.terms)
    passed = confirm_objections(confirmed, act)
    if asked.terms is None or verdict.standing(passed):
        raise LoanRefused(verdict, copy, reader)
    loan = _write_loan(asked, asked.terms, act, visit=visit, channel=channel)
    holds = _settle_holds(copy, reader, act) if asked.holds else {}
    was = copy.standing
    if was != Standing.ON_SHELF:
        mark(copy, Standing.ON_SHELF)
    return record_act(
        "circulation.lend",
        loan,
        school=reader.school,
        act=act if passed else replace(act, approved_by=None),
        copy=copy.pk,
        was=was,
        due=loan.due_on.isoformat(),
        passed=sorted(o.reason for o in verdict.objections if o.reason in passed),
        notes=sorted(o.reason for o in verdict.notes),
        why=why if passed else "",
        hold=holds.get("hold"),
        set_back=holds.get("set_back"),
    )


def confirm_objections(reasons: Iterable[Reason], act: Act) -> frozenset[Reason]:
    """Tell which objections are passed: those that were confirmed by somebody who may."""
    may = act.may("circulation.confirm_objections")
    return frozenset(reasons) if may else frozenset()


def _write_loan(
    asked: ask.Asked, terms: Terms, act: Act, *, visit: Visit | None, channel: Loan.Channel
) -> Loan:
    reader, place, today = asked.reader, asked.place, asked.policy.day
    in_room, with_class = asked.facts.in_room, asked.facts.way is Way.WITH_CLASS
    loan = Loan(
        school=reader.school,
        copy=asked.copy,
        reader=reader,
        reader_category=reader.category,
        school_class=place.school_class,
        grade=place.grade,
        visit=visit if with_class else None,
        kind=Loan.Kind.IN_ROOM if in_room else Loan.Kind.HOME,
        channel=Loan.Channel.VISIT if with_class else channel,
        lent_at=act.now,
        lent_on=today,
    )
    if in_room:
        loan.due_on = today
        loan.due_time = ask.closing_today(reader=reader, place=place, policy=asked.policy)
    else:
        due = ask.due(category=reader.category, place=place, policy=asked.policy, terms=terms)
        loan.due_on, loan.due_at_visit = due.on, due.at_visit
    write(loan)
    return loan


def _settle_holds(copy: Copy, reader: Reader, act: Act) -> dict[str, int | None]:
    """Close the reader's own hold; another's copy that goes out sends that hold back to waiting."""
    own = Hold.objects.open().filter(reader=reader, holding=copy.holding_id).first()
    other = (
        Hold.objects.filter(school=reader.school, copy=copy, state=Hold.State.READY)
        .exclude(reader=reader)
        .first()
    )
    details: dict[str, int | None] = {"hold": None, "set_back": None}
    if own:
        details["hold"] = own.pk
        if own.copy_id not in (None, copy.pk) and own.copy:
            mark(own.copy, Standing.TO_BE_SHELVED)
        own.state, own.closed_at = Hold.State.FILLED, act.now
        own.save(update_fields=["state", "closed_at"])
    if other:
        details["set_back"] = other.pk
        other.state = Hold.State.WAITING
        other.copy = other.place = other.ready_at = other.fetch_by = None
        other.save(update_fields=["state", "copy", "place", "ready_at", "fetch_by"])
    return details
