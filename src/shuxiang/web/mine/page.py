"""What I have, what I wait for, what I have read; renewing, and waiting no longer."""

from __future__ import annotations

from secrets import token_urlsafe

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.catalogue.queries import shown_name
from shuxiang.circulation import actions
from shuxiang.circulation.queries import row_of
from shuxiang.circulation.queries import see_own_loans as ask
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.queries import digest
from shuxiang.readers.queries import class_of
from shuxiang.timetable.queries import next_visit
from shuxiang.web.access import may, nonce_of
from shuxiang.web.keys import keys_of
from shuxiang.web.mine.opening import ReaderRequest, own
from shuxiang.web.mine.wording import kept, renewed, title_of

ALL = "all"


@may("circulation.see_own_loans")
@require_safe
@own
def see_own_loans(request: ReaderRequest) -> HttpResponse:
    """Show the own page."""
    return _page(request)


@may("circulation.renew_own")
@require_POST
@own
def renew_own(request: ReaderRequest) -> HttpResponse:
    """Renew one book or all, and say of each until when, or why not."""
    which = request.POST.get("loan", "")
    wanted = None if which == ALL else keys_of([which])
    try:
        entry = actions.renew_own(loans=wanted, act=_act(request, renew=which))
    except actions.RenewalRefused as refused:
        said = [kept(title_of(one.loan), one.reasons) for one in refused.kept]
        return _page(request, refused=said)
    except (actions.NotYours, actions.NonceReused):
        return _page(request, refused=[_("This page was old; here is how it stands now.")])
    except actions.ClockWentBack:
        clock = _("The library's clock is wrong at the moment. Nothing was renewed; ask there.")
        return _page(request, refused=[clock])
    row = row_of(entry)
    for line in row.renewed:
        messages.success(request, renewed(line))
    for line in row.kept:
        messages.warning(request, kept(line.title, line.reasons))
    return redirect("circulation.see_own_loans")


@may("circulation.cancel_own_hold")
@require_POST
@own
def cancel_own_hold(request: ReaderRequest, pk: int) -> HttpResponse:
    """Wait no longer for a title; asked twice, it is said to be so."""
    try:
        hold = actions.cancel_own_hold(hold=pk, by=request.user, now=now())
    except actions.NotYours as strange:
        raise Http404 from strange
    except actions.HoldClosed:
        messages.info(request, _("You are not waiting for this book any more."))
    else:
        title = shown_name(hold.holding)
        said = _("You wait for 《%(title)s》 no longer: the next one gets it.")
        messages.success(request, said % {"title": title})
    return redirect("circulation.see_own_loans")


def _act(request: ReaderRequest, **content: object) -> Act:
    nonce = nonce_of(request)
    return Act(
        by=request.user,
        now=now(),
        nonce=f"me-{request.reader.pk}-{nonce}" if nonce else "",
        content=digest(reader=request.reader.pk, **content),
    )


def _page(request: ReaderRequest, *, refused: list[str] | None = None) -> HttpResponse:
    today = request.school.day(now())
    own_class = class_of(request.reader, today)
    context = {
        "reader": request.reader,
        "next_visit": next_visit(own_class, now()) if own_class else None,
        "shown": ask(request.reader, today),
        "today": today,
        "nonce": token_urlsafe(12),
        "refused": refused,
    }
    return render(request, "mine/page.html", context, status=422 if refused else 200)
