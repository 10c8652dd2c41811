"""The rules of the rotation: what it shall keep, entered one sentence at a time."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuxiang.readers.queries import class_name, classes_at_school
from shuxiang.timetable import actions, queries
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import Period, Term, Wish
from shuxiang.web.access import Request, may
from shuxiang.web.keys import key_of
from shuxiang.web.office.times.chosen import chosen_term, terms_offered
from shuxiang.web.office.times.forms import say_refusal
from shuxiang.web.office.times.saying import is_lesson, said
from shuxiang.web.office.times.wish_forms import LessonsForm, WishForm

SCHOOL_WEEK = [0, 1, 2, 3, 4]


@may("timetable.change_wish")
def see_wishes(request: Request) -> HttpResponse:
    """Show what the rotation of a term shall keep."""
    term = chosen_term(request)
    if term is None:
        return redirect("timetable.see_timetable")
    wishes = queries.wishes_of(term)
    lessons = [wish for wish in wishes if is_lesson(wish)]
    others = Term.objects.filter(school=request.school).exclude(pk=term.pk)
    context = {
        **terms_offered(term),
        "wishes": said(term, [wish for wish in wishes if wish not in lessons]),
        "lessons": len(lessons),
        "classes_with_lessons": len({wish.school_class_id for wish in lessons}),
        "kinds": Wish.Kind.choices,
        "sources": [] if wishes else others.filter(wishes__isnull=False).distinct(),
        "proposal": queries.latest_proposal(term),
    }
    return render(request, "office/times/wishes.html", context)


@may("timetable.change_wish")
def change_wish(request: Request, pk: int | None = None) -> HttpResponse:
    """Enter what the rotation shall keep, or change it."""
    wish = _wish(request, pk) if pk else None
    term = wish.term if wish else chosen_term(request)
    kind = wish.kind if wish else request.GET.get("kind", Wish.Kind.COMES)
    if term is None or kind not in Wish.Kind.values:
        raise Http404
    initial = WishForm.initial_of(wish) if wish else {}
    form = WishForm(request.POST or None, term=term, kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_wish(term=term, said=form.said, wish=wish, by=request.user, now=now())
        except TimetableRefused as refused:
            say_refusal(form, refused)
        else:
            messages.success(request, _("The rule is kept from the next time you solve."))
            return redirect(_list(term))
    context = {"form": form, "term": term, "wish": wish, "kind": Wish.Kind(kind)}
    status = 422 if form.errors else 200
    return render(request, "office/times/wish.html", context, status=status)


@may("timetable.remove_wish")
@require_POST
def remove_wish(request: Request, pk: int) -> HttpResponse:
    """Keep a wish no more."""
    wish = _wish(request, pk)
    actions.remove_wish(wish=wish, by=request.user, now=now())
    messages.success(request, _("The rule is removed; the rotation stands as it is."))
    return redirect(_list(wish.term))


@may("timetable.set_lessons")
def set_lessons(request: Request) -> HttpResponse:
    """Tick the lessons in which a class can't come."""
    term = chosen_term(request)
    if term is None:
        raise Http404
    form = LessonsForm(request.POST or None, term=term, weekdays=SCHOOL_WEEK)
    if request.method == "POST" and form.is_valid():
        one = form.cleaned_data["school_class"]
        chosen = form.chosen
        actions.set_lessons(term=term, school_class=one, lessons=chosen, by=request.user, now=now())
        told = _("%(name)s: %(count)s lessons are kept free of the library.")
        name = class_name(one, term.year.first_year)
        messages.success(request, told % {"name": name, "count": len(chosen)})
        return redirect(f"{reverse('timetable.set_lessons')}?term={term.pk}&class={one.pk}")
    return render(request, "office/times/lessons.html", _lessons(request, term))


@may("timetable.copy_wishes")
@require_POST
def copy_wishes(request: Request) -> HttpResponse:
    """Begin with the rules of another term."""
    terms = Term.objects.filter(school=request.school).select_related("school", "year")
    wanted, source = (key_of(request.POST.get(name, "")) for name in ("term", "source"))
    term, other = get_object_or_404(terms, pk=wanted), get_object_or_404(terms, pk=source)
    count = actions.copy_wishes(term=term, source=other, by=request.user, now=now())
    messages.success(request, _("%(count)s rules came over; look through them.") % {"count": count})
    return redirect(_list(term))


def _wish(request: Request, pk: int) -> Wish:
    wishes = Wish.objects.select_related(
        "term__school", "term__year", "period", "school", "school_class__school"
    )
    return get_object_or_404(wishes, school=request.school, pk=pk)


def _list(term: Term) -> str:
    return f"{reverse('timetable.see_wishes')}?term={term.pk}"


def _lessons(request: Request, term: Term) -> dict[str, object]:
    year = term.year.first_year
    classes = classes_at_school(term.school, year)
    wanted = request.GET.get("class", "")
    chosen = next((one for one in classes if str(one.pk) == wanted), next(iter(classes), None))
    wishes = queries.lessons_of(term, chosen) if chosen else []
    ticked = {(weekday, wish.period_id) for wish in wishes for weekday in wish.weekdays}
    lines = [
        (period, [(weekday, (weekday, period.pk) in ticked) for weekday in SCHOOL_WEEK])
        for period in Period.objects.filter(school=term.school)
    ]
    return {
        "term": term,
        "chosen": chosen,
        "chosen_name": class_name(chosen, year) if chosen else "",
        "class_choices": [(one.pk, class_name(one, year)) for one in classes],
        "lines": lines,
        "weekdays": SCHOOL_WEEK,
    }
