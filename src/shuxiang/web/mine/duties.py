"""A helper's own turns on duty: when it cannot be, and swaps with others."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.student_librarians import actions, queries
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Duty, Post, Shift, Swap
from shuxiang.student_librarians.wording import refusal
from shuxiang.web.access import Request, may
from shuxiang.web.keys import key_of, keys_of

MOST_DAYS = 30
RATHER = "rather-"
"""Stands before the key of a shift that a helper would rather not have."""


@may("student_librarians.say_unable")
@require_POST
def say_unable(request: Request) -> HttpResponse:
    """Say when being on duty is not possible, or not liked; the next roster keeps to it."""
    post = queries.own_post(request.user, now())
    if post is not None:
        given, said = Shift.objects.filter(school=request.school), request.POST.getlist("shift")
        rather = [each.removeprefix(RATHER) for each in said if each.startswith(RATHER)]
        days = [day for day in map(_day, request.POST.getlist("day")[:MOST_DAYS]) if day]
        try:
            actions.say_unable(
                post=post,
                shifts=given.filter(pk__in=keys_of(said)),
                rather_not=given.filter(pk__in=keys_of(rather)),
                days=days,
                by=request.user,
                now=now(),
            )
        except HelperRefused as refused:
            _say(request, refused)
        else:
            messages.success(request, _("The next roster keeps to it."))
            _remind(request, post, days)
    return redirect("student_librarians.own_post")


def _remind(request: Request, post: Post, days: list[date]) -> None:
    """Say on which of the days somebody is on the roster all the same."""
    duties = queries.own_duties(post, request.school.day(now()))
    stays = sorted({duty.on for duty in duties if duty.on in days and not duty.is_over(now())})
    if stays:
        said = _("You are on the roster of %(days)s all the same: ask somebody to swap.")
        named = "、".join(date_format(day, "MONTH_DAY_FORMAT") for day in stays)
        messages.warning(request, said % {"days": named})


@may("student_librarians.ask_swap")
@require_POST
def ask_swap(request: Request) -> HttpResponse:
    """Ask somebody to change turns."""
    duty, wanted = _duty(request, "duty"), _duty(request, "wanted")
    try:
        swap = actions.ask_swap(duty=duty, wanted=wanted, by=request.user, now=now())
    except HelperRefused as refused:
        _say(request, refused)
    else:
        said = _("%(name)s is asked. The turns change as soon as the answer is yes.")
        messages.success(request, said % {"name": swap.of.reader})
    return redirect("student_librarians.own_post")


@may("student_librarians.answer_swap")
@require_POST
def answer_swap(request: Request, pk: int) -> HttpResponse:
    """Agree to change turns, or not."""
    swap = get_object_or_404(Swap, school=request.school, pk=pk)
    agreed = request.POST.get("agreed") == "yes"
    try:
        kept = actions.answer_swap(swap=swap, agreed=agreed, by=request.user, now=now())
    except HelperRefused as refused:
        _say(request, refused)
    else:
        if kept.state == Swap.State.AGREED:
            messages.success(request, _("The turns are changed; both see it here."))
        else:
            messages.success(request, _("The roster stays as it was."))
    return redirect("student_librarians.own_post")


def _duty(request: Request, name: str) -> Duty:
    key = key_of(request.POST.get(name, ""))
    return get_object_or_404(Duty, school=request.school, pk=key)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _say(request: Request, refused: HelperRefused) -> None:
    for objection in refused.objections:
        messages.error(request, refusal(objection))
