"""What is taken out most: counted, and never by whom. Reads only."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Max

from shuxiang.catalogue.models import Holding, Standing
from shuxiang.circulation.models import Loan
from shuxiang.platform.schools.models import School

POPULAR_FOR = timedelta(weeks=8)
FEWEST = 2
"""Loans from which on a title counts as popular; they may be of one reader, as readers are not looked at."""


def see_popular(
    school: School, today: date, *, limit: int, grade: int | None = None
) -> list[Holding]:
    """List the titles lent most in the last eight weeks, to all or to one grade, in two queries."""
    loans = Loan.objects.counted().filter(school=school, lent_on__gt=today - POPULAR_FOR)
    loans = loans.exclude(copy__standing=Standing.WITHDRAWN)
    if grade is not None:
        loans = loans.filter(grade=grade)
    counted = (
        loans.values_list("copy__holding")
        .annotate(times=Count("pk"), last=Max("pk"))
        .filter(times__gte=FEWEST)
        .order_by("-times", "-last")
    )
    keys = [holding for holding, _, _ in counted[:limit]]
    found = Holding.objects.filter(school=school).select_related("title").in_bulk(keys)
    return [found[key] for key in keys]
