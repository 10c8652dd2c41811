"""Stages, grades, school years and the school's day. Pure: no Django, no database, no clock."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Kind(StrEnum):
    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"
    SECONDARY = "secondary"
    NINE_YEAR = "nine_year"
    TWELVE_YEAR = "twelve_year"


class Stage(StrEnum):
    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"


STAGES_OF: dict[Kind, tuple[Stage, ...]] = {
    Kind.PRIMARY: (Stage.PRIMARY,),
    Kind.JUNIOR: (Stage.JUNIOR,),
    Kind.SENIOR: (Stage.SENIOR,),
    Kind.SECONDARY: (Stage.JUNIOR, Stage.SENIOR),
    Kind.NINE_YEAR: (Stage.PRIMARY, Stage.JUNIOR),
    Kind.TWELVE_YEAR: (Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR),
}
FIRST_MONTH_OF_YEAR = 9
FRIDAY = 4
LAST_GRADE = 12
LAST_JUNIOR_GRADE = 9


@dataclass(frozen=True, kw_only=True)
class GradeSpan:
    """First and last grade of a stage, counted 1–12 through the whole of school."""

    first: int
    last: int

    def __contains__(self, grade: int) -> bool:
        return self.first <= grade <= self.last


def span(stage: Stage, *, primary_years: int = 6) -> GradeSpan:
    """Tell the grades of a stage; five-year primary schools hand grade 6 to the junior stage."""
    match stage:
        case Stage.PRIMARY:
            return GradeSpan(first=1, last=primary_years)
        case Stage.JUNIOR:
            return GradeSpan(first=primary_years + 1, last=LAST_JUNIOR_GRADE)
        case Stage.SENIOR:
            return GradeSpan(first=LAST_JUNIOR_GRADE + 1, last=LAST_GRADE)


def grades_of(kind: Kind, *, primary_years: int = 6) -> tuple[int, ...]:
    """List the grades that a kind of school teaches."""
    spans = [span(stage, primary_years=primary_years) for stage in STAGES_OF[kind]]
    return tuple(grade for one in spans for grade in range(one.first, one.last + 1))


def grade(stage: Stage, cohort: int, *, school_year: int, primary_years: int = 6) -> int | None:
    """Derive the grade of an entry cohort in the school year that starts in `school_year`.

    None before the cohort entered and after it left.
    """
    grades = span(stage, primary_years=primary_years)
    now = grades.first + school_year - cohort
    return now if now in grades else None


def stage_of(grade: int, *, primary_years: int = 6) -> Stage:
    """Tell the stage that teaches a grade."""
    return next(stage for stage in Stage if grade in span(stage, primary_years=primary_years))


def cohort(grade: int, *, school_year: int, primary_years: int = 6) -> int:
    """Derive the entry year of those who are in `grade` in the school year `school_year`."""
    first = span(stage_of(grade, primary_years=primary_years), primary_years=primary_years).first
    return school_year - (grade - first)


def school_year_of(day: date) -> int:
    """Tell the year in which the school year of a day began (1 September – 31 August)."""
    return day.year if day.month >= FIRST_MONTH_OF_YEAR else day.year - 1


@dataclass(frozen=True, kw_only=True)
class UsualTerm:
    """The days of a term as most schools have them, to be corrected by the school."""

    number: int
    starts_on: date
    ends_on: date


def usual_terms(school_year: int) -> tuple[UsualTerm, UsualTerm]:
    """Propose both terms of a school year: September to late January, late February to early July."""
    after = school_year + 1
    return (
        UsualTerm(
            number=1,
            starts_on=date(school_year, FIRST_MONTH_OF_YEAR, 1),
            ends_on=_weekday_from(date(after, 1, 18), FRIDAY),
        ),
        UsualTerm(
            number=2,
            starts_on=_weekday_from(date(after, 2, 20), 0),
            ends_on=_weekday_from(date(after, 7, 4), FRIDAY),
        ),
    )


def year_to_plan(day: date) -> int:
    """Tell the school year to plan for: in the summer holidays it is the next one."""
    school_year = school_year_of(day)
    return school_year if day <= usual_terms(school_year)[1].ends_on else school_year + 1


def _weekday_from(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def new_stamp() -> int:
    """Make a number that no state of a school had before (62 random bits, so no rollback repeats it)."""
    return secrets.randbits(62)


def local_day(zone: str, moment: datetime) -> date:
    """Turn a moment into the school's day: the only place where that happens."""
    return moment.astimezone(ZoneInfo(zone)).date()


def local_moment(zone: str, moment: datetime) -> datetime:
    """Turn a moment into the school's own clock time."""
    return moment.astimezone(ZoneInfo(zone))
