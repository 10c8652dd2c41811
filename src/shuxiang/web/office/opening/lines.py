"""The pupils of a new school year as the page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.schools.models import School
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import class_name
from shuxiang.readers.rules.new_year import GOING, Entry, Step, Unclear, YearLine

STEPS: Mapping[Step, Promise] = {
    Step.UP: _("Moves up"),
    Step.DIVIDED: _("Another class"),
    Step.REPEATS: _("Repeats the grade"),
    Step.SKIPS: _("Skips a grade"),
    Step.RETURNS: _("Comes back"),
    Step.NEW: _("New pupil"),
    Step.GRADUATES: _("Finishes school"),
    Step.LEAVES: _("Not in the list: leaves"),
    Step.UNCLEAR: _("Unclear: stays as it is"),
}
BADGES: Mapping[Step, str] = {
    Step.UP: "info",
    Step.DIVIDED: "wait",
    Step.REPEATS: "wait",
    Step.SKIPS: "wait",
    Step.RETURNS: "good",
    Step.NEW: "good",
    Step.GRADUATES: "info",
    Step.LEAVES: "wait",
    Step.UNCLEAR: "bad",
}
WHY: Mapping[Unclear, Promise] = {
    Unclear.NUMBER_TWICE: _("The number stands twice in the list."),
    Unclear.NUMBER_OF_ANOTHER: _("The number belongs to a pupil of another name."),
    Unclear.NAME_TWICE: _("The name stands twice in this grade: add the student numbers."),
    Unclear.SEVERAL_OF_NAME: _("Several pupils have this name: add the student numbers."),
}
LOOKED_AT_FIRST = (
    Step.UNCLEAR,
    Step.LEAVES,
    Step.REPEATS,
    Step.SKIPS,
    Step.DIVIDED,
    Step.RETURNS,
    Step.NEW,
)


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """A pupil: who, from where, to where."""

    name: str
    number: str
    before: str
    after: str
    step: Promise
    badge: str
    why: str
    out: int = 0
    """Books that somebody who leaves has out."""


def first_shown(counts: Mapping[Step, int]) -> Step:
    """Choose what somebody should look at before anything else."""
    return next((step for step in LOOKED_AT_FIRST if counts[step]), Step.UP)


def shown(
    lines: Iterable[YearLine],
    chosen: Step,
    *,
    school: School,
    first_year: int,
    owing: Mapping[int, int],
) -> list[ShownLine]:
    """Write the pupils who go one way; `owing` is what those who leave have out."""
    return [
        _shown(line, school=school, first_year=first_year, owing=owing)
        for line in lines
        if line.step is chosen
    ]


def is_of_another_year(counts: Mapping[Step, int]) -> bool:
    """Tell whether most of those who stay would repeat or skip a grade: hardly any school does that."""
    stay = sum(counts[step] for step in (Step.UP, Step.DIVIDED, Step.REPEATS, Step.SKIPS))
    return counts[Step.REPEATS] + counts[Step.SKIPS] > stay / 2


def leaving(lines: Iterable[YearLine]) -> list[int]:
    """Give the keys of those who leave."""
    return [line.present.pk for line in lines if line.step in GOING and line.present]


def _shown(
    line: YearLine, *, school: School, first_year: int, owing: Mapping[int, int]
) -> ShownLine:
    who = line.listed or line.present
    before = line.present.entry if line.present else None
    return ShownLine(
        name=who.name if who else "",
        number=who.number if who else "",
        before=_name(before, school, first_year - 1),
        after=_name(line.listed.entry if line.listed else None, school, first_year),
        step=STEPS[line.step],
        badge=BADGES[line.step],
        why=str(WHY[line.why]) if line.why else "",
        out=owing.get(line.present.pk, 0) if line.present else 0,
    )


def _name(entry: Entry | None, school: School, first_year: int) -> str:
    if entry is None:
        return ""
    there = SchoolClass(school=school, stage=entry.stage, cohort=entry.cohort, mark=entry.mark)
    return class_name(there, first_year)


def classes(entries: Iterable[Entry], *, school: School, year: int) -> list[str]:
    """Name classes as they will be called."""
    return [_name(entry, school, year) for entry in entries]


def grades(entries: Iterable[tuple[str, int]], *, school: School, year: int) -> list[str]:
    """Name grades of which the list says nothing."""
    return [_name(Entry(stage, cohort, ""), school, year) for stage, cohort in entries]


def filters(counts: Mapping[Step, int], chosen: Step) -> list[dict[str, Any]]:
    """Give each way with its count, to be chosen."""
    return [
        {
            "code": step.value,
            "label": STEPS[step],
            "badge": BADGES[step],
            "count": counts[step],
            "is_chosen": step is chosen,
        }
        for step in Step
        if counts[step]
    ]


def counted(counts: Mapping[str, int]) -> Sequence[tuple[Promise, int]]:
    """Give what was done, by way."""
    return [(STEPS[step], counts.get(step, 0)) for step in Step if counts.get(step)]


def taken_back(staying: int) -> str:
    """Say that a new year is taken back, and how many stay as they are."""
    if not staying:
        return gettext("The new school year is taken back: all is as it was before.")
    words = ngettext(
        "The new school year is taken back, apart from %(count)s pupil with whom something was done since.",
        "The new school year is taken back, apart from %(count)s pupils with whom something was done since.",
        staying,
    )
    return words % {"count": staying}
