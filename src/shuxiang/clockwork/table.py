"""The one table of when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from shuxiang.circulation.actions import expire_holds, follow_calendar
from shuxiang.clockwork import backups, retention
from shuxiang.interop.excel.asking import sweep
from shuxiang.platform.schools.models import School


@dataclass(frozen=True, kw_only=True)
class SchoolDuty:
    """What is done once a day for each school, at an hour of its own clock."""

    name: str
    at: time
    do: Callable[[School, datetime], object]


@dataclass(frozen=True, kw_only=True)
class HouseDuty:
    """What is done once a day for the whole server, at an hour of its clock."""

    name: str
    at: time
    do: Callable[[time, datetime], object]


def _expire_holds(school: School, now: datetime) -> None:
    expire_holds(school=school, now=now)


def _follow_calendar(school: School, now: datetime) -> None:
    follow_calendar(school=school, by=None, now=now)


def _sweep_imports(school: School, now: datetime) -> None:
    sweep(school=school, now=now)


# Hours at which a school's computer is on and the desk is quiet; what was missed is made up
# for when the server starts. The backup comes last, so that it holds what the others did.
SCHOOL_DUTIES = (
    SchoolDuty(name="expire_holds", at=time(6), do=_expire_holds),
    SchoolDuty(name="follow_calendar", at=time(6, 5), do=_follow_calendar),
    SchoolDuty(name="sweep_imports", at=time(6, 15), do=_sweep_imports),
    SchoolDuty(name="forget", at=time(6, 30), do=retention.forget),
)
HOUSE_DUTIES = (HouseDuty(name="backup", at=time(16, 30), do=backups.daily),)
