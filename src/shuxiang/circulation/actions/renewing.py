"""Renew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from shuxiang.circulation.actions.clock import check_clock
from shuxiang.circulation.models import Loan
from shuxiang.circulation.queries import lending as ask
from shuxiang.circulation.queries.policy import policy_of
from shuxiang.circulation.rules import RenewalReason, may_renew
from shuxiang.platform.audit.actions import Act, record_act
from shuxiang.platform.audit.models import Entry
from shuxiang.readers.models import Reader


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A loan that could not be renewed, and everything that stops it."""

    loan: Loan
    reasons: tuple[RenewalReason, ...]


class RenewalRefused(Exception):
    """No loan could be renewed; nothing was written."""

    def __init__(self, kept: tuple[Kept, ...]) -> None:
        super().__init__(", ".join(reason for one in kept for reason in one.reasons))
        self.kept = kept


@transaction.atomic
def renew(*, reader: Reader, loans: Sequence[Loan], act: Act) -> Entry:
    """
    Renew what may be renewed of a reader's loans; the entry tells which, and why others are not.

    :raises RenewalRefused: if none can be renewed
    :raises NonceReused: if the act's number did something else before
    """
    reader = Reader.objects.select_for_update().get(pk=reader.pk)
    school = reader.school
    if done := act.done(school):
        return done
    check_clock(school, act.now)
    wanted = (
        Loan.objects.on_hand()
        .select_for_update(of=("self",))
        .filter(reader=reader, pk__in=[loan.pk for loan in loans])
        .select_related("copy__holding__title", "reader__school")
        .order_by("due_on", "id")
    )
    renewed: list[dict[str, object]] = []
    kept: list[Kept] = []
    first = None
    for loan in wanted:
        if reasons := _renew_one(loan, reader, act, renewed):
            kept.append(Kept(loan=loan, reasons=reasons))
        else:
            first = first or loan
    if first is None:
        raise RenewalRefused(tuple(kept))
    return record_act(
        "circulation.renew",
        first,
        school=school,
        act=act,
        renewed=renewed,
        kept=[{"loan": one.loan.pk, "reasons": list(one.reasons)} for one in kept],
    )


def _renew_one(
    loan: Loan, reader: Reader, act: Act, renewed: list[dict[str, object]]
) -> tuple[RenewalReason, ...]:
    today = reader.school.day(act.now)
    place, policy = ask.place_of(reader, today), policy_of(reader.school, today)
    terms = ask.terms_of(reader, place, today, loan.copy.collection_id)
    if terms is None:
        return (RenewalReason.RENEWED_ENOUGH,)
    due = ask.due(category=reader.category, place=place, policy=policy, terms=terms, renewing=loan)
    facts = ask.renewal_facts(loan=loan, new_due_on=due.on, today=today)
    if reasons := may_renew(facts, terms):
        return reasons
    renewed.append(
        {
            "loan": loan.pk,
            "from": loan.due_on.isoformat(),
            "from_visit": loan.due_at_visit,
            "to": due.on.isoformat(),
            "before": loan.renewed_at.isoformat() if loan.renewed_at else None,
        }
    )
    loan.due_on, loan.due_at_visit = due.on, due.at_visit
    loan.renewals, loan.renewed_at = loan.renewals + 1, act.now
    loan.save(update_fields=["due_on", "due_at_visit", "renewals", "renewed_at"])
    return ()
