"""Check that every record agrees with the others."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _
from django_scopes import scope

from shuxiang.platform.backup import sqlite
from shuxiang.platform.invariants import Broken
from shuxiang.platform.schools.models import School
from shuxiang.platform.terminal import say

ROOMS = (
    "shuxiang.platform.audit",
    "shuxiang.platform.numbers",
    "shuxiang.catalogue",
    "shuxiang.readers",
    "shuxiang.timetable",
    "shuxiang.circulation",
    "shuxiang.student_librarians",
    "shuxiang.programmes",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `shuxiang check-data` understands."""


def run(options: argparse.Namespace) -> int:
    """Ask the database and every room what contradicts itself; 1 if anything does."""
    faults = list(everything())
    for words in faults:
        say(f"✗ {words}")
    if not faults:
        say(_("✓ Every record agrees with the others."))
    return 1 if faults else 0


def everything() -> Iterator[str]:
    """Say in words all that must never be and is."""
    for fault in _faults_of_the_file():
        yield _("The database file: %(fault)s") % {"fault": fault}
    for school in School.objects.order_by("pk"):
        with scope(school=school):
            for room in ROOMS:
                yield from (_in_words(room, school, broken) for broken in asked(room, school))


def asked(room: str, school: School) -> list[Broken]:
    """Ask one room."""
    found: list[Broken] = import_module(f"{room}.queries").broken_invariants(school)
    return found


def _faults_of_the_file() -> list[str]:
    if connection.vendor != "sqlite":
        return []
    return sqlite.faults(Path(str(connection.settings_dict["NAME"])), "integrity_check")


def _in_words(room: str, school: School, broken: Broken) -> str:
    sentence = import_module(f"{room}.wording").INVARIANTS[broken.code]
    return _("%(school)s: %(what)s") % {
        "school": school.name,
        "what": str(sentence) % {"count": broken.count, "examples": _(", ").join(broken.examples)},
    }
