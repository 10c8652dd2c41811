"""The end of term: what is still out by class, on the way to zero."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, QuerySet

from shuxiang.circulation.models import DueChange, Loan, Notice
from shuxiang.circulation.queries.late import LateClass, by_class
from shuxiang.circulation.queries.policy import policy_of
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import classes_at_school, classes_of
from shuxiang.timetable.models import Term
from shuxiang.timetable.queries import calendar

USUAL_DAYS = timedelta(days=14)
"""How long before the recall day the way to zero begins, where no last lending day is set."""


@dataclass(frozen=True, kw_only=True)
class RecallClass:
    """How far a class is; `school_class` is None for those who are in none."""

    school_class: SchoolClass | None
    name: str
    grade: int | None
    teachers: str
    out: int
    stays: int
    """Of these, how many stay out over the holidays."""
    back: int
    """How many have come back since the last lending day."""
    told_on: date | None

    @property
    def left(self) -> int:
        return self.out - self.stays

    @property
    def is_clear(self) -> bool:
        return self.left == 0


@dataclass(frozen=True, kw_only=True)
class Recall:
    term: Term
    due_on: date | None
    """The day by which all is to be back: the recall day, or the open day before it."""
    days_left: int | None
    since: date
    classes: tuple[RecallClass, ...]
    to_shorten: int
    """Loans of the term that are due later."""
    shortened: int

    @property
    def left(self) -> int:
        return sum(one.left for one in self.classes)

    @property
    def back(self) -> int:
        return sum(one.back for one in self.classes)

    @property
    def stays(self) -> int:
        return sum(one.stays for one in self.classes)

    @property
    def clear(self) -> int:
        return sum(one.is_clear for one in self.classes if one.school_class)


def term_to_recall(school: School, today: date) -> Term | None:
    """Find the term that is under way, or the last one in the holidays after it."""
    begun = Term.objects.filter(school=school, starts_on__lte=today).select_related("year")
    return begun.order_by("-starts_on").first()


def recall_day(term: Term) -> date | None:
    """Tell the open day by which everything lent in a term is due."""
    if term.recall_on is None:
        return None
    return calendar(term.school, around=term.recall_on).on_or_before(term.recall_on)


def out_in(term: Term) -> QuerySet[Loan]:
    """List what was taken home by the end of a term and is not back."""
    out: QuerySet[Loan] = Loan.objects.on_hand().filter(
        school=term.school, kind=Loan.Kind.HOME, lent_on__lte=term.ends_on
    )
    return out


def may_be_shortened(term: Term, recall_on: date) -> QuerySet[Loan]:
    """List what is due after the recall day and does not stay out over the holidays."""
    stays = DueChange.objects.standing().filter(term=term, kind=DueChange.Kind.STAYS)
    return (
        out_in(term)
        .filter(due_on__gt=recall_on, lent_on__lt=recall_on)
        .exclude(pk__in=stays.values("loan"))
    )


def see_recall(school: School, term: Term, today: date) -> Recall:
    """Show how far the classes are on the way to zero, in a fixed number of queries."""
    due_on = recall_day(term)
    since = term.last_lending_on or (term.recall_on or today) - USUAL_DAYS
    changes = DueChange.objects.standing().filter(term=term)
    return Recall(
        term=term,
        due_on=due_on,
        days_left=(due_on - today).days if due_on else None,
        since=since,
        classes=_classes(school, term, today, since),
        to_shorten=may_be_shortened(term, due_on).count() if due_on else 0,
        shortened=changes.filter(kind=DueChange.Kind.RECALLED, loan__returned_at=None).count(),
    )


def _classes(school: School, term: Term, today: date, since: date) -> tuple[RecallClass, ...]:
    policy = policy_of(school, today)
    loans = list(out_in(term).select_related("reader"))
    places = classes_of([loan.borrower for loan in loans], today)
    staying = set(_stays(term).values_list("loan", flat=True))
    out: Counter[int] = Counter()
    stays: Counter[int] = Counter()
    for loan in loans:
        its = places.get(loan.reader_id or 0)
        out[its.pk if its else 0] += 1
        stays[its.pk if its else 0] += loan.pk in staying
    back = _back(school, since)
    told = _told(school, term)
    rows = [
        RecallClass(
            school_class=each,
            name=policy.name_of(each) if each else "",
            grade=each.grade(policy.school_year) if each else None,
            teachers=policy.teachers.get(each.pk, "") if each else "",
            out=out[each.pk if each else 0],
            stays=stays[each.pk if each else 0],
            back=back.get(each.pk if each else None, 0),
            told_on=told.get(each.pk if each else None),
        )
        for each in (*classes_at_school(school, policy.school_year), None)
    ]
    return tuple(sorted(rows, key=lambda one: (one.is_clear, -one.left)))


def _stays(term: Term) -> QuerySet[DueChange]:
    return DueChange.objects.standing().filter(
        term=term, kind=DueChange.Kind.STAYS, loan__returned_at=None
    )


def _back(school: School, since: date) -> dict[int | None, int]:
    rows = Loan.objects.counted().filter(
        school=school, kind=Loan.Kind.HOME, returned_on__gt=since, lent_on__lte=since
    )
    return dict(rows.order_by().values_list("school_class").annotate(n=Count("pk")))


def _told(school: School, term: Term) -> dict[int | None, date]:
    rows = Notice.objects.standing().filter(
        school=school, kind=Notice.Kind.RECALL, on__gte=term.starts_on
    )
    return dict(rows.order_by().values_list("school_class").annotate(latest=Max("on")))


def still_out(term: Term) -> int:
    """Count what is still to come back by the end of a term."""
    return out_in(term).exclude(pk__in=_stays(term).values("loan")).count()


def see_books_to_recall(term: Term, today: date) -> list[LateClass]:
    """List by class what is to come back by the end of a term: not what stays out."""
    books = out_in(term).exclude(pk__in=_stays(term).values("loan"))
    return sorted(by_class(term.school, books, today), key=lambda one: (-one.books, one.name))


def see_class_recall(
    term: Term, school_class: SchoolClass | None, today: date
) -> tuple[RecallClass, LateClass | None, list[DueChange]]:
    """Show how far one class is, what is still to come back, and what stays out."""
    books = [one for one in see_books_to_recall(term, today) if one.school_class == school_class]
    stays = list(_stays(term).select_related("loan__reader", "loan__copy__holding__title", "by"))
    places = classes_of([change.loan.borrower for change in stays], today)
    its = [each for each in stays if places.get(each.loan.reader_id or 0) == school_class]
    (row,) = (
        one
        for one in see_recall(term.school, term, today).classes
        if one.school_class == school_class
    )
    return row, books[0] if books else None, its
