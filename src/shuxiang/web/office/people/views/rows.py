"""Readers as lists show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from shuxiang.circulation.queries import see_loans
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers import queries
from shuxiang.readers.models import Reader, SchoolClass


@dataclass(frozen=True, kw_only=True)
class ReaderRow:
    reader: Reader
    school_class: SchoolClass | None
    class_name: str
    grade: int | None
    out: int
    late: int
    is_paused: bool


def rows_of(school: School, readers: Sequence[Reader], day: date) -> list[ReaderRow]:
    """
    Add to each reader the class, what is out and whether borrowing is paused, in five queries at most.

    Who has left is shown with the last class, by the year in which it began school.
    """
    year = school_year(school, day)
    classes = queries.classes_of(readers, day)
    counts = _out_and_late(school, readers, day)
    last = queries.last_classes(reader.pk for reader in readers if reader.left_on)
    paused = queries.paused(readers, day)
    rows = []
    for reader in readers:
        school_class = None if reader.left_on else classes.get(reader.pk)
        out, late = counts.get(reader.pk, (0, 0))
        rows.append(
            ReaderRow(
                reader=reader,
                school_class=school_class,
                class_name=queries.class_name(school_class, year)
                if school_class
                else str(last.get(reader.pk, "")),
                grade=school_class.grade(year) if school_class else None,
                out=out,
                late=late,
                is_paused=reader.pk in paused,
            )
        )
    return rows


def _out_and_late(
    school: School, readers: Sequence[Reader], day: date
) -> dict[int, tuple[int, int]]:
    counted = (
        see_loans(school)
        .filter(reader__in=[reader.pk for reader in readers])
        .order_by()
        .values_list("reader")
        .annotate(out=Count("pk"), late=Count("pk", filter=Q(due_on__lt=day)))
    )
    return {reader: (out, late) for reader, out, late in counted}
