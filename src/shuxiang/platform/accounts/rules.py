"""User names, one-time passwords and PINs. Pure: no Django, no database."""

from __future__ import annotations

import re
import secrets
from itertools import pairwise

DEMO_PASSWORD = "shuxiang-demo"  # noqa: S105 - printed on the page
"""The password of every account of a demo school; no other school accepts it."""

PIN = re.compile(r"\d{4,8}")
USERNAME = re.compile(r"[\w.@+-]{2,60}")
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like its neighbour on paper
_GROUPS, _GROUP = 3, 4


def one_time_password() -> str:
    """Make a password that can be read out and typed once, such as `kd7m-x3fa-9tqr` (59 bits)."""
    return "-".join("".join(secrets.choice(_CLEAR) for _ in range(_GROUP)) for _ in range(_GROUPS))


def is_pin(text: str) -> bool:
    """Tell whether a text may be a PIN: four to eight digits, not all the same, not in a row."""
    if not PIN.fullmatch(text) or not text.isascii():
        return False
    steps = {int(after) - int(before) for before, after in pairwise(text)}
    return steps not in ({0}, {1}, {-1})


def is_username(text: str) -> bool:
    """Tell whether a text may be a user name: letters, digits, Chinese characters and . @ + - _."""
    return USERNAME.fullmatch(text) is not None
