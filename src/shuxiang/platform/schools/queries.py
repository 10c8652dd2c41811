"""What a school has set. Reads only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from shuxiang.platform.database.plain import Columns, many, one
from shuxiang.platform.schools import rules
from shuxiang.platform.schools.models import School, SchoolYear, Setting

DEFAULTS: Mapping[str, Any] = {
    "desk.idle_minutes": 5,
    "desk.ready_days": 5,
    "desk.confirm_reasons": ["班级活动要用", "班主任同意", "假期借阅"],
    "clock.right_after": 0,
    "late.steps": [
        {"after_days": 1, "whom": "reader", "channel": "slip"},
        {"after_days": 7, "whom": "class_teacher", "channel": "chat"},
        {"after_days": 14, "whom": "head", "channel": "spoken"},
    ],
    "late.titles_in_chat": False,
    "late.class_forgoes": False,
    "house.care": [],
    "house.manners": [],
    "kiosk.open": False,
    "kiosk.forget_seconds": 10,
    "retention.days_after_term": 30,
    "retention.helper_days": 400,
    "retention.photo_days": 30,
    "helpers.apply": False,
    "helpers.by_role": False,
    "helpers.pass_mark": 8,
    "helpers.sessions": 1,
    "helpers.weights": [40, 30, 30],
    "backup.folder": "",
    "catalogue.accession_digits": 8,
    "catalogue.fill_gaps": False,
    "public.names": False,
    "readers.photo_consent": "",
    "readers.sign_in": False,
}


_SETTING = "SELECT value FROM schools_setting WHERE school_id = %s AND name = %s"
_SCHOOL = Columns(School, "s")
_FIRST_TWO = f"SELECT {_SCHOOL.sql} FROM schools_school s ORDER BY s.id LIMIT 2"  # noqa: S608


class UnknownSetting(Exception):
    """No setting has this name."""


def is_known(name: str) -> bool:
    """Tell whether a setting may have this name; importers keep their mappings under `import.`."""
    return name in DEFAULTS or name.startswith("import.")


def setting(school: School, name: str) -> Any:
    """Read a setting, or its default.

    :raises UnknownSetting: if the code knows no default of this name
    """
    if not is_known(name):
        raise UnknownSetting(name)
    found = one(_SETTING, [school.pk, name])
    return json.loads(next(found)) if found else DEFAULTS.get(name)


def settings_of(school: School) -> dict[str, Any]:
    """Read every setting, with the defaults of those not chosen, in one query."""
    chosen = Setting.objects.filter(school=school, name__in=list(DEFAULTS))
    return {**DEFAULTS, **dict(chosen.values_list("name", "value"))}


def school_year(school: School, day: date) -> int:
    """Tell the first year of the school year of a day, by the school's own dates if it has them."""
    found = SchoolYear.objects.filter(school=school, starts_on__lte=day, ends_on__gte=day).first()
    return found.first_year if found else rules.school_year_of(day)


def only_school() -> School | None:
    """Find the school of a server that has just one."""
    rows = many(_FIRST_TWO, [])
    return _SCHOOL.take(iter(rows[0])) if len(rows) == 1 else None
