"""What was found, and how to narrow it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from shuxiang.catalogue import queries
from shuxiang.catalogue.queries import Hits, Order
from shuxiang.catalogue.queries.search import MOST
from shuxiang.catalogue.rules.searching import Way
from shuxiang.circulation.queries import on_shelf_now
from shuxiang.platform.schools.models import School
from shuxiang.web.access import Request, everyone
from shuxiang.web.opac import asked as asking
from shuxiang.web.opac.asked import Asked
from shuxiang.web.opac.facets import Facet, chosen, facets
from shuxiang.web.opac.opening import of_a_school
from shuxiang.web.opac.showing import Book, books
from shuxiang.web.opac.wording import FORGIVEN, ORDERS

PAGE = 20
_LETTERS = re.compile(r"[A-Za-z' ]+")


@everyone
@require_safe
@of_a_school
def search(request: Request) -> HttpResponse:
    """List what was found, a page at a time."""
    school = request.school
    shelves = queries.shelf_names(school)
    asked = asking.read(request.GET, shelves)
    found = _find(school, asked, shelves)
    page = Paginator(found.holdings, PAGE).get_page(max(asked.page, 1))
    rows = books(school, queries.listed(school, list(page.object_list)), asked.text)
    context = {
        "asked": asked,
        "page": page,
        "books": rows,
        "found": found,
        "facets": SafeString("".join(kind.drawn() for kind in found.facets)),
        "hits": SafeString("".join(book.drawn() for book in rows)),
        "most": MOST,
        "narrowed": chosen(found.facets),
        "orders": _orders(asked),
        "pages": _pages(asked, page),
        "said": _said(asked, found, rows),
    }
    return render(request, "opac/search.html", context)


@dataclass(frozen=True, kw_only=True)
class Found:
    """The keys of what is listed, in the order asked for, and what it can be narrowed by."""

    holdings: list[int]
    hits: Hits
    facets: list[Facet]

    @property
    def has_more(self) -> bool:
        """Tell whether there are more than are listed; how many, nobody has counted."""
        return self.hits.is_broad and len(self.holdings) == len(self.hits.holdings)


def _find(school: School, asked: Asked, shelves: Mapping[int, str]) -> Found:
    hits = queries.search(school=school, text=asked.text, narrowing=asked.narrowing)
    listed = list(hits.holdings)
    if asked.exact:
        listed = queries.word_for_word(school=school, holdings=listed, text=asked.text)
    spread = on_shelf_now(school, listed)
    main_classes, audiences = hits.main_classes, hits.audiences
    if asked.is_here:
        listed = [pk for pk in listed if pk in spread.here]
    if asked.is_here or asked.exact:
        main_classes, audiences = queries.counts_of(school=school, holdings=listed)
    kept = frozenset(listed)
    kinds = facets(
        asked,
        here=len(spread.here & kept),
        audiences=audiences,
        main_classes=main_classes,
        shelves={shelf: len(those & kept) for shelf, those in spread.shelves.items()},
        names=shelves,
    )
    in_order = queries.ordered(school=school, holdings=listed, order=asked.order)
    return Found(holdings=in_order, hits=hits, facets=kinds)


def _orders(asked: Asked) -> list[tuple[str, object, bool]]:
    """Give each order with its address; without words the nearest are the newest."""
    offered = [order for order in Order if asked.text or order is not Order.NEAREST]
    current = asked.order
    if not asked.text and current is Order.NEAREST:
        current = Order.NEWEST
    return [
        (
            asked.address(order="" if order is Order.NEAREST else order.value),
            ORDERS[order],
            order is current,
        )
        for order in offered
    ]


def _pages(asked: Asked, page: Page[int]) -> dict[str, str]:
    """Give the addresses of the pages before and after, and what to say of a page that is not there."""
    return {
        "before": asked.address(page=page.number - 1) if page.has_previous() else "",
        "after": asked.address(page=page.number + 1) if page.has_next() else "",
        "missing": "" if asked.page == page.number else str(asked.page),
    }


def _said(asked: Asked, found: Found, rows: list[Book]) -> dict[str, object]:
    """Tell how an answer came about, where it is not just what was typed."""
    forgiven = FORGIVEN.get(found.hits.way)
    as_typed = any("<mark>" in book.marked for book in rows)
    letters = _LETTERS.fullmatch(asked.text) and found.hits.way is Way.TYPED
    return {
        "forgiven": forgiven % {"text": asked.text} if forgiven and found.holdings else "",
        "by_pinyin": bool(letters and rows and not as_typed and not asked.exact),
        "strict": asked.address(exact="1"),
        "loose": asked.address(exact=""),
        "wide": asked.address(**{"class": "", "audience": "", "shelf": "", "in": ""}),
    }
