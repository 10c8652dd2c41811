"""One act on one reader: details, card, class, leaving and coming back, a pause."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from shuxiang.circulation.actions import see_off
from shuxiang.circulation.queries import loans_on_hand
from shuxiang.readers import actions, queries
from shuxiang.readers.models import Reader, Restriction
from shuxiang.web.access import Request, may
from shuxiang.web.office.people.choosing import offer
from shuxiang.web.office.people.forms import (
    CardForm,
    ComeBackForm,
    LeaveForm,
    MoveForm,
    PauseForm,
    ReaderForm,
)
from shuxiang.web.office.people.views.refusals import card_refused, number_refused


@may("readers.change_reader")
def change_reader(request: Request, pk: int) -> HttpResponse:
    """Change what is kept of a reader."""
    reader = _reader(request, pk)
    initial = {name: getattr(reader, name) for name in ReaderForm.base_fields}
    form = ReaderForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        try:
            actions.change_reader(reader=reader, changes=changes, by=request.user, now=now())
        except actions.NumberTaken as taken:
            form.add_error("number", number_refused(taken))
        else:
            messages.success(
                request, _("What is kept of %(name)s is changed.") % {"name": reader.name}
            )
            return redirect("readers.see_reader", pk=pk)
    return _page(request, "change_reader", form, reader)


@may("readers.give_card")
def give_card(request: Request, pk: int) -> HttpResponse:
    """Give a reader a card, replace it, or take it away."""
    reader = _reader(request, pk)
    is_taken_away = "take_away" in request.POST
    form = CardForm(request.POST if request.method == "POST" and not is_taken_away else None)
    if is_taken_away or (form.is_bound and form.is_valid()):
        card, before = "" if is_taken_away else form.cleaned_data["card"], reader.card
        try:
            actions.give_card(reader=reader, card=card, by=request.user, now=now())
        except (actions.CardTaken, actions.CardUnfit) as refused:
            form.add_error("card", card_refused(refused))
        else:
            messages.success(request, _of_cards(before=before, after=card))
            return redirect("readers.see_reader", pk=pk)
    return _page(request, "give_card", form, reader)


def _of_cards(*, before: str, after: str) -> str:
    if not after:
        return _("The old card opens nothing any more.")
    if not before:
        return _("Card %(card)s holds from now on.") % {"card": after}
    return _("The new card holds from now on; the old one opens nothing.")


@may("readers.move_to_class")
def move_to_class(request: Request, pk: int) -> HttpResponse:
    """Put a reader into another class from a day on."""
    reader = _reader(request, pk)
    offered = offer(request)
    form = MoveForm(request.POST or None, offer=offered, initial={"on": _today(request)})
    if form.is_bound and form.is_valid():
        typed = dict(form.cleaned_data)
        typed["school_class"] = offered.chosen(typed["school_class"])
        try:
            actions.move_to_class(reader=reader, by=request.user, now=now(), **typed)
        except actions.NotYetJoined:
            form.add_error("on", _joined_later(reader))
        except actions.AlreadyLeft:
            form.add_error(None, _("This reader has left. Let them come back first."))
        else:
            messages.success(
                request,
                _("%(name)s has moved; earlier loans stay with the old class.")
                % {"name": reader.name},
            )
            return redirect("readers.see_reader", pk=pk)
    return _page(request, "move_to_class", form, reader)


@may("readers.leave")
def leave(request: Request, pk: int) -> HttpResponse:
    """Let a reader leave; what is still out is shown first."""
    reader = _reader(request, pk)
    form = LeaveForm(request.POST or None, initial={"on": _today(request)})
    if form.is_bound and form.is_valid():
        try:
            ended = see_off(reader=reader, on=form.cleaned_data["on"], by=request.user, now=now())
        except actions.NotYetJoined:
            form.add_error("on", _joined_later(reader))
        except actions.LastDayAhead:
            form.add_error("on", _("The last day has not come yet. Enter this on that day."))
        except actions.AlreadyLeft:
            form.add_error(None, _("This reader has left already."))
        else:
            messages.success(request, _left(reader, ended))
            return redirect("readers.see_reader", pk=pk)
    loans = loans_on_hand(reader, _today(request))
    return _page(request, "leave", form, reader, loans=loans)


@may("readers.come_back")
def come_back(request: Request, pk: int) -> HttpResponse:
    """Take a reader back; the day after the last one undoes the leaving."""
    reader = _reader(request, pk)
    offered = offer(request)
    last = queries.last_class_of(reader)
    initial = {"on": _today(request), "school_class": last.pk if last else None}
    form = ComeBackForm(request.POST or None, offer=offered, initial=initial)
    if form.is_bound and form.is_valid():
        typed = dict(form.cleaned_data)
        typed["school_class"] = offered.chosen(typed["school_class"])
        try:
            back = actions.come_back(reader=reader, by=request.user, now=now(), **typed)
        except actions.NumberTaken as taken:
            form.add_error(None, number_refused(taken))
        except actions.StillAtSchool:
            return redirect("readers.see_reader", pk=pk)
        else:
            messages.success(request, _back(back))
            return redirect("readers.see_reader", pk=pk)
    return _page(request, "come_back", form, reader)


@may("readers.restrict")
def restrict(request: Request, pk: int) -> HttpResponse:
    """Pause a reader's borrowing."""
    reader = _reader(request, pk)
    form = PauseForm(request.POST or None, initial={"from_on": _today(request)})
    if form.is_bound and form.is_valid():
        actions.restrict(reader=reader, by=request.user, now=now(), **form.cleaned_data)
        messages.success(
            request,
            _("%(name)s does not borrow until this is lifted; returns are always taken.")
            % {"name": reader.name},
        )
        return redirect("readers.see_reader", pk=pk)
    return _page(request, "restrict", form, reader)


@may("readers.lift_restriction")
@require_POST
def lift_restriction(request: Request, pk: int) -> HttpResponse:
    """Let a reader borrow again."""
    restriction = get_object_or_404(
        Restriction.objects.select_related("reader"), pk=pk, school=request.school
    )
    day = _today(request)
    actions.lift_restriction(restriction=restriction, on=day, by=request.user, now=now())
    messages.success(request, _("%(name)s may borrow again.") % {"name": restriction.reader.name})
    return redirect("readers.see_reader", pk=restriction.reader_id)


def _reader(request: Request, pk: int) -> Reader:
    return get_object_or_404(Reader, pk=pk, school=request.school)


def _today(request: Request) -> date:
    return request.school.day(now())


def _joined_later(reader: Reader) -> str:
    return _("%(name)s has been a reader only since %(day)s.") % {
        "name": reader.name,
        "day": date_format(reader.joined_on),
    }


def _left(reader: Reader, holds: int) -> str:
    said = _("%(name)s has left. The card is free for somebody else.") % {"name": reader.name}
    if not holds:
        return said
    ended = ngettext(
        "%(holds)s hold was ended; look at the hold shelf.",
        "%(holds)s holds were ended; look at the hold shelf.",
        holds,
    )
    return f"{said} {ended % {'holds': holds}}"


def _back(reader: Reader) -> str:
    if reader.card:
        return _("%(name)s is back, with the old card.") % {"name": reader.name}
    return _(
        "%(name)s is back. Give a card: the old one is somebody else's now, or there was none."
    ) % {"name": reader.name}


def _page(
    request: Request, name: str, form: forms.Form, reader: Reader, **more: Any
) -> HttpResponse:
    context = {"form": form, "reader": reader, **more}
    status = 422 if form.is_bound else 200
    return render(request, f"office/people/{name}.html", context, status=status)
