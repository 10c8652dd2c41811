"""What comes first of the titles that were found, and whether one that was found by forgiving is near enough.

A page weighs a thousand titles while somebody waits: whatever is the same for all of them is done once,
and what is quickly told (does the text hold it at all?) is asked first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from heapq import nsmallest
from typing import NamedTuple

from shuxiang.catalogue.rules.searching import (
    SECOND_FAULT,
    SHORTEST_FORGIVEN,
    SHORTEST_LETTERS,
    Way,
)
from shuxiang.formats import numerals, pinyin
from shuxiang.formats.search import Typed, is_han, pairs

_LETTERS = re.compile(r"[a-z]+")
_VOLUME = re.compile(r"第?([0-9一二两三四五六七八九十百]{1,4}|[上中下])[册卷本集部辑]?")
(
    _NAME,
    _READING,
    _PERSON,
    _BEGINS,
    _BEGINS_BY_EAR,
    _SERIES,
    _WITHIN,
    _WITHIN_BY_EAR,
    _NOT_AS_A_WHOLE,
) = range(9)
"""What the whole of what was typed may be to a title, the nearest first."""
_NORTHERN = re.compile(r"(?<=\b[zcs])h|(?<=n)g\b")
_KEPT = 1_024  # words whose volume, and questions whose letters, are remembered
WEIGHED = 200
"""Titles whose faults are counted when what was typed is wrong somewhere: those that hold the most of it."""


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
    main_class: str = ""
    audience: str = ""


Place = tuple[int, int, int, int]


def ranked(cards: Iterable[Card], typed: Typed, way: Way) -> list[Card]:
    """Put into order what was found; what a loose question found and is too far off is left out."""
    place = nearness(typed)
    if way is Way.NEARLY:
        likely = nsmallest(WEIGHED, cards, key=_lacking(typed))
        near = [card for card in likely if all(_is_near(card, run) for run in typed.runs)]
        return sorted(near, key=lambda card: (_distance(card, typed), place(card)))
    return sorted((card for card in cards if _fits(card, typed, way)), key=place)


def _fits(card: Card, typed: Typed, way: Way) -> bool:
    if way is Way.SPOKEN:
        return all(_is_spoken(card, run) for run in typed.runs)
    return way is not Way.SOUND or all(_sounds_alike(card, run) for run in typed.runs)


def _lacking(typed: Typed) -> Callable[[Card], tuple[bool, int, int]]:
    """Count the pairs of what was typed that a card does not hold: quickly told, where faults take long.

    Letters come together anywhere, so names that take as many of them as were typed go before.
    """
    wanted = [pair for run in typed.runs for pair in pairs(run)]
    by_ear, letters = not all(map(is_han, typed.runs)), len(typed.key)

    def lacking(card: Card) -> tuple[bool, int, int]:
        as_long = by_ear and any(abs(len(word) - letters) <= 1 for word in card.sounds.split())
        text = f"{card.name} {card.series} {card.people}"
        if by_ear:
            text = f"{text} {card.sounds} {card.people_sounds}"
        return not as_long, sum([pair not in text for pair in wanted]), len(card.name)

    return lacking


def _sounds_alike(card: Card, run: str) -> bool:
    """Tell whether a name has the syllables of what was typed; 木偶遇记 is not the beginning of 木偶遇见."""
    if not is_han(run):
        return True
    wanted, whole = _spoken(run)
    return (
        wanted in f" {_southern(card.spoken)} "
        or whole in f"{card.sounds} {card.people_sounds}".split()
    )


@lru_cache(maxsize=_KEPT)
def _spoken(run: str) -> tuple[str, str]:
    """Give the syllables of what was typed, between blanks and as one."""
    syllables = pinyin.syllables(run)
    return f" {_southern(' '.join(syllables))} ", "".join(syllables)


def _southern(spoken: str) -> str:
    """Write syllables as those say them who do not tell zh from z, ing from in: both are typed for the other."""
    return _NORTHERN.sub("", spoken)


def _is_spoken(card: Card, run: str) -> bool:
    if not _LETTERS.fullmatch(run):
        return True
    syllables = card.spoken.split()
    starts = range(len(syllables))
    return run in card.people_sounds or any(_begins(syllables[at:], run) for at in starts)


def _is_near(card: Card, run: str) -> bool:
    most = 2 if len(run) >= SECOND_FAULT else 1
    if is_han(run):
        if len(run) < SHORTEST_FORGIVEN:
            return True
        texts = (card.name, card.series, card.people)
        return any(_differs(run, text, most) for text in texts) or _in_two(card, run)
    if len(run) < SHORTEST_LETTERS:
        return True
    texts = (card.sounds, card.people_sounds, card.name)
    return any(_differs(run, text, most) for text in texts)


def _differs(typed: str, text: str, most: int) -> bool:
    """Tell whether a text contains what was typed, but for a few faults; one touches three pairs at most."""
    missing = sum([pair not in text for pair in pairs(typed)])
    return missing <= 3 * most and faults(typed, text) <= most


def _in_two(card: Card, run: str) -> bool:
    """Tell whether a name and a person were typed without a blank between."""
    texts = (card.name, card.people, card.series)
    return any(
        any(run[:cut] in text for text in texts) and any(run[cut:] in text for text in texts)
        for cut in range(2, len(run) - 1)
    )


def _distance(card: Card, typed: Typed) -> int:
    """Count the faults in what was typed, if this title was meant."""
    seen = (card.name, card.people, card.series)
    heard = (*seen, card.sounds, card.people_sounds)
    return sum(
        min(faults(run, text) for text in (seen if is_han(run) else heard)) for run in typed.runs
    )


def faults(typed: str, text: str) -> int:
    """
    Count the least faults (wrong, missing, superfluous, swapped) with which a text contains what was typed.

    The whole column of the table that one would fill in by hand is one number, a bit a character
    (H. Hyyrö, A bit-vector algorithm for computing Levenshtein and Damerau edit distances, 2003).
    """
    places, size = _places(typed), len(typed)
    last = 1 << size - 1
    full = last | last - 1
    more, less, same, before = full, 0, 0, 0
    least = score = size
    for char in text:
        here = places.get(char, 0)
        swapped = ((~same & here) << 1) & before
        same = ((((here & more) + more) ^ more) | here | less | swapped) & full
        up, down = less | ~(same | more), same & more
        if up & last:
            score += 1
        elif down & last:
            score -= 1
            least = min(least, score)
        more = (down << 1 | ~(same | up << 1)) & full
        less = same & up << 1
        before = here
    return least


@lru_cache(maxsize=_KEPT)
def _places(typed: str) -> Mapping[str, int]:
    """Tell for each character at which places it was typed, a bit each."""
    places: dict[str, int] = {}
    for at, char in enumerate(typed):
        places[char] = places.get(char, 0) | 1 << at
    return places


def nearness(typed: Typed) -> Callable[[Card], Place]:
    """Give what titles are sorted by: the whole of what was typed, then each word, then the shorter name."""
    key, words = typed.key, ["".join(word) for word in typed.words]
    whole_of = _heard if key.isascii() else _seen
    is_mixture, several = _is_mixture(typed.runs), len(words) > 1

    def place(card: Card) -> Place:
        whole = whole_of(card, key)
        if is_mixture and whole > _BEGINS_BY_EAR:
            whole = min(whole, _mixture(card, typed.runs))
        each = 0
        if several or whole == _NOT_AS_A_WHOLE:
            each = sum([_word(card, word) for word in words])
        return whole, each, len(card.name), card.holding

    return place


def _seen(card: Card, key: str) -> int:
    """Place what was typed by how it is written."""
    name = card.name
    if key == name or (card.volume and key == name + card.volume):
        return _NAME
    if key in card.people and key in card.people.split():
        return _PERSON
    if name.startswith(key):
        return _BEGINS
    if key == card.series:
        return _SERIES
    return _WITHIN if key in name else _NOT_AS_A_WHOLE


def _heard(card: Card, key: str) -> int:
    """Place letters: a title may be written so, or sound so."""
    written, sounds = _seen(card, key), card.sounds
    if written == _NAME:
        return _NAME
    is_there = key in sounds
    if (is_there and key in sounds.split()) or _speaks(card.spoken, key):
        return _READING
    if written == _PERSON or (key in card.people_sounds and key in card.people_sounds.split()):
        return _PERSON
    if is_there and written > _BEGINS and f" {key}" in f" {sounds}":
        return _BEGINS_BY_EAR
    return min(written, _WITHIN_BY_EAR) if is_there else written


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
    return _READING if len(card.name) in ends else _BEGINS_BY_EAR


def _word(card: Card, word: str) -> int:  # noqa: PLR0911 - a ladder, and most leave it early
    name, by_ear = card.name, word.isascii()
    in_people = word in card.people
    if word == name or (in_people and word in card.people.split()):
        return 0
    if card.volume and _same_volume(word, card.volume):
        return 0
    heard = by_ear and (word in card.sounds or word in card.people_sounds)
    if word == card.series or (heard and word in f"{card.sounds} {card.people_sounds}".split()):
        return 1
    if in_people or name.startswith(word):
        return 2
    if word in name:
        return 3
    if word in card.series:
        return 4
    return 5 if heard else 6


def _same_volume(word: str, volume: str) -> bool:
    return word == volume or (
        (number := volume_of(word)) is not None and number == volume_of(volume)
    )


@lru_cache(maxsize=_KEPT)
def volume_of(text: str) -> str | None:
    """Read which volume is meant: 第三册, 3 and 三 are one; 上, 中 and 下 stay."""
    if not (shape := _VOLUME.fullmatch(text)):
        return None
    number = numerals.read(shape[1])
    return str(number) if number else shape[1]


def _speaks(spoken: str, letters: str) -> bool:
    """Tell whether letters are the beginnings of all syllables, one after the other: honglm for hong lou meng."""
    if spoken[:1] != letters[:1]:
        return False
    syllables = spoken.split()
    return len(syllables) <= len(letters) and len(letters) in _reached(syllables, letters)[-1]


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
