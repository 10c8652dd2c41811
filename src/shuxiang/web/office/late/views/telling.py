"""Write down that somebody was told, take it back, and look it up."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.circulation import actions, queries
from shuxiang.circulation.models import Notice
from shuxiang.circulation.rules import Channel, Whom
from shuxiang.platform.schools.queries import school_year
from shuxiang.web.access import Request, asked_for, may
from shuxiang.web.keys import keys_of
from shuxiang.web.office.late.forms import TellForm
from shuxiang.web.office.late.told import shown_notices

A_PAGE = 50


@may("circulation.tell")
@require_POST
def tell(request: Request) -> HttpResponse:
    """Write down who was told of which late books."""
    back = redirect(asked_for(request, reverse("circulation.see_late")))
    form = TellForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say who was told, and how."))
        return back
    said = form.cleaned_data
    try:
        notices = actions.tell(
            school=request.school,
            loans=keys_of(request.POST.getlist("loan")),
            whom=Whom(said["whom"]),
            channel=Channel(said["channel"]),
            kind=Notice.Kind(said["kind"] or Notice.Kind.LATE),
            by=request.user,
            now=now(),
        )
    except actions.NothingToTell:
        messages.info(request, _("These books are back, or it was written down today already."))
    else:
        messages.success(request, _said(notices))
    return back


@may("circulation.take_notice_back")
@require_POST
def take_notice_back(request: Request, pk: int) -> HttpResponse:
    """Say that nobody was told after all."""
    notice = get_object_or_404(Notice, school=request.school, pk=pk)
    actions.take_notice_back(notice=notice, by=request.user, now=now())
    messages.success(request, _("Taken back: it stands among what is to be told again."))
    return redirect(asked_for(request, reverse("circulation.see_notices")))


@may("circulation.see_notices")
@require_safe
def see_notices(request: Request) -> HttpResponse:
    """List who was told of what, and when."""
    page = Paginator(queries.see_notices(request.school), A_PAGE).get_page(request.GET.get("page"))
    year = school_year(request.school, request.school.day(now()))
    context = {"page": page, "told": shown_notices(page, year)}
    return render(request, "office/late/told.html", context)


def _said(notices: Sequence[Notice]) -> str:
    return _("Written down: %(whom)s, %(channel)s, %(books)s books.") % {
        "whom": Notice.Whom(notices[0].whom).label,
        "channel": Notice.Channel(notices[0].channel).label,
        "books": sum(notice.books for notice in notices),
    }
