"""What waits to be done: late books by class, returned books by shelf, the hold shelf."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from shuxiang.catalogue.models import Copy, Standing
from shuxiang.catalogue.queries import shown_name
from shuxiang.circulation.models import Hold
from shuxiang.circulation.queries import (
    LateClass,
    hold_shelf,
    holds_waiting,
    read_in_room,
    see_late,
)
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year, settings_of
from shuxiang.readers.queries import class_name, classes_of
from shuxiang.web.office.late.texts import chat_text, name_of

CLASSES_SHOWN = 8
HOLDS_SHOWN = 6


@dataclass(frozen=True, kw_only=True)
class Late:
    """A class with late books, and the text for its chat."""

    late: LateClass
    name: str
    notice: str
    comes_today: bool


@dataclass(frozen=True, kw_only=True)
class OnTrolley:
    """What waits for one shelf."""

    shelf: str
    copies: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class OnHoldShelf:
    """A book that waits for its reader."""

    title: str
    reader: str
    school_class: str
    place: int | None
    fetch_by: date | None
    state: str
    """late, today or waits."""


def late_classes(school: School, today: date, coming: Iterable[int]) -> list[Late]:
    """List the classes with late books, most books first; staff stand together."""
    comes, chosen = set(coming), settings_of(school)
    return [
        Late(
            late=late,
            name=name_of(late),
            notice=chat_text(late, school=school, chosen=chosen),
            comes_today=late.school_class is not None and late.school_class.pk in comes,
        )
        for late in see_late(school, today)
    ]


def on_trolley(school: School) -> list[OnTrolley]:
    """List by shelf what was returned and is not back in its place, most books first."""
    waiting = Copy.objects.filter(school=school, standing=Standing.TO_BE_SHELVED)
    by_shelf: dict[str, list[int]] = {}
    for pk, code, name in waiting.values_list("pk", "shelf__code", "shelf__name"):
        by_shelf.setdefault(name or code or "", []).append(pk)
    rows = [OnTrolley(shelf=shelf, copies=tuple(pks)) for shelf, pks in by_shelf.items()]
    return sorted(rows, key=lambda row: (-len(row.copies), row.shelf))


@dataclass(frozen=True, kw_only=True)
class InRoom:
    """A book that somebody reads in the room."""

    title: str
    reader: str
    school_class: str
    lent_at: datetime
    is_late: bool
    """The room has closed since."""


def in_room(school: School, moment: datetime) -> list[InRoom]:
    """List what is read in the room and has not been brought back to the desk."""
    today, clock = school.day(moment), localtime(moment).time()
    year = school_year(school, today)
    return [
        InRoom(
            title=shown_name(loan.copy.holding),
            reader=loan.borrower.name,
            school_class=class_name(loan.school_class, year) if loan.school_class else "",
            lent_at=loan.lent_at,
            is_late=loan.due_on < today or (loan.due_time is not None and loan.due_time < clock),
        )
        for loan in read_in_room(school, today)
    ]


@dataclass(frozen=True, kw_only=True)
class HoldShelf:
    """What lies on the hold shelf, due first, and how many lie there, wait, or were not fetched."""

    shown: list[OnHoldShelf]
    ready: int
    wait: int
    unfetched: int


def on_hold_shelf(school: School, today: date) -> HoldShelf:
    """Look at the hold shelf."""
    ready = sorted(hold_shelf(school), key=lambda hold: (hold.fetch_by or today, hold.pk))
    shown = ready[:HOLDS_SHOWN]
    year = school_year(school, today)
    classes = classes_of([hold.reader for hold in shown if hold.reader], today)
    rows = []
    for hold in shown:
        its_class = classes.get(hold.reader_id or 0)
        rows.append(
            OnHoldShelf(
                title=shown_name(hold.holding),
                reader=hold.reader.name if hold.reader else "",
                school_class=class_name(its_class, year) if its_class else "",
                place=hold.place,
                fetch_by=hold.fetch_by,
                state=_state(hold, today),
            )
        )
    return HoldShelf(
        shown=rows,
        ready=len(ready),
        wait=holds_waiting(school).count(),
        unfetched=sum(_state(hold, today) == "late" for hold in ready),
    )


def _state(hold: Hold, today: date) -> str:
    if hold.fetch_by is None or hold.fetch_by > today:
        return "waits"
    return "today" if hold.fetch_by == today else "late"
