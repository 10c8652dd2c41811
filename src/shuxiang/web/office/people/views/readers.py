"""Readers: the list, a new one, one reader's page and history."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuxiang.circulation.actions import see_reader_history as note_history
from shuxiang.circulation.queries import history_of, loans_on_hand
from shuxiang.readers import actions, queries
from shuxiang.readers.models import Reader
from shuxiang.readers.queries.photos import photos_of
from shuxiang.web.access import Request, may
from shuxiang.web.components.people import photo_url
from shuxiang.web.office.people.choosing import Offer, offer
from shuxiang.web.office.people.forms import NewReaderForm, ReaderFilter
from shuxiang.web.office.people.views.refusals import card_refused, number_refused
from shuxiang.web.office.people.views.rows import rows_of

A_PAGE = 50


@may("readers.see_readers")
def see_readers(request: Request) -> HttpResponse:
    """List readers by name, pinyin, number, card, class, kind and standing."""
    shown = ReaderFilter(request.GET, offer=offer(request))
    page = Paginator(_filtered(request, shown), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": shown,
        "page": page,
        "rows": rows_of(request.school, list(page), request.school.day(now())),
        "is_narrowed": any(request.GET.get(name) for name in shown.fields),
        "left": shown.is_valid() and shown.cleaned_data["standing"] == "left",
    }
    return render(request, "office/people/readers.html", context)


def _filtered(request: Request, shown: ReaderFilter) -> QuerySet[Reader]:
    wanted = shown.cleaned_data if shown.is_valid() else {}
    return queries.see_readers(
        request.school,
        request.school.day(now()),
        text=wanted.get("q", ""),
        school_class=wanted.get("school_class"),
        category=wanted.get("category", ""),
        standing=wanted.get("standing", ""),
    )


@may("readers.add_reader")
def add_reader(request: Request) -> HttpResponse:
    """Add one reader."""
    offered = offer(request)
    initial = {"joined_on": request.school.day(now()), "school_class": request.GET.get("class")}
    form = NewReaderForm(request.POST or None, offer=offered, initial=initial)
    if form.is_bound and form.is_valid() and (reader := _add(request, form, offered)):
        messages.success(request, _("%(name)s is a reader now.") % {"name": reader.name})
        if "again" not in request.POST:
            return redirect("readers.see_reader", pk=reader.pk)
        school_class = form.cleaned_data["school_class"] or ""
        return redirect(f"{reverse('readers.add_reader')}?class={school_class}")
    status = 422 if form.is_bound else 200
    return render(request, "office/people/add_reader.html", {"form": form}, status=status)


def _add(request: Request, form: NewReaderForm, offered: Offer) -> Reader | None:
    typed = dict(form.cleaned_data)
    typed["school_class"] = offered.chosen(typed["school_class"])
    try:
        return actions.add_reader(school=request.school, by=request.user, now=now(), **typed)
    except actions.NumberTaken as taken:
        form.add_error("number", number_refused(taken))
    except (actions.CardTaken, actions.CardUnfit) as refused:
        form.add_error("card", card_refused(refused))
    return None


@may("readers.see_reader")
def see_reader(request: Request, pk: int) -> HttpResponse:
    """Show one reader; that is written down."""
    found = Reader.objects.select_related("account")
    reader = get_object_or_404(found, pk=pk, school=request.school)
    day = request.school.day(now())
    actions.see_reader(reader=reader, by=request.user, now=now())
    (row,) = rows_of(request.school, [reader], day)
    context = {
        "reader": reader,
        "row": row,
        "loans": loans_on_hand(reader, day),
        "restrictions": queries.restrictions_in_force(reader, day),
        "stays": queries.stays_of(reader),
        "today": day,
        "photo": photo_url(pk, photos_of(request.school, [reader]).get(pk, "")),
        "may_have_account": queries.may_have_account(reader),
    }
    return render(request, "office/people/reader.html", context)


@may("circulation.see_reader_history")
def see_reader_history(request: Request, pk: int) -> HttpResponse:
    """Show what a reader has borrowed; that is written down."""
    reader = get_object_or_404(Reader, pk=pk, school=request.school)
    note_history(reader=reader, by=request.user, now=now())
    (row,) = rows_of(request.school, [reader], request.school.day(now()))
    page = Paginator(history_of(reader), A_PAGE).get_page(request.GET.get("page"))
    context = {"reader": reader, "row": row, "page": page}
    return render(request, "office/people/history.html", context)
