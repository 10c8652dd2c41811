"""How the catalogue answers to what a reader typed: what is asked of the index, and what comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from shuxiang.formats import isbn, numerals, pinyin, search
from shuxiang.formats.search import Typed, is_han, pairs

_LETTERS = re.compile(r"[a-z]+")
_NUMBER = re.compile(r"(?:ISBN[\s:：]*)?[\d\s\-–—]{8,}[\dXx]?", re.IGNORECASE)
_VOLUME = re.compile(r"第?([0-9一二两三四五六七八九十百]{1,4}|[上中下])[册卷本集部辑]?")
_SHORTEST_FORGIVEN = 3  # characters; of two, one wrong leaves nothing to go by
_SHORTEST_LETTERS = 5
_LONGEST_FORGIVEN = (
    40  # letters and characters in all; what is longer was pasted, and weighing it takes seconds
)
_NAME_SOUNDS_SO, _NOT_AS_A_WHOLE = 4, 8
_SECOND_FAULT = 8  # from this length on two faults are forgiven


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


class Card(NamedTuple):
    """What the index keeps of a title, to tell what comes first. Several of a kind stand between blanks."""

    holding: int
    name: str
    volume: str
    people: str
    series: str
    sounds: str
    """Readings of the name, in full and as initials."""
    people_sounds: str
    spoken: str
    """The likeliest reading of the name, syllable by syllable."""


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
    if len(run) < _SHORTEST_LETTERS or not _LETTERS.fullmatch(run):
        return _as_typed(run)
    half = run[: max(_SHORTEST_FORGIVEN, len(run) // 2)]
    tails = (run[at:] for at in range(1, len(run) - _SHORTEST_FORGIVEN))
    return Either(tuple(Term(part[: pinyin.LONGEST_SOUND], begins=True) for part in (half, *tails)))


def _nearly_characters(run: str) -> Wanted:
    if len(run) < _SHORTEST_FORGIVEN:
        return _as_typed(run)
    all_pairs = pairs(run)
    ways: list[Wanted] = []
    for wrong in range(len(run)):
        left = all_pairs[: max(0, wrong - 1)] + all_pairs[wrong + 1 :]
        if left:
            ways.append(_all(Term(pair) for pair in dict.fromkeys(left)))
        else:
            ways.append(All((Term(run[0], begins=True), Term(run[-1], begins=True))))
    ways += [_as_typed(other) for other in swapped(run)]
    return Either(tuple(dict.fromkeys(ways)))


def swapped(run: str) -> list[str]:
    """Give what was meant if two neighbours changed places: 海底万两里 → 海底两万里, among others."""
    return [run[:at] + run[at + 1] + run[at] + run[at + 2 :] for at in range(len(run) - 1)]


def fits(card: Card, typed: Typed, way: Way) -> bool:
    """Tell whether what a loose question found is near enough to what was typed."""
    if way in (Way.TYPED, Way.SOME_WORDS):
        return True
    near = {Way.SPOKEN: _is_spoken, Way.SOUND: _sounds_alike, Way.NEARLY: _is_near}[way]
    return all(near(card, run) for run in typed.runs)


def missing(card: Card, typed: Typed) -> int:
    """Count the pairs of what was typed that a card does not hold: quickly told, where faults take long."""
    text = f"{card.name} {card.series} {card.people} {card.sounds} {card.people_sounds}"
    return sum(pair not in text for run in typed.runs for pair in pairs(run))


def _sounds_alike(card: Card, run: str) -> bool:
    """Tell whether a name has the syllables of what was typed; 木偶遇记 is not the beginning of 木偶遇见."""
    if not is_han(run):
        return True
    syllables = pinyin.syllables(run)
    wanted = [_southern(syllable) for syllable in syllables]
    there = [_southern(syllable) for syllable in card.spoken.split()]
    starts = range(len(there) - len(wanted) + 1)
    return (
        any(there[at : at + len(wanted)] == wanted for at in starts)
        or "".join(syllables) in f"{card.sounds} {card.people_sounds}".split()
    )


def _southern(syllable: str) -> str:
    """Write a syllable as those say it who do not tell zh from z, ing from in: both are typed for the other."""
    return re.sub(r"(?<=^[zcs])h|(?<=n)g$", "", syllable)


def _is_spoken(card: Card, run: str) -> bool:
    if not _LETTERS.fullmatch(run):
        return True
    syllables = card.spoken.split()
    starts = range(len(syllables))
    return run in card.people_sounds or any(_begins(syllables[at:], run) for at in starts)


def _is_near(card: Card, run: str) -> bool:
    most = 2 if len(run) >= _SECOND_FAULT else 1
    if is_han(run):
        if len(run) < _SHORTEST_FORGIVEN:
            return True
        texts = (card.name, card.series, card.people)
        return any(_differs(run, text, most) for text in texts) or _in_two(card, run)
    if len(run) < _SHORTEST_LETTERS:
        return True
    texts = (card.sounds, card.people_sounds, card.name)
    return any(_differs(run, text, most) for text in texts)


def _differs(typed: str, text: str, most: int) -> bool:
    """Tell whether a text contains what was typed, but for a few faults; one touches three pairs at most."""
    missing = sum(pair not in text for pair in pairs(typed))
    return missing <= 3 * most and faults(typed, text) <= most


def _in_two(card: Card, run: str) -> bool:
    """Tell whether a name and a person were typed without a blank between."""
    texts = (card.name, card.people, card.series)
    return any(
        any(run[:cut] in text for text in texts) and any(run[cut:] in text for text in texts)
        for cut in range(2, len(run) - 1)
    )


def faults(typed: str, text: str) -> int:
    """Count the least faults (wrong, missing, superfluous, swapped) with which a text contains what was typed."""
    before: list[int] = []
    row = [0] * (len(text) + 1)  # what was typed may begin anywhere
    for at, char in enumerate(typed, start=1):
        new = [at]
        for column, other in enumerate(text, start=1):
            cost = min(row[column] + 1, new[-1] + 1, row[column - 1] + (char != other))
            if (
                at > 1
                and column > 1
                and char == text[column - 2]
                and typed[at - 2] == other
                and before
            ):
                cost = min(cost, before[column - 2] + 1)
            new.append(cost)
        before, row = row, new
    return min(row)


def nearness(card: Card, typed: Typed) -> tuple[int, int, int, int]:
    """Give what titles are sorted by: the whole of what was typed, then each word, then the shorter name."""
    whole = _whole(card, typed.key)
    if whole > _NAME_SOUNDS_SO and _is_mixture(typed.runs):
        whole = min(whole, _mixture(card, typed.runs))
    each = 0
    if whole == _NOT_AS_A_WHOLE or len(typed.words) > 1:
        each = sum(_word(card, "".join(word)) for word in typed.words)
    return whole, each, len(card.name), card.holding


def distance(card: Card, typed: Typed) -> int:
    """Count the faults in what was typed, if this title was meant."""
    texts = (card.name, card.people, card.series, card.sounds, card.people_sounds)
    return sum(min(faults(run, text) for text in texts) for run in typed.runs)


def _whole(card: Card, key: str) -> int:  # noqa: PLR0911 - a ladder, and most leave it early
    by_ear = key.isascii()
    if key == card.name or key == card.name + card.volume:
        return 0
    if by_ear and (key in card.sounds.split() or _speaks(card.spoken.split(), key)):
        return 1
    if key in card.people.split() or (by_ear and key in card.people_sounds.split()):
        return 2
    if card.name.startswith(key):
        return 3
    if by_ear and f" {key}" in f" {card.sounds}":
        return _NAME_SOUNDS_SO
    if key == card.series:
        return 5
    if key in card.name:
        return 6
    return 7 if by_ear and key in card.sounds else _NOT_AS_A_WHOLE


@lru_cache(maxsize=64)
def _is_mixture(runs: tuple[str, ...]) -> bool:
    return any(map(is_han, runs)) and any(_LETTERS.fullmatch(run) for run in runs)


def _mixture(card: Card, runs: tuple[str, ...]) -> int:
    """Place a name that begins as characters and letters say in turn: 小wang子 for 小王子."""
    syllables = card.spoken.split()
    if len(syllables) != len(card.name):
        return _NOT_AS_A_WHOLE
    ends = {0}
    for run in runs:
        if is_han(run):
            ends = {at + len(run) for at in ends if card.name.startswith(run, at)}
        else:
            ends = {
                at + count
                for at in ends
                for count, reached in enumerate(_reached(syllables[at:], run))
                if len(run) in reached
            }
    if not ends:
        return _NOT_AS_A_WHOLE
    return 1 if len(card.name) in ends else _NAME_SOUNDS_SO


def _word(card: Card, word: str) -> int:
    by_ear = word.isascii()
    if word == card.name or word in card.people.split() or _same_volume(word, card.volume):
        return 0
    if word == card.series or (by_ear and word in f"{card.sounds} {card.people_sounds}".split()):
        return 1
    if card.name.startswith(word) or word in card.people:
        return 2
    if word in card.name:
        return 3
    if word in card.series:
        return 4
    return 5 if by_ear and (word in card.sounds or word in card.people_sounds) else 6


def _same_volume(word: str, volume: str) -> bool:
    return bool(volume) and (
        word == volume or ((number := volume_of(word)) is not None and number == volume_of(volume))
    )


def volume_of(text: str) -> str | None:
    """Read which volume is meant: 第三册, 3 and 三 are one; 上, 中 and 下 stay."""
    if not (shape := _VOLUME.fullmatch(text)):
        return None
    number = numerals.read(shape[1])
    return str(number) if number else shape[1]


def _speaks(syllables: list[str], letters: str) -> bool:
    """Tell whether letters are the beginnings of all syllables, one after the other: honglm for hong lou meng."""
    if not syllables or len(syllables) > len(letters) or syllables[0][0] != letters[0]:
        return False
    return len(letters) in _reached(syllables, letters)[-1]


def _begins(syllables: list[str], letters: str) -> bool:
    """Tell whether letters are the beginnings of the first syllables, as many as there are letters for."""
    return any(len(letters) in ends for ends in _reached(syllables, letters))


def _reached(syllables: list[str], letters: str) -> list[set[int]]:
    """Give, after each syllable, how many letters can be spoken for."""
    reached = [{0}]
    for syllable in syllables[: len(letters)]:
        reached.append(
            {
                start + size
                for start in reached[-1]
                for size in range(1, len(syllable) + 1)
                if letters[start : start + size] == syllable[:size]
            }
        )
    return reached
