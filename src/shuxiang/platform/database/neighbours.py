"""Which programs use a database file now, so that a waiting one can say whom it waits for."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _guestbook(database: str) -> Path:
    return Path(f"{database}.users")


@contextmanager
def announced(database: str, *, as_: str) -> Iterator[None]:
    """Write this process into the guest book of a database while it runs."""
    book = _guestbook(database)
    book.mkdir(parents=True, exist_ok=True)
    page = book / str(os.getpid())
    page.write_text(as_, encoding="utf-8")
    try:
        yield
    finally:
        page.unlink(missing_ok=True)


def others(database: str) -> list[str]:
    """Tell the other programs in the guest book that still run, each with its process number."""
    book = _guestbook(database)
    if not book.is_dir():
        return []
    ourselves = {os.getpid(), os.getppid()}  # a server's process is signed in by its starter
    found = []
    for page in sorted(book.iterdir()):
        pid = int(page.name)
        if pid in ourselves:
            continue
        if runs(pid):
            found.append(f"{page.read_text(encoding='utf-8')} ({pid})")
        else:
            page.unlink(missing_ok=True)  # it was killed and could not sign out
    return found


def runs(pid: int) -> bool:
    """Tell whether a process of this machine still runs."""
    if sys.platform == "win32":
        query = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)  # may be asked for its state
        if query:
            ctypes.windll.kernel32.CloseHandle(query)
        return bool(query)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_dead(pid)


def _is_dead(pid: int) -> bool:
    """Tell whether a process was killed and only waits to be counted, as Linux knows."""
    try:
        facts = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return facts.rpartition(")")[2].split()[0] in "ZX"
