"""What is left to be brought back by those who leave."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F

from shuxiang.circulation.models import Loan
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import last_class_of


@dataclass(frozen=True, kw_only=True)
class Clearance:
    """A reader's account with the library: cleared when nothing is out."""

    reader: Reader
    school_class: SchoolClass | None
    out: int
    lent: int
    """Books borrowed as far as they are still remembered."""

    @property
    def is_clear(self) -> bool:
        return self.out == 0


def clearance_slip(reader: Reader) -> Clearance:
    """Tell whether a reader has brought everything back, in two queries."""
    loans = Loan.objects.filter(school=reader.school_id, reader=reader, undone_at=None)
    counted = loans.aggregate(lent=Count("pk"), back=Count("returned_at"))
    return Clearance(
        reader=reader,
        school_class=last_class_of(reader),
        out=counted["lent"] - counted["back"],
        lent=counted["lent"],
    )


def books_out(school: School, readers: Collection[int]) -> dict[int, int]:
    """Count what some readers have out, by their keys; those with nothing are not there."""
    rows = Loan.objects.on_hand().filter(school=school, reader__in=readers)
    counted = rows.values(key=F("reader_id")).annotate(books=Count("pk"))
    return {row["key"]: row["books"] for row in counted}
