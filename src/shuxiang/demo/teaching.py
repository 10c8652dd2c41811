"""What the demo's library teaches: the rules to new classes, and keen readers who bring others along."""

from __future__ import annotations

from datetime import date, time, timedelta

from shuxiang.demo.stage import Stage, moment
from shuxiang.programmes import actions, queries
from shuxiang.programmes.models import Pair
from shuxiang.programmes.rules import Heading
from shuxiang.timetable.models import Term

TAUGHT = 3
"""So many of the new classes: one is still to come."""
PAIRED_CLASSES, PAIRS = 3, 2
BEFORE = (timedelta(days=30), timedelta(days=42))
"""So long ago pairs began: four weeks of them are over."""
AFTERNOON = time(18, 5)


def teach(stage: Stage, term: Term, *, day: date) -> None:
    """Tell most of the new classes the rules on the term's first day; somebody is away."""
    held = actions.Held(
        on=day,
        way="talk",
        held_by=stage.librarian.name,
        topics=tuple(one.value for one in Heading if one is not Heading.STAFF),
    )
    new = [one for one in queries.see_orientation(term).classes if one.is_new]
    for one in new[:TAUGHT]:
        pupils = stage.pupils[one.school_class.pk]
        actions.hold_session(
            school_class=one.school_class,
            held=held,
            away={pupils[number].pk for number in (3, 11) if number < len(pupils)},
            by=stage.librarian,
            now=moment(day, time(7, 20)),
        )


def pair(stage: Stage, day: date) -> None:
    """Confirm some of the pairs that are suggested, on one day some six weeks ago."""
    if not BEFORE[0] <= stage.today - day <= BEFORE[1] or Pair.objects.exists():
        return
    lines = [line for line in queries.see_pairs(stage.school, day) if line.suggested]
    for line in lines[:PAIRED_CLASSES]:
        seen = queries.see_class_pairs(line.school_class, day)
        for one in seen.suggested[:PAIRS]:
            actions.confirm_pair(
                school_class=line.school_class,
                guide=one.guide.reader,
                reader=one.reader.reader,
                by=stage.librarian,
                now=moment(day, AFTERNOON),
            )
