"""The timetable's codes in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.utils.translation import pgettext_lazy as lazy_in

from shuxiang.formats.classname import grade_name
from shuxiang.timetable.rules import (
    Audience,
    Bell,
    DayKind,
    Edge,
    For,
    Holiday,
    Hours,
    Kind,
    Letter,
    Objection,
    Part,
    Reason,
    When,
)

RUN = 3
"""So many weekdays in a row are named by the first and the last."""

REFUSALS: Mapping[Reason, object] = {
    Reason.TERM_ENDS_BEFORE_IT_STARTS: gettext_lazy("The term ends before it starts."),
    Reason.TERM_TOO_LONG: gettext_lazy("A term is no longer than %(days)s days."),
    Reason.TERM_OVERLAPS: gettext_lazy(
        "These dates overlap with the term from %(starts_on)s to %(ends_on)s."
    ),
    Reason.TERM_OUTSIDE_YEAR: gettext_lazy(
        "A term of the school year %(first)s–%(last)s does not begin on this day."
    ),
    Reason.HOURS_ARE_THERE: gettext_lazy("These opening hours are entered already."),
    Reason.WISH_IS_THERE: gettext_lazy("This very rule is there already."),
    Reason.DAYS_ARE_SAID: gettext_lazy(
        "The school has said something of each of these days: change them one by one."
    ),
    Reason.TERM_NUMBER_TAKEN: gettext_lazy("This school year already has this term."),
    Reason.RECALL_OUTSIDE_TERM: gettext_lazy(
        "The recall day must lie within the term, after its first day."
    ),
    Reason.LAST_LENDING_OUTSIDE_TERM: gettext_lazy(
        "The last lending day must lie within the term, and not after the recall day."
    ),
    Reason.TERM_HAS_TURNS: gettext_lazy(
        "%(turns)s turns of the rotation rest on this term: take them away first."
    ),
    Reason.DAYS_END_BEFORE_THEY_START: gettext_lazy("The last day is before the first."),
    Reason.TOO_MANY_DAYS: gettext_lazy("At most %(days)s days can be set at once."),
    Reason.PERIOD_ENDS_BEFORE_IT_STARTS: gettext_lazy("The period ends before it starts."),
    Reason.PERIOD_NAME_TAKEN: gettext_lazy("There already is a period called %(name)s."),
    Reason.PERIOD_NAME_MISSING: gettext_lazy("A period needs a name."),
    Reason.PERIOD_HAS_SLOTS: gettext_lazy(
        "%(slots)s slots rest on this period: remove them first, or change its name and hours."
    ),
    Reason.SEASON_WITHOUT_PERIODS: gettext_lazy("Choose at least one period that is moved."),
    Reason.SEASON_MOVES_NOTHING: gettext_lazy("0 minutes move nothing."),
    Reason.SEASON_LEAVES_THE_DAY: gettext_lazy(
        "So many minutes would move %(period)s past midnight."
    ),
    Reason.SEASON_OVERLAPS: gettext_lazy(
        "From %(from_on)s to %(until_on)s %(period)s has other hours already."
    ),
    Reason.PERIODS_ARE_THERE: gettext_lazy(
        "There are periods already: change those, or remove them first."
    ),
    Reason.HOURS_END_BEFORE_THEY_START: gettext_lazy("Closing comes before opening."),
    Reason.DAY_ENDS_BEFORE_HOURS: gettext_lazy(
        "The school day ends with the last period, at %(at)s. If pupils stay longer, add that under "
        "Periods (care after school …), or enter the time by the clock."
    ),
    Reason.HOURS_TURN_WITH_SEASON: gettext_lazy(
        "From %(on)s the periods have other hours, and closing would come before opening."
    ),
    Reason.HOURS_DATES_TURNED_ROUND: gettext_lazy("The last day is before the first."),
    Reason.HOURS_WITHOUT_WEEKDAY: gettext_lazy("Choose at least one weekday."),
    Reason.GRADE_MISSING: gettext_lazy("Say which grade is meant."),
    Reason.GRADE_NOT_MEANT: gettext_lazy(
        "A grade is chosen, yet the hours are not for one grade: say that they are, or choose none."
    ),
    Reason.SLOT_IS_THERE: gettext_lazy("This period of the day already is such a slot."),
    Reason.SLOT_HAS_TURNS: gettext_lazy(
        "%(classes)s classes have this slot: move them or take them away first."
    ),
    Reason.SLOT_HOLDS_NOBODY: gettext_lazy("A slot holds at least one class."),
    Reason.SLOT_NOT_CHOSEN: gettext_lazy("Choose at least one weekday and one period."),
    Reason.SLOT_TOO_SMALL: gettext_lazy(
        "%(classes)s classes come at once in this slot: it can't hold fewer."
    ),
    Reason.SLOT_FULL: gettext_lazy("The slot is full in these weeks: %(classes)s."),
    Reason.CLASS_HAS_SLOT: gettext_lazy("%(school_class)s already has this slot."),
    Reason.CLASS_COMES_THAT_DAY: gettext_lazy(
        "%(school_class)s already comes that day in these weeks: %(period)s."
    ),
    Reason.CLASS_NOT_AT_SCHOOL: gettext_lazy("%(school_class)s is not at school in this term."),
    Reason.TURN_GONE: gettext_lazy("The class has lost this slot in the meantime."),
    Reason.DAY_NOT_OPEN: gettext_lazy("The library is not open on this weekday."),
    Reason.TERM_HAS_WISHES: gettext_lazy(
        "Rules of the rotation rest on this term: remove them first; a term with a solved "
        "rotation stays."
    ),
    Reason.PERIOD_HAS_WISHES: gettext_lazy(
        "%(wishes)s rules of the rotation speak of this period: change them first."
    ),
    Reason.PERIOD_HAS_HOURS: gettext_lazy(
        "The opening hours of %(weekdays)s follow this period: change them first, or change the "
        "period's name and hours."
    ),
    Reason.PERIODS_TURN_HOURS: gettext_lazy(
        "The opening hours of %(weekdays)s follow the periods and would end before they begin: "
        "change them first."
    ),
    Reason.WISH_WITHOUT_TIME: gettext_lazy("Say when: a weekday, a part of the day or a period."),
    Reason.WISH_WITHOUT_PURPOSE: gettext_lazy("Say what the classes come for."),
    Reason.WISH_GRADES_TURNED_ROUND: gettext_lazy("The last grade is below the first."),
    Reason.WISH_TOO_OFTEN: gettext_lazy("From 1 to %(most)s can be kept."),
    Reason.NOBODY_COMES: gettext_lazy(
        "No rule says yet how often the classes come: enter that first."
    ),
    Reason.NO_SLOTS: gettext_lazy("There is no slot yet that a class can be given."),
    Reason.SOLVING_ALREADY: gettext_lazy("A rotation of this term is being solved already."),
    Reason.PROPOSAL_DECIDED: gettext_lazy(
        "This proposal was decided on already. Nothing was changed."
    ),
    Reason.PROPOSAL_OUT_OF_DATE: gettext_lazy(
        "Slots or classes were changed since this was solved: solve it again."
    ),
    Reason.NOBODY_COMES_THAT_DAY: gettext_lazy(
        "By the rotation nobody comes on that day, or it is written down already."
    ),
    Reason.PLACE_TAKEN: gettext_lazy("This slot is no longer free on that day: choose another."),
    Reason.CAUGHT_UP_ALREADY: gettext_lazy("This visit is caught up already."),
    Reason.ROTATION_CHANGED_SINCE: gettext_lazy(
        "Classes were moved since, so the rotation before can't simply come back. Move them by "
        "hand, or solve again."
    ),
    Reason.TERM_IS_OVER: gettext_lazy("This term is over: its rotation stays as it was."),
}

HOLIDAYS: Mapping[Holiday, object] = {
    Holiday.NEW_YEAR: gettext_lazy("New Year's Day"),
    Holiday.SPRING_FESTIVAL: gettext_lazy("Spring Festival"),
    Holiday.QINGMING: gettext_lazy("Qingming"),
    Holiday.LABOUR_DAY: gettext_lazy("Labour Day"),
    Holiday.DRAGON_BOAT: gettext_lazy("Dragon Boat Festival"),
    Holiday.MID_AUTUMN: gettext_lazy("Mid-Autumn Festival"),
    Holiday.NATIONAL_DAY: gettext_lazy("National Day"),
    Holiday.VICTORY_DAY: gettext_lazy("Victory Day"),
}

DAY_KINDS: Mapping[DayKind, object] = {
    DayKind.SAID_OPEN: gettext_lazy("Open, the school says"),
    DayKind.SAID_CLOSED: gettext_lazy("Closed, the school says"),
    DayKind.VACATION: gettext_lazy("Vacation"),
    DayKind.HOLIDAY: gettext_lazy("Public holiday"),
    DayKind.MAKE_UP: gettext_lazy("Make-up day"),
    DayKind.SCHOOL_DAY: gettext_lazy("School day"),
    DayKind.REST: gettext_lazy("Day of rest"),
}

LETTERS: Mapping[Letter, object] = {
    Letter.A: lazy_in("week", "A week"),
    Letter.B: lazy_in("week", "B week"),
}

SHORT_WEEKDAYS: Sequence[object] = (
    gettext_lazy("Mon"),
    gettext_lazy("Tue"),
    gettext_lazy("Wed"),
    gettext_lazy("Thu"),
    gettext_lazy("Fri"),
    gettext_lazy("Sat"),
    gettext_lazy("Sun"),
)

PARTS: Mapping[Part, object] = {
    Part.MORNING: gettext_lazy("in the morning"),
    Part.NOON: gettext_lazy("at noon"),
    Part.AFTERNOON: gettext_lazy("in the afternoon"),
}

WISHES: Mapping[Kind, object] = {
    Kind.COMES: gettext_lazy("%(whom)s: %(purpose)s, %(count)s"),
    Kind.ONLY: gettext_lazy("%(whom)s come only %(when)s"),
    Kind.NOT: gettext_lazy("%(whom)s never come %(when)s"),
    Kind.WANTS: gettext_lazy("%(whom)s come %(when)s at least once"),
    Kind.APART: gettext_lazy("%(whom)s: at least %(count)s days from one visit to the next"),
    Kind.TEACHER: gettext_lazy("Two classes of one class teacher never come at the same time"),
    Kind.EVEN: gettext_lazy("All days of the week get about the same number of classes"),
    Kind.STAY: gettext_lazy("%(whom)s stay where they come now"),
    Kind.PINNED: gettext_lazy("%(whom)s stays %(when)s, pinned"),
}

NOTHING_FOUND = gettext_lazy(
    "No rotation was found in the time, and nothing says that there is none. Let go of a rule, "
    "or solve again."
)

INVARIANTS: Mapping[str, object] = {
    "timetable.hours_turned_round": gettext_lazy(
        "%(count)s opening hours end before they begin, by weekday (1 is Monday) and first day: "
        "%(examples)s."
    ),
    "timetable.terms_overlap": gettext_lazy(
        "%(count)s terms begin before the one before them has ended: %(examples)s."
    ),
    "timetable.slots_overfull": gettext_lazy(
        "%(count)s slots have more classes than they hold: %(examples)s."
    ),
    "timetable.wishes_unreadable": gettext_lazy(
        "%(count)s rules of the rotation name a weekday that there is none: %(examples)s."
    ),
}


def refusal(objection: Objection) -> str:
    """Say why something was not written."""
    details = dict(objection.details)
    if isinstance(days := details.get("weekdays"), list):
        details["weekdays"] = weekdays(days)
    for name, value in details.items():
        if isinstance(value, date):
            details[name] = date_format(value)
    return str(REFUSALS[objection.reason]) % details


def audience(one: Audience) -> str:
    """Say whom opening hours are for."""
    match one.kind:
        case For.ALL:
            return _("Everyone")
        case For.PUPILS:
            return _("Pupils")
        case For.TEACHERS:
            return _("Teachers")
        case For.GRADE:
            return grade_name(one.grade) if one.grade else _("One grade")


def audiences(several: Iterable[Audience]) -> str:
    """Name several audiences in one phrase."""
    return _(", ").join(audience(one) for one in several)


def hours(one: Hours) -> str:
    """Say when hours are that follow the periods: 午间, 第7节结束至放学."""
    if one.during:
        return one.during
    ends = {"opens": _end(one.opens_at), "closes": _end(one.closes_at)}
    return _("%(opens)s to %(closes)s") % ends


def bell(one: Bell) -> str:
    """Name a bell: 第7节结束, 放学."""
    if one.period is None:
        return _("end of the school day")
    if one.edge is Edge.BEGINS:
        return _("beginning of %(period)s") % {"period": one.name}
    return _("end of %(period)s") % {"period": one.name}


def _end(when: When) -> str:
    return bell(when) if isinstance(when, Bell) else f"{when:%H:%M}"


def slot(weekday: int, period: str) -> str:
    """Name a slot: 周二第3节."""
    return _("%(weekday)s %(period)s") % {"weekday": SHORT_WEEKDAYS[weekday], "period": period}


def term(first_year: int, number: int) -> str:
    """Name a term: 2026–2027学年第一学期."""
    years = {"first": first_year, "second": first_year + 1}
    if number == 1:
        return _("School year %(first)s–%(second)s, first term") % years
    return _("School year %(first)s–%(second)s, second term") % years


def weekdays(several: Sequence[int]) -> str:
    """Name weekdays: 周一至周四, or 周一、周三."""
    days = sorted(set(several))
    if len(days) >= RUN and days[-1] - days[0] == len(days) - 1:
        ends = {"first": SHORT_WEEKDAYS[days[0]], "last": SHORT_WEEKDAYS[days[-1]]}
        return _("%(first)s to %(last)s") % ends
    return _(", ").join(str(SHORT_WEEKDAYS[day]) for day in days)


def grades(first: int, last: int) -> str:
    """Name grades: 三年级, or 三年级至六年级."""
    if first == last:
        return grade_name(first)
    ends = {"first": grade_name(first), "last": grade_name(last)}
    if last == first + 1:
        return _("%(first)s and %(last)s") % ends
    return _("%(first)s to %(last)s") % ends


def then(days: Sequence[int], part: Part | None, period: str) -> str:
    """Name a time of the week: 周一、周三下午, 周二第3节."""
    said = weekdays(days) if days else ""
    for more in (str(PARTS[part]) if part else "", period):
        if more:
            said = _("%(time)s %(more)s") % {"time": said, "more": more} if said else more
    return said


def often(times: int, every: int) -> str:
    """Say how often: 每周1次, 隔周1次."""
    if every == 1:
        return ngettext("once a week", "%(n)s times a week", times) % {"n": times}
    return ngettext("once in two weeks", "%(n)s times in two weeks", times) % {"n": times}


def wish(kind: Kind, *, whom: str, when: str, purpose: str, count: str) -> str:
    """Say what a rotation shall keep, as one sentence."""
    said = {"whom": whom, "when": when, "purpose": purpose, "count": count}
    sentence = str(WISHES[kind]) % said
    if kind is Kind.COMES and when:
        return _("%(sentence)s, %(when)s") % {**said, "sentence": sentence}
    if kind is not Kind.COMES and purpose:
        return _("%(sentence)s (%(purpose)s)") % {**said, "sentence": sentence}
    return sentence
