"""Which names are due to be forgotten."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from shuxiang.platform.schools.models import School
from shuxiang.programmes.models import Missed, Pair


def to_forget(school: School, before: date) -> dict[str, int]:
    """Count the names that would go."""
    return {
        "pairs": pairs_to_forget(school, before).count(),
        "missed": missed_to_forget(school, before).count(),
    }


def pairs_to_forget(school: School, before: date) -> QuerySet[Pair]:
    """Choose the pairs of terms that are to be forgotten: a pair lasts no longer than its term."""
    named: QuerySet[Pair] = Pair.objects.filter(school=school, reader__isnull=False)
    return named.filter(from_on__lte=before)


def missed_to_forget(school: School, before: date) -> QuerySet[Missed]:
    """Choose who missed a session in the terms that are to be forgotten; how many they were stays."""
    missed: QuerySet[Missed] = Missed.objects.filter(school=school, session__on__lte=before)
    return missed
