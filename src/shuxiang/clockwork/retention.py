"""Lets go of who borrowed what, as each room says in `retention.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.module_loading import import_string

from shuxiang.clockwork import rules
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import setting

PLAN = Path(__file__).with_name("retention.toml")


@dataclass(frozen=True, kw_only=True)
class RoomPlan:
    """How one room forgets."""

    room: str
    before: Callable[..., date | None]
    count: Callable[[School, date], dict[str, int]]
    forget: Callable[..., dict[str, int]]
    days: str


def plan() -> Iterator[RoomPlan]:
    """Read how the rooms forget."""
    for room, how in tomllib.loads(PLAN.read_text(encoding="utf-8")).items():
        named: dict[str, Any] = {
            name: import_string(how[name]) for name in ("before", "count", "forget")
        }
        yield RoomPlan(room=room, days=how["days"], **named)


def forget(school: School, now: datetime) -> None:
    """Let every room forget what is due, unless the clock can't be believed."""
    if rules.is_strange(_last_act(school, now), now=now):
        return
    for room in plan():
        before = room.before(school, school.day(now), days=setting(school, room.days))
        if before is not None:
            room.forget(school=school, before=before, now=now)


def _last_act(school: School, now: datetime) -> datetime | None:
    acts = Entry.objects.filter(school=school, by__isnull=False, at__lt=now - rules.ODD_FOR)
    return acts.order_by("-at").values_list("at", flat=True).first()
