"""Books come in one by one: scan the ISBN, see what is known, scan the labels."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuxiang.catalogue import actions, queries
from shuxiang.catalogue.models import AccessionBatch, Copy, Holding, Title
from shuxiang.catalogue.rules import NewCopy
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.queries import NonceReused, digest
from shuxiang.platform.schools.models import School
from shuxiang.web.access import Request, may, nonce_of
from shuxiang.web.office.stock.forms import CopiesForm, NewTitleForm, open_accessions
from shuxiang.web.office.stock.looking_up import NEW, WITHOUT_ISBN, known, label_of
from shuxiang.web.office.stock.refusals import say_faults

LATEST = 8


@may("catalogue.add_title")
def add_title(request: Request) -> HttpResponse:
    """Ask for an ISBN, then for what is not known of the book, then take it in."""
    batch = _batch(request)
    if batch is None:
        return render(request, "office/stock/no_batch.html")
    written, chosen = request.GET.get("isbn", ""), request.GET.get("title", "")
    context: dict[str, Any] = {
        "batch": batch,
        "written": written,
        "latest": _latest(request.school, batch),
        "label_of": label_of(request.school, written),
    }
    if written and not chosen:
        context["found"] = found = known(request.school, written)
        chosen = found.chosen
    if chosen and written and not context["label_of"]:
        return _form(request, chosen, context)
    return render(request, "office/stock/scan_isbn.html", context)


def _batch(request: Request) -> AccessionBatch | None:
    """Find the batch that was chosen, else the latest that was not opened by the desk."""
    batches = open_accessions(request.school)
    wanted = request.POST.get("accession") or request.GET.get("accession") or ""
    if wanted.isascii() and wanted.isdigit():
        return batches.filter(pk=int(wanted)).first()
    return batches.exclude(source=AccessionBatch.Source.DESK).first() or batches.first()


def _latest(school: School, batch: AccessionBatch) -> list[Copy]:
    copies = Copy.objects.filter(school=school, accession=batch)
    return list(copies.select_related("holding__title", "shelf").order_by("-id")[:LATEST])


def _form(request: Request, chosen: str, context: dict[str, Any]) -> HttpResponse:
    school = request.school
    title = None if chosen == NEW else _title(chosen)
    holding = Holding.objects.filter(school=school, title=title).first() if title else None
    written = "" if context["written"] == WITHOUT_ISBN else context["written"]
    title_form = None if title else NewTitleForm(request.POST or None, initial={"isbn": written})
    copies_form = CopiesForm(
        request.POST or None,
        school=school,
        in_place=holding is not None,
        initial={"accession": context["batch"].pk, "count": 1},
    )
    first = title_form.fields["name"] if title_form else copies_form.fields["barcodes"]
    first.widget.attrs["autofocus"] = True
    forms = [form for form in (title_form, copies_form) if form]
    faulty = [form for form in forms if not form.is_valid()]  # all are asked, so all faults show
    if request.method == "POST" and not faulty:
        copies = _copies(title, title_form, copies_form)
        if answer := _take_in(request, copies, copies_form):
            return answer
    context |= {
        "title": title,
        "holding": holding,
        "form": title_form,
        "copies_form": copies_form,
        "nonce": request.POST.get("nonce") or uuid4().hex,
    }
    status = 422 if any(form.errors for form in forms) else 200
    return render(request, "office/stock/add.html", context, status=status)


def _title(chosen: str) -> Title:
    if not (chosen.isascii() and chosen.isdigit()):
        raise Http404(chosen)
    return get_object_or_404(Title, pk=int(chosen))


def _copies(
    title: Title | None, title_form: NewTitleForm | None, copies_form: CopiesForm
) -> list[NewCopy]:
    new = title_form.new_title() if title_form else None
    price = title.price if title else new.price if new else None
    return copies_form.new_copies(title=new, title_id=title.pk if title else None, list_price=price)


def _take_in(request: Request, copies: list[NewCopy], form: CopiesForm) -> HttpResponse | None:
    accession = form.cleaned_data["accession"]
    try:
        entered = actions.add_title(accession=accession, copies=copies, act=_act(request, copies))
    except NonceReused:
        form.add_error(None, _("This form has been sent once with other words: open it anew."))
        return None
    except (actions.TakeInRefused, actions.PeriodClosed) as refused:
        say_faults(form, refused)
        return None
    messages.success(request, _said(entered))
    return redirect(f"{reverse('catalogue.add_title')}?accession={accession.pk}")


def _act(request: Request, copies: list[NewCopy]) -> Act:
    """Number the act, so that a form sent twice takes the book in once."""
    content = digest(copies=copies)
    nonce = nonce_of(request)
    return Act(by=request.user, now=now(), place="office", nonce=nonce, content=content)


def _said(entered: list[Copy]) -> str:
    first, last = entered[0], entered[-1]
    said = {
        "name": queries.shown_name(first.holding),
        "copies": len(entered),
        "first": first.accession_number,
        "last": last.accession_number,
        "call": first.holding.call_number or _("(none yet)"),
    }
    if len(entered) == 1:
        return (
            _(
                "%(name)s is taken in: accession number %(first)s, call number %(call)s. "
                "Scan the next book."
            )
            % said
        )
    return (
        _(
            "%(name)s is taken in: %(copies)s copies, accession numbers %(first)s to %(last)s, "
            "call number %(call)s. Scan the next book."
        )
        % said
    )
