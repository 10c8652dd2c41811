"""Whom we serve, as values. Pure: no Django, no database, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shuxiang.formats import pinyin
from shuxiang.formats.text import simplified

LONGEST_KEYS = 200
A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class NewReader:
    """A reader who is to be added; `school_class` is the key of the class."""

    name: str
    category: str
    joined_on: date
    number: str = ""
    card: str = ""
    seat: int | None = None
    school_class: int | None = None
    limit: int | None = None


@dataclass(frozen=True, kw_only=True)
class Stay:
    """A reader's days in a class; `until_on` is the last one, None while it lasts."""

    school_class: int
    from_on: date
    until_on: date | None = None


def name_keys(name: str) -> str:
    """Give what a name is found by besides itself, each between blanks: readings, initials, simplified."""
    keys = pinyin.name_keys(name).split()
    if (plain := simplified(name)) != name:
        keys.append(plain)
    while len(" ".join(keys)) + 2 > LONGEST_KEYS:
        keys.pop()
    return f" {' '.join(keys)} " if keys else ""


def moved(stays: tuple[Stay, ...], *, to: int | None, on: date) -> tuple[Stay, ...]:
    """
    Put a reader into another class from a day on, or into none; days before it stay as they were.

    A move on the day of the last one corrects it, and a move straight back leaves no trace.
    """
    kept = [_until(stay, on - A_DAY) for stay in stays if stay.from_on < on]
    if to is None:
        return tuple(kept)
    if kept and kept[-1].school_class == to and kept[-1].until_on == on - A_DAY:
        return (*kept[:-1], Stay(school_class=to, from_on=kept[-1].from_on))
    return (*kept, Stay(school_class=to, from_on=on))


def _until(stay: Stay, last_day: date) -> Stay:
    until_on = min(stay.until_on or last_day, last_day)
    return Stay(school_class=stay.school_class, from_on=stay.from_on, until_on=until_on)
