"""What stands at the left of every office page: the rooms that the account may enter."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Room:
    """One entry: its name in the templates, its words, its icon and the page it leads to."""

    name: str
    label: Promise
    icon: str
    leads_to: str
    unless: str = ""
    """Left out for who has this permission and so another way there."""
    is_seldom: bool = False
    """Is needed a few times a term."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """An entry as the page shows it."""

    name: str
    label: str
    icon: str
    url: str
    count: int = 0


MOST = 13
"""Entries that fit beneath each other on a screen of 768 lines."""
ROOMS = (
    Room("today", _("Today"), "home", "circulation.today_in_figures"),
    Room("desk", _("Desk"), "barcode", "circulation.see_desk"),
    Room("visit", _("Class visit"), "users-group", "circulation.see_visit"),
    Room("entrances", _("Reading room"), "login", "circulation.see_entrances"),
    Room("late", _("Late books"), "clock", "circulation.see_late"),
    Room("borrowing", _("Who borrows"), "book", "circulation.see_borrowing"),
    Room("stock", _("Titles and copies"), "books", "catalogue.see_catalogue"),
    Room("readers", _("Readers"), "users", "readers.see_readers"),
    Room("classes", _("Classes"), "school", "readers.see_classes"),
    Room(
        "my_classes",
        _("My classes"),
        "school",
        "circulation.see_class_loans",
        "readers.see_classes",
    ),
    Room("times", _("Time"), "calendar", "timetable.see_timetable"),
    Room("helpers", _("Student librarians"), "heart-handshake", "student_librarians.see_posts"),
    Room(
        "name_helpers",
        _("Student librarians"),
        "heart-handshake",
        "student_librarians.nominate",
        "student_librarians.see_posts",
    ),
    Room("opening", _("The term opens"), "school", "timetable.see_opening", is_seldom=True),
    Room("terms", _("Lending rules"), "adjustments", "circulation.terms_rows", is_seldom=True),
    Room(
        "kiosks",
        _("Self-service lending"),
        "device-desktop",
        "circulation.see_kiosks",
        is_seldom=True,
    ),
    Room("printing", _("Printing"), "printer", "paper.copy_labels", is_seldom=True),
    Room("loading", _("Import"), "file-upload", "jobs.see_jobs", is_seldom=True),
    Room("accounts", _("Accounts"), "key", "accounts.see_accounts", is_seldom=True),
    Room("settings", _("Settings"), "settings", "schools.change_settings", is_seldom=True),
    Room("backup", _("Backup"), "database", "backup.see", is_seldom=True),
    Room("audit", _("What was done"), "history", "audit.see_entries", is_seldom=True),
)


@dataclass(frozen=True, kw_only=True)
class Rooms:
    """The entries as they stand: in front, and behind one heading."""

    front: list[Link]
    behind: list[Link]


def rooms(request: HttpRequest) -> dict[str, object]:
    """Offer `rooms` to the templates; found only when a page asks for them."""
    return {"rooms": SimpleLazyObject(lambda: parted(links(request)))}


def parted(every: list[Link]) -> Rooms:
    """Put what is seldom needed behind one heading, if all would not fit on a screen."""
    seldom = {room.name for room in ROOMS if room.is_seldom} if len(every) > MOST else ()
    return Rooms(
        front=[one for one in every if one.name not in seldom],
        behind=[one for one in every if one.name in seldom],
    )


def links(request: HttpRequest) -> list[Link]:
    """List the rooms that exist and that the account may enter: the view itself says who may."""
    found = []
    for room, url, permission in _doors():
        has_another_way = bool(room.unless) and request.user.has_perm(room.unless)
        if request.user.has_perm(permission) and not has_another_way:
            found.append(Link(name=room.name, label=str(room.label), icon=room.icon, url=url))
    return found


@cache
def _doors() -> list[tuple[Room, str, str]]:
    """List the rooms that exist, each with its address and the permission that opens it."""
    found = []
    for room in ROOMS:
        with suppress(NoReverseMatch):
            url = reverse(room.leads_to)
            found.append((room, url, getattr(resolve(url).func, "access", "")))
    return found
