"""What an address asks for: the words, what narrows them, the order, the page. What makes no sense is said, not done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from shuxiang.catalogue.models import Audience
from shuxiang.catalogue.queries import Narrowing, Order
from shuxiang.formats.clc import MAIN_CLASSES

LONGEST = 100
"""Characters of a question that an address keeps."""
LONGEST_NUMBER = 9  # digits of a page or a shelf that are still read as a number


@dataclass(frozen=True, kw_only=True)
class Asked:
    text: str = ""
    main_class: str = ""
    audience: str = ""
    shelf: int | None = None
    is_here: bool = False
    order: Order = Order.NEAREST
    exact: bool = False
    page: int = 1
    unknown: tuple[str, ...] = ()
    """What the address says and nobody knows, as it was written."""

    @property
    def narrowing(self) -> Narrowing:
        return Narrowing(main_class=self.main_class, audience=self.audience, shelf=self.shelf)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.main_class or self.audience or self.is_here or self.shelf is not None)

    def address(self, **changes: object) -> str:
        """Write the address of this question with something changed; it begins on its first page."""
        said = self._said() | changes
        kept = {name: value for name, value in said.items() if value not in ("", None)}
        return f"?{urlencode(kept)}"

    def _said(self) -> dict[str, object]:
        return {
            "q": self.text,
            "class": self.main_class,
            "audience": self.audience,
            "shelf": self.shelf,
            "in": "1" if self.is_here else "",
            "order": "" if self.order is Order.NEAREST else self.order.value,
            "exact": "1" if self.exact else "",
        }


def read(query: QueryDict, shelves: Mapping[int, str]) -> Asked:
    """Read an address."""
    said = {name: str(query.get(name, "")).strip() for name in query}
    shelf = _number(said.get("shelf", ""))
    order, page = said.get("order", ""), said.get("page", "")
    return Asked(
        text=said.get("q", "").replace("\x00", "")[:LONGEST],
        main_class=_one_of(MAIN_CLASSES, said.get("class", "")),
        audience=_one_of(Audience.values, said.get("audience", "")),
        shelf=shelf if shelf in shelves else None,
        is_here=said.get("in") == "1",
        order=Order(order) if order in set(Order) else Order.NEAREST,
        exact=said.get("exact") == "1",
        page=-1 if page.startswith("-") else _number(page) or 1,
        unknown=tuple(_unknown(said, shelves)),
    )


def _one_of(known: object, word: str) -> str:
    return word if word and word in known else ""  # type: ignore[operator]


def _number(word: str) -> int | None:
    """Read a number; one beyond all pages and shelves is as good as the largest."""
    if not (word.isascii() and word.isdigit()):
        return None
    return int(word[-LONGEST_NUMBER:]) if len(word) <= LONGEST_NUMBER else 10**LONGEST_NUMBER


def _unknown(said: Mapping[str, str], shelves: Mapping[int, str]) -> Iterator[str]:
    known = {
        "class": said.get("class") in {*MAIN_CLASSES, None, ""},
        "audience": said.get("audience") in {*Audience.values, None, ""},
        "shelf": not said.get("shelf") or _number(said["shelf"]) in shelves,
        "order": not said.get("order") or said["order"] in set(Order),
        "in": said.get("in", "1") in {"1", "0", ""},
    }
    for name, is_known in known.items():
        if not is_known:
            yield f"{name}={said[name][:40]}"
