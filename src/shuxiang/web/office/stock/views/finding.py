"""The catalogue as its staff search it, and one title with its copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.core.paginator import Paginator
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
    school, text = request.school, request.GET.get("q", "")
    if copy := _scanned(school, text):
        address = reverse("catalogue.see_title", args=[copy.holding_id])
        return redirect(f"{address}?copy={copy.pk}#copy-{copy.pk}")
    shelf = request.GET.get("shelf", "")
    lacking = request.GET.get("lacking", "")
    clc = request.GET.get("clc", "")
    found = queries.see_catalogue(
        school=school,
        text=text,
        clc=clc if clc in MAIN_CLASSES else "",
        shelf=int(shelf) if shelf.isascii() and shelf.isdigit() else None,
        lacking=lacking if lacking in LACKS else "",
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    here = copies_here(school, page)
    context = {
        "text": text,
        "page": page,
        "hits": [
            (holding, queries.shown(holding), *here.get(holding.pk, (0, 0))) for holding in page
        ],
        "classes": MAIN_CLASSES.values(),
        "shelves": Shelf.objects.filter(school=school),
        "clc": clc,
        "shelf": shelf,
        "lacking": lacking,
        "lacks": queries.lacking_counts(school),
        "narrowed": bool(text or clc or shelf or lacking),
        "stock": queries.stock_counts(school),
    }
    return render(request, "office/stock/catalogue.html", context)


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
