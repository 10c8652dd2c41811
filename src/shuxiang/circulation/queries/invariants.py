"""What must never be in circulation, looked for by `check-data`."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q

from shuxiang.catalogue.models import Standing
from shuxiang.circulation.models import DueChange, Entrance, Hold, Loan, Notice, NoticedLoan
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.invariants import Broken
from shuxiang.platform.schools.models import School

EXAMPLES = 5


def broken_invariants(school: School) -> list[Broken]:
    """Find loans, holds and acts that contradict each other."""
    loans = Loan.objects.filter(school=school)
    holds = Hold.objects.filter(school=school)
    found = {
        "two_open_loans": loans.on_hand()
        .values("copy")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .values_list("copy", flat=True),
        "loan_of_another_school": loans.exclude(
            Q(copy__school=school) & (Q(reader=None) | Q(reader__school=school))
        ).values_list("pk", flat=True),
        "loan_without_its_act": loans.exclude(channel=Loan.Channel.IMPORTED)
        .exclude(
            pk__in=Entry.objects.filter(
                school=school, verb="circulation.lend", subject_label=Loan._meta.label
            ).values("subject_id")
        )
        .values_list("pk", flat=True),
        "withdrawn_but_out": loans.on_hand()
        .filter(copy__standing=Standing.WITHDRAWN)
        .values_list("pk", flat=True),
        "ready_hold_of_a_copy_out": holds.filter(
            state=Hold.State.READY,
            copy__in=loans.on_hand().values("copy"),
        ).values_list("pk", flat=True),
        "hold_of_a_reader_who_left": holds.open()
        .filter(reader__left_on__isnull=False)
        .values_list("pk", flat=True),
        "ready_hold_of_another_title": holds.filter(state=Hold.State.READY)
        .exclude(copy__holding=F("holding"))
        .values_list("pk", flat=True),
        **_around_loans(school),
    }
    broken = []
    for code, keys in found.items():
        if count := keys.count():
            examples = tuple(str(key) for key in keys.order_by()[:EXAMPLES])
            broken.append(Broken(code=code, count=count, examples=examples))
    return broken


def _around_loans(school: School) -> dict[str, Any]:
    """Look at what was told of loans, how their due days were moved, and who came to read."""
    return {
        "notice_of_another_school": NoticedLoan.objects.filter(school=school)
        .exclude(loan__school=school, notice__school=school)
        .values_list("notice", flat=True),
        "notice_without_its_books": Notice.objects.filter(school=school, books__gt=0)
        .annotate(named=Count("loans"))
        .exclude(named=F("books"))
        .values_list("pk", flat=True),
        "moved_due_date_of_another_school": DueChange.objects.filter(school=school)
        .exclude(Q(term=None) | Q(term__school=school), loan__school=school)
        .values_list("loan", flat=True),
        "entrance_of_another_school": Entrance.objects.filter(school=school)
        .exclude(Q(reader=None) | Q(reader__school=school))
        .values_list("pk", flat=True),
    }
