"""Training sessions, and who came."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from shuxiang.student_librarians import actions, queries
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Attendance, Post, Training
from shuxiang.student_librarians.wording import refusal
from shuxiang.web.access import Request, may
from shuxiang.web.keys import keys_of
from shuxiang.web.office.helpers.forms import TrainingForm, say_refusal
from shuxiang.web.office.helpers.standing import term_shown


@may("student_librarians.plan_training")
def see_training(request: Request) -> HttpResponse:
    """Show the sessions of a term, and enter another."""
    shown = term_shown(request)
    today = request.school.day(now())
    form = TrainingForm(request.POST or None, initial={"on": today})
    if request.method == "POST" and shown.term and form.is_valid():
        try:
            actions.plan_training(term=shown.term, **form.cleaned_data, by=request.user, now=now())
        except HelperRefused as refused:
            say_refusal(form, refused)
        else:
            messages.success(request, _("The session is entered."))
            return redirect(request.get_full_path())
    context = {
        "shown": shown,
        "form": form,
        "lines": queries.see_training(shown.term) if shown.term else [],
        "today": today,
    }
    status = 422 if form.errors else 200
    return render(request, "office/helpers/training.html", context, status=status)


@may("student_librarians.take_attendance")
def take_attendance(request: Request, pk: int) -> HttpResponse:
    """Tick who is there."""
    trainings = Training.objects.select_related("term__year", "term__school", "school")
    training = get_object_or_404(trainings, school=request.school, pk=pk)
    standing = Post.objects.standing().filter(term=training.term)
    if request.method == "POST":
        ticked = keys_of(request.POST.getlist("came"))
        try:
            count = actions.take_attendance(
                training=training, came=standing.filter(pk__in=ticked), by=request.user, now=now()
            )
        except HelperRefused as refused:
            messages.error(request, refusal(refused.objections[0]))
        else:
            said = ngettext("%(n)s pupil came.", "%(n)s pupils came.", count)
            messages.success(request, said % {"n": count})
        return redirect("student_librarians.take_attendance", pk)
    came = Attendance.objects.filter(training=training).values_list("post_id", flat=True)
    context = {
        "training": training,
        "lines": queries.lines_of(standing, training.term),
        "came": set(came),
        "is_to_come": training.on > request.school.day(now()),
    }
    return render(request, "office/helpers/attendance.html", context)


@may("student_librarians.remove_training")
@require_POST
def remove_training(request: Request, pk: int) -> HttpResponse:
    """Remove a session to which nobody came."""
    training = get_object_or_404(Training, school=request.school, pk=pk)
    try:
        actions.remove_training(training=training, by=request.user, now=now())
    except HelperRefused as refused:
        messages.error(request, refusal(refused.objections[0]))
    else:
        messages.success(request, _("The session is removed."))
    return redirect("student_librarians.plan_training")
