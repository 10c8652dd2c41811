"""The room's codes in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from shuxiang.circulation.wording import MODES
from shuxiang.formats.classname import grade_name
from shuxiang.student_librarians.rules import (
    Deed,
    DeskRefusal,
    Hours,
    Kind,
    Lack,
    Objection,
    Question,
    Refusal,
    Step,
    Topic,
)
from shuxiang.timetable.wording import SHORT_WEEKDAYS

REFUSALS: Mapping[Refusal, object] = {
    Refusal.NOT_A_PUPIL: gettext_lazy("%(name)s is not a pupil: student librarians are pupils."),
    Refusal.HAS_LEFT: gettext_lazy("%(name)s has left the school."),
    Refusal.HAS_POST: gettext_lazy("%(name)s is on the list of this term already."),
    Refusal.TERM_IS_OVER: gettext_lazy("This term is over. Choose the present term or the next."),
    Refusal.NOT_PROPOSED: gettext_lazy(
        "Nobody has proposed you for this term yet: apply, or ask your class teacher."
    ),
    Refusal.NOT_OWN_CLASS: gettext_lazy(
        "%(name)s is not in your class: a class teacher names pupils of the own class."
    ),
    Refusal.APPLYING_IS_CLOSED: gettext_lazy(
        "Applications are not open now. Ask your class teacher or the librarian to name you."
    ),
    Refusal.WHY_TOO_LONG: gettext_lazy(
        "Not handed in yet: say it in %(most)s characters at most; these are %(length)s."
    ),
    Refusal.POST_IS_CLOSED: gettext_lazy("This has been decided already."),
    Refusal.NOT_TRAINED: gettext_lazy(
        "Training: came to %(attended)s of the %(wanted)s sessions that are wanted."
    ),
    Refusal.NOT_TESTED: gettext_lazy("The test has not been taken yet."),
    Refusal.TEST_FAILED: gettext_lazy(
        "Test: %(best)s of 10 right, %(wanted)s are wanted. It can be taken again."
    ),
    Refusal.NOT_APPOINTED: gettext_lazy("There is no appointment that stands."),
    Refusal.CLASS_NOT_AT_SCHOOL: gettext_lazy("%(name)s is not at school in this term."),
    Refusal.NO_LENDING_RULES: gettext_lazy(
        "There are no lending rules for pupils, so no test can be written from them. "
        "Enter them under Lending rules first."
    ),
    Refusal.TEST_HANDED_IN: gettext_lazy("This test has been handed in and graded."),
    Refusal.ANSWERS_MISSING: gettext_lazy(
        "Not handed in yet: choose an answer for question %(numbers)s."
    ),
    Refusal.SESSION_OUTSIDE_TERM: gettext_lazy("This day is not in the term."),
    Refusal.SESSION_TO_COME: gettext_lazy(
        "This session is still to come: say on the day itself who is there."
    ),
    Refusal.SESSION_WAS_ATTENDED: gettext_lazy(
        "Somebody is down as having come to this session, so it stays."
    ),
    Refusal.SHIFT_ENDS_BEFORE_IT_BEGINS: gettext_lazy("It ends before it begins."),
    Refusal.SHIFT_OVERLAPS: gettext_lazy("These hours meet those of %(name)s on this weekday."),
    Refusal.NO_SHIFTS: gettext_lazy("Enter first when helpers are wanted, under Hours on duty."),
    Refusal.NOBODY_APPOINTED: gettext_lazy(
        "Nobody is appointed for this term yet: appoint helpers first."
    ),
    Refusal.DAYS_OUTSIDE_TERM: gettext_lazy(
        "The roster is for days of this term that are still to come."
    ),
    Refusal.ROSTER_ENDS_BEFORE_IT_BEGINS: gettext_lazy("The first day is after the last."),
    Refusal.NO_TURNS: gettext_lazy(
        "There is nothing to fill between these days: the library is closed, "
        "or no hours on duty fall on them."
    ),
    Refusal.NO_GAPS: gettext_lazy("No place is empty on the days to come. Nothing was changed."),
    Refusal.NOBODY_FOR_THE_GAPS: gettext_lazy(
        "None of the helpers can come then: they said so, have a lesson, are on duty that day already, "
        "or are appointed for other hours. Nothing was changed."
    ),
    Refusal.ROSTER_IS_BEING_SOLVED: gettext_lazy("A roster is being made already."),
    Refusal.ROSTER_IS_DECIDED: gettext_lazy(
        "This roster was decided on already. Nothing was changed."
    ),
    Refusal.ROSTER_OUT_OF_DATE: gettext_lazy(
        "Helpers, hours or days were changed since this roster was made, so it no longer fits. "
        "Make it again."
    ),
    Refusal.ROSTER_CHANGED_SINCE: gettext_lazy(
        "Turns were changed since, so what stood before can't simply come back. "
        "Change them by hand, or make a new roster."
    ),
    Refusal.DAY_NOT_OPEN: gettext_lazy("The library is closed on this day."),
    Refusal.WRONG_WEEKDAY: gettext_lazy("This shift is not on that weekday."),
    Refusal.ON_DUTY_THAT_DAY: gettext_lazy("%(name)s is on duty that day already."),
    Refusal.HAS_A_LESSON: gettext_lazy("The class of %(name)s has a lesson then."),
    Refusal.SAID_UNABLE: gettext_lazy("%(name)s has said that this time is not possible."),
    Refusal.NOT_THESE_HOURS: gettext_lazy("%(name)s is not appointed for these hours."),
    Refusal.SHIFT_IS_FULL: gettext_lazy("%(places)s helpers are on duty then: that is enough."),
    Refusal.DUTY_IS_OVER: gettext_lazy("This turn is over and stays as it was."),
    Refusal.DUTY_TO_COME: gettext_lazy("This turn is still to come."),
    Refusal.DAYS_ARE_OVER: gettext_lazy("%(days)s is over. Nothing was kept: choose days to come."),
    Refusal.NOT_YOUR_DUTY: gettext_lazy("This turn is another helper's."),
    Refusal.SWAP_WITH_ONESELF: gettext_lazy("Choose the turn of somebody else."),
    Refusal.SWAP_WAITS: gettext_lazy(
        "Somebody has been asked about this turn and has not answered."
    ),
    Refusal.SWAP_TOO_LATE: gettext_lazy(
        "A turn that is over, or of which it is noted who came, cannot be swapped any more."
    ),
    Refusal.SWAP_IS_DECIDED: gettext_lazy("This has been answered, or the roster has changed."),
    Refusal.CARD_UNKNOWN: gettext_lazy("No helper of this school has this card or badge."),
    Refusal.NOT_ON_DUTY_NOW: gettext_lazy("%(name)s is not on duty today."),
    Refusal.NOT_A_HELPER: gettext_lazy("%(name)s is no student librarian."),
    Refusal.NOT_AT_THIS_TIME: gettext_lazy(
        "%(name)s is on duty today %(hours)s, and it is %(now)s: nothing was noted. "
        "If it is right all the same, tick it by hand."
    ),
    Refusal.MEETING_OUTSIDE_TERM: gettext_lazy("This day is not in the term."),
    Refusal.PROBLEM_IS_SETTLED: gettext_lazy("This is settled already."),
    Refusal.MARK_OUT_OF_RANGE: gettext_lazy(
        "Nothing was saved yet: a mark is a number from 0 to 100. Look again at %(names)s."
    ),
    Refusal.WEIGHTS_NOT_WHOLE: gettext_lazy("The three weights come to 100 together."),
    Refusal.SHIFT_WITHOUT_PLACES: gettext_lazy("At least one helper is wanted."),
}

DESK_REFUSALS: Mapping[DeskRefusal, object] = {
    DeskRefusal.NO_POST: gettext_lazy(
        "You are not appointed as a student librarian. Nothing was recorded: ask the librarian."
    ),
    DeskRefusal.NOT_APPOINTED_YET: gettext_lazy(
        "Your appointment does not hold at present. Nothing was recorded: ask the librarian."
    ),
    DeskRefusal.NOT_YOUR_HOURS: gettext_lazy(
        "It is not your time at the desk now. Nothing was recorded. Your hours: %(hours)s."
    ),
    DeskRefusal.NOT_YOUR_CLASS: gettext_lazy(
        "This reader is of a class that you do not serve. Nothing was recorded: "
        "ask the librarian to serve them."
    ),
    DeskRefusal.NOT_YOUR_BOOK: gettext_lazy(
        "This book was lent to a class that you do not serve. Nothing was recorded: "
        "lay it on the librarian's pile."
    ),
    DeskRefusal.NOT_FOR_HELPERS: gettext_lazy(
        "A student librarian lends, takes back and shelves. Nothing was recorded: "
        "leave this to the librarian."
    ),
}

STEPS: Mapping[Step, object] = {
    Step.PROPOSED: gettext_lazy("Nominated"),
    Step.TRAINED: gettext_lazy("Trained"),
    Step.TESTED: gettext_lazy("Tested"),
    Step.APPOINTED: gettext_lazy("Appointed"),
}

QUESTIONS: Mapping[Topic, object] = {
    Topic.LIMIT: gettext_lazy("How many books may a pupil of %(grade)s have at home at once?"),
    Topic.LOAN_DAYS: gettext_lazy("For how many days does a pupil of %(grade)s borrow a book?"),
    Topic.RENEWALS: gettext_lazy("How often may a pupil of %(grade)s renew one book?"),
    Topic.RENEWAL_DAYS: gettext_lazy(
        "How many days does a renewal give a pupil of %(grade)s, counted from that day?"
    ),
    Topic.HOLDS: gettext_lazy("For how many titles may a pupil of %(grade)s wait at once?"),
    Topic.TEACHER_LIMIT: gettext_lazy("How many books may a teacher have at once?"),
    Topic.TEACHER_DAYS: gettext_lazy("For how many days does a teacher borrow a book?"),
    Topic.DUE_DAY: gettext_lazy(
        "A pupil of %(grade)s borrows a book on %(lent_on)s, for %(days)s days. When is it due?"
    ),
    Topic.DUE_OVER_REST: gettext_lazy(
        "A pupil of %(grade)s borrows a book on %(lent_on)s, for %(days)s days, and the library "
        "is closed on the last of them. When is it due?"
    ),
    Topic.NEXT_VISIT: gettext_lazy(
        "Your class borrows a book on %(lent_on)s, to be returned at its next visit. "
        "When is it due?"
    ),
    Topic.OPEN_DAY: gettext_lazy("Is the library open on %(on)s?"),
    Topic.CLOSED_DAY: gettext_lazy("Is the library open on %(on)s?"),
    Topic.RECALL_DAY: gettext_lazy("By which day must every book be back this term?"),
    Topic.IN_ROOM_ONLY: gettext_lazy(
        "May a pupil take a book of the collection %(collection)s home?"
    ),
    Topic.COLLECTION_LIMIT: gettext_lazy(
        "How many books of the collection %(collection)s may a pupil have at once?"
    ),
    Topic.MODE: gettext_lazy("When does a pupil of %(grade)s come to borrow?"),
    Topic.OVER_LIMIT: gettext_lazy(
        "A pupil has %(limit)s books at home and wants one more. What do you do?"
    ),
    Topic.HAS_OVERDUE: gettext_lazy(
        "A pupil wants to borrow, and something is late. What do you do?"
    ),
    Topic.RESTRICTED: gettext_lazy(
        "The screen says that a pupil's borrowing is paused. What do you do?"
    ),
    Topic.HELD_FOR_ANOTHER: gettext_lazy(
        "The screen says that somebody else waits for the book in your hand. "
        "A pupil wants to borrow it. What do you do?"
    ),
    Topic.IN_REPAIR: gettext_lazy(
        "The screen says that a book is down as in repair, and a pupil wants to borrow it. "
        "What do you do?"
    ),
    Topic.WHAT_OTHERS_READ: gettext_lazy(
        "A classmate asks what another pupil has borrowed. Do you tell?"
    ),
}

DEEDS: Mapping[Deed, object] = {
    Deed.LEND: gettext_lazy("Lend it; the screen only notes it"),
    Deed.ASK: gettext_lazy("Ask the librarian, who may allow it"),
    Deed.REFUSE: gettext_lazy("Do not lend it; nobody may"),
}

FIGURES: Mapping[Kind, Any] = {
    Kind.BOOKS: ngettext_lazy("%(n)s book", "%(n)s books", "n"),
    Kind.TITLES: ngettext_lazy("%(n)s title", "%(n)s titles", "n"),
    Kind.DAYS: ngettext_lazy("%(n)s day", "%(n)s days", "n"),
    Kind.TIMES: ngettext_lazy("%(n)s time", "%(n)s times", "n"),
}

NO_ROSTER = gettext_lazy("No roster was found. Ask again, or for fewer weeks.")

BARRED: Mapping[str, Any] = {
    Refusal.HAS_A_LESSON: ngettext_lazy("%(n)s has a lesson", "%(n)s have a lesson", "n"),
    Refusal.SAID_UNABLE: ngettext_lazy("%(n)s cannot", "%(n)s cannot", "n"),
    Refusal.NOT_THESE_HOURS: ngettext_lazy(
        "%(n)s is appointed for other hours", "%(n)s are appointed for other hours", "n"
    ),
}

INVARIANTS = {
    "student_librarians.appointed_untested": gettext_lazy(
        "%(count)s student librarians are appointed without a graded test: %(examples)s."
    ),
    "student_librarians.of_another_school": gettext_lazy(
        "%(count)s posts of student librarians hang on another school's rows: %(examples)s."
    ),
    "student_librarians.duties_of_nobody": gettext_lazy(
        "%(count)s turns on duty belong to somebody who was never appointed: %(examples)s."
    ),
    "student_librarians.shifts_overfull": gettext_lazy(
        "%(count)s shifts have more helpers on a day than they want: %(examples)s."
    ),
    "student_librarians.trained_in_another_term": gettext_lazy(
        "%(count)s marks of training belong to a post of another term: %(examples)s."
    ),
}


def refusal(objection: Objection) -> str:
    """Say one reason."""
    return str(REFUSALS[objection.reason]) % objection.details


def lack(found: Lack) -> str:
    """Say why a place stays empty."""
    wanted, able = {"wanted": found.wanted}, {"able": found.able}
    if found.able >= found.wanted:
        return (
            _(
                "%(wanted)s wanted. Enough could come, but each of them has as many turns that week "
                "as one helper is given."
            )
            % wanted
        )
    said = _("%(wanted)s wanted, %(able)s can come") % (wanted | able)
    why = [str(BARRED[reason] % {"n": count}) for reason, count in found.barred.items()]
    return _("%(said)s: %(why)s.") % {"said": said, "why": _(", ").join(why)} if why else said


def question(asked: Question) -> str:
    """Write a question."""
    return str(QUESTIONS[asked.topic]) % {
        name: _detail(name, value) for name, value in asked.details.items()
    }


def options(asked: Question) -> list[str]:
    """Write the answers to choose from, in their order."""
    return [_option(asked.kind, value) for value in asked.options]


def hours(several: Iterable[Hours]) -> str:
    """Write the hours of an appointment: 周一 12:10–13:00、周三 12:10–13:00."""
    written = [f"{SHORT_WEEKDAYS[one.weekday]} {one}" for one in several]
    return "、".join(written) or _("at any time")


def _detail(name: str, value: Any) -> str:
    if name == "grade":
        return grade_name(value) if value else _("this school")
    if name in {"lent_on", "on"}:
        return _day(value)
    return str(value)


def _option(kind: Kind, value: Any) -> str:
    if kind is Kind.DAY:
        return _day(value)
    if kind is Kind.YES_NO:
        return _("Yes") if value == "yes" else _("No")
    if kind in FIGURES:
        return str(FIGURES[kind] % {"n": value})
    return str(DEEDS[Deed(value)] if kind is Kind.DEED else MODES[value])


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), _("F j, l"))
