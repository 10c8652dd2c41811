"""Late books by class: what is out, who was told, and who is to be told today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from shuxiang.circulation.models import Forfeit, Loan, Notice, NoticedLoan
from shuxiang.circulation.queries.panels import title_of
from shuxiang.circulation.queries.policy import Policy, policy_of
from shuxiang.circulation.rules import Step, Told, Whom, step_due, steps_of
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import setting
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import classes_of, last_classes

STEPS = "late.steps"
LAST_GRADE = 99


@dataclass(frozen=True, kw_only=True)
class LateBook:
    """A book that is not back, and the step that is to be taken for it today."""

    loan: int
    title: str
    due_on: date
    days: int
    step: Step | None
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LateReader:
    reader: Reader
    books: tuple[LateBook, ...]
    last_class: str = ""
    """The class that somebody was in who has left; such a class has no grade any more."""

    @property
    def days(self) -> int:
        return max(book.days for book in self.books)


@dataclass(frozen=True, kw_only=True)
class ToTell:
    """Whom to tell today about a class, and of which books."""

    step: Step
    readers: tuple[LateReader, ...]

    @property
    def loans(self) -> list[int]:
        return [book.loan for one in self.readers for book in one.books]


@dataclass(frozen=True, kw_only=True)
class LateClass:
    """A class with books that are not back; `school_class` is None for those in no class: teachers, staff, and who left."""

    school_class: SchoolClass | None
    name: str
    grade: int | None
    teachers: str
    next_visit_on: date | None
    readers: tuple[LateReader, ...]
    told_on: date | None

    @property
    def key(self) -> str:
        """How addresses name it."""
        return str(self.school_class.pk) if self.school_class else "staff"

    @property
    def books(self) -> int:
        return sum(len(one.books) for one in self.readers)

    @property
    def longest_days(self) -> int:
        return max((one.days for one in self.readers), default=0)

    @property
    def to_tell(self) -> list[ToTell]:
        """List the steps that are to be taken today, the reader first."""
        steps = {book.step for one in self.readers for book in one.books if book.step}
        ways = {(step.whom, step.channel): step for step in steps}
        return [self._told_by(step) for step in sorted(ways.values(), key=lambda s: s.after_days)]

    def _told_by(self, step: Step) -> ToTell:
        readers = []
        for one in self.readers:
            books = tuple(
                book
                for book in one.books
                if book.step and (book.step.whom, book.step.channel) == (step.whom, step.channel)
            )
            if books:
                readers.append(LateReader(reader=one.reader, books=books))
        return ToTell(step=step, readers=tuple(readers))


def see_late(school: School, today: date) -> list[LateClass]:
    """List what is late by class, most books first, in a fixed number of queries."""
    late = Loan.objects.overdue(today).filter(school=school)
    return sorted(by_class(school, late, today), key=lambda one: (-one.books, one.name))


def see_class_late(school: School, school_class: SchoolClass | None, today: date) -> LateClass:
    """Show what is late in one class, or with the staff, also if that is nothing."""
    for one in see_late(school, today):
        if one.school_class == school_class:
            return one
    return _class(school_class, (), policy_of(school, today))


def see_morning_list(
    school: School, classes: Iterable[SchoolClass], today: date
) -> list[LateClass]:
    """List what these classes should bring back by today, in the order in which they come."""
    due = Loan.objects.on_hand().filter(school=school, due_on__lte=today, reader__category="pupil")
    found = {one.key: one for one in by_class(school, due, today)}
    policy = policy_of(school, today)
    return [found.get(str(each.pk)) or _class(each, (), policy) for each in classes]


def by_class(school: School, loans: QuerySet[Loan], today: date) -> list[LateClass]:
    """Sort open loans by the class that their reader is in today, each class by its register."""
    policy = policy_of(school, today)
    shown = list(loans.select_related("copy__holding__title", "reader").order_by("due_on", "id"))
    classes = classes_of([loan.borrower for loan in shown], today)
    told = told_of(shown)
    steps = steps_of(setting(school, STEPS))
    readers: dict[Reader, list[LateBook]] = {}
    for loan in shown:
        own = steps if loan.reader_id in classes else _for_staff(steps)
        book = _book(loan, today, own, told.get(loan.pk, ()))
        readers.setdefault(loan.borrower, []).append(book)
    sorted_out: dict[SchoolClass | None, list[LateReader]] = {}
    last = last_classes(reader.pk for reader in readers if reader.left_on)
    for reader, books in readers.items():
        last_class = str(last.get(reader.pk, ""))
        one = LateReader(reader=reader, books=tuple(books), last_class=last_class)
        sorted_out.setdefault(classes.get(reader.pk), []).append(one)
    return [_class(its, tuple(rows), policy) for its, rows in sorted_out.items()]


def _for_staff(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Teachers are told themselves; nobody is told of them."""
    return tuple(step for step in steps if step.whom is Whom.READER)


def _book(loan: Loan, today: date, steps: tuple[Step, ...], told: tuple[Told, ...]) -> LateBook:
    return LateBook(
        loan=loan.pk,
        title=title_of(loan),
        due_on=loan.due_on,
        days=max(0, (today - loan.due_on).days),
        step=step_due(loan.due_on, today, steps, told),
        told=told,
    )


def _class(
    school_class: SchoolClass | None, readers: tuple[LateReader, ...], policy: Policy
) -> LateClass:
    told = [one.on for each in readers for book in each.books for one in book.told]
    key = school_class.pk if school_class else 0
    return LateClass(
        school_class=school_class,
        name=policy.name_of(school_class) if school_class else "",
        grade=school_class.grade(policy.school_year) if school_class else None,
        teachers=policy.teachers.get(key, ""),
        next_visit_on=policy.next_visit_on(key),
        readers=tuple(
            sorted(readers, key=lambda one: (one.reader.seat or LAST_GRADE, one.reader.name))
        ),
        told_on=max(told, default=None),
    )


def told_of(
    loans: Iterable[Loan], kind: Notice.Kind = Notice.Kind.LATE
) -> dict[int, tuple[Told, ...]]:
    """Tell who was told of these loans, of late ones since they fell due, in one query."""
    due = {loan.pk: loan.due_on for loan in loans}
    rows = NoticedLoan.objects.filter(
        loan__in=due, notice__taken_back_at=None, notice__kind=kind
    ).values_list("loan", "notice__whom", "notice__on")
    told: dict[int, tuple[Told, ...]] = {}
    for pk, whom, on in rows.order_by("notice__on", "id"):
        if kind is not Notice.Kind.LATE or on > due[pk]:
            told[pk] = (*told.get(pk, ()), Told(whom=Whom(whom), on=on))
    return told


def see_notices(school: School, *, school_class: int | None = None) -> QuerySet[Notice]:
    """List who was told, the latest on top."""
    told = Notice.objects.filter(school=school).select_related("school_class__school", "by")
    if school_class is not None:
        told = told.filter(school_class=school_class)
    return told.order_by("-told_at", "-id")


def see_forfeits(school: School) -> QuerySet[Forfeit]:
    """List what was proposed for classes, the latest on top."""
    proposed: QuerySet[Forfeit] = Forfeit.objects.filter(school=school)
    return proposed.select_related("school_class__school", "proposed_by")
