"""Before the readers are taken off the loans, what only their names can tell is counted."""

from __future__ import annotations

from datetime import date

from shuxiang.circulation.models import FirstLoan, Loan, TermWeek
from shuxiang.circulation.queries.borrowing import first_loans, weeks_counted
from shuxiang.platform.schools.models import School
from shuxiang.timetable.models import Term

A_BATCH = 500


def keep_counts(*, school: School, before: date) -> None:
    """Count the terms that are about to be forgotten, and keep who is no newcomer any more.

    A term from which names were taken off already is not counted: it would be too little.
    """
    counted = TermWeek.objects.filter(school=school)
    ended = Term.objects.filter(school=school, ends_on__lte=before)
    for term in ended.exclude(pk__in=counted.values("term")).select_related("school"):
        lent = Loan.objects.counted().filter(
            school=school, lent_on__gte=term.starts_on, lent_on__lte=term.ends_on
        )
        if lent.filter(reader=None).exists() or not lent.exists():
            continue
        TermWeek.objects.bulk_create(
            TermWeek(
                school=school,
                term=term,
                week=one.week,
                pupils=one.pupils,
                borrowers=one.borrowers,
                newcomers=one.newcomers,
                loans=one.loans,
                top_loans=one.top_loans,
            )
            for one in weeks_counted(term)
        )
    FirstLoan.objects.bulk_create(
        [
            FirstLoan(school=school, reader_id=reader, on=on)
            for reader, on in first_loans(school, before).items()
        ],
        batch_size=A_BATCH,
        ignore_conflicts=True,
    )
