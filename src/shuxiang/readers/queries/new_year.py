"""What a list of a new school year would do now."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shuxiang.platform.resting import resting_on
from shuxiang.platform.schools import rules as school_rules
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Membership, NewYear, Reader, SchoolClass
from shuxiang.readers.rules.new_year import (
    Entry,
    Present,
    Step,
    YearLine,
    new_classes,
    not_listed,
    plan_year,
    unpacked,
)

PARTS = frozenset({"readers.Membership"})


@dataclass(frozen=True, kw_only=True)
class YearPlan:
    """Every pupil with the way they go; computed anew whenever it is looked at."""

    lines: Sequence[YearLine]
    new_classes: Sequence[Entry]
    not_listed: Sequence[tuple[str, int]]
    """Grades, by stage and year of entry, that the list leaves out: they stay as they are."""
    counts: Mapping[Step, int]

    @property
    def stamp(self) -> str:
        """Tell one plan from another."""
        said = [
            (line.step, line.present and line.present.pk, line.listed and line.listed.place)
            for line in self.lines
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def year_plan(year: NewYear) -> YearPlan:
    """Compare a list with the pupils at school and with who left, in four queries."""
    school = year.school
    listed, present = list(unpacked(year.listed)), pupils_present(school)
    leaving = {
        one.entry.grade
        for one in present
        if one.entry and _grade(school, one.entry, year.first_year) is None
    }
    lines = plan_year(
        listed,
        present,
        leaving=leaving,
        unread=[said for one in year.unread for said in (one[1], *one[3:]) if said],
        former=pupils_gone(school),
    )
    counted = Counter(line.step for line in lines)
    return YearPlan(
        lines=lines,
        new_classes=new_classes(listed, class_entries(school)),
        not_listed=not_listed(listed, present, leaving=leaving),
        counts={step: counted[step] for step in Step},
    )


def pupils_present(school: School) -> list[Present]:
    """List the pupils who are at school, each with the class they are in now."""
    stays = Membership.objects.filter(school=school, until_on=None).values_list(
        "reader_id", "school_class__stage", "school_class__cohort", "school_class__mark"
    )
    entries = {reader: Entry(stage, cohort, mark) for reader, stage, cohort, mark in stays}
    pupils = Reader.objects.filter(school=school, category=Reader.Category.PUPIL).at_school()
    return [
        Present(pk=pk, name=name, number=number, card=card, entry=entries.get(pk))
        for pk, name, number, card in pupils.order_by("id").values_list(
            "pk", "name", "number", "card"
        )
    ]


def pupils_gone(school: School) -> list[Present]:
    """List the pupils who left, who left last at the end."""
    gone = Reader.objects.filter(
        school=school, category=Reader.Category.PUPIL, left_on__isnull=False
    ).order_by("left_on", "id")
    return [
        Present(pk=pk, name=name, number=number, card=card, is_former=True)
        for pk, name, number, card in gone.values_list("pk", "name", "number", "card")
    ]


def class_entries(school: School) -> dict[Entry, int]:
    """Give the keys of the classes by their entry."""
    rows = SchoolClass.objects.filter(school=school).values_list("stage", "cohort", "mark", "pk")
    return {Entry(stage, cohort, mark): pk for stage, cohort, mark, pk in rows}


def see_new_year(school: School) -> list[NewYear]:
    """List the new school years that were carried out or are being looked at, the last on top."""
    return list(NewYear.objects.filter(school=school).select_related("brought_by"))


def last_year_done(school: School) -> NewYear | None:
    """Give the new school year that can be taken back, if there is one."""
    done = NewYear.objects.filter(school=school, done_at__isnull=False, undone_at=None)
    return done.order_by("-done_at", "-pk").first()


def resting_on_year(year: NewYear) -> frozenset[int]:
    """Tell who can't be set back: who came and did something since, and who was changed since."""
    trace = year.trace
    everybody = Reader.objects.filter(school=year.school_id)
    joined = everybody.filter(pk__in=trace["joined"])
    found = frozenset[int]().union(*resting_on(joined, apart_from=PARTS).values())
    stays = Membership.objects.filter(
        pk__in=[*trace["begun"], *(key for key, _ in trace["turned"])], until_on__isnull=False
    )
    returned = [key for key, *_ in trace.get("returned", ())]
    at_school = Membership.objects.filter(until_on=None).values("reader")
    changed = (
        everybody.filter(pk__in=trace["left"]).exclude(left_on=trace["left_on"])
        | everybody.filter(pk__in=returned, left_on__isnull=False)
        | joined.filter(left_on__isnull=False)
        | joined.filter(account__isnull=False)
        | joined.exclude(pk__in=at_school)
    )
    here = Membership.objects.filter(reader__in=trace["joined"], until_on=None)
    now_in = dict(here.values_list("reader", "school_class"))
    found |= {
        reader
        for reader, given in trace.get("joined_stays", ())
        if now_in.get(reader, given) != given
    }
    return found.union(stays.values_list("reader", flat=True), changed.values_list("pk", flat=True))


def _grade(school: School, entry: Entry, first_year: int) -> int | None:
    return school_rules.grade(
        school_rules.Stage(entry.stage),
        entry.cohort,
        school_year=first_year,
        primary_years=school.primary_years,
    )
