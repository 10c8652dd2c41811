"""What a text is filed under so that it is found again, and what a person typed, cut the same way.

Chinese is filed by overlapping pairs of characters and the last one alone: every run of two and more is found by
its pairs, every single character as the beginning of a pair. No dictionary of words is asked, so nothing is missed.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Final

from shuxiang.formats.text import fold, match_key, plain

LONGEST_QUESTION: Final = 100
MOST_WORDS: Final = 8
KEPT: Final = 8_192  # texts whose terms are remembered: publishers and series come again and again

_HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])[\W_]+(?=[{_HAN}])")
_ALL_HAN = re.compile(rf"[{_HAN}]+")
_FIRST_HAN = re.compile(rf"[{_HAN}]")
_RUN = re.compile(rf"[{_HAN}]+|(?:(?![{_HAN}])[^\W_]|[＋＃])+")
_CALL_NUMBER = re.compile(r"[a-z]{1,2}\d[\d.\-/=:()a-z]*")
_NOT_IN_NUMBERS = re.compile(r"[^a-z0-9]")


@lru_cache(maxsize=KEPT)
def terms(text: str) -> tuple[str, ...]:
    """Cut a text into what it is filed under: 红楼梦 (Cao) → 红楼 楼梦 梦 cao."""
    text = _plain(text)
    if _ALL_HAN.fullmatch(text):
        return (*pairs(text), text[-1])
    found: list[str] = []
    for run in _RUN.findall(_BETWEEN_HAN.sub("", text)):
        found += [*pairs(run), run[-1]] if is_han(run) else [run]
    return tuple(found)


def pairs(run: str) -> list[str]:
    """List the overlapping pairs of a run of characters; none if it is one alone."""
    return list(map(add, run, run[1:]))


def number_term(number: str) -> str:
    """Make a call number or a book number one term: I247.5/12 → i247512."""
    number = (number if number.isascii() else fold(number)).lower()
    return number if number.isalnum() and number.isascii() else _NOT_IN_NUMBERS.sub("", number)


def as_term(key: str) -> str:
    """Make a text without blanks and punctuation one term.

    C, C++ and C# are three books, and an index leaves ASCII signs out.
    """
    return key.replace("+", "＋").replace("#", "＃")


def is_han(run: str) -> bool:
    """Tell Chinese characters from letters and digits; a run is the one or the other."""
    return _FIRST_HAN.match(run) is not None


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed: its words, each of runs of characters or of letters; and the whole of it made plain."""

    words: tuple[tuple[str, ...], ...]
    key: str

    @property
    def runs(self) -> tuple[str, ...]:
        return tuple(run for word in self.words for run in word)


def read(text: str) -> Typed:
    """Cut what was typed as a text is filed. Nothing is left of signs alone; what is too long is cut."""
    words = [_runs(word) for word in _plain(text[:LONGEST_QUESTION]).split()]
    return Typed(
        words=tuple(word for word in words if word)[:MOST_WORDS],
        key=match_key(text[:LONGEST_QUESTION]),
    )


def _runs(word: str) -> tuple[str, ...]:
    if _CALL_NUMBER.fullmatch(word):
        return (number_term(word),)
    return tuple(_RUN.findall(_BETWEEN_HAN.sub("", word)))


def _plain(text: str) -> str:
    return as_term(plain(text))
