"""The rules as readers see them: the school's own words, and the poster."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shuxiang.paper.queries import rules_poster
from shuxiang.platform.schools import actions
from shuxiang.platform.schools.queries import settings_of
from shuxiang.programmes.queries import see_rules
from shuxiang.programmes.rules import STANDARD, Heading, Sentence
from shuxiang.programmes.wording import heading, sentence
from shuxiang.web.access import Request, may
from shuxiang.web.office.orientation.forms import WordsForm
from shuxiang.web.office.printing.views.answering import as_pdf, saying_what_fails


@may("schools.change_settings")
def change_words(request: Request) -> HttpResponse:
    """Change what the school asks of its readers; the rest writes itself."""
    chosen = settings_of(request.school)
    form = WordsForm(request.POST or None, initial=WordsForm.initial_of(chosen))
    if request.method == "POST" and form.is_valid():
        asked = {f"house.{name}": lines for name, lines in form.cleaned_data.items()}
        changes = {name: lines for name, lines in asked.items() if lines != chosen[name]}
        if changes:
            actions.change_settings(
                school=request.school, changes=changes, by=request.user, now=now()
            )
        messages.success(request, _("The rules are written anew: readers see them as they stand."))
        return redirect("house.words")
    context = {
        "form": form,
        "parts": parts_today(request),
        "own": [(form[one.value], _usual(one)) for one in STANDARD],
        "languages": settings.LANGUAGES,
    }
    status = 422 if form.errors else 200
    return render(request, "office/orientation/rules.html", context, status=status)


@may("paper.rules_poster")
@require_safe
@never_cache
@saying_what_fails
def poster_pdf(request: Request) -> HttpResponse:
    """Print the rules on one sheet, in the language that is asked for."""
    asked = request.GET.get("language", "")
    known = asked in dict(settings.LANGUAGES)
    with translation.override(asked if known else settings.LANGUAGE_CODE):
        sheet = rules_poster(request.school, request.school.day(now()))
        return as_pdf(sheet, sheet.title)


def _usual(one: Heading) -> str:
    return "".join(sentence(Sentence(line=line)) for line in STANDARD[one])


def parts_today(request: Request, *, without: Heading | None = None) -> list[tuple[str, list[str]]]:
    """Write the rules as readers read them today."""
    rules = see_rules(request.school, request.school.day(now()))
    return [
        (heading(part.heading), [sentence(one) for one in part.sentences])
        for part in rules.parts
        if part.heading is not without
    ]
