"""Which classes a form offers, and the one that was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.timezone import now

from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import classes_at_school
from shuxiang.web.access import Request


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The classes of a school year, as the forms take them."""

    classes: tuple[SchoolClass, ...]
    school_year: int

    def chosen(self, pk: int | None) -> SchoolClass | None:
        """Give the class that was chosen."""
        return next((each for each in self.classes if each.pk == pk), None)


def offer(request: Request) -> Offer:
    """Offer the classes at school."""
    year = school_year(request.school, request.school.day(now()))
    return Offer(classes=tuple(classes_at_school(request.school, year)), school_year=year)
