"""A desk that nobody uses locks itself; its owner opens it with a PIN or a password."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from shuxiang.web.access import Request, may
from shuxiang.web.desk import shift
from shuxiang.web.desk.answering import nobody
from shuxiang.web.desk.said import Said, Trouble
from shuxiang.web.desk.standing_by import NotApproved, knows_secret


@may("circulation.see_desk")
@require_POST
@never_cache
def lock(request: Request) -> HttpResponse:
    """Lock this desk; the rows stay, and nothing can be recorded."""
    shift.lock(request)
    return render(request, "desk/locked.html")


@may("circulation.see_desk")
@require_POST
@never_cache
@sensitive_post_parameters("password")
def unlock(request: Request) -> HttpResponse:
    """Open a locked desk to the one who signed in at it."""
    try:
        known = knows_secret(request, request.user)
        trouble = None if known else Said(what=Trouble.PIN_WRONG)
    except NotApproved as refused:
        trouble = Said(what=refused.trouble)
    if trouble:
        return render(request, "desk/locked.html", {"trouble": trouble}, status=trouble.status)
    shift.unlock(request, now())
    return render(request, "desk/nobody.html", nobody(request))
