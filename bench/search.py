"""A reader searches the public catalogue over HTTP: the first page with its facets, by every kind of question.

The floor is the bare question to the index of the same file, in the same run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import quote

from bench.parts.measuring import cpu_ms, line, percentile
from tests.serving import COMMAND, Browser, free_port, serve

if TYPE_CHECKING:
    from shuxiang.catalogue.models import IndexCard
    from shuxiang.catalogue.rules import NewCopy

FULL = os.environ.get("FULL") == "1"
SIZES = (10_000, 100_000, 1_000_000) if FULL else (10_000, 100_000)
EACH = 100
AT_ONCE = 5_000

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
    home = Path(tempfile.mkdtemp(prefix="shuxiang-bench-"))
    os.environ["SHUXIANG_HOME"] = str(home)
    try:
        subprocess.run([COMMAND, "demo", "--days", "1"], check=True, stdout=subprocess.DEVNULL)
        library, there = _library(SIZES[-1]), 0
        for size in SIZES:
            _take_in(library[there:size])
            there = size
            asked = _questions(size)
            print(f"search on SQLite: {size} titles, {EACH} questions of each kind")
            port = free_port()
            server = serve(port)
            try:
                Browser(port)
                for kind, words in asked.items():
                    floor = _floor_ms(words, home)
                    _measure(kind, words, pid=server.pid, port=port, floor=floor)
            finally:
                server.terminate()
                server.wait(30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


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


def _floor_ms(words: list[str], home: Path) -> float:
    import pysqlite3

    from shuxiang.catalogue.queries.search import MOST, as_match
    from shuxiang.catalogue.rules.searching import questions
    from shuxiang.formats.search import read

    asked = [as_match(next(questions(word, read(word)))[1]) for word in words]
    with pysqlite3.connect(home / "shuxiang.sqlite3") as opened:
        statement = "SELECT rowid FROM catalogue_terms WHERE catalogue_terms MATCH ? LIMIT ?"
        began = time.process_time()
        for match in asked:
            opened.execute(statement, (match, MOST)).fetchall()
    return (time.process_time() - began) * 1000 / len(asked)


def _library(count: int) -> list[NewCopy]:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "shuxiang.config.settings"
    django.setup()
    from tests.search.corpus import library

    return [replace(copy, barcode="") for copy in library(count)]


def _take_in(copies: list[NewCopy]) -> None:
    from django.db import connection
    from django_scopes import scope

    from shuxiang.catalogue.actions import open_accession, take_in
    from shuxiang.platform.schools.models import School

    school, now = School.objects.get(), datetime.now(UTC)
    with scope(school=school):
        accession = open_accession(
            school=school, source="opening", received_on=school.day(now), by=None, now=now
        )
        for first in range(0, len(copies), AT_ONCE):
            take_in(accession=accession, copies=copies[first : first + AT_ONCE], by=None, now=now)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    connection.close()


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
