"""A class forgoes a prize once: proposed by the library, decided by the school's leaders."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from shuxiang.circulation.models import Forfeit
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.queries import setting
from shuxiang.readers.models import SchoolClass

FORGOES = "late.class_forgoes"
"""The setting that turns this on."""


class NoForfeits(Exception):
    """The school lets no class forgo anything; nothing was written."""


class ProposedAlready(Exception):
    """A proposal about this class waits for its decision; nothing was written."""


class AlreadyDecided(Exception):
    """The proposal was decided or taken back before; nothing was written."""


@transaction.atomic
def propose_forfeit(
    *,
    school_class: SchoolClass,
    why: Forfeit.Why,
    books: int,
    note: str,
    by: Account,
    now: datetime,
) -> Forfeit:
    """
    Propose that a class forgoes the prize once.

    :raises NoForfeits: if the school has not turned this on
    :raises ProposedAlready: if one about the class is open
    """
    school = school_class.school
    if not setting(school, FORGOES):
        raise NoForfeits
    SchoolClass.objects.select_for_update(of=("self",)).get(pk=school_class.pk)
    if Forfeit.objects.filter(school_class=school_class, state=Forfeit.State.PROPOSED).exists():
        raise ProposedAlready
    proposal = Forfeit.objects.create(
        school=school,
        school_class=school_class,
        why=why,
        books=books,
        note=note,
        proposed_on=school.day(now),
        proposed_by=by,
    )
    record(
        "circulation.propose_forfeit",
        proposal,
        school=school,
        by=by,
        at=now,
        school_class=school_class.pk,
        why=why,
        books=books,
    )
    return proposal


@transaction.atomic
def decide_forfeit(
    *, forfeit: Forfeit, is_agreed: bool, decided_by: str, on: date, by: Account, now: datetime
) -> Forfeit:
    """
    Write down what was decided, by whom and when.

    :raises AlreadyDecided: if it does not wait for a decision
    """
    state = Forfeit.State.AGREED if is_agreed else Forfeit.State.REFUSED
    forfeit = _open(forfeit)
    forfeit.state, forfeit.decided_by, forfeit.decided_on = state, decided_by, on
    forfeit.save(update_fields=["state", "decided_by", "decided_on"])
    record(
        "circulation.decide_forfeit",
        forfeit,
        school=forfeit.school,
        by=by,
        at=now,
        state=state,
        decided_by=decided_by,
        on=on.isoformat(),
    )
    return forfeit


@transaction.atomic
def take_forfeit_back(*, forfeit: Forfeit, by: Account, now: datetime) -> Forfeit:
    """Take a proposal back, also one that was agreed; what was decided stays to be read."""
    forfeit = Forfeit.objects.select_for_update(of=("self",)).get(pk=forfeit.pk)
    if forfeit.state != Forfeit.State.TAKEN_BACK:
        was = forfeit.state
        forfeit.state = Forfeit.State.TAKEN_BACK
        forfeit.save(update_fields=["state"])
        record(
            "circulation.take_forfeit_back", forfeit, school=forfeit.school, by=by, at=now, was=was
        )
    return forfeit


def _open(forfeit: Forfeit) -> Forfeit:
    forfeit = Forfeit.objects.select_for_update(of=("self",)).get(pk=forfeit.pk)
    if forfeit.state != Forfeit.State.PROPOSED:
        raise AlreadyDecided
    return forfeit
