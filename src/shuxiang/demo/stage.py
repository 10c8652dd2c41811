"""The demo's house before anything is lent: school, people, time, rules and stock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from shuxiang.demo.moment import DemoTerm
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.timetable.models import Slot, Term

NAME = "青禾小学"
ZONE = ZoneInfo("Asia/Shanghai")


@dataclass
class Stage:
    """Everything that the play needs to know, built up step by step."""

    seed: int
    at: datetime
    before: DemoTerm
    present: DemoTerm
    random: Random
    school: School
    librarian: Account
    helpers: list[Account] = field(default_factory=list)
    classes: list[SchoolClass] = field(default_factory=list)
    pupils: dict[int, list[Reader]] = field(default_factory=dict)
    """By the key of the class."""
    teachers: list[Reader] = field(default_factory=list)
    shown: Reader | None = None
    """The pupil whose own page the demo shows."""
    terms: list[Term] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.school.day(self.at)


def moment(day: date, at: time, *, minutes: float = 0) -> datetime:
    """Give a moment of the school's clock on a day."""
    return datetime.combine(day, at, tzinfo=ZONE) + timedelta(minutes=minutes)
