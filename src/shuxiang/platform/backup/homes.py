"""Which kind of home this is: one SQLite file, or PostgreSQL."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.db import connection

from shuxiang.platform.backup import postgres_home, sqlite_home
from shuxiang.platform.backup.archive import Contents
from shuxiang.platform.backup.rules import Manifest, SchoolMark


class Home(Protocol):
    """What a backup asks of the place where the data are."""

    def size(self) -> int: ...
    def marks(self) -> tuple[SchoolMark, ...]: ...
    def moment(self, folder: Path) -> AbstractContextManager[Contents]: ...
    def quiet(self, *, as_: str) -> AbstractContextManager[None]: ...
    def stage(self, unpacked: Path, manifest: Manifest, *, is_current: bool) -> Any: ...
    def exchange(self, staged: Any, *, now: datetime) -> str: ...


def this_home() -> Home:
    """Give the kind of home that the settings name."""
    return postgres_home if connection.vendor == "postgresql" else sqlite_home
