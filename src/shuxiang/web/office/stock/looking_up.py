"""What is known of a number that was scanned where an ISBN was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from shuxiang.catalogue import queries
from shuxiang.catalogue.models import Copy, Holding, Title
from shuxiang.catalogue.rules import NewNumber, numbers_read
from shuxiang.formats.isbn import LostDigits
from shuxiang.platform.schools.models import School

WITHOUT_ISBN = "-"
NEW = "new"


@dataclass(frozen=True)
class Known:
    """What is known of an ISBN: titles that the school has, and others of the union catalogue."""

    written: str
    wrong: bool = False
    holdings: list[Holding] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)

    @property
    def chosen(self) -> str:
        """The key of the one title that it can be, `new` if none, empty if a person must choose."""
        titles = [holding.title for holding in self.holdings] + self.titles
        if len(titles) > 1:
            return ""
        return str(titles[0].pk) if titles else NEW


def known_numbers(written: str) -> tuple[NewNumber, ...]:
    """Read what was scanned as numbers of a book; what has lost its digits is none."""
    try:
        return numbers_read(written)
    except LostDigits:
        return ()


def known(school: School, written: str) -> Known:
    """Look an ISBN up, here first and then in the union catalogue."""
    read = known_numbers(written)
    right = [number for number in read if number.kind == "isbn"]
    titles = queries.titles_by_isbn(right[0].value) if right else []
    held = Holding.objects.filter(school=school, title__in=titles).select_related("title")
    holdings = list(held.order_by("id"))
    here = {holding.title_id for holding in holdings}
    return Known(
        written,
        wrong=written != WITHOUT_ISBN and not right,
        holdings=holdings,
        titles=[title for title in titles if title.pk not in here],
    )


def label_of(school: School, written: str) -> Copy | None:
    """Find the copy whose label was scanned where an ISBN was asked for."""
    if not written or any(number.kind == "isbn" for number in known_numbers(written)):
        return None
    return queries.copy_by_code(school, written)
