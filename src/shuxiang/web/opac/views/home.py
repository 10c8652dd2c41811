"""One question and one box; beneath it what the library has."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from shuxiang.catalogue import queries
from shuxiang.catalogue.models import Holding
from shuxiang.circulation.queries import see_popular
from shuxiang.formats import pinyin
from shuxiang.formats.classname import grade_name
from shuxiang.formats.clc import MAIN_CLASSES
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.queries import class_of, reader_of
from shuxiang.web.access import Request, everyone
from shuxiang.web.opac.opening import of_a_school
from shuxiang.web.opac.showing import books

NEW, POPULAR = 16, 8
EXAMPLES = 3
FEWEST, MOST = 3, 6  # characters of a title that makes a good example


@everyone
@require_safe
@of_a_school
def home(request: Request) -> HttpResponse:
    """Ask what somebody would like to read."""
    school = request.school
    new = queries.newest(school, NEW)
    today, grade = school.day(now()), _grade(request)
    popular = see_popular(school, today, limit=POPULAR, grade=grade)
    counts = queries.main_class_counts(school)
    shown = books(school, list(map(queries.as_listed, [*new, *popular])))
    context = {
        "new": shown[: len(new)],
        "popular": shown[len(new) :],
        "grade": grade,
        "grades": [(each, grade_name(each)) for each in school.grades],
        "classes": [
            (one, counts[one.letter]) for one in MAIN_CLASSES.values() if one.letter in counts
        ],
        "unclassed": counts.get("", 0),
        "titles": sum(counts.values()),
        "shelves": queries.shelf_names(school),
        "examples": examples(new),
    }
    return render(request, "opac/home.html", context)


def _grade(request: Request) -> int | None:
    """Tell which grade's reading is asked for: the one that is named, or else the reader's own."""
    said, school = request.GET.get("grade", ""), request.school
    if said:
        return next((grade for grade in school.grades if str(grade) == said), None)
    reader = reader_of(request.user) if request.user.is_authenticated else None
    today = school.day(now())
    own_class = class_of(reader, today) if reader else None
    return own_class.grade(school_year(school, today)) if own_class else None


def examples(holdings: list[Holding]) -> list[tuple[str, str]]:
    """Give a few titles of this very library with the letters by which they are found."""
    made: list[tuple[str, str]] = []
    for holding in holdings:
        name = queries.shown(holding).name
        spoken = [syllable for syllable in pinyin.syllables(name) if syllable]
        if FEWEST <= len(name) <= MOST and len(spoken) == len(name) and name not in dict(made):
            made.append((name, "".join(syllable[0] for syllable in spoken)))
    return made[:EXAMPLES]
