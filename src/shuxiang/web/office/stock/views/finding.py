"""The catalogue as its staff search it, and one title with its copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now

from shuxiang.catalogue import queries
from shuxiang.catalogue.models import Copy, Holding, Shelf
from shuxiang.circulation.queries import copies_out, loans_of_copies
from shuxiang.formats.clc import MAIN_CLASSES
from shuxiang.platform.schools.models import School
from shuxiang.web.access import Request, may

PAGE = 20
LACKS = ("record", "class", "label")


@may("catalogue.see_catalogue")
def see_catalogue(request: Request) -> HttpResponse:
    """List the titles that answer to what was typed; a scanned label opens its book at once."""
    school, asked = request.school, Asked.read(request)
    if copy := _scanned(school, asked.text):
        address = reverse("catalogue.see_title", args=[copy.holding_id])
        return redirect(f"{address}?copy={copy.pk}#copy-{copy.pk}")
    page = Paginator(asked.found(school), PAGE).get_page(request.GET.get("page"))
    here = copies_here(school, page)
    context = {
        "asked": asked,
        "page": page,
        "hits": [
            (holding, queries.shown(holding), *here.get(holding.pk, (0, 0))) for holding in page
        ],
        "classes": MAIN_CLASSES.values(),
        "shelves": Shelf.objects.filter(school=school),
        "lacks": queries.lacking_counts(school),
        "stock": queries.stock_counts(school),
    }
    return render(request, "office/stock/catalogue.html", context)


@dataclass(frozen=True)
class Asked:
    """What was typed and chosen above the list; what makes no sense counts as not chosen."""

    text: str
    clc: str
    shelf: int | None
    lacking: str

    @classmethod
    def read(cls, request: Request) -> Asked:
        said = request.GET
        shelf, lacking = said.get("shelf", ""), said.get("lacking", "")
        return cls(
            text=said.get("q", ""),
            clc=said.get("clc", "") if said.get("clc") in MAIN_CLASSES else "",
            shelf=int(shelf) if shelf.isascii() and shelf.isdigit() else None,
            lacking=lacking if lacking in LACKS else "",
        )

    def found(self, school: School) -> Sequence[Holding] | QuerySet[Holding]:
        return queries.see_catalogue(
            school=school, text=self.text, clc=self.clc, shelf=self.shelf, lacking=self.lacking
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.clc or self.shelf is not None or self.lacking)


def copies_here(school: School, holdings: Iterable[Holding]) -> dict[int, tuple[int, int]]:
    """Count, for each title, the copies that stand on the shelf and that nobody has, and all."""
    living = Copy.objects.filter(school=school, holding__in=list(holdings)).on_the_books()
    there = list(living.values_list("pk", "holding_id", "standing"))
    out = copies_out(pk for pk, _holding, _standing in there)
    everywhere = Counter(holding for _pk, holding, _standing in there)
    here = Counter(
        holding for pk, holding, standing in there if standing == "on_shelf" and pk not in out
    )
    return {holding: (here[holding], everywhere[holding]) for holding in everywhere}


def _scanned(school: School, text: str) -> Copy | None:
    """Find the copy whose number this is; words are no numbers."""
    if not any(char.isdigit() for char in text):
        return None
    return queries.copy_by_code(school, text)


@may("catalogue.see_catalogue")
def see_title(request: Request, pk: int) -> HttpResponse:
    """Show a title with its copies: where they stand and, to whom it is allowed, who has them."""
    holding = get_object_or_404(
        Holding.objects.select_related("title").filter(school=request.school), pk=pk
    )
    copies = list(
        Copy.objects.filter(school=request.school, holding=holding)
        .select_related("shelf", "collection", "accession", "withdrawal")
        .order_by("accession_number", "id")
    )
    loans = loans_of_copies(copy.pk for copy in copies)
    living = [copy for copy in copies if copy.standing != "withdrawn"]
    on_shelf = [copy for copy in living if copy.standing == "on_shelf" and copy.pk not in loans]
    context = {
        "holding": holding,
        "shown": queries.shown(holding),
        "numbers": holding.title.numbers.order_by("id"),
        "contributors": holding.title.contributors.all(),
        "rows": [(copy, loans.get(copy.pk)) for copy in living],
        "gone": [copy for copy in copies if copy.standing == "withdrawn"],
        "on_shelf": on_shelf,
        "shelves": sorted({copy.shelf for copy in on_shelf if copy.shelf}, key=str),
        "asked": request.GET.get("copy", ""),
        "today": request.school.day(now()),
    }
    return render(request, "office/stock/title.html", context)
