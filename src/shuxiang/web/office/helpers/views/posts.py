"""Who helps: the list, the way of one pupil, and what is decided on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shuxiang.platform.accounts.actions import UsernameTaken, UsernameUnfit
from shuxiang.platform.schools.queries import school_year, setting
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import class_name, classes_at_school, classes_of_teacher, register
from shuxiang.student_librarians import actions, queries
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Exam, Post
from shuxiang.student_librarians.rules import Step
from shuxiang.student_librarians.wording import hours, refusal
from shuxiang.timetable.models import Term
from shuxiang.web.access import Request, may
from shuxiang.web.office.helpers.forms import NominateForm, PostForm, SignInForm, say_refusal
from shuxiang.web.office.helpers.standing import term_shown


@may("student_librarians.see_posts")
@require_safe
def see_posts(request: Request) -> HttpResponse:
    """List the helpers of a term, and those on the way to it."""
    shown = term_shown(request)
    lines = queries.see_posts(shown.term) if shown.term else []
    context = {
        "shown": shown,
        "standing": [one for one in lines if one.post.state in ("appointed", "proposed")],
        "closed": [one for one in lines if one.post.state in ("declined", "ended")],
        "appointed": sum(one.post.state == Post.State.APPOINTED for one in lines),
        "steps": list(Step),
        "by_appointment": queries.is_by_appointment(request.school),
        "by_role": setting(request.school, queries.BY_ROLE),
    }
    return render(request, "office/helpers/posts.html", context)


@may("student_librarians.nominate")
def nominate(request: Request) -> HttpResponse:
    """Name a pupil: a librarian of any class, a class teacher of the own."""
    today = request.school.day(now())
    classes = _classes(request)
    chosen = _chosen(request, classes, request.GET.get("class", ""))
    shown = term_shown(request)
    form = NominateForm(request.POST or None, readers=register(chosen, today) if chosen else [])
    is_asked = request.method == "POST" and form.is_valid()
    if is_asked and shown.term and _is_named(request, form, shown.term):
        return redirect(request.get_full_path())
    year = school_year(request.school, today)
    context = {
        "form": form,
        "shown": shown,
        "chosen": chosen,
        "classes": [(each, class_name(each, year)) for each in classes],
        "named": _named(shown.term, chosen),
    }
    status = 422 if form.errors else 200
    return render(request, "office/helpers/nominate.html", context, status=status)


def _is_named(request: Request, form: NominateForm, term: Term) -> bool:
    try:
        post = actions.nominate(**form.cleaned_data, term=term, by=request.user, now=now())
    except HelperRefused as refused:
        say_refusal(form, refused)
        return False
    said = _("%(name)s is named. Next come the training and the test.")
    messages.success(request, said % {"name": post.reader})
    return True


@may("student_librarians.see_posts")
@require_safe
@never_cache
def see_post(request: Request, pk: int) -> HttpResponse:
    """Show the way of one pupil, and what comes next on it."""
    return _page(request, _post(request, pk))


@may("student_librarians.change_post")
@require_POST
def change_post(request: Request, pk: int) -> HttpResponse:
    """Say what a helper does, for which classes and when."""
    post = _post(request, pk)
    form = _form(post, request.POST)
    if not form.is_valid():
        return _page(request, post, form=form, status=422)
    try:
        actions.change_post(post=post, **form.cleaned_data, by=request.user, now=now())
    except HelperRefused as refused:
        say_refusal(form, refused)
        return _page(request, post, form=form, status=422)
    messages.success(request, _("From now on the desk goes by this."))
    return redirect("student_librarians.see_post", pk)


@may("student_librarians.appoint")
@require_POST
def appoint(request: Request, pk: int) -> HttpResponse:
    """Appoint a pupil who was trained and has passed, for the classes and hours that are ticked."""
    post = _post(request, pk)
    form = _form(post, request.POST)
    if not form.is_valid():
        return _page(request, post, form=form, status=422)
    try:
        actions.appoint(post=post, **form.cleaned_data, by=request.user, now=now())
    except HelperRefused as refused:
        say_refusal(form, refused)
        return _page(request, post, form=form, status=422)
    line = queries.line_of(post)
    said = _(
        "%(name)s is appointed to serve: %(classes)s; hours: %(hours)s. "
        "Let them sign in, and print the badge."
    )
    messages.success(
        request,
        said
        % {
            "name": line.name,
            "classes": "、".join(line.served) or _("everybody"),
            "hours": hours(shift.clock for shift in line.shifts),
        },
    )
    return redirect("student_librarians.see_post", pk)


@may("student_librarians.decline")
@require_POST
def decline(request: Request, pk: int) -> HttpResponse:
    """Say that a pupil is not taken."""
    return _closed(request, pk, actions.decline, _("%(name)s is not taken this time."))


@may("student_librarians.end_post")
@require_POST
def end_post(request: Request, pk: int) -> HttpResponse:
    """End an appointment."""
    said = _("The appointment of %(name)s has ended: the desk opens to them no more.")
    answer = _closed(request, pk, actions.end_post, said)
    if missing := queries.gaps(_post(request, pk).term, now()):
        told = ngettext(
            "On %(n)s turn to come helpers are missing: see the duty roster.",
            "On %(n)s turns to come helpers are missing: see the duty roster.",
            len(missing),
        )
        messages.warning(request, told % {"n": len(missing)})
    return answer


def _closed(request: Request, pk: int, close: Any, said: str) -> HttpResponse:
    post = _post(request, pk)
    try:
        close(post=post, by=request.user, now=now(), why=request.POST.get("why", "")[:120])
    except HelperRefused as refused:
        _say(request, refused)
    else:
        messages.success(request, said % {"name": post.reader})
    return redirect("student_librarians.see_post", pk)


@may("student_librarians.open_desk")
@require_POST
@never_cache
def open_desk(request: Request, pk: int) -> HttpResponse:
    """Let a helper sign in, and show the password that nothing can show again."""
    post = _post(request, pk)
    form = SignInForm(request.POST, needs_name=_needs_name(post))
    if not form.is_valid():
        return _page(request, post, sign_in=form, status=422)
    try:
        issued = actions.open_desk(post=post, **form.cleaned_data, by=request.user, now=now())
    except HelperRefused as refused:
        say_refusal(form, refused)
    except UsernameTaken:
        form.add_error("username", _("Somebody already signs in with this name."))
    except UsernameUnfit:
        form.add_error("username", _("Use two letters or digits at least, and no blanks."))
    else:
        if issued.password:
            return _page(request, _post(request, pk), issued=issued)
        said = _("%(name)s opens the desk as %(username)s, with the password of before.")
        known = issued.account
        messages.success(request, said % {"name": known.name, "username": known.username})
        return redirect("student_librarians.see_post", pk)
    return _page(request, post, sign_in=form, status=422)


def _page(request: Request, post: Post, *, status: int = 200, **more: Any) -> HttpResponse:
    exams = Exam.objects.filter(post=post).order_by("-id")
    account = post.reader.account if post.reader else None
    context = {
        "line": queries.line_of(post),
        "post": post,
        "steps": list(Step),
        "exams": exams,
        "waiting": next((exam for exam in exams if exam.handed_in_at is None), None),
        "account": account,
        "signs_in": bool(account and account.has_perm("circulation.see_desk")),
        "needs_name": _needs_name(post),
        "form": more.pop("form", None) or _form(post),
        "sign_in": more.pop("sign_in", None)
        or SignInForm(initial={"username": _number(post)}, needs_name=_needs_name(post)),
        **more,
    }
    return render(request, "office/helpers/post.html", context, status=status)


def _needs_name(post: Post) -> bool:
    """Tell whether a user name is still to be given: who signs in with one keeps it."""
    account = post.reader.account if post.reader else None
    return account is None or account.signs_in_by_pin


def _number(post: Post) -> str:
    return post.reader.number if post.reader else ""


def _form(post: Post, data: Any = None) -> PostForm:
    initial = {
        "work": post.work,
        "classes": [one.school_class_id for one in post.served.all()],
        "shifts": [one.shift_id for one in post.hours.all()],
    }
    year = school_year(post.school, post.term.starts_on)
    return PostForm(data, school=post.school, year=year, initial=initial)


def _post(request: Request, pk: int) -> Post:
    rows = Post.objects.select_related("school", "term__year", "term__school", "reader__account")
    return get_object_or_404(rows, school=request.school, pk=pk)


def _classes(request: Request) -> list[SchoolClass]:
    today = request.school.day(now())
    if request.user.has_perm("student_librarians.see_posts"):
        return classes_at_school(request.school, school_year(request.school, today))
    return classes_of_teacher(request.user, today)


def _chosen(request: Request, classes: list[SchoolClass], asked: str) -> SchoolClass | None:
    """Give the class that was asked for; a class of somebody else, or of nobody, is not given."""
    if not asked:
        return classes[0] if len(classes) == 1 else None
    for each in classes:
        if str(each.pk) == asked:
            return each
    if request.user.has_perm("student_librarians.see_posts"):
        raise Http404
    raise PermissionDenied("student_librarians.nominate")


def _named(term: Term | None, chosen: SchoolClass | None) -> list[queries.PostLine]:
    if term is None or chosen is None:
        return []
    return queries.lines_of(Post.objects.filter(term=term, school_class=chosen), term)


def _say(request: Request, refused: HelperRefused) -> None:
    for objection in refused.objections:
        messages.error(request, refusal(objection))
