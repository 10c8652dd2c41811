"""Where a file waits between being chosen and being taken in, and how long."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex

from django.conf import settings

from shuxiang.interop.excel import plan_file
from shuxiang.platform.schools.models import School

SOURCE = "source"
LATE = "late.jsonl"
SHEETS = "sheets.json"
KEPT = timedelta(days=30)


def new_folder(school: School) -> str:
    """Make a folder that nobody can guess, below the school's own, and give its name."""
    name = f"imports/{school.pk}/{token_hex(16)}"
    folder_of(name).mkdir(parents=True, mode=0o700)
    return name


def folder_of(name: str) -> Path:
    """Give the place of a folder on this computer."""
    return Path(settings.MEDIA_ROOT) / name


def source_of(name: str) -> Path:
    """Give the place of the file as it was brought."""
    return folder_of(name) / SOURCE


def keep(name: str, chunks: Iterable[bytes]) -> Path:
    """Put a file into its folder, under a name of this house."""
    path = source_of(name)
    with path.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
    return path


def let_go(name: str) -> None:
    """Forget the names in a file that was taken in; the rows that were refused stay to be fetched."""
    for left in (SOURCE, SHEETS, plan_file.PLAN, LATE):
        (folder_of(name) / left).unlink(missing_ok=True)


def throw_away(name: str) -> None:
    """Forget a file and all that was made of it."""
    if name.startswith("imports/"):
        shutil.rmtree(folder_of(name), ignore_errors=True)


def sweep(school: School, *, but: Collection[str], now: datetime) -> None:
    """Throw away what a school left lying for a month, but for the folders of work under way."""
    shelf = folder_of(f"imports/{school.pk}")
    for folder in shelf.iterdir() if shelf.is_dir() else ():
        name = f"imports/{school.pk}/{folder.name}"
        if name not in but and folder.stat().st_mtime < (now - KEPT).timestamp():
            throw_away(name)
