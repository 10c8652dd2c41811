"""What the rotation that stands, or one turn of it elsewhere, would miss of its rules: in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from shuxiang.readers.models import SchoolClass
from shuxiang.timetable import queries, wording
from shuxiang.timetable.models import Slot, Turn, Wish
from shuxiang.timetable.rules import Kind, Miss, Place, Problem, Put, Weeks, forbids, missed
from shuxiang.web.office.times import saying
from shuxiang.web.office.times.standing import Standing


@dataclass(frozen=True)
class Kept:
    """The rules of a term beside the rotation that stands; two queries more than the rotation."""

    standing: Standing

    @cached_property
    def wishes(self) -> Sequence[Wish]:
        return queries.wishes_of(self.standing.term)

    @cached_property
    def problem(self) -> Problem:
        standing = self.standing
        return queries.problem_from(
            standing.term,
            classes=standing.classes,
            slots=standing.slots,
            hours=standing.hours,
            turns=standing.turns,
            wishes=self.wishes,
        )

    @cached_property
    def words(self) -> dict[str, str]:
        year = self.standing.term.year.first_year
        return {str(wish.pk): wish.why or saying.words(wish, year) for wish in self.wishes}

    @cached_property
    def _missed(self) -> list[Miss]:
        return missed(self.problem, self.problem.standing)

    def lacking(self) -> dict[int, str]:
        """Tell which classes come less often than the rules ask, by their keys, and for what."""
        found: dict[int, list[str]] = {}
        for miss in self._missed:
            if miss.wish.kind is Kind.COMES and miss.school_class is not None:
                words = saying.lacks(miss.wish.purpose, miss.count)
                found.setdefault(miss.school_class, []).append(words)
        return {key: _(", ").join(words) for key, words in found.items()}

    def broken(self) -> dict[int, list[str]]:
        """Tell which turns, by their keys, break what must be kept, and what they break."""
        turn_of = {queries.put_of(turn): turn.pk for turn in self.standing.turns}
        found: dict[int, list[str]] = {}
        for miss in self._missed:
            if miss.put in turn_of and miss.wish.is_must and miss.wish.kind is not Kind.PINNED:
                found.setdefault(turn_of[miss.put], []).append(self.words[miss.wish.key])
        return found

    def said(self) -> list[saying.Said]:
        """List the rules, each with how often it is missed; the lessons of classes are left out."""
        count: Counter[str] = Counter()
        for miss in self._missed:
            count[miss.wish.key] += miss.count
        shown = [wish for wish in self.wishes if not saying.is_lesson(wish)]
        return saying.said(self.standing.term, shown, missed=count)

    def against(
        self, school_class: SchoolClass, slot: Slot, weeks: Weeks, *, but: Turn | None = None
    ) -> list[str]:
        """Tell what stands against a class's coming in a slot: turns that are there, and rules."""
        standing = self.standing
        there = Turn(term=standing.term, slot=slot, school_class=school_class, weeks=weeks.value)
        others = [turn for turn in standing.turns if turn != but]
        objections = queries.turn_objections(there, others)
        return [wording.refusal(one) for one in objections] + self.rules_against(
            Put(slot=slot.pk, school_class=school_class.pk, weeks=weeks)
        )

    def better(self, turn: Turn) -> Slot | None:
        """Find the slot nearest in the week against which nothing stands."""
        weeks = Weeks(turn.weeks)
        alike = [slot for slot in self.standing.slots if slot.purpose == turn.slot.purpose]
        near_first = sorted(alike, key=lambda slot: abs(slot.weekday - turn.slot.weekday))
        for slot in near_first:
            known = slot.pk in self._places and slot.pk != turn.slot_id
            if known and not self.against(turn.school_class, slot, weeks, but=turn):
                return slot
        return None

    def rules_against(self, put: Put) -> list[str]:
        """Tell which rules would not have a class come there."""
        place = self._places.get(put.slot)
        return [
            self.words[wish.key]
            for wish in self.problem.wishes
            if place and wish.kind in (Kind.ONLY, Kind.NOT) and forbids(wish, put, place)
        ]

    @cached_property
    def _places(self) -> dict[int, Place]:
        return {place.slot: place for place in self.problem.places}
