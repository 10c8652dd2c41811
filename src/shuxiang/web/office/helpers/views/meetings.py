"""Meetings with the helpers, and what is carried on from one to the next."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.student_librarians import actions, queries
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Meeting, Post, Problem
from shuxiang.student_librarians.wording import refusal
from shuxiang.web.access import Request, may
from shuxiang.web.keys import key_of
from shuxiang.web.office.helpers.forms import MeetingForm, ProblemForm, say_refusal
from shuxiang.web.office.helpers.standing import term_shown


@may("student_librarians.see_meetings")
@require_safe
def see_meetings(request: Request) -> HttpResponse:
    """List the meetings of a term."""
    shown = term_shown(request)
    lines = queries.see_meetings(shown.term) if shown.term else []
    return render(request, "office/helpers/meetings.html", {"shown": shown, "lines": lines})


@may("student_librarians.change_meeting")
def change_meeting(request: Request, pk: int | None = None) -> HttpResponse:
    """Call a meeting, and write down what was said at it."""
    meeting = _meeting(request, pk) if pk else None
    term = meeting.term if meeting else term_shown(request).term
    if term is None:
        return redirect("student_librarians.see_meetings")
    initial = _initial(meeting) if meeting else {"on": request.school.day(now())}
    form = MeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.change_meeting(
                term=term, said=form.cleaned_data, by=request.user, now=now(), meeting=meeting
            )
        except HelperRefused as refused:
            say_refusal(form, refused)
        else:
            messages.success(request, _("The meeting is written down."))
            return redirect("student_librarians.change_meeting", kept.pk)
    return _page(request, form, meeting)


@may("student_librarians.raise_problem")
@require_POST
def raise_problem(request: Request, pk: int) -> HttpResponse:
    """Write down what is to be put right."""
    meeting = _meeting(request, pk)
    form = ProblemForm(request.POST, lines=_helpers(meeting))
    if not form.is_valid():
        return _page(request, MeetingForm(initial=_initial(meeting)), meeting, problem=form)
    actions.raise_problem(meeting=meeting, **form.cleaned_data, by=request.user, now=now())
    return redirect("student_librarians.change_meeting", pk)


@may("student_librarians.settle_problem")
@require_POST
def settle_problem(request: Request, pk: int) -> HttpResponse:
    """Say that a problem is put right."""
    problem = get_object_or_404(Problem, school=request.school, pk=pk)
    how = request.POST.get("how", "")[:200]
    try:
        actions.settle_problem(problem=problem, how=how, by=request.user, now=now())
    except HelperRefused as refused:
        messages.error(request, refusal(refused.objections[0]))
    back = key_of(request.POST.get("meeting", "")) or problem.meeting_id
    return redirect("student_librarians.change_meeting", back)


def _page(
    request: Request,
    form: MeetingForm,
    meeting: Meeting | None,
    *,
    problem: ProblemForm | None = None,
) -> HttpResponse:
    problems = queries.problems_at(meeting) if meeting else []
    context = {
        "form": form,
        "meeting": meeting,
        "problems": problems,
        "carried": sum(one.meeting_id != meeting.pk for one in problems) if meeting else 0,
        "problem": problem or (ProblemForm(lines=_helpers(meeting)) if meeting else None),
    }
    status = 422 if form.errors or problem else 200
    return render(request, "office/helpers/meeting.html", context, status=status)


def _meeting(request: Request, pk: int) -> Meeting:
    rows = Meeting.objects.select_related("term__year", "term__school", "school")
    return get_object_or_404(rows, school=request.school, pk=pk)


def _helpers(meeting: Meeting) -> list[queries.PostLine]:
    posts = Post.objects.appointed().filter(term=meeting.term)
    return queries.lines_of(posts, meeting.term)


def _initial(meeting: Meeting) -> dict[str, Any]:
    return {name: getattr(meeting, name) for name in MeetingForm.base_fields}
