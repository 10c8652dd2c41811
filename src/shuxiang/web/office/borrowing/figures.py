"""Figures as the page writes them: each beside the same week of the terms before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shuxiang.circulation.queries import SeenBorrowing
from shuxiang.circulation.rules import Borrowing
from shuxiang.timetable.models import Term


@dataclass(frozen=True, kw_only=True)
class TermRow:
    """A term in the table of terms; `figures` is None where it can't be told any more."""

    term: Term
    is_now: bool
    figures: Borrowing | None

    @property
    def share(self) -> str:
        return percent(self.figures.share if self.figures else None)

    @property
    def concentration(self) -> str:
        return percent(self.figures.concentration if self.figures else None)

    @property
    def mean(self) -> str:
        return mean(self.figures.mean if self.figures else None)


def percent(part: float | None) -> str:
    """Write a part as 91%, or a dash where there is nothing to divide by."""
    return "–" if part is None else f"{part * 100:.0f}%"


def mean(value: float | None) -> str:
    """Write a mean with one decimal."""
    return "–" if value is None else f"{value:.1f}"


def term_rows(seen: SeenBorrowing) -> list[TermRow]:
    """List this term and those before it."""
    now = TermRow(term=seen.term, is_now=True, figures=seen.now)
    return [now, *(TermRow(term=b.term, is_now=False, figures=b.figures) for b in seen.before)]


def formulas() -> Iterable[tuple[str, str]]:
    """Give the one formula of each figure, as it stands on the page."""
    return (
        (
            _("Have borrowed"),
            _("pupils at school who took a book home this term ÷ pupils at school"),
        ),
        (
            _("For the first time"),
            _("of those, who never took a book home before this term, as far as the records go"),
        ),
        (_("Books a pupil"), _("books that these pupils took home ÷ pupils at school")),
        (
            _("The keenest tenth"),
            _("books of the tenth of the pupils with the most books ÷ books of all pupils"),
        ),
    )
