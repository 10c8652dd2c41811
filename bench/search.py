"""A reader searches the public catalogue over HTTP: the first page with its facets, by every kind of question.

The floor is the bare question to the index of the same file, in the same run.
"""

from __future__ import annotations

import os
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bench.parts import large_school
from bench.parts.measuring import at_work_ms, line, percentile, postgres_ms, served
from tests.search.corpus import library

if TYPE_CHECKING:
    from shuxiang.catalogue.models import IndexCard
    from shuxiang.catalogue.rules import NewCopy

FULL = os.environ.get("FULL") == "1"
FEWEST, MOST = 10_000, 1_000_000
EACH = 100

KINDS: dict[str, Callable[[IndexCard], str]] = {
    "the commonest characters": lambda card: "的中"[card.pk % 2],
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
        large_school.fill_catalogue(MOST - here)
        _at(large_school.titles())


def _at(count: int) -> None:
    asked = _questions(count)
    engine = "PostgreSQL" if "DATABASE_URL" in os.environ else "SQLite"
    print(f"search on {engine}: {count} titles, {EACH} questions of each kind")
    if engine == "PostgreSQL":
        large_school.settle()
    with served() as (pid, port):
        _get(port, "")  # whose examples have their pinyin, so that its dictionaries are there
        line("the first search after a start", _took_ms(port, asked["two words"][0]), "ms")
        for kind, words in asked.items():
            _measure(kind, words, pid=pid, port=port, floor=_floor_ms(words))


def _measure(kind: str, words: list[str], *, pid: int, port: int, floor: float) -> None:
    used = at_work_ms(pid)
    times = [_took_ms(port, word) for word in words]
    cpu = (at_work_ms(pid) - used) / len(words)
    line(f"{kind}: the bare question to the index, CPU", floor, "ms")
    line(f"{kind}: server's CPU a page", cpu, "ms", cpu / floor)
    line(f"{kind}: page, p50", percentile(times, 50), "ms")
    line(f"{kind}: page, p99", percentile(times, 99), "ms")


def _took_ms(port: int, word: str) -> float:
    began = time.perf_counter()
    _get(port, f"search?q={quote(word)}")
    return (time.perf_counter() - began) * 1000


def _get(port: int, address: str) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/catalogue/{address}") as answer:
        answer.read()


def _floor_ms(words: list[str]) -> float:
    """Ask the index alone for the keys of what answers to each question, with nothing around it."""
    from shuxiang.catalogue.queries.search import MOST, as_match, as_tsquery
    from shuxiang.catalogue.rules.searching import questions
    from shuxiang.formats.search import read

    wanted = [next(questions(word, read(word)))[1] for word in words]
    if url := os.environ.get("DATABASE_URL"):
        import psycopg

        opened: Any = psycopg.connect(url, autocommit=True)
        asked = [as_tsquery(one) for one in wanted]
        statement = "SELECT holding_id FROM catalogue_indexcard WHERE terms @@ %s::tsquery LIMIT %s"
    else:
        import pysqlite3

        opened = pysqlite3.connect(Path(os.environ["SHUXIANG_HOME"]) / "shuxiang.sqlite3")
        asked = [as_match(one) for one in wanted]
        statement = "SELECT rowid FROM catalogue_terms WHERE catalogue_terms MATCH ? LIMIT ?"
    began = time.process_time() * 1000 + postgres_ms()
    for question in asked:
        opened.execute(statement, (question, MOST)).fetchall()
    spent = time.process_time() * 1000 + postgres_ms() - began
    opened.close()
    return spent / len(asked)


def _further(count: int) -> list[NewCopy]:
    return [copy._replace(barcode="", call_number="") for copy in library(count)]


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
