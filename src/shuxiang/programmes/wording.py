"""The room's codes in words: to readers in the plain language of children."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, npgettext
from django.utils.translation import gettext as _

from shuxiang.programmes.rules import (
    Effect,
    Heading,
    Interests,
    Line,
    Refusal,
    Sentence,
    Telling,
)
from shuxiang.timetable import wording as times
from shuxiang.timetable.rules import Audience, For, Hours, HoursOfDay

HEADINGS: Mapping[Heading, object] = {
    Heading.COMING: gettext_lazy("When you can come"),
    Heading.BORROWING: gettext_lazy("Borrowing"),
    Heading.BRINGING_BACK: gettext_lazy("Bringing back"),
    Heading.LATE: gettext_lazy("When a book is late"),
    Heading.CARE: gettext_lazy("Taking care of books"),
    Heading.MANNERS: gettext_lazy("In the library"),
    Heading.STAFF: gettext_lazy("Teachers and staff"),
}

LINES: Mapping[Line, object] = {
    Line.HOURS_UNKNOWN: gettext_lazy("Ask the librarian when the library is open."),
    Line.CLOSED_DAYS: gettext_lazy("On public holidays and in the vacation the library is closed."),
    Line.ANY_TIME: gettext_lazy("Come by yourself, whenever the library is open."),
    Line.WITH_CLASS: gettext_lazy("You borrow with your class, when its turn comes."),
    Line.BOTH_WAYS: gettext_lazy(
        "Come with your class when its turn comes, or by yourself whenever the library is open."
    ),
    Line.LIMIT: gettext_lazy("You may have %(books)s at home at once, each for %(days)s."),
    Line.LIMIT_UNTIL_VISIT: gettext_lazy(
        "You may have %(books)s at home at once, until your class comes the next time."
    ),
    Line.WITHOUT_TURN: gettext_lazy(
        "If your class has no turn of its own, you may keep a book for %(days)s."
    ),
    Line.NOT_LENT: gettext_lazy("Ask the librarian what you may borrow."),
    Line.ALL_IN_ROOM: gettext_lazy("Books are read here in the library and not taken home."),
    Line.IN_ROOM: gettext_lazy("%(collection)s: read here in the library, not taken home."),
    Line.OF_COLLECTION: gettext_lazy("%(collection)s: %(books)s at once, each for %(days)s."),
    Line.OF_COLLECTION_UNTIL_VISIT: gettext_lazy(
        "%(collection)s: %(books)s at once, until your class comes the next time."
    ),
    Line.KIOSK: gettext_lazy("At the self-service machine you can borrow and return by yourself."),
    Line.HOLDS: gettext_lazy(
        "Is a book out? Have it kept for you, %(books)s at the most. "
        "When it is back it waits for you for %(days)s."
    ),
    Line.LAST_LENDING: gettext_lazy("The last day for borrowing this term is %(on)s."),
    Line.RENEW: gettext_lazy(
        "Not finished yet? Ask for more time before the book is late: %(times)s, for %(days)s each. "
        "If somebody else waits for it, bring it back."
    ),
    Line.RENEW_OWN_PAGE: gettext_lazy(
        "Not finished yet? Take more time before the book is late, at the desk or on your own page: "
        "%(times)s, for %(days)s each. If somebody else waits for it, bring it back."
    ),
    Line.RENEW_TO_VISIT: gettext_lazy(
        "Not finished by then? Ask for more time: %(times)s, each until your class comes the time after. "
        "If somebody else waits for it, bring it back."
    ),
    Line.RENEW_TO_VISIT_OWN_PAGE: gettext_lazy(
        "Not finished by then? Take more time, at the desk or on your own page: %(times)s, each until your "
        "class comes the time after. If somebody else waits for it, bring it back."
    ),
    Line.NOT_RENEWED: gettext_lazy("Nobody can have more time for a book: bring it back first."),
    Line.CLOSED_WHEN_DUE: gettext_lazy(
        "No book has to be back on a day when the library is closed: "
        "it then has time until the next day it opens."
    ),
    Line.RECALL: gettext_lazy("Before the term ends all books come back, by %(on)s."),
    Line.ALWAYS_TAKEN_BACK: gettext_lazy(
        "Bring it as soon as you can: a late book is always taken back."
    ),
    Line.STEP_READER: gettext_lazy("%(days)s late: you are reminded."),
    Line.STEP_CLASS_TEACHER: gettext_lazy("%(days)s late: your class teacher is told."),
    Line.STEP_HEAD: gettext_lazy("%(days)s late: the school's leaders are told."),
    Line.LATE_STOPS: gettext_lazy("As long as a book is late you can borrow no other."),
    Line.LATE_ASKS: gettext_lazy(
        "As long as a book is late, the librarian decides whether you may borrow another."
    ),
    Line.CLASS_FORGOES: gettext_lazy(
        "For late or lost books the whole class may have to do without a prize; "
        "the school's leaders decide."
    ),
    Line.CLEAN_HANDS: gettext_lazy("Read with clean hands, and turn the pages gently."),
    Line.NO_MARKS: gettext_lazy(
        "Do not write or draw in a book and do not fold its corners: use a bookmark."
    ),
    Line.KEEP_DRY: gettext_lazy("Keep books dry: do not put a water bottle beside them."),
    Line.TELL_DAMAGE: gettext_lazy(
        "If a book is torn or lost, tell the librarian soon: together we find what to do."
    ),
    Line.QUIET: gettext_lazy("Be quiet, so that everybody can read."),
    Line.PUT_BACK: gettext_lazy(
        "Put a book back where you took it; if you are not sure, give it to the librarian."
    ),
    Line.CHAIRS: gettext_lazy("Before you go, put your chair in and leave the table clean."),
    Line.NO_FOOD: gettext_lazy("Eat and drink outside."),
    Line.STAFF_LIMIT: gettext_lazy("%(whom)s: %(books)s at once, each for %(days)s."),
}

STAFF: Mapping[str, object] = {
    "teacher": gettext_lazy("Teachers"),
    "staff": gettext_lazy("Other staff"),
}

INTERESTS: Mapping[Interests, object] = {
    Interests.NEAR: gettext_lazy("near"),
    Interests.OTHER: gettext_lazy("others"),
    Interests.UNKNOWN: gettext_lazy("not known yet"),
}

TELLINGS: Mapping[Telling, object] = {
    Telling.NOT_YET: gettext_lazy("Not yet known"),
    Telling.ENDED_EARLY: gettext_lazy("Ended before four weeks"),
    Telling.FORGOTTEN: gettext_lazy("No longer known"),
    Telling.CLOSED_TOO_LONG: gettext_lazy("Not to be compared"),
    Telling.STILL_NONE: gettext_lazy("Still no book"),
    Telling.TOO_FEW: gettext_lazy("Too few to tell"),
    Telling.MORE: gettext_lazy("Borrows more"),
    Telling.AS_BEFORE: gettext_lazy("No more than before"),
}

REFUSALS: Mapping[Refusal, object] = {
    Refusal.PAIR_OF_ONE: gettext_lazy("Choose two pupils: nobody is a pair alone."),
    Refusal.NOT_IN_CLASS: gettext_lazy("%(name)s is not in this class. Nothing was changed."),
    Refusal.HAS_PAIR: gettext_lazy("%(name)s has a pair already. Nothing was changed."),
    Refusal.PAIR_HAS_ENDED: gettext_lazy("This pair has ended already."),
    Refusal.SESSION_OUTSIDE_TERM: gettext_lazy("This day is in no term: enter the term first."),
    Refusal.SESSION_TO_COME: gettext_lazy(
        "This day is still to come: write it down when it is over."
    ),
    Refusal.SESSION_IS_THERE: gettext_lazy(
        "This is written down already: the same class, the same day, in the same way."
    ),
    Refusal.NOBODY_WAS_THERE: gettext_lazy(
        "Nobody was there: then there is nothing to write down."
    ),
}

INVARIANTS: Mapping[str, object] = {
    "programmes.in_two_pairs": gettext_lazy(
        "%(count)s reading pairs are of a pupil who is in another pair too: %(examples)s."
    ),
    "programmes.pairs_of_another_school": gettext_lazy(
        "%(count)s reading pairs hang on another school's rows: %(examples)s."
    ),
    "programmes.sessions_of_another_school": gettext_lazy(
        "%(count)s sessions of orientation hang on another school's rows: %(examples)s."
    ),
}


def refusal(reason: Refusal, details: Mapping[str, object]) -> str:
    """Say why something was not done."""
    return str(REFUSALS[reason]) % details


def telling(one: Telling) -> str:
    """Say in a word what came of a pair."""
    return str(TELLINGS[one])


def came_of(effect: Effect) -> str:
    """Say it with its figures."""
    counts = effect.counts
    if effect.telling is Telling.NOT_YET:
        return _("To be told from %(day)s on.") % {
            "day": date_format(effect.known_on, "MONTH_DAY_FORMAT")
        }
    if effect.telling is Telling.FORGOTTEN:
        return _("The loans have lost their names by the rule of the school.")
    if counts is None:
        return ""
    if effect.telling is Telling.CLOSED_TOO_LONG:
        return _("Open days before and after: %(before)s and %(after)s.") % {
            "before": counts.open_before,
            "after": counts.open_after,
        }
    figures = {"before": counts.own_before, "after": counts.own_after}
    if counts.mean_before is None or counts.mean_after is None:
        return _("Books %(before)s → %(after)s") % figures
    means = {"rest_before": f"{counts.mean_before:.1f}", "rest_after": f"{counts.mean_after:.1f}"}
    return _("Books %(before)s → %(after)s; the others %(rest_before)s → %(rest_after)s a head") % {
        **figures,
        **means,
    }


def heading(one: Heading) -> str:
    """Name a part of the rules."""
    return str(HEADINGS[one])


def sentence(one: Sentence) -> str:
    """Write a sentence of the rules, with whom it is for."""
    whom = str(one.details.get("school_class", "")) or grades(one.grades)
    said = _said(one)
    return _("%(whom)s: %(sentence)s") % {"whom": whom, "sentence": said} if whom else said


def grades(several: Sequence[int]) -> str:
    """Name grades: 一年级和二年级, or grades 1 to 3; nothing for all of them."""
    return _("; ").join(_run(first, last) for first, last in _runs(several))


def long_day(on: date) -> str:
    """Write a day with its weekday."""
    return date_format(on, _("F j, l"))


def _said(one: Sentence) -> str:
    if one.line is Line.OWN:
        return str(one.details["text"])
    if one.line is Line.HOURS:
        return _hours(**one.details)
    return str(LINES[one.line]) % {
        name: value for key, figure in one.details.items() for name, value in [_detail(key, figure)]
    }


def _detail(key: str, figure: Any) -> tuple[str, str]:
    match key:
        case "limit" | "holds":
            return "books", npgettext("to readers", "%(n)s book", "%(n)s books", figure) % {
                "n": figure
            }
        case "days":
            return key, npgettext("to readers", "%(n)s day", "%(n)s days", figure) % {"n": figure}
        case "times":
            return key, npgettext("to readers", "%(n)s time", "%(n)s times", figure) % {"n": figure}
        case "on":
            return key, long_day(figure)
        case "categories":
            return "whom", _(", ").join(str(STAFF[category]) for category in figure)
    return key, str(figure)


def _hours(*, weekdays: Sequence[int], hours: Hours, clocks: HoursOfDay) -> str:
    """Say hours by the clock as they are now, and which periods they follow."""
    said = _("%(weekdays)s %(opens_at)s–%(closes_at)s") % {
        "weekdays": times.weekdays(weekdays),
        "opens_at": f"{clocks.opens_at:%H:%M}",
        "closes_at": f"{clocks.closes_at:%H:%M}",
    }
    whom = "" if hours.audience.kind is For.ALL else _audience(hours.audience)
    following = times.hours(hours) if hours.rings else ""
    dates = _dates(hours.from_on, hours.until_on)
    more = [part for part in (following, whom, hours.room, dates) if part]
    return _("%(hours)s (%(more)s)") % {"hours": said, "more": _(", ").join(more)} if more else said


def _audience(audience: Audience) -> str:
    return grades([audience.grade]) if audience.grade else times.audience(audience)


def _dates(from_on: date | None, until_on: date | None) -> str:
    first = date_format(from_on, "MONTH_DAY_FORMAT") if from_on else ""
    last = date_format(until_on, "MONTH_DAY_FORMAT") if until_on else ""
    if first and last:
        return _("from %(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return _("from %(first)s on") % {"first": first}
    return _("until %(last)s") % {"last": last} if last else ""


def _runs(several: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for grade in sorted(several):
        if runs and runs[-1][1] == grade - 1:
            runs[-1] = (runs[-1][0], grade)
        else:
            runs.append((grade, grade))
    return runs


def _run(first: int, last: int) -> str:
    """Name grades in a row; in Chinese as everywhere, else by their number."""
    if (get_language() or "").startswith("zh"):
        return times.grades(first, last)
    if first == last:
        return _("Grade %(n)s") % {"n": first}
    return _("Grades %(first)s to %(last)s") % {"first": first, "last": last}
