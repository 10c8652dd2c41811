"""Whom we serve, as values. Pure: no Django, no database, no clock."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shuxiang.formats import numerals, pinyin
from shuxiang.formats.text import fold, simplified

LONGEST_KEYS = 200
LONGEST_MARK = 10
MOST_CLASSES = 40
STEMS = "甲乙丙丁戊己庚辛壬癸"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RANGE = re.compile(r"(\d{1,2})\s*[-–—~～至到]\s*(\d{1,2})")
_BETWEEN = re.compile(r"[\s,，、;；]+")
A_DAY = timedelta(days=1)


class PinStanding(StrEnum):
    """How far somebody is with signing in by card and PIN."""

    NONE = "none"
    """Has none yet."""
    GIVEN = "given"
    """Has the one from a slip, and has not signed in with it."""
    OWN = "own"
    """Has chosen an own one."""
    BY_PASSWORD = "by_password"  # noqa: S105 - a code
    """A pupil who signs in with a user name; a PIN takes the password's place."""
    HAS_POST = "has_post"
    """Does more than a pupil, so that six digits are too little."""
    NO_CARD = "no_card"
    """Has neither card nor number to sign in with."""
    NO_PUPIL = "no_pupil"


CAN_HAVE_PIN = frozenset(
    {PinStanding.NONE, PinStanding.GIVEN, PinStanding.OWN, PinStanding.BY_PASSWORD}
)


@dataclass(frozen=True, kw_only=True)
class ReadersBrought:
    """The keys of what one list brought: readers, the restrictions pinned to them, and classes."""

    readers: Collection[int] = ()
    restrictions: Collection[int] = ()
    classes: Collection[int] = ()


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


def class_number(mark: str) -> int | None:
    """Tell the number of a class by how it is written: 3, 三, 甲, C; None for a name such as 向日葵."""
    plain = fold(mark).upper()
    for row in (STEMS, LETTERS):
        if len(plain) == 1 and plain in row:
            return row.index(plain) + 1
    return numerals.read(plain) if plain else 1


def class_marks(text: str) -> tuple[str, ...]:
    """Read which classes a grade has: 1-6, 1 2 4, 甲 乙, 向日葵; an empty text is the grade's only class."""
    plain = fold(text)
    if span := _RANGE.fullmatch(plain):
        first, last = int(span[1]), int(span[2])
        return tuple(str(number) for number in range(first, min(last, MOST_CLASSES) + 1))
    words = (word.removesuffix("班") for word in _BETWEEN.split(plain))
    return tuple(dict.fromkeys(word for word in words if word)) or ("",)


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
