"""Shelves and collections; what waits to be shelved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from shuxiang.catalogue import actions, queries
from shuxiang.catalogue.models import Collection, Copy, Shelf
from shuxiang.web.access import Request, asked_for, may
from shuxiang.web.keys import keys_of
from shuxiang.web.office.stock.forms import CollectionForm, ShelfForm

LIVING = Count("copies", filter=~Q(copies__standing="withdrawn"))


@may("catalogue.see_catalogue")
def see_places(request: Request) -> HttpResponse:
    """Show the shelves and the collections with what is in them."""
    context = {
        "shelves": Shelf.objects.filter(school=request.school).annotate(n=LIVING),
        "collections": Collection.objects.filter(school=request.school).annotate(n=LIVING),
        "without": Copy.objects.filter(school=request.school, shelf=None)
        .exclude(standing="withdrawn")
        .count(),
    }
    return render(request, "office/stock/places.html", context)


@may("catalogue.change_shelf")
def change_shelf(request: Request, pk: int | None = None) -> HttpResponse:
    """Add a shelf, or change one."""
    shelf = get_object_or_404(Shelf, school=request.school, pk=pk) if pk else None
    initial = {"code": shelf.code, "name": shelf.name, "room": shelf.room} if shelf else {}
    form = ShelfForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_shelf(
                school=request.school,
                shelf=shelf,
                by=request.user,
                now=now(),
                **form.cleaned_data,
            )
        except actions.NameTaken:
            form.add_error("code", _("Another shelf already has this code."))
        else:
            messages.success(
                request, _("Shelf %(code)s is entered.") % {"code": form.cleaned_data["code"]}
            )
            return redirect("catalogue.see_places")
    return _render(request, form, "shelf", shelf)


@may("catalogue.change_collection")
def change_collection(request: Request, pk: int | None = None) -> HttpResponse:
    """Add a collection, or change one."""
    collection = get_object_or_404(Collection, school=request.school, pk=pk) if pk else None
    initial = {"name": collection.name, "note": collection.note} if collection else {}
    form = CollectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_collection(
                school=request.school,
                collection=collection,
                by=request.user,
                now=now(),
                **form.cleaned_data,
            )
        except actions.NameTaken:
            form.add_error("name", _("Another collection already has this name."))
        else:
            messages.success(
                request, _("Collection %(name)s is entered.") % {"name": form.cleaned_data["name"]}
            )
            return redirect("catalogue.see_places")
    return _render(request, form, "collection", collection)


def _render(request: Request, form: Any, kind: str, there: object) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "kind": kind, "there": there}
    return render(request, "office/stock/place_form.html", context, status=status)


@may("catalogue.remove_shelf")
@require_POST
def remove_shelf(request: Request, pk: int) -> HttpResponse:
    """Remove a shelf that nothing stands on."""
    shelf = get_object_or_404(Shelf, school=request.school, pk=pk)
    try:
        actions.remove_shelf(shelf=shelf, by=request.user, now=now())
    except actions.NotEmpty as full:
        messages.error(request, _still_used(shelf.code, full.copies))
    else:
        messages.success(request, _("Shelf %(code)s is removed.") % {"code": shelf.code})
    return redirect("catalogue.see_places")


@may("catalogue.remove_collection")
@require_POST
def remove_collection(request: Request, pk: int) -> HttpResponse:
    """Remove a collection that nothing belongs to."""
    collection = get_object_or_404(Collection, school=request.school, pk=pk)
    try:
        actions.remove_collection(collection=collection, by=request.user, now=now())
    except actions.NotEmpty as full:
        messages.error(request, _still_used(collection.name, full.copies))
    except actions.StillNeeded:
        messages.error(
            request,
            _("Lending rules are made for %(name)s: remove them first.")
            % {"name": collection.name},
        )
    else:
        messages.success(request, _("Collection %(name)s is removed.") % {"name": collection.name})
    return redirect("catalogue.see_places")


def _still_used(name: str, copies: int) -> str:
    return ngettext(
        "%(copies)s copy, withdrawn ones counted, still names %(name)s: change that copy first.",
        "%(copies)s copies, withdrawn ones counted, still name %(name)s: change those copies first.",
        copies,
    ) % {"name": name, "copies": copies}


@may("catalogue.shelve")
def shelve(request: Request) -> HttpResponse:
    """Show what waits to be shelved, by shelf, and note what has been."""
    waiting = queries.to_be_shelved(request.school)
    if request.method == "POST":
        wanted = set(keys_of(request.POST.getlist("copy")))
        chosen = [copy for copy in waiting if copy.pk in wanted]
        shelved = actions.shelve(copies=chosen, by=request.user, now=now())
        messages.success(
            request,
            ngettext(
                "%(n)s book is back on its shelf.",
                "%(n)s books are back on their shelves.",
                len(shelved),
            )
            % {"n": len(shelved)},
        )
        return redirect(asked_for(request, reverse("catalogue.shelve")))
    return render(request, "office/stock/shelving.html", {"waiting": waiting})
