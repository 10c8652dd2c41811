"""The test: ten questions from the rules in force, and how it came out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shuxiang.platform.schools.queries import setting
from shuxiang.student_librarians import actions
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Exam, Post
from shuxiang.student_librarians.queries import PASS_MARK
from shuxiang.student_librarians.wording import refusal
from shuxiang.web.access import Request, may
from shuxiang.web.exam import ExamForm, graded


@may("student_librarians.sit_test")
@require_POST
def sit_test(request: Request, pk: int) -> HttpResponse:
    """Write a test for a pupil who sits down here, or go on with the one that waits."""
    post = get_object_or_404(Post, school=request.school, pk=pk)
    try:
        exam = actions.sit_test(post=post, by=request.user, now=now())
    except HelperRefused as refused:
        messages.error(request, refusal(refused.objections[0]))
        return redirect("student_librarians.see_post", pk)
    return redirect("student_librarians.hand_in", exam.pk)


@may("student_librarians.hand_in")
@never_cache
def hand_in(request: Request, pk: int) -> HttpResponse:
    """Answer the questions and hand them in; a graded test shows how it came out."""
    exams = Exam.objects.select_related("post__reader", "post__term__year")
    exam = get_object_or_404(exams, school=request.school, pk=pk)
    form = ExamForm(request.POST or None, exam=exam)
    said = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_in(test=exam, answers=form.answers, by=request.user, now=now())
        except HelperRefused as refused:
            said = refusal(refused.objections[0])
        else:
            return redirect("student_librarians.hand_in", pk)
    context = {
        "exam": exam,
        "form": form,
        "said": said,
        "graded": graded(exam) if exam.handed_in_at else [],
        "pass_mark": setting(request.school, PASS_MARK),
    }
    status = 422 if said else 200
    return render(request, "office/helpers/exam.html", context, status=status)
