"""Open and shut self-service; enrol this device, and take devices back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.circulation import actions
from shuxiang.circulation.models import Kiosk
from shuxiang.circulation.queries import see_kiosks
from shuxiang.platform.schools import actions as schools
from shuxiang.platform.schools.queries import settings_of
from shuxiang.web.access import Request, may
from shuxiang.web.devices import keep_token
from shuxiang.web.office.kiosks.forms import KioskForm, KioskSettingsForm


@may("circulation.see_kiosks")
@require_safe
def see(request: Request) -> HttpResponse:
    """Show whether self-service is open, and on which devices."""
    return _page(request)


@may("schools.change_settings")
@require_POST
def change_settings(request: Request) -> HttpResponse:
    """Open or shut self-service, and say how soon a reader is forgotten."""
    form = KioskSettingsForm(request.POST)
    if not form.is_valid():
        return _page(request, settings_form=form, status=422)
    chosen = settings_of(request.school)
    asked = {f"kiosk.{name.removeprefix('is_')}": form.cleaned_data[name] for name in form.fields}
    changes = {name: value for name, value in asked.items() if value != chosen[name]}
    if changes:
        schools.change_settings(school=request.school, changes=changes, by=request.user, now=now())
    if form.cleaned_data["is_open"]:
        messages.success(request, _("Self-service is open on the enrolled devices."))
    else:
        messages.success(request, _("Self-service is shut; books go over the desk."))
    return redirect("circulation.see_kiosks")


@may("circulation.enrol_kiosk")
@require_POST
def enrol(request: Request) -> HttpResponse:
    """Enrol this device, and sign out on it: from now on children stand before it."""
    form = KioskForm(request.POST)
    if not form.is_valid():
        return _page(request, device_form=form, status=422)
    try:
        _kiosk, token = actions.enrol_kiosk(
            school=request.school, name=form.cleaned_data["name"], by=request.user, now=now()
        )
    except actions.KioskNameTaken:
        form.add_error("name", _("Another device has this name. Choose a different one."))
        return _page(request, device_form=form, status=422)
    logout(request)
    answer = redirect("kiosk")
    keep_token(answer, token, secure=request.is_secure())
    return answer


@may("circulation.take_back_kiosk")
@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Let nothing be done at a device any more."""
    kiosk = get_object_or_404(Kiosk, school=request.school, pk=pk)
    actions.take_back_kiosk(kiosk=kiosk, by=request.user, now=now())
    messages.success(
        request, _("Nothing can be lent or returned at %(name)s any more.") % {"name": kiosk.name}
    )
    return redirect("circulation.see_kiosks")


def _page(
    request: Request,
    *,
    settings_form: KioskSettingsForm | None = None,
    device_form: KioskForm | None = None,
    status: int = 200,
) -> HttpResponse:
    chosen = settings_of(request.school)
    initial = {
        "is_open": chosen["kiosk.open"],
        "forget_seconds": chosen["kiosk.forget_seconds"],
    }
    context = {
        "kiosks": see_kiosks(request.school),
        "is_open": chosen["kiosk.open"],
        "names_shown": chosen["public.names"],
        "settings_form": settings_form or KioskSettingsForm(initial=initial),
        "device_form": device_form or KioskForm(),
    }
    return render(request, "office/kiosks/kiosks.html", context, status=status)
