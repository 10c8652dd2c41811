"""The folder where one installation keeps its database, its key and its files."""

from __future__ import annotations

import ctypes
import os
import secrets
import sys
import tempfile
from pathlib import Path

from django.utils.translation import gettext as _

KEY = "secret-key"
CHECKOUT = Path(__file__).parents[3]
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "fuse.sshfs", "fuse.rclone"}
WINDOWS_REMOTE = 4  # GetDriveType


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
    if (folder / KEY).exists():
        return
    number, name = tempfile.mkstemp(dir=folder)  # readable by its owner alone
    with os.fdopen(number, "w") as page:
        page.write(secrets.token_urlsafe(50))
        page.flush()
        os.fsync(page.fileno())
    draft = Path(name)
    try:
        draft.rename(folder / KEY) if sys.platform == "win32" else os.link(draft, folder / KEY)
    except FileExistsError:
        pass  # another process made it a moment ago
    finally:
        draft.unlink(missing_ok=True)


def unfit(folder: Path) -> str | None:
    """Say why a folder cannot be the home, or None if it can."""
    in_checkout = (CHECKOUT / "pyproject.toml").exists() and folder.is_relative_to(CHECKOUT)
    if in_checkout and folder != CHECKOUT / "var":
        return _(
            "%(folder)s is inside the program's own folder, where an update would sweep it away. "
            "Set SHUXIANG_HOME to another folder."
        ) % {"folder": folder}
    if on_network(folder):
        return _(
            "%(folder)s is on a network drive, where the database would be damaged. "
            "Set SHUXIANG_HOME to a folder on this computer's own disk."
        ) % {"folder": folder}
    return None


def on_network(folder: Path) -> bool:
    """Tell whether a folder is on another computer, as far as the system says so."""
    if sys.platform == "win32":
        drive = folder.drive
        remote: int = ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\")
        return drive.startswith("\\\\") or remote == WINDOWS_REMOTE
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return file_system(folder, mounts=mounts) in NETWORK_FILE_SYSTEMS


def file_system(folder: Path, *, mounts: str) -> str:
    """Find the kind of file system that holds a folder, in the words of /proc/self/mounts."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        _device, point, of_kind, *_rest = line.split(" ")
        point = point.replace("\\040", " ")
        if folder.is_relative_to(point) and len(point) > best:
            best, kind = len(point), of_kind
    return kind
