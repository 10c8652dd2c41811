"""The end of a term: what each has done, the librarian's marks, and who is chosen."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.platform.schools import actions as schools
from shuxiang.platform.schools.queries import setting
from shuxiang.student_librarians import actions, queries
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Post
from shuxiang.student_librarians.wording import refusal
from shuxiang.timetable.models import Term
from shuxiang.web.access import Request, may
from shuxiang.web.keys import key_of
from shuxiang.web.office.helpers.forms import WeightsForm
from shuxiang.web.office.helpers.standing import term_shown

PARTS = ("duty", "acts", "mark")


@may("student_librarians.evaluate")
def evaluate(request: Request) -> HttpResponse:
    """Show the ranking with its parts; give marks and awards."""
    shown = term_shown(request)
    if request.method == "POST" and shown.term:
        return _judge(request, shown.term)
    return _page(request)


@may("student_librarians.judge_posts")
@require_POST
def change_weights(request: Request) -> HttpResponse:
    """Say what the three parts weigh."""
    form = WeightsForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    weights = [form.cleaned_data[part] for part in PARTS]
    schools.change_settings(
        school=request.school, changes={queries.WEIGHTS: weights}, by=request.user, now=now()
    )
    messages.success(request, _("The ranking goes by these weights."))
    return redirect("student_librarians.evaluate")


def _page(
    request: Request, form: WeightsForm | None = None, strange: Collection[int] = ()
) -> HttpResponse:
    """Show the ranking; where something typed is strange, all that was typed stands there again."""
    shown, today = term_shown(request), request.school.day(now())
    weights = setting(request.school, queries.WEIGHTS)
    judged = queries.evaluate(shown.term, today) if shown.term else []
    typed = request.POST if strange else {}
    context = {
        "shown": shown,
        "judged": [
            {
                "one": one,
                "mark": typed.get(f"mark-{one.post.pk}", one.post.mark),
                "award": typed.get(f"award-{one.post.pk}", one.post.award),
                "is_strange": one.post.pk in strange,
            }
            for one in judged
        ],
        "awards": Post.Award.choices,
        "weights": weights,
        "form": form or WeightsForm(initial=dict(zip(PARTS, weights, strict=True))),
        "chosen": sum(bool(one.post.award) for one in judged),
    }
    status = 422 if form or strange else 200
    return render(request, "office/helpers/evaluation.html", context, status=status)


def _judge(request: Request, term: Term) -> HttpResponse:
    """Read a mark and an award of each line; an empty mark is none."""
    marks: dict[int, int | None] = {}
    awards: dict[int, str] = {}
    for name in request.POST:
        value = request.POST.get(name, "")
        part, _underline, written = name.partition("-")
        if (key := key_of(written)) is None:
            continue
        if part == "mark":
            mark = key_of(value)
            marks[key] = (-1 if mark is None else mark) if value.strip() else None
        elif part == "award" and value in {"", *Post.Award.values}:
            awards[key] = value
    try:
        actions.judge_posts(term=term, marks=marks, awards=awards, by=request.user, now=now())
    except HelperRefused as refused:
        (objection,) = refused.objections
        messages.error(request, refusal(objection))
        return _page(request, strange=cast("list[int]", objection.details["posts"]))
    messages.success(request, _("Marks and certificates are kept."))
    return redirect(request.get_full_path())
