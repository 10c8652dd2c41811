"""The folder where one installation keeps its database, its key and its files."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

KEY = "secret-key"


def home() -> Path:
    """Give SHUXIANG_HOME, or this system's folder for a user's data."""
    if named := os.environ.get("SHUXIANG_HOME"):
        return Path(named).expanduser().resolve()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "shuxiang"


def secret_key(folder: Path) -> str:
    """Give the key of this home; a process in a home without one gets a key for itself alone."""
    if named := os.environ.get("SHUXIANG_SECRET_KEY"):
        return named
    try:
        return (folder / KEY).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return secrets.token_urlsafe(50)


def furnish(folder: Path) -> None:
    """Make the folder, readable by its owner alone, and the secret key in it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f"{KEY}.{os.getpid()}"
    if (folder / KEY).exists():
        return
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as page:
        page.write(secrets.token_urlsafe(50))
        page.flush()
        os.fsync(page.fileno())
    try:
        draft.rename(folder / KEY) if sys.platform == "win32" else os.link(draft, folder / KEY)
    except FileExistsError:
        pass  # another process made it a moment ago
    finally:
        draft.unlink(missing_ok=True)
