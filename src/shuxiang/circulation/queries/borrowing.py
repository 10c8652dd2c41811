"""Who borrows and who does not: by class, beside the same week of earlier terms and other modes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Max, Min, Q, QuerySet

from shuxiang.circulation.models import FirstLoan, LendingMode, Loan, Notice, TermWeek
from shuxiang.circulation.queries.policy import policy_of
from shuxiang.circulation.queries.recall import term_to_recall
from shuxiang.circulation.rules import Borrowing, Stay, borrowing, weeks_of
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Membership, Reader, SchoolClass
from shuxiang.readers.queries import classes_at_school
from shuxiang.timetable.models import Term
from shuxiang.timetable.queries import calendar
from shuxiang.timetable.rules import Calendar, week_number

TERMS_BEFORE = 3
WINDOW = 20
"""Open days before and after a change of mode that are set side by side."""
CHANGES_SHOWN = 3
LONGEST_LOOK = timedelta(days=120)


@dataclass(frozen=True, kw_only=True)
class ClassBorrowing:
    """A class: its pupils in the order of the register, and what each has borrowed this term."""

    school_class: SchoolClass
    name: str
    grade: int | None
    teachers: str
    figures: Borrowing
    none_yet: tuple[Reader, ...]
    told_on: date | None


@dataclass(frozen=True, kw_only=True)
class Before:
    """An earlier term at the same week; None where the readers were taken off before it was counted."""

    term: Term
    figures: Borrowing | None


@dataclass(frozen=True, kw_only=True)
class Window:
    """So many open days: who borrowed in them, of how many pupils."""

    first: date
    last: date
    pupils: int
    borrowers: int
    loans: int

    @property
    def share(self) -> float | None:
        return self.borrowers / self.pupils if self.pupils else None

    @property
    def mean(self) -> float | None:
        return self.loans / self.pupils if self.pupils else None


@dataclass(frozen=True, kw_only=True)
class ModeChange:
    """A change of the way of lending, with as many open days before it as after."""

    row: LendingMode
    days: int
    before: Window
    after: Window


@dataclass(frozen=True, kw_only=True)
class SeenBorrowing:
    term: Term
    week: int
    now: Borrowing
    before: tuple[Before, ...]
    classes: tuple[ClassBorrowing, ...]
    changes: tuple[ModeChange, ...]


def see_borrowing(school: School, today: date) -> SeenBorrowing | None:
    """Show who borrows this term, in a bounded number of queries; None where no term is known."""
    term = term_to_recall(school, today)
    if term is None:
        return None
    day = min(today, term.ends_on)
    (now, classes) = _term_now(school, term, day)
    week = week_number(term.starts_on, day)
    return SeenBorrowing(
        term=term,
        week=week,
        now=now,
        before=tuple(one for each in _earlier(term) if (one := _before(each, week))),
        classes=classes,
        changes=tuple(_changes(school, day)),
    )


def see_class_borrowing(school_class: SchoolClass, today: date) -> ClassBorrowing | None:
    """Show who borrows in one class; None where no term is known, or it is not at school."""
    seen = see_borrowing(school_class.school, today)
    classes = seen.classes if seen else ()
    return next((one for one in classes if one.school_class == school_class), None)


def _term_now(
    school: School, term: Term, day: date
) -> tuple[Borrowing, tuple[ClassBorrowing, ...]]:
    week = week_number(term.starts_on, day)
    loans = Counter(reader for reader, _on in _lent(term, day))
    known = _known_before(term)
    members: dict[int, list[Reader]] = {}
    for stay in _pupils_on(school, day).order_by(
        F("reader__seat").asc(nulls_last=True), "reader__name", "id"
    ):
        members.setdefault(stay.school_class_id, []).append(stay.reader)
    policy, told = policy_of(school, day), _told(term)
    classes = tuple(
        ClassBorrowing(
            school_class=each,
            name=policy.name_of(each),
            grade=each.grade(policy.school_year),
            teachers=policy.teachers.get(each.pk, ""),
            figures=borrowing(
                week, pupils=[one.pk for one in members[each.pk]], loans=loans, known=known
            ),
            none_yet=tuple(one for one in members[each.pk] if not loans[one.pk]),
            told_on=told.get(each.pk),
        )
        for each in classes_at_school(school, policy.school_year)
        if each.pk in members
    )
    everybody = {one.pk for pupils in members.values() for one in pupils}
    return borrowing(week, pupils=everybody, loans=loans, known=known), classes


def _pupils_on(school: School, day: date) -> QuerySet[Membership]:
    here = Q(reader__left_on=None) | Q(reader__left_on__gte=day)
    stays: QuerySet[Membership] = Membership.objects.filter(
        here, school=school, reader__category=Reader.Category.PUPIL
    )
    there = stays.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day)
    return there.select_related("reader")


def _taken_home(term: Term, until: date) -> QuerySet[Loan]:
    taken: QuerySet[Loan] = Loan.objects.counted().filter(
        school=term.school,
        kind=Loan.Kind.HOME,
        reader_category=Reader.Category.PUPIL,
        lent_on__gte=term.starts_on,
        lent_on__lte=until,
    )
    return taken


def _lent(term: Term, until: date) -> list[tuple[int, date]]:
    named = _taken_home(term, until).filter(reader__isnull=False)
    return list(named.order_by().values_list("reader", "lent_on"))


def _known_before(term: Term) -> set[int]:
    """Tell who had borrowed before a term, as far as the records go back."""
    earlier = Loan.objects.counted().filter(
        school=term.school, lent_on__lt=term.starts_on, reader__isnull=False
    )
    known = set(earlier.order_by().values_list("reader", flat=True).distinct())
    first = FirstLoan.objects.filter(school=term.school, on__lt=term.starts_on)
    return known | set(first.values_list("reader", flat=True))


def _earlier(term: Term) -> list[Term]:
    earlier = Term.objects.filter(school=term.school, starts_on__lt=term.starts_on)
    return list(earlier.select_related("year", "school").order_by("-starts_on")[:TERMS_BEFORE])


def _before(term: Term, week: int) -> Before | None:
    """Give an earlier term at a week, or at its last one; None where nothing was lent in it."""
    kept = TermWeek.objects.filter(term=term, week__lte=week).order_by("-week").first()
    if kept:
        return Before(term=term, figures=_read(kept))
    if _taken_home(term, term.ends_on).filter(reader=None).exists():
        return Before(term=term, figures=None)
    weeks = weeks_counted(term)
    at = weeks[min(week, len(weeks)) - 1]
    return Before(term=term, figures=at) if weeks[-1].loans else None


def _read(kept: TermWeek) -> Borrowing:
    return Borrowing(
        week=kept.week,
        pupils=kept.pupils,
        borrowers=kept.borrowers,
        newcomers=kept.newcomers,
        loans=kept.loans,
        top_loans=kept.top_loans,
    )


def weeks_counted(term: Term) -> list[Borrowing]:
    """Count a whole term week by week, in four queries."""
    stays = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gte=term.starts_on),
        school=term.school,
        from_on__lte=term.ends_on,
        reader__category=Reader.Category.PUPIL,
    )
    return list(
        weeks_of(
            term.starts_on - timedelta(days=term.starts_on.weekday()),
            term.ends_on,
            stays=[
                Stay(reader=reader, from_on=from_on, until_on=left_on or until_on)
                for reader, from_on, until_on, left_on in stays.values_list(
                    "reader", "from_on", "until_on", "reader__left_on"
                )
            ],
            lent=_lent(term, term.ends_on),
            known=_known_before(term),
        )
    )


def first_loans(school: School, before: date) -> dict[int, date]:
    """Tell when those first borrowed whose names `forget` is about to take off."""
    going = Loan.objects.counted().filter(
        school=school, returned_on__lte=before, reader__isnull=False
    )
    rows = going.order_by().values_list("reader").annotate(first=Min("lent_on"))
    return dict(rows)


def _told(term: Term) -> dict[int, date]:
    rows = Notice.objects.standing().filter(
        school=term.school,
        kind=Notice.Kind.NOT_BORROWED,
        on__gte=term.starts_on,
        school_class__isnull=False,
    )
    return dict(rows.order_by().values_list("school_class").annotate(latest=Max("on")))


def _changes(school: School, today: date) -> list[ModeChange]:
    rows = LendingMode.objects.filter(school=school, from_on__lte=today)
    shown = rows.select_related("school_class__school").order_by("-from_on", "-id")[:CHANGES_SHOWN]
    days = calendar(school, around=today)
    return [change for row in shown if (change := _change(row, days, today))]


def _change(row: LendingMode, days: Calendar, today: date) -> ModeChange | None:
    after = _open_days(days, row.from_on, 1, until=today)
    before = _open_days(days, row.from_on - timedelta(days=1), -1, until=date.min)
    count = min(len(after), len(before), WINDOW)
    if not count:
        return None
    earlier, later = _window(row, before[:count][::-1]), _window(row, after[:count])
    if earlier is None or later is None:
        return None
    return ModeChange(row=row, days=count, before=earlier, after=later)


def _open_days(days: Calendar, start: date, step: int, *, until: date) -> list[date]:
    """List the open days from a day on, forwards or backwards, at most as many as are compared."""
    span = range(LONGEST_LOOK.days)
    every = (start + timedelta(days=step * n) for n in span)
    is_open = [day for day in every if days.is_open(day) and (step < 0 or day <= until)]
    return is_open[:WINDOW]


def _window(row: LendingMode, days: Sequence[date]) -> Window | None:
    """Count who borrowed on some days; None where nobody did, or the names are off already."""
    first, last = days[0], days[-1]
    loans = Loan.objects.counted().filter(
        school=row.school_id,
        kind=Loan.Kind.HOME,
        reader_category=Reader.Category.PUPIL,
        lent_on__gte=first,
        lent_on__lte=last,
    )
    if row.school_class_id:
        loans = loans.filter(school_class=row.school_class_id)
    elif row.grade:
        loans = loans.filter(grade=row.grade)
    readers = Counter(loans.order_by().values_list("reader", flat=True))
    if not readers or None in readers:
        return None
    return Window(
        first=first,
        last=last,
        pupils=_pupils_of(row, last),
        borrowers=len(readers),
        loans=sum(readers.values()),
    )


def _pupils_of(row: LendingMode, day: date) -> int:
    stays = _pupils_on(row.school, day)
    if row.school_class_id:
        return stays.filter(school_class=row.school_class_id).count()
    if not row.grade:
        return stays.count()
    year = policy_of(row.school, day).school_year
    classes = [one for one in classes_at_school(row.school, year) if one.grade(year) == row.grade]
    return stays.filter(school_class__in=[one.pk for one in classes]).count()
