"""The one-time code that proves who sets a new library up: it stands in the terminal alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FILE = "set-up-code"
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is mistaken for another
LENGTH = 8


def open_code(home: Path) -> str:
    """Give the code of a home, and make one if it has none."""
    page = home / FILE
    if page.exists():
        return page.read_text(encoding="ascii").strip()
    code = "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
    with os.fdopen(os.open(page, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(code)
    return code


def matches(home: Path, typed: str) -> bool:
    """Compare what a person typed, whatever its case and dashes; without a code nothing matches."""
    try:
        code = (home / FILE).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return False
    plain = typed.replace("-", "").replace(" ", "").upper()
    return secrets.compare_digest(code.encode(), plain.encode())


def close_code(home: Path) -> None:
    """Throw the code away: the library is set up."""
    (home / FILE).unlink(missing_ok=True)
