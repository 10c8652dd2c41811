"""A library to search in: the demo's real books, a few planted ones, and any number of invented ones.

The invented ones share words with the real ones, but none is as right an answer as what is wanted:
none bears a wanted name, holds all that is typed for another book, or can be read as its initials.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from pypinyin import Style, pinyin

from shuxiang.catalogue.rules import NewCopy, NewNumber, NewTitle
from shuxiang.demo.stock import titles
from shuxiang.formats.text import match_key
from tests.search.judging import Search, plain_name, searches

HERE = Path(__file__).parent
WORDS: dict[str, list[str]] = {
    kind: words.split()
    for kind, words in tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8")).items()
}
PLANTED = "planted"
SEED = 20261122
FIRST_BARCODE = 1000001
FIRST_INVENTED_BARCODE = 2000001
FIRST_INVENTED_IN_CLASS = 10_001  # else one that comes in earlier takes the number of a wanted book


def wanted_copies() -> list[NewCopy]:
    """Give what may be searched for, with fixed barcodes and call numbers."""
    known = [title for title, _listed in titles()] + list(_planted())
    in_class: dict[str, int] = {}
    copies = []
    for number, title in enumerate(known):
        in_class[title.clc] = in_class.get(title.clc, 0) + 1
        copies.append(
            NewCopy(
                title=title,
                barcode=str(FIRST_BARCODE + number),
                call_number=f"{title.clc}/{in_class[title.clc]}",
            )
        )
    return copies


def _planted() -> Iterator[NewTitle]:
    with (HERE / "planted.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            yield NewTitle(
                name=row["name"],
                volume=row["volume"],
                series=row["series"],
                series_number=row["series_number"],
                author=row["author"],
                publisher=row["publisher"],
                clc=row["clc"],
                source=PLANTED,
            )


def library(count: int) -> list[NewCopy]:
    """Give so many copies of different titles, the wanted ones anywhere among them."""
    dice = Random(SEED)  # noqa: S311 - the same library every time
    wanted = wanted_copies()
    invented = _invented(count - len(wanted), dice, wanted)
    places = set(dice.sample(range(count), len(wanted)))
    rows = iter(wanted)
    return [next(rows) if place in places else next(invented) for place in range(count)]


def _invented(count: int, dice: Random, wanted: list[NewCopy]) -> Iterator[NewCopy]:
    real = [copy.title for copy in wanted if copy.title]
    numbers = {number.value for title in real for number in title.numbers}
    rivals = Rivals.of(real)
    made = 0
    while made < count:
        title = _a_title(dice, real)
        isbn = _an_isbn(dice)
        if isbn in numbers or rivals.has(title):
            continue
        numbers.add(isbn)
        yield NewCopy(
            title=title._replace(numbers=(NewNumber("isbn", isbn),)),
            barcode=str(FIRST_INVENTED_BARCODE + made),
            call_number=f"{title.clc}/{FIRST_INVENTED_IN_CLASS + made}",
        )
        made += 1


def further_titles(count: int) -> Iterator[NewTitle]:
    """Give so many more invented titles, whatever they rival: to grow a library in which nothing is judged."""
    dice = Random(count)  # noqa: S311 - the same titles every time
    real = [copy.title for copy in wanted_copies() if copy.title]
    for _ in range(count):
        yield _a_title(dice, real)._replace(numbers=(NewNumber("isbn", _an_isbn(dice)),))


def _a_title(dice: Random, real: list[NewTitle]) -> NewTitle:
    series = (
        dice.choice(WORDS["what"]) + dice.choice(WORDS["series"]) if dice.random() < 0.4 else ""
    )
    return NewTitle(
        name=_a_name(dice, real),
        volume=str(dice.randint(1, 12)) if dice.random() < 0.1 else "",
        series=series,
        series_number=str(dice.randint(1, 30)) if series and dice.random() < 0.5 else "",
        author=_an_author(dice, real),
        publisher=dice.choice(WORDS["place"]) + dice.choice(WORDS["house"]) + "出版社",
        year=dice.randint(1980, 2025),
        clc=dice.choice(WORDS["classes"]),
        source="invented",
    )


def _a_name(dice: Random, real: list[NewTitle]) -> str:
    who, what, other = (
        dice.choice(WORDS["who"]),
        dice.choice(WORDS["what"]),
        dice.choice(WORDS["what"]),
    )
    how, kind = dice.choice(WORDS["how"]), dice.choice(WORDS["kind"])
    model = plain_name(dice.choice(real).name)
    patterns = (
        f"{how}的{who}",
        f"{how}的{what}",
        f"{who}{kind}",
        f"{what}{kind}",
        f"{what}与{other}",
        f"{who}和{how}的{what}",
        f"{who}{dice.choice(WORDS['does'])}{what}",
        f"{what}里的{who}{kind}",
        f"{how}的{what}{kind}",
        f"{dice.choice(WORDS['place'])}{what}{kind}",
        f"写给{who}的{what}{kind}",
        f"{model[: dice.randint(1, 3)]}{what}{kind}",
        f"{how}{model[-2:]}{dice.choice(('', kind))}",
        dice.choice(WORDS["about"]).format(model),
    )
    return dice.choice(patterns)


def _an_author(dice: Random, real: list[NewTitle]) -> str:
    roll = dice.random()
    if roll < 0.03:
        return dice.choice([title.author for title in real if title.source != PLANTED])
    if roll < 0.2:
        name = "·".join(dice.sample(WORDS["foreign"], 2))
        return f"[{dice.choice(WORDS['land'])}] {name}"
    return dice.choice(WORDS["surname"]) + dice.choice(WORDS["given"])


def _an_isbn(dice: Random) -> str:
    body = f"9787{dice.randrange(10**8):08d}"
    odd, even = (sum(map(int, body[start::2])) for start in (0, 1))
    return f"{body}{-(odd + 3 * even) % 10}"


@cache
def _letters(character: str) -> frozenset[str]:
    """Give the first letters of all readings of a character."""
    readings: list[str] = pinyin(character, style=Style.FIRST_LETTER, heteronym=True)[0]
    return frozenset(reading[:1] for reading in readings)


@dataclass(frozen=True)
class Rivals:
    """Tells whether an invented title is as right an answer as a wanted one."""

    names: frozenset[str]
    initials: frozenset[str]
    parts: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, real: list[NewTitle]) -> Rivals:
        judged = searches()
        return cls(
            names=frozenset(match_key(name) for t in real for name in (t.name, plain_name(t.name))),
            initials=frozenset(filter(None, map(_initials_of, judged))),
            parts=tuple(
                tuple(map(match_key, search.typed.split()))
                for search in judged
                if search.kind in {"inner", "author", "series"} or search.kind.startswith("error")
            ),
        )

    def has(self, title: NewTitle) -> bool:
        key = match_key(title.name)
        if key in self.names or self._reads_alike(key):
            return True
        text = f"{key} {match_key(title.author)} {match_key(title.series)} {title.volume}"
        return any(all(part in text for part in parts) for parts in self.parts)

    def _reads_alike(self, key: str) -> bool:
        return any(
            len(initials) == len(key)
            and all(letter in _letters(char) for letter, char in zip(initials, key, strict=True))
            for initials in self.initials
        )


def _initials_of(search: Search) -> str:
    """Give the initials of what a search by sound wants, of the first wanted name."""
    if search.kind not in {"initials", "pinyin", "mixed"}:
        return ""
    key = match_key(plain_name(search.names[0]))
    readings: list[list[str]] = pinyin(key, style=Style.FIRST_LETTER)
    return "".join(reading[0][:1] for reading in readings)
