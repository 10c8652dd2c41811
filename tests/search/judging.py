"""What is searched, and which records are a right answer."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shuxiang.formats.text import fold, match_key

_BRACKETS = re.compile(r"\s*[(（\[][^)）\]]*[)）\]]\s*$")


def plain_name(name: str) -> str:
    """Leave off what a name says of its edition: 红楼梦（上下） is 红楼梦."""
    return _BRACKETS.sub("", name) or name


@dataclass(frozen=True)
class Search:
    """One search, and what it should find: every record that answers to all of this is right."""

    kind: str
    typed: str
    names: tuple[str, ...]
    author: str = ""
    volume: str = ""
    isbn: str = ""

    def wants(self, *, name: str, author: str, volume: str, isbns: set[str]) -> bool:
        """Tell whether a record, not an invented one, is a right answer."""
        keys = {match_key(name), match_key(plain_name(name))}
        return (
            any(match_key(wanted) in keys for wanted in self.names)
            and match_key(self.author) in match_key(author)
            and self.volume in ("", volume)
            and (not self.isbn or self.isbn in isbns)
        )

    @property
    def plain_number(self) -> str:
        """Give a typed barcode or call number without its blanks and wide characters."""
        return fold(self.typed).replace(" ", "").lower()


@cache
def searches() -> tuple[Search, ...]:
    """Read the judged set. Several wanted names are parted by `|`."""
    with (Path(__file__).parent / "judged.csv").open(encoding="utf-8", newline="") as table:
        return tuple(
            Search(
                kind=row["kind"],
                typed=row["typed"],
                names=tuple(row["wanted"].split("|")),
                author=row["author"],
                volume=row["volume"],
                isbn=row["isbn"],
            )
            for row in csv.DictReader(table)
        )
