"""The sessions of a term, and who came."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from shuxiang.student_librarians.models import Training
from shuxiang.timetable.models import Term


@dataclass(frozen=True, kw_only=True)
class TrainingLine:
    """A session and how many came."""

    training: Training
    came: int


def see_training(term: Term) -> list[TrainingLine]:
    """List the sessions of a term, in one query."""
    rows = Training.objects.filter(term=term).annotate(came_count=Count("came"))
    return [TrainingLine(training=row, came=row.came_count) for row in rows.order_by("on", "id")]
