"""What a command says in the terminal, asks there, and how it ends."""

from __future__ import annotations

import shutil
import sys
import time
import unicodedata
from typing import TextIO

from django.utils.translation import gettext as _

REDRAW = 0.1  # seconds


class CommandFailed(Exception):
    """A command cannot do what it was asked; its words say why and what to do."""

    def __init__(self, words: str, *, code: int = 1) -> None:
        super().__init__(words)
        self.code = code


def say(words: str = "") -> None:
    """Print one line for the person at the terminal."""
    print(words, flush=True)  # noqa: T201  (the one place that prints)


def complain(words: str) -> None:
    """Print one line where errors go."""
    print(words, file=sys.stderr, flush=True)  # noqa: T201


def agrees(question: str) -> bool:
    """Ask a question that is answered by yes or no; nobody at the terminal means no."""
    if not sys.stdin.isatty():
        complain(_("Nobody can be asked here. Say it with --yes."))
        return False
    answer = input(f"{question} [y/N] ").strip().lower()
    return answer in {"y", "yes", "是", "好"}


def width(words: str) -> int:
    """Count the columns that words take: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in words)


class Bar:
    """Shows how far long work is; where nobody watches it prints nothing until the end."""

    def __init__(self, words: str, *, out: TextIO | None = None) -> None:
        self._words = words
        self._out = out or sys.stderr
        self._drawn_at = 0.0

    def show(self, done: int, total: int) -> None:
        """Draw the bar, at most ten times a second and always at the end."""
        at = time.monotonic()
        if not self._out.isatty() or (at - self._drawn_at < REDRAW and done < total):
            return
        self._drawn_at = at
        figures = f" {done}/{total}"
        room = shutil.get_terminal_size().columns - width(self._words) - len(figures) - 4
        filled = room * done // total if total else 0
        bar = "█" * max(filled, 0) + "░" * max(room - filled, 0)
        self._out.write(f"\r{self._words} {bar}{figures}")
        self._out.write("\n" if total and done >= total else "")
        self._out.flush()
