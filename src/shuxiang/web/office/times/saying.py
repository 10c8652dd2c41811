"""Wishes in words, for the pages that list them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shuxiang.readers.queries import class_name
from shuxiang.timetable import wording
from shuxiang.timetable.models import Slot, Term, Turn, Wish
from shuxiang.timetable.queries import OF_TURN
from shuxiang.timetable.rules import Kind, Part


@dataclass(frozen=True, kw_only=True)
class Said:
    """A wish as a line of a list: its words, whether it is a must, and how often it is missed."""

    key: str
    words: str
    why: str = ""
    is_must: bool = True
    missed: int = 0
    cost: int | None = None
    wish: Wish | None = None


def said(
    term: Term,
    wishes: Iterable[Wish],
    *,
    missed: Mapping[str, int] | None = None,
    costs: Mapping[str, int] | None = None,
) -> list[Said]:
    """Say wishes in words, with how often each is missed and what giving it up would cost."""
    missed, costs = missed or {}, costs or {}
    return [
        Said(
            key=str(wish.pk),
            words=words(wish, term.year.first_year),
            why=wish.why,
            is_must=wish.weight == Wish.Weight.MUST,
            missed=missed.get(str(wish.pk), 0),
            cost=costs.get(str(wish.pk)),
            wish=wish,
        )
        for wish in wishes
    ]


def said_pins(term: Term, turns: Iterable[Turn], costs: Mapping[str, int]) -> list[Said]:
    """Say pinned turns as wishes."""
    return [
        Said(
            key=f"{OF_TURN}{turn.pk}",
            words=wording.wish(
                Kind.PINNED,
                whom=class_name(turn.school_class, term.year.first_year),
                when=wording.slot(turn.slot.weekday, turn.slot.period.name),
                purpose="",
                count="",
            ),
            cost=costs.get(f"{OF_TURN}{turn.pk}"),
        )
        for turn in turns
        if turn.is_pinned
    ]


def is_lesson(wish: Wish) -> bool:
    """Tell whether a wish is a tick of the lessons' page, which is counted and not listed."""
    return bool(
        wish.school_class_id
        and wish.period_id
        and not wish.why
        and (wish.kind, wish.weight, wish.purpose) == (Wish.Kind.NOT, Wish.Weight.MUST, "")
    )


def words(wish: Wish, year: int) -> str:
    """Say a wish as one sentence."""
    kind = Kind(wish.kind)
    count = str(wish.times) if kind is Kind.APART else wording.often(wish.times, wish.every)
    part = Part(wish.part) if wish.part else None
    return wording.wish(
        kind,
        whom=_whom(wish, year),
        when=wording.then(wish.weekdays, part, wish.period.name if wish.period else ""),
        purpose=str(Slot.Purpose(wish.purpose).label) if wish.purpose else "",
        count=count,
    )


def lacks(purpose: str, times: int) -> str:
    """Say how many visits a class is short of: 还差1次借还书."""
    said = {"count": times, "purpose": Slot.Purpose(purpose).label if purpose else ""}
    return (
        _("%(purpose)s: %(count)s visits short") if purpose else _("%(count)s visits short")
    ) % said


def _whom(wish: Wish, year: int) -> str:
    if wish.school_class:
        return class_name(wish.school_class, year)
    if wish.first_grade and wish.last_grade:
        return wording.grades(wish.first_grade, wish.last_grade)
    return _("All classes")
