"""Photographs of readers: off until the guardians' consent is on record, and for the librarian alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from shuxiang.platform.schools.queries import school_year, setting
from shuxiang.readers import actions, queries
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import photos
from shuxiang.web.access import Request, may
from shuxiang.web.office.people.choosing import offer
from shuxiang.web.office.people.photo_forms import ConsentForm, PhotosForm


@may("readers.see_photos")
@require_safe
def see_photos(request: Request) -> HttpResponse:
    """Tell who has a photograph, and take in more; or how to begin."""
    return _page(request)


@may("readers.allow_photos")
@require_POST
def allow_photos(request: Request) -> HttpResponse:
    """Write down the consent, and keep photographs from now on."""
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return _page(request, consent_form=form)
    consent = form.cleaned_data["consent"]
    actions.allow_photos(school=request.school, consent=consent, by=request.user, now=now())
    return redirect("readers.see_photos")


@may("readers.bring_photos")
@require_POST
def bring_photos(request: Request) -> HttpResponse:
    """Take in the pictures that were chosen, and say of each that was not why."""
    offered = offer(request)
    form = PhotosForm(request.POST, request.FILES, offer=offered)
    if not form.is_valid():
        return _page(request, form=form)
    try:
        brought = actions.bring_photos(
            school=request.school,
            files=((each.name, each.read()) for each in form.cleaned_data["pictures"]),
            school_class=offered.chosen(form.cleaned_data["school_class"]),
            by=request.user,
            now=now(),
        )
    except actions.NoConsent:
        return redirect("readers.see_photos")
    return _page(request, brought=brought)


@may("readers.stop_photos")
@require_POST
def stop_photos(request: Request) -> HttpResponse:
    """Delete every photograph and keep no more."""
    gone = actions.stop_photos(school=request.school, by=request.user, now=now())
    said = ngettext(
        "%(count)s photograph is deleted, and none is kept from now on.",
        "%(count)s photographs are deleted, and none is kept from now on.",
        gone,
    )
    messages.success(request, said % {"count": gone})
    return redirect("readers.see_photos")


@may("readers.see_photo")
@require_safe
def see_photo(request: Request, pk: int) -> HttpResponseBase:
    """Give a portrait; the browser asks anew each time whether it may show it."""
    photo = photos.see_photo(_reader(request, pk))
    if photo is None:
        raise Http404
    etag = f'"{photo.digest}"'
    answer = HttpResponse(bytes(photo.jpeg), content_type="image/jpeg")
    answer["ETag"], answer["Cache-Control"] = etag, "private, no-cache"
    return get_conditional_response(request, etag=etag, response=answer) or answer


@may("readers.remove_photo")
@require_POST
def remove_photo(request: Request, pk: int) -> HttpResponse:
    """Delete one portrait."""
    reader = _reader(request, pk)
    actions.remove_photo(reader=reader, by=request.user, now=now())
    messages.success(request, _("The photograph is deleted."))
    return redirect("readers.see_reader", pk=reader.pk)


def _reader(request: Request, pk: int) -> Reader:
    found = Reader.objects.select_related("school")
    return get_object_or_404(found, pk=pk, school=request.school)


def _page(request: Request, **more: Any) -> HttpResponse:
    """Show the page; with what is wrong in a form, or with what came of the pictures."""
    school, today = request.school, request.school.day(now())
    year = school_year(school, today)
    context = {
        "consent": photos.photo_consent(school),
        "days": setting(school, photos.DAYS),
        "consent_form": ConsentForm(),
        "form": PhotosForm(offer=offer(request)),
        "classes": [
            (queries.class_name(each.school_class, year), each)
            for each in photos.see_photos(school, today)
        ],
    } | more
    is_wrong = any(form.errors for form in (context["form"], context["consent_form"]))
    return render(request, "office/people/photos.html", context, status=422 if is_wrong else 200)
