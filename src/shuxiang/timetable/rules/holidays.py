"""Public holidays and make-up days (调休): facts, as far as the yearly notice is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import chinese_calendar


class Holiday(StrEnum):
    NEW_YEAR = "new_year"
    SPRING_FESTIVAL = "spring_festival"
    QINGMING = "qingming"
    LABOUR_DAY = "labour_day"
    DRAGON_BOAT = "dragon_boat"
    MID_AUTUMN = "mid_autumn"
    NATIONAL_DAY = "national_day"
    VICTORY_DAY = "victory_day"


@dataclass(frozen=True, kw_only=True)
class PublicDay:
    """A day off, or a weekend day on which all work to make up for one."""

    holiday: Holiday
    is_work: bool


_NAMES = {
    chinese_calendar.Holiday.new_years_day.value: Holiday.NEW_YEAR,
    chinese_calendar.Holiday.spring_festival.value: Holiday.SPRING_FESTIVAL,
    chinese_calendar.Holiday.tomb_sweeping_day.value: Holiday.QINGMING,
    chinese_calendar.Holiday.labour_day.value: Holiday.LABOUR_DAY,
    chinese_calendar.Holiday.dragon_boat_festival.value: Holiday.DRAGON_BOAT,
    chinese_calendar.Holiday.mid_autumn_festival.value: Holiday.MID_AUTUMN,
    chinese_calendar.Holiday.national_day.value: Holiday.NATIONAL_DAY,
    chinese_calendar.Holiday.anti_fascist_70th_day.value: Holiday.VICTORY_DAY,
}
_DAYS_OFF = {day: _NAMES[name] for day, name in chinese_calendar.constants.holidays.items()}
_WORK_DAYS = {day: _NAMES[name] for day, name in chinese_calendar.constants.workdays.items()}
_ANNOUNCED = frozenset(day.year for day in _DAYS_OFF)

FIXED_DAYS_OFF = {
    (1, 1): Holiday.NEW_YEAR,
    (5, 1): Holiday.LABOUR_DAY,
    (5, 2): Holiday.LABOUR_DAY,
    (10, 1): Holiday.NATIONAL_DAY,
    (10, 2): Holiday.NATIONAL_DAY,
    (10, 3): Holiday.NATIONAL_DAY,
}
"""The days off with a date of their own: 全国年节及纪念日放假办法, article 2, as revised for 2025.

Spring Festival, Dragon Boat and Mid-Autumn follow the moon and Qingming the sun: the yearly notice
of the State Council (国务院办公厅关于部分节假日安排的通知) tells their days and the make-up days.
"""


def is_announced(year: int) -> bool:
    """Tell whether the notice of a year is known here."""
    return year in _ANNOUNCED


def public_day(day: date) -> PublicDay | None:
    """Find the holiday or make-up day; beyond the known notices, only holidays of fixed date."""
    day = date(day.year, day.month, day.day)  # a moment is no key
    if not is_announced(day.year):
        fixed = FIXED_DAYS_OFF.get((day.month, day.day))
        return PublicDay(holiday=fixed, is_work=False) if fixed else None
    if day in _DAYS_OFF:
        return PublicDay(holiday=_DAYS_OFF[day], is_work=False)
    if day in _WORK_DAYS:
        return PublicDay(holiday=_WORK_DAYS[day], is_work=True)
    return None
