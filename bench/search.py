"""A reader searches the public catalogue over HTTP: the first page with its facets, by every kind of question.

The floor is the bare question to the index of the same file, in the same run.
"""

from __future__ import annotations

import os
import time
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import quote

from bench.parts import large_school
from bench.parts.measuring import cpu_ms, line, percentile, served
from tests.search.corpus import library

if TYPE_CHECKING:
    from shuxiang.catalogue.models import IndexCard
    from shuxiang.catalogue.rules import NewCopy

FULL = os.environ.get("FULL") == "1"
FEWEST, MOST = 10_000, 1_000_000
EACH = 100

KINDS: dict[str, Callable[[IndexCard], str]] = {
    "one character": lambda card: card.name[len(card.name) // 2],
    "two characters": lambda card: card.name[:2],
    "four characters": lambda card: card.name[:4],
    "two words": lambda card: f"{card.name[:2]} {card.people.split()[0][:3]}",
    "full pinyin": lambda card: card.sounds.split()[0],
    "initials": lambda card: card.sounds.split()[1][:5],
    "ISBN": lambda card: card.holding.title.numbers.all()[0].value,
    "one wrong character": lambda card: f"{card.name[:2]}们{card.name[3:]}",
}


def main() -> None:
    here = large_school.titles()
    if here < FEWEST:
        large_school.take_in_titles(_further(FEWEST - here))
    _at(large_school.titles())
    if FULL and here > FEWEST:
        large_school.take_in_titles(_further(MOST - here))
        _at(large_school.titles())


def _at(count: int) -> None:
    asked = _questions(count)
    print(f"search on SQLite: {count} titles, {EACH} questions of each kind")
    with served() as (pid, port):
        for kind, words in asked.items():
            _measure(kind, words, pid=pid, port=port, floor=_floor_ms(words))


def _measure(kind: str, words: list[str], *, pid: int, port: int, floor: float) -> None:
    times = []
    used = cpu_ms(pid)
    for word in words:
        began = time.perf_counter()
        address = f"http://127.0.0.1:{port}/catalogue/search?q={quote(word)}"
        with urllib.request.urlopen(address) as answer:
            answer.read()
        times.append((time.perf_counter() - began) * 1000)
    cpu = (cpu_ms(pid) - used) / len(words)
    line(f"{kind}: the bare question to the index, CPU", floor, "ms")
    line(f"{kind}: server's CPU a page", cpu, "ms", cpu / floor)
    line(f"{kind}: page, p50", percentile(times, 50), "ms")
    line(f"{kind}: page, p99", percentile(times, 99), "ms")


def _floor_ms(words: list[str]) -> float:
    import pysqlite3

    from shuxiang.catalogue.queries.search import MOST, as_match
    from shuxiang.catalogue.rules.searching import questions
    from shuxiang.formats.search import read

    asked = [as_match(next(questions(word, read(word)))[1]) for word in words]
    file = Path(os.environ["SHUXIANG_HOME"]) / "shuxiang.sqlite3"
    with pysqlite3.connect(file) as opened:
        statement = "SELECT rowid FROM catalogue_terms WHERE catalogue_terms MATCH ? LIMIT ?"
        began = time.process_time()
        for match in asked:
            opened.execute(statement, (match, MOST)).fetchall()
    return (time.process_time() - began) * 1000 / len(asked)


def _further(count: int) -> list[NewCopy]:
    return [replace(copy, barcode="", call_number="") for copy in library(count)]


def _questions(size: int) -> dict[str, list[str]]:
    """Ask for titles drawn by lot, so that common characters are asked for as often as they come."""
    from django.db import connection
    from django_scopes import scopes_disabled

    from shuxiang.catalogue.models import IndexCard

    random = Random(size)  # noqa: S311 - the same questions each time
    with scopes_disabled():
        cards = IndexCard.objects.exclude(people="").exclude(holding__title__numbers=None)
        keys = random.sample([*cards.values_list("pk", flat=True).distinct()], EACH)
        drawn = list(
            cards.filter(pk__in=keys).distinct().prefetch_related("holding__title__numbers")
        )
        asked = {kind: [question(card) for card in drawn] for kind, question in KINDS.items()}
    connection.close()
    return asked


if __name__ == "__main__":
    main()
