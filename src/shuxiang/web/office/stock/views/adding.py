"""Books come in one by one: scan the ISBN, see what is known, scan the labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import ngettext

from shuxiang.catalogue import actions, queries
from shuxiang.catalogue.models import AccessionBatch, Copy, Holding, Title
from shuxiang.catalogue.rules import NewCopy, numbers_read
from shuxiang.formats.isbn import LostDigits
from shuxiang.platform.schools.models import School
from shuxiang.web.access import Request, may
from shuxiang.web.office.stock.forms import CopiesForm, NewTitleForm, open_accessions
from shuxiang.web.office.stock.refusals import say_faults

WITHOUT_ISBN = "-"
LATEST = 8


@dataclass(frozen=True)
class Known:
    """What is known of an ISBN: titles that the school has, and others of the union catalogue."""

    written: str
    wrong: bool = False
    holdings: list[Holding] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)

    @property
    def only_title(self) -> Title | None:
        """The one title that it can be, if there is just one."""
        all_titles = [holding.title for holding in self.holdings] + self.titles
        return all_titles[0] if len(all_titles) == 1 else None


def known(school: School, written: str) -> Known:
    """Look an ISBN up, here first and then in the union catalogue."""
    try:
        read = numbers_read(written)
    except LostDigits:
        return Known(written, wrong=True)
    right = [number for number in read if number.kind == "isbn"]
    titles = queries.titles_by_isbn(right[0].value) if right else []
    held = Holding.objects.filter(school=school, title__in=titles).select_related("title")
    holdings = list(queries.with_counts(held).order_by("id"))
    here = {holding.title_id for holding in holdings}
    return Known(
        written,
        wrong=bool(read) and not right,
        holdings=holdings,
        titles=[title for title in titles if title.pk not in here],
    )


@may("catalogue.add_title")
def add_title(request: Request) -> HttpResponse:
    """Ask for an ISBN, then for what is not known of the book, then take it in."""
    school = request.school
    batches = open_accessions(school)
    written = request.GET.get("isbn", "")
    chosen = request.GET.get("title", "")
    context: dict[str, Any] = {"batch": _batch(request, batches), "written": written}
    if context["batch"] is None:
        return render(request, "office/stock/no_batch.html")
    context["latest"] = _latest(school, context["batch"])
    if written and not chosen:
        found = known(school, written)
        only = found.only_title
        chosen = str(only.pk) if only else "new" if not found.holdings + found.titles else ""
        context["found"] = found
    if chosen and (written or chosen != "new"):
        return _form(request, chosen, context)
    return render(request, "office/stock/scan_isbn.html", context)


def _batch(request: Request, batches: QuerySet[AccessionBatch]) -> AccessionBatch | None:
    wanted = request.POST.get("accession") or request.GET.get("accession") or ""
    if wanted.isascii() and wanted.isdigit():
        return batches.filter(pk=int(wanted)).first() or batches.first()
    return batches.first()


def _latest(school: School, batch: AccessionBatch) -> list[Copy]:
    copies = Copy.objects.filter(school=school, accession=batch)
    return list(copies.select_related("holding__title", "shelf").order_by("-id")[:LATEST])


def _form(request: Request, chosen: str, context: dict[str, Any]) -> HttpResponse:
    school = request.school
    title = None if chosen == "new" else get_object_or_404(Title, pk=int(chosen))
    holding = Holding.objects.filter(school=school, title=title).first() if title else None
    written = "" if context["written"] == WITHOUT_ISBN else context["written"]
    title_form = None if title else NewTitleForm(request.POST or None, initial={"isbn": written})
    copies_form = CopiesForm(
        request.POST or None,
        school=school,
        in_place=holding is not None,
        initial={"accession": context["batch"].pk, "count": 1},
    )
    forms = [form for form in (title_form, copies_form) if form]
    faulty = [form for form in forms if not form.is_valid()]  # all are asked, so all faults show
    if request.method == "POST" and not faulty:
        copies = _copies(title, title_form, copies_form)
        if answer := _take_in(request, copies, copies_form):
            return answer
    context |= {"title": title, "holding": holding, "form": title_form, "copies_form": copies_form}
    status = 422 if any(form.errors for form in forms) else 200
    return render(request, "office/stock/add.html", context, status=status)


def _copies(
    title: Title | None, title_form: NewTitleForm | None, copies_form: CopiesForm
) -> list[NewCopy]:
    new = title_form.new_title() if title_form else None
    price = title.price if title else new.price if new else None
    return copies_form.new_copies(title=new, title_id=title.pk if title else None, list_price=price)


def _take_in(request: Request, copies: list[NewCopy], form: CopiesForm) -> HttpResponse | None:
    accession = form.cleaned_data["accession"]
    try:
        entered = actions.add_title(accession=accession, copies=copies, by=request.user, now=now())
    except (actions.TakeInRefused, actions.PeriodClosed) as refused:
        say_faults(form, refused)
        return None
    messages.success(request, _said(entered))
    return redirect(f"{reverse('catalogue.add_title')}?accession={accession.pk}")


def _said(entered: list[Copy]) -> str:
    first, last = entered[0], entered[-1]
    return ngettext(
        "%(name)s is taken in: accession number %(first)s, call number %(call)s. Scan the next book.",
        "%(name)s is taken in: %(copies)s copies, accession numbers %(first)s to %(last)s, "
        "call number %(call)s. Scan the next book.",
        len(entered),
    ) % {
        "name": queries.shown_name(first.holding),
        "copies": len(entered),
        "first": first.accession_number,
        "last": last.accession_number,
        "call": first.holding.call_number or "–",
    }
