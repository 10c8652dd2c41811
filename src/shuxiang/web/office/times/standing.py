"""The rotation of a term as its pages need it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import classes_at_school
from shuxiang.timetable import queries
from shuxiang.timetable.models import OpeningHours, Period, Slot, Term, Turn
from shuxiang.web.office.times.week import Rotation


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
            hours=list(
                OpeningHours.objects.filter(school=term.school).select_related(
                    "from_period", "until_period"
                )
            ),
            classes=classes_at_school(term.school, term.year.first_year),
        )

    def rotation(self, *, turns: Sequence[Turn] | None = None, **more: object) -> Rotation:
        """Lay the standing turns out, or those of a proposal."""
        periods = list(Period.objects.filter(school=self.term.school_id))
        return Rotation(
            term=self.term,
            periods=periods,
            slots=self.slots,
            turns=self.turns if turns is None else turns,
            hours=queries.usual_hours(self.hours, periods),
            **more,  # type: ignore[arg-type]
        )

    def all_slots(self) -> list[Slot]:
        """List the slots that are given, and those that turns still rest on."""
        return [*self.slots, *(turn.slot for turn in self.turns)]

    def conflicts(self) -> list[queries.Conflict]:
        open_weekdays = queries.open_weekdays(self.term, self.hours)
        return queries.conflicts(self.turns, self.slots, open_weekdays)

    def to_begin(self, today: date) -> list[Turn]:
        """List what does not hold yet in a term that has begun: until then the class comes at another time."""
        has_begun = self.term.starts_on <= today
        later = [turn for turn in self.turns if has_begun and turn.first_day > today]
        as_now = _places(Turn.objects.on(today).filter(term=self.term)) if later else set()
        return [turn for turn in later if not _places([turn]) <= as_now]

    def without_turn(self) -> list[SchoolClass]:
        placed = {turn.school_class_id for turn in self.turns}
        return [one for one in self.classes if one.pk not in placed]

    def grades(self) -> list[int]:
        """List the grades whose classes come, for the key of colours."""
        first_year = self.term.year.first_year
        found = {turn.school_class.grade(first_year) for turn in self.turns}
        return sorted(grade for grade in found if grade)


def _places(turns: Iterable[Turn]) -> set[tuple[int, int, str]]:
    return {(turn.school_class_id, turn.slot_id, turn.weeks) for turn in turns}
