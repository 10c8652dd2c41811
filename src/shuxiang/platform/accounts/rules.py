"""User names, one-time passwords and PINs. Pure: no Django, no database."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise

DEMO_PASSWORD = "shuxiang-demo"  # noqa: S105 - printed on the page
"""The password of every account of a demo school; no other school accepts it."""

DEMO_PIN = "583061"
"""The PIN of the demo school's pupil, printed on the page that asks for it."""

DEMO_PUPIL = "xuesheng"

MOST_TRIES = 10
REST = timedelta(minutes=15)
"""So long no PIN is looked at after ten wrong ones: at most ten guesses in any quarter of an hour."""

PIN = re.compile(r"\d{4,8}")
OWN_PIN = re.compile(r"\d{6}")
FEWEST_DIGITS = 3
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


def is_own_pin(text: str, *, known: Iterable[str] = ()) -> bool:
    """
    Tell whether six digits are a PIN that classmates do not try first.

    Not 112211, not 374374, and no piece of what is `known`, such as the number on the card.
    """
    if not OWN_PIN.fullmatch(text) or not is_pin(text) or len(set(text)) < FEWEST_DIGITS:
        return False
    return text[:3] != text[3:] and not any(text in word for word in known)


def new_pin() -> str:
    """Draw six random digits that may be a PIN."""
    while not is_own_pin(pin := f"{secrets.randbelow(1_000_000):06}"):
        continue
    return pin


def key_of_account(pk: int) -> str:
    """Name the count of tries of an account: the same whether its card or its number was typed."""
    return f"account {pk}"


def key_of_card(card: str) -> str:
    """Name the count of tries of a card that nobody has."""
    return f"card {card}"[:80]


def is_username(text: str) -> bool:
    """Tell whether a text may be a user name: letters, digits, Chinese characters and . @ + - _."""
    return USERNAME.fullmatch(text) is not None
