"""A run of labels: which copies, what is printed of them, and what can't be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shuxiang.catalogue import queries as catalogue
from shuxiang.catalogue.models import Copy
from shuxiang.paper import labels, rules
from shuxiang.paper.faces import lacking
from shuxiang.paper.labels import CopyLabel, Wish
from shuxiang.paper.press import Paper
from shuxiang.paper.queries import copy_labels
from shuxiang.platform.schools.models import School
from shuxiang.web.office.printing.forms import LabelForm

EXAMPLES = 5


@dataclass(frozen=True)
class LabelRun:
    """The copies of one run, at most as many as are printed in one go, and how they are printed."""

    copies: Sequence[Copy]
    wanted: int
    wish: Wish
    labels: Sequence[CopyLabel] = field(default_factory=tuple)

    @property
    def bare(self) -> int:
        """Count the copies that have no number yet."""
        return sum(not copy.barcode for copy in self.copies)

    @property
    def waits(self) -> bool:
        """Tell whether numbers come first: barcodes are wanted, and no copy has one."""
        return bool(self.wish.barcodes and self.copies) and self.bare == len(self.copies)

    @property
    def without_call(self) -> int:
        """Count the copies that get no spine label, since they have no call number."""
        return sum(not labels.has_spine(label) for label in self.labels) if self.wish.spines else 0

    @property
    def left(self) -> int:
        """Count the copies that have to wait for another run."""
        return self.wanted - len(self.copies)

    @cached_property
    def count(self) -> int:
        return labels.count(self.labels, self.wish)

    @property
    def pages(self) -> int:
        return rules.pages_needed(self.count, self.wish.sheet, start=self.wish.start)

    @property
    def unreadable(self) -> list[str]:
        """Give some of the numbers that no scanner would read from so small a label."""
        if not self.wish.barcodes:
            return []
        return labels.unreadable(self.labels, self.wish.sheet)[:EXAMPLES]

    @property
    def lacking(self) -> str:
        """Give the characters that the typeface has not."""
        return lacking(self.wish.school + "".join(label.name for label in self.labels))

    def paper(self) -> Paper:
        return labels.copy_labels(self.labels, self.wish, title=_("Labels"))


def run_of(form: LabelForm) -> LabelRun:
    """Read the copies that a valid form asks for."""
    found = _copies(form)
    copies = list(found[: rules.MOST_COPIES])
    wanted = found.count() if len(copies) == rules.MOST_COPIES else len(copies)
    return LabelRun(copies, wanted, form.wish(), copy_labels(copies))


def _copies(form: LabelForm) -> QuerySet[Copy]:
    school, said = form.school, form.cleaned_data
    match said["of"]:
        case "batch":
            return _living(school).filter(accession=said["batch"])
        case "numbers":
            return catalogue.numbered(school, said["first"], said["last"])
        case "title":
            return _living(school).filter(holding=said["holding"])
        case "copies":
            return _living(school).filter(pk__in=said["copy"])
        case "given":
            return catalogue.copies_labelled(school, said["given"] or 0)
        case _:
            return catalogue.without_label(school)


def _living(school: School) -> QuerySet[Copy]:
    living = Copy.objects.filter(school=school).on_the_books()
    return living.select_related("holding__title").order_by("accession_number", "id")
