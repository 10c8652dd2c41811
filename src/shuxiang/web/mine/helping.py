"""A pupil's way to the desk: apply, take the test, see what is still missing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shuxiang.platform.schools.queries import setting
from shuxiang.student_librarians import actions, queries
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Exam, Post, Shift, Unable
from shuxiang.student_librarians.rules import Step
from shuxiang.student_librarians.wording import refusal
from shuxiang.timetable.queries import term_near
from shuxiang.web.access import Request, may
from shuxiang.web.exam import ExamForm, graded


@may("student_librarians.own_post")
@require_safe
@never_cache
def own_post(request: Request) -> HttpResponse:
    """Show how far one is on the way to the desk."""
    return _page(request)


def _page(request: Request, *, work: str = "", why: str = "", status: int = 200) -> HttpResponse:
    """Show the way, or the application with what was typed."""
    post = queries.own_post(request.user, now())
    exams = list(Exam.objects.filter(post=post).order_by("-id")) if post else []
    context = {
        "post": post,
        "line": queries.line_of(post) if post else None,
        "steps": list(Step),
        "works": Post.Work.choices,
        "work": work,
        "why": why,
        "exams": [exam for exam in exams if exam.handed_in_at],
        "sessions": queries.own_sessions(post, post.school.day(now())) if post else [],
        "term": term_near(request.school, request.school.day(now())),
        "may_apply": setting(request.school, queries.APPLY),
        "may_desk": request.user.has_perm("circulation.see_desk"),
        **(_on_duty(request, post) if post and post.state == Post.State.APPOINTED else {}),
    }
    return render(request, "mine/helping.html", context, status=status)


def _on_duty(request: Request, post: Post) -> dict[str, Any]:
    today = request.school.day(now())
    unable = list(Unable.objects.filter(post=post).order_by("on", "id"))
    turns = queries.own_turns(post, today)
    return {
        "today": today,
        "turns": turns,
        "to_give": [duty for duty, is_off in turns if not (is_off or duty.is_over(now()))],
        "others": queries.turns_to_take(post, now()),
        "problems": queries.own_problems(post),
        "swaps": queries.swaps_of(post),
        "shifts": Shift.objects.given().filter(school=request.school),
        "unable_shifts": [one.shift_id for one in unable if one.shift_id and not one.is_wish],
        "unloved_shifts": [one.shift_id for one in unable if one.shift_id and one.is_wish],
        "unable_days": [*(one.on for one in unable if one.on and one.on >= today), None],
    }


@may("student_librarians.apply")
@require_POST
@never_cache
def apply(request: Request) -> HttpResponse:
    """Ask to become a student librarian."""
    term = term_near(request.school, request.school.day(now()))
    work, why = request.POST.get("work", ""), request.POST.get("why", "").strip()
    try:
        if term is not None:
            actions.apply(
                term=term,
                work=work if work in Post.Work.values else Post.Work.DESK,
                why=why,
                by=request.user,
                now=now(),
            )
            said = _("Your application is in. Next come the training and the test.")
            messages.success(request, said)
    except HelperRefused as refused:
        messages.error(request, refusal(refused.objections[0]))
        return _page(request, work=work, why=why, status=422)
    return redirect("student_librarians.own_post")


@may("student_librarians.sit_own_test")
@require_POST
def sit_own_test(request: Request) -> HttpResponse:
    """Begin the test, or go on with it."""
    try:
        actions.sit_own_test(by=request.user, now=now())
    except HelperRefused as refused:
        messages.error(request, refusal(refused.objections[0]))
        return redirect("student_librarians.own_post")
    return redirect("student_librarians.hand_in_own_test")


@may("student_librarians.hand_in_own_test")
@never_cache
def hand_in_own_test(request: Request) -> HttpResponse:
    """Answer the questions and hand them in."""
    post = queries.own_post(request.user, now())
    exam = Exam.objects.filter(post=post, handed_in_at=None).first() if post else None
    if exam is None:
        return redirect("student_librarians.own_post")
    form, said = ExamForm(request.POST or None, exam=exam), ""
    if request.method == "POST" and form.is_valid():
        try:
            exam = actions.hand_in_own_test(answers=form.answers, by=request.user, now=now())
        except HelperRefused as refused:
            said = refusal(refused.objections[0])
    context = {
        "exam": exam,
        "form": form,
        "said": said,
        "graded": graded(exam) if exam.handed_in_at else [],
        "pass_mark": setting(request.school, queries.PASS_MARK),
    }
    return render(request, "mine/exam.html", context, status=422 if said else 200)
