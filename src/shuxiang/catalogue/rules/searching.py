"""How the catalogue answers to what a reader typed: what is asked of the index, and what comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_lowercase

from shuxiang.formats import isbn, pinyin, search
from shuxiang.formats.search import Typed, is_han, pairs

_LETTERS = re.compile(r"[a-z]+")
_NUMBER = re.compile(r"(?:ISBN[\s:：]*)?[\d\s\-–—]{8,}[\dXx]?", re.IGNORECASE)
SHORTEST_FORGIVEN = 3  # characters; of two, one wrong leaves nothing to go by
SHORTEST_LETTERS = 5
_LONGEST_FORGIVEN = (
    40  # letters and characters in all; what is longer was pasted, and weighing it takes seconds
)
SECOND_FAULT = 8  # from this length on two faults are forgiven
NAME, CLASS, AUDIENCE = "＝", "＠", "＆"
"""Signs before what a title is called as a whole, its main class and its audience; nothing typed keeps them."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the index; or every term that begins with it."""

    text: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Each of the parts must be filed with a title."""

    parts: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of the parts must be."""

    parts: tuple[Wanted, ...]


Wanted = Term | All | Either


class Way(StrEnum):
    """How an answer came about; a page says aloud when it is not what was typed."""

    TYPED = "typed"
    SPOKEN = "spoken"
    SOUND = "sound"
    NEARLY = "nearly"
    SOME_WORDS = "some_words"


def questions(text: str, typed: Typed) -> Iterator[tuple[Way, Wanted]]:
    """Give what to ask the index for, the strictest first; the next only if nothing was found."""
    if _NUMBER.fullmatch(text.strip()):
        yield Way.TYPED, Term(_number(text), begins=True)
    if not typed.words:
        return
    yield Way.TYPED, _all(_as_typed(run) for run in typed.runs)
    if len(typed.key) > _LONGEST_FORGIVEN:
        return
    if any(_LETTERS.fullmatch(run) for run in typed.runs):
        yield Way.SPOKEN, _all(_as_spoken(run) for run in typed.runs)
    if any(is_han(run) for run in typed.runs):
        yield Way.SOUND, _all(_by_sound(run) for run in typed.runs)
    yield Way.NEARLY, _all(_nearly(run) for run in typed.runs)
    if len(typed.words) > 1:
        each = (_all(_as_typed(run) for run in word) for word in typed.words)
        yield Way.SOME_WORDS, Either(tuple(each))


def named_so(typed: Typed, way: Way) -> Iterator[Wanted]:
    """Ask for the titles that are called just so, and for those whose name begins so: by eye or by ear.

    Or, of letters with a fault, for those whose whole name sounds so but for it.
    """
    if way is not Way.NEARLY:
        yield Term(name_term(typed.key))
        yield Term(name_term(typed.key), begins=True)
    elif _LETTERS.fullmatch(typed.key):
        yield Either(tuple(Term(name_term(meant)) for meant in sorted(_meant(typed.key))))


def _meant(letters: str) -> set[str]:
    """Give all that may have been meant if one letter is wrong, missing, superfluous or swapped."""
    cuts = [(letters[:at], letters[at:]) for at in range(len(letters) + 1)]
    missing = {before + letter + after for before, after in cuts for letter in ascii_lowercase}
    wrong = {
        before + letter + after[1:] for before, after in cuts if after for letter in ascii_lowercase
    }
    superfluous = {before + after[1:] for before, after in cuts if after}
    return missing | wrong | superfluous | set(swapped(letters))


def name_term(name: str) -> str:
    """Give what a whole name, or a reading of it, is filed under."""
    return NAME + search.as_term(name[: pinyin.LONGEST_SOUND])


def within(wanted: Wanted, *, main_class: str = "", audience: str = "") -> Wanted:
    """Ask only among the titles of a main class, or for an audience."""
    kinds = ((CLASS, main_class.lower()), (AUDIENCE, audience))
    return _all([wanted, *(Term(sign + kind) for sign, kind in kinds if kind)])


def _number(text: str) -> str:
    try:
        number = isbn.read(text)
    except isbn.LostDigits:
        number = None
    return (number.isbn13 if number else "") or search.number_term(text)


def _all(parts: Iterable[Wanted]) -> Wanted:
    several = tuple(parts)
    return several[0] if len(several) == 1 else All(several)


def _as_typed(run: str) -> Wanted:
    if not is_han(run):
        return Term(run[: pinyin.LONGEST_SOUND], begins=True)
    if len(run) == 1:
        return Term(run, begins=True)
    return _all(Term(pair) for pair in dict.fromkeys(pairs(run)))


def _as_spoken(run: str) -> Wanted:
    """Take letters for a mixture of syllables and initials: honglm → hlm."""
    if not _LETTERS.fullmatch(run):
        return _as_typed(run)
    short = (way[: pinyin.LONGEST_RUN] for way in pinyin.parse(run))
    return Either(tuple(Term(way, begins=True) for way in dict.fromkeys(short)))


def _by_sound(run: str) -> Wanted:
    if not is_han(run):
        return _as_typed(run)
    spoken = "".join(pinyin.syllables(run))
    return Term(spoken[: pinyin.LONGEST_SOUND], begins=True) if spoken else _as_typed(run)


def _nearly(run: str) -> Wanted:
    """Leave out what one wrong, missing or superfluous character would touch."""
    if is_han(run):
        return _nearly_characters(run)
    if len(run) < SHORTEST_LETTERS or not _LETTERS.fullmatch(run):
        return _as_typed(run)
    half = run[: max(SHORTEST_FORGIVEN, len(run) // 2)]
    tails = (run[at:] for at in range(1, len(run) - SHORTEST_FORGIVEN))
    return Either(tuple(Term(part[: pinyin.LONGEST_SOUND], begins=True) for part in (half, *tails)))


def _nearly_characters(run: str) -> Wanted:
    if len(run) < SHORTEST_FORGIVEN:
        return _as_typed(run)
    ways = [_but_for_one(run, wrong) for wrong in range(len(run))]
    ways += [_as_typed(other) for other in swapped(run)]
    return Either(tuple(dict.fromkeys(ways)))


def _but_for_one(run: str, wrong: int) -> Wanted:
    """Ask for all pairs that a fault at one place leaves whole, and for a character left alone by it."""
    all_pairs = pairs(run)
    left = [Term(pair) for pair in all_pairs[: max(0, wrong - 1)] + all_pairs[wrong + 1 :]]
    if len(run) < SECOND_FAULT:
        alone = [run[0]] * (wrong == 1) + [run[-1]] * (wrong == len(run) - 2)
        left += [Term(char, begins=True) for char in alone]
    return _all(dict.fromkeys(left))


def swapped(run: str) -> list[str]:
    """Give what was meant if two neighbours changed places: 海底万两里 → 海底两万里, among others."""
    return [run[:at] + run[at + 1] + run[at] + run[at + 2 :] for at in range(len(run) - 1)]
