"""Badges and certificates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shuxiang.paper import badges
from shuxiang.paper.press import FacesMissing, Paper, print_pdf
from shuxiang.paper.queries import badges_of, certificates_of
from shuxiang.platform.jobs.child import ChildFailed
from shuxiang.student_librarians.models import Post
from shuxiang.student_librarians.queries import evaluate
from shuxiang.timetable.models import Term
from shuxiang.web.access import Request, may
from shuxiang.web.keys import key_of
from shuxiang.web.office.helpers.standing import term_shown


@may("student_librarians.see_posts")
@require_safe
@never_cache
@csp_replace({"object-src": [SELF]})
def badges_pdf(request: Any) -> HttpResponse:
    """Print the badges of a term's helpers, or of one."""
    return _printed(request, "student_librarians.see_posts", _badges, _("Badges"))


@may("student_librarians.evaluate")
@require_safe
@never_cache
@csp_replace({"object-src": [SELF]})
def certificates_pdf(request: Any) -> HttpResponse:
    """Print the certificates of those who were chosen."""
    return _printed(request, "student_librarians.evaluate", _certificates, _("Certificates"))


def _badges(request: Request, term: Term) -> Paper | None:
    posts = Post.objects.appointed().filter(term=term)
    one = key_of(request.GET.get("post", ""))
    cards = badges_of(posts.filter(pk=one) if one else posts, term)
    return badges.sheets(cards, school=request.school.name, title=_("Badges")) if cards else None


def _certificates(request: Request, term: Term) -> Paper | None:
    today = request.school.day(now())
    chosen = [one for one in evaluate(term, today) if one.post.award and one.line.name]
    if not chosen:
        return None
    return badges.certificates(
        certificates_of(chosen, term, today), school=request.school.name, title=_("Certificates")
    )


def _printed(
    request: Request, back: str, make: Callable[[Request, Term], Paper | None], name: str
) -> HttpResponse:
    term = term_shown(request).term
    paper = make(request, term) if term else None
    if paper is None:
        messages.error(request, _("There is nobody to print for yet."))
        return redirect(back)
    try:
        printed = print_pdf(paper)
    except (FacesMissing, ChildFailed):
        messages.error(request, _("The printer's typefaces are missing: install the program anew."))
        return redirect(back)
    answer = HttpResponse(printed, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf") or "inline"
    return answer
