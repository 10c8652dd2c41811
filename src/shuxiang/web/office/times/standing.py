"""The rotation of a term as its pages need it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import classes_at_school
from shuxiang.timetable import queries
from shuxiang.timetable.models import OpeningHours, Period, Slot, Term, Turn
from shuxiang.web.office.times.week import Rotation

SCHOOL_WEEK = frozenset(range(5))


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The rotation of a term, read in a fixed number of queries."""

    term: Term
    turns: Sequence[Turn]
    slots: Sequence[Slot]
    hours: Sequence[OpeningHours]
    classes: Sequence[SchoolClass]

    @classmethod
    def of(cls, term: Term) -> Standing:
        return cls(
            term=term,
            turns=queries.see_timetable(term),
            slots=queries.slots_given(term.school),
            hours=list(OpeningHours.objects.filter(school=term.school)),
            classes=classes_at_school(term.school, term.year.first_year),
        )

    def rotation(self, **more: object) -> Rotation:
        periods = Period.objects.filter(school=self.term.school_id)
        return Rotation(
            term=self.term,
            periods=list(periods),
            slots=self.slots,
            turns=self.turns,
            hours=self.hours,
            **more,  # type: ignore[arg-type]
        )

    def conflicts(self) -> list[queries.Conflict]:
        in_force = [hours for hours in self.hours if self._holds(hours)]
        open_weekdays = frozenset(hours.weekday for hours in in_force) or SCHOOL_WEEK
        return queries.conflicts(self.turns, self.slots, open_weekdays)

    def _holds(self, hours: OpeningHours) -> bool:
        """Tell whether hours hold at any time of the term."""
        return (hours.from_on is None or hours.from_on <= self.term.ends_on) and (
            hours.until_on is None or hours.until_on >= self.term.starts_on
        )

    def without_turn(self) -> list[SchoolClass]:
        placed = {turn.school_class_id for turn in self.turns}
        return [one for one in self.classes if one.pk not in placed]

    def grades(self) -> list[int]:
        """List the grades whose classes come, for the key of colours."""
        first_year = self.term.year.first_year
        found = {turn.school_class.grade(first_year) for turn in self.turns}
        return sorted(grade for grade in found if grade)
