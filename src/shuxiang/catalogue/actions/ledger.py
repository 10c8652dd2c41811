"""The books of account: what every action that adds, moves or strikes off copies posts."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection
from django.db.models import F

from shuxiang.catalogue.models import AccessionBatch, ClosedPeriod, Posting, WithdrawalBatch
from shuxiang.catalogue.rules import Correction, Sum, Tally
from shuxiang.platform.database.plain import change_all
from shuxiang.platform.schools.models import School


class PeriodClosed(Exception):
    """The registers are closed up to this day, so nothing more can be dated on it or before it."""

    def __init__(self, until_on: date) -> None:
        super().__init__(str(until_on))
        self.until_on = until_on


def lock_books(school: School) -> None:
    """Let one change of the stock of a school follow the other, until the transaction ends."""
    if connection.features.has_select_for_update:  # SQLite has one writer as it is
        School.objects.select_for_update(no_key=True).get(pk=school.pk)


def refuse_closed(*, school: School, on: date) -> None:
    """Stop a posting into a closed period.

    :raises PeriodClosed: if the registers are closed on that day
    """
    closed = ClosedPeriod.objects.filter(school=school, until_on__gte=on).order_by("-until_on")
    if last := closed.first():
        raise PeriodClosed(last.until_on)


def post_income(*, accession: AccessionBatch, tally: Tally, now: datetime) -> None:
    """Add copies to an accession's lines: one a class, which grows while copies still come in.

    The books are locked by who calls.

    :raises PeriodClosed: if the registers are closed on the day of the accession
    """
    refuse_closed(school=accession.school, on=accession.received_on)
    lines = Posting.objects.filter(school=accession.school, accession=accession)
    there = {
        letter: (key, Sum(copies, money_fen) + tally.by_class[letter])
        for key, letter, copies, money_fen in lines.filter(clc__in=tally.by_class).values_list(
            "pk", "clc", "copies", "money_fen"
        )
    }
    grown = ((key, line.copies, line.money_fen) for key, line in there.values())
    change_all(Posting, ("copies", "money_fen"), grown)
    Posting.objects.bulk_create(
        Posting(
            school=accession.school,
            kind=Posting.Kind.INCOME,
            accession=accession,
            on=accession.received_on,
            entered_at=now,
            clc=letter,
            copies=counted.copies,
            money_fen=counted.money_fen,
        )
        for letter, counted in sorted(tally.by_class.items())
        if letter not in there
    )


def unpost_income(*, accession: AccessionBatch, tally: Tally) -> None:
    """Take copies off an accession's lines again; a line that counts none is no line.

    Until its period is closed the income is written in pencil: it grows, and it may shrink.

    :raises PeriodClosed: if the registers are closed on the day of the accession
    """
    refuse_closed(school=accession.school, on=accession.received_on)
    lines = Posting.objects.filter(school=accession.school, accession=accession)
    for letter, counted in tally.by_class.items():
        lines.filter(clc=letter).update(
            copies=F("copies") - counted.copies, money_fen=F("money_fen") - counted.money_fen
        )
    lines.filter(copies=0, money_fen=0).delete()


def post_withdrawal(*, withdrawal: WithdrawalBatch, tally: Tally, now: datetime) -> None:
    """Write the lines of a withdrawal, one a class, with the signs turned.

    :raises PeriodClosed: if the registers are closed on its day
    """
    refuse_closed(school=withdrawal.school, on=withdrawal.withdrawn_on)
    Posting.objects.bulk_create(
        Posting(
            school=withdrawal.school,
            kind=Posting.Kind.WITHDRAWAL,
            withdrawal=withdrawal,
            on=withdrawal.withdrawn_on,
            entered_at=now,
            clc=letter,
            copies=-counted.copies,
            money_fen=-counted.money_fen,
        )
        for letter, counted in sorted(tally.by_class.items())
    )


def post_correction(*, school: School, tally: Tally, why: Correction, now: datetime) -> None:
    """Move copies between classes, or change what they cost, as of today.

    :raises PeriodClosed: if the registers are closed today
    """
    lines = {letter: moved for letter, moved in sorted(tally.by_class.items()) if moved}
    if not lines:
        return
    on = school.day(now)
    refuse_closed(school=school, on=on)
    Posting.objects.bulk_create(
        Posting(
            school=school,
            kind=Posting.Kind.CORRECTION,
            on=on,
            entered_at=now,
            clc=letter,
            copies=moved.copies,
            money_fen=moved.money_fen,
            why=why,
        )
        for letter, moved in lines.items()
    )
