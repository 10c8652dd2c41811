"""How a book is cited in Chinese schools (GB/T 7714, monographs), and handed to programs that keep references (RIS)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shuxiang.catalogue.queries import ShownTitle

MOST_NAMED = 3
"""GB/T 7714 names three who are responsible, then says 等."""
NO_PLACE, NO_PUBLISHER, AND_OTHERS = "[出版地不详]", "[出版者不详]", "等"
_COUNTRY = re.compile(r"^\s*[\[(（〔［【][^\])）〕］】]*[\])）〕］】]\s*")
_BETWEEN = re.compile(r"\s*[;；/]\s*|\s*[,，、]\s*")
_ROLE = re.compile(
    r"\s*(?:[等合原选]?(?:编著|主编|编写|编译|翻译|绘图|插图|整理|改编|注释|著|编|译|绘|撰|辑|校|注|文|图|作))$"
)
_AFTER_THE_FIRST = frozenset("译绘校注图插整改")
"""With these a role is another responsibility, named after the title."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is behind a book, and the trade's word for what they did."""

    name: str
    role: str = ""

    @property
    def is_first(self) -> bool:
        return self.role[:1] not in _AFTER_THE_FIRST


def people(author: str, contributors: Sequence[tuple[str, str]] = ()) -> list[Person]:
    """Give the persons of a statement of responsibility, without their countries; those listed one by one come first."""
    if contributors:
        return [Person(_bare(name), role) for name, role in contributors if _bare(name)]
    parts = [part for part in _BETWEEN.split(author) if part.strip()]
    return [person for part in parts if (person := _read(part)).name]


def _read(part: str) -> Person:
    bare = _bare(part)
    role = _ROLE.search(bare)
    if role is None or role.start() < 2:  # noqa: PLR2004 - no name is of one character
        return Person(bare)
    return Person(bare[: role.start()].strip(), role.group().strip())


def _bare(name: str) -> str:
    return _COUNTRY.sub("", name).strip()


def cite(title: ShownTitle, persons: Sequence[Person]) -> str:
    """
    Write a book as GB/T 7714 does: 曹雪芹, 高鹗. 红楼梦[M]. 3版. 北京: 人民文学出版社, 2008.

    What the record does not say is left out, but for place and publisher, of which the standard wants to hear.
    """
    first = [person for person in persons if person.is_first] or list(persons)
    others = [person for person in persons if person not in first]
    name = f"{title.name}: {title.volume}" if title.volume else title.name
    if title.subtitle:
        name += f": {title.subtitle}"
    year = title.year or title.published
    issued = f"{title.place or NO_PLACE}: {title.publisher or NO_PUBLISHER}"
    parts = [
        _named(person.name for person in first),
        f"{name}[M]",
        ", ".join(f"{person.name}, {person.role}" for person in others),
        title.edition,
        f"{issued}, {year}" if year else issued,
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _named(names: Iterable[str]) -> str:
    listed = list(names)
    several = listed[:MOST_NAMED]
    return ", ".join([*several, AND_OTHERS] if len(listed) > MOST_NAMED else several)


def ris(title: ShownTitle, persons: Sequence[Person], isbns: Sequence[str], url: str) -> str:
    """Write a book for a reference manager: RIS, one tag a line."""
    tags = [
        ("TY", "BOOK"),
        *(("AU" if person.is_first else "A4", person.name) for person in persons),
        ("TI", f"{title.name} {title.volume}".strip()),
        ("ST", title.subtitle),
        ("T3", title.series),
        ("ET", title.edition),
        ("CY", title.place),
        ("PB", title.publisher),
        ("PY", str(title.year or "")),
        ("SP", title.pages),
        *(("SN", isbn) for isbn in isbns),
        ("CN", title.call_number),
        ("LA", title.language),
        ("UR", url),
    ]
    return (
        "".join(f"{tag}  - {' '.join(str(value).split())}\r\n" for tag, value in tags if value)
        + "ER  - \r\n"
    )


def fields(
    title: ShownTitle, persons: Sequence[Person], isbns: Sequence[str], url: str
) -> dict[str, object]:
    """Give a book by field names; what is empty is left out."""
    everything: dict[str, object] = {
        "name": title.name,
        "subtitle": title.subtitle,
        "volume": title.volume,
        "people": [{"name": person.name, "role": person.role} for person in persons],
        "series": title.series,
        "series_number": title.series_number,
        "edition": title.edition,
        "place": title.place,
        "publisher": title.publisher,
        "year": title.year,
        "pages": title.pages,
        "language": title.language,
        "isbn": list(isbns),
        "clc": title.clc,
        "call_number": title.call_number,
        "url": url,
    }
    return {name: value for name, value in everything.items() if value}
