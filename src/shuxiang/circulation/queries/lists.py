"""Lists for the librarian and the class teacher: what is out, late, and put aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet

from shuxiang.circulation.models import Entrance, Hold, Loan, VisitMark
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import register
from shuxiang.timetable.models import Term


def see_loans(school: School) -> QuerySet[Loan]:
    """All that is out, what is due first on top."""
    out: QuerySet[Loan] = (
        Loan.objects.on_hand()
        .filter(school=school)
        .select_related("copy__holding__title", "reader", "school_class__school")
        .order_by("due_on", "id")
    )
    return out


def read_in_room(school: School, today: date) -> QuerySet[Loan]:
    """What is read in the room and not back yet, what should have been back first on top."""
    return see_loans(school).filter(kind=Loan.Kind.IN_ROOM, due_on__lte=today)


def loan_of_copy(copy_id: int) -> Loan | None:
    """Find the open loan of a copy."""
    return Loan.objects.on_hand().filter(copy=copy_id).select_related("reader").first()


def loans_of_copies(copy_ids: Iterable[int]) -> dict[int, Loan]:
    """Find the open loans of several copies by the copies' keys, in one query."""
    out = Loan.objects.on_hand().filter(copy__in=list(copy_ids)).select_related("reader")
    return {loan.copy_id: loan for loan in out.order_by("id")}


def copies_out(copy_ids: Iterable[int]) -> set[int]:
    """Tell which of these copies are out, in one query."""
    out = Loan.objects.on_hand().filter(copy__in=list(copy_ids))
    return set(out.values_list("copy", flat=True))


def history_of(reader: Reader) -> QuerySet[Loan]:
    """All that a reader has borrowed and retention has not yet taken off, newest first."""
    loans: QuerySet[Loan] = (
        Loan.objects.counted()
        .filter(reader=reader)
        .select_related("copy__holding__title")
        .order_by("-lent_at", "-id")
    )
    return loans


@dataclass(frozen=True, kw_only=True)
class PupilLoans:
    """What a class teacher may know of a pupil: counts, and what is out now."""

    reader: Reader
    this_term: int
    out: tuple[Loan, ...]
    late: int


def see_class_loans(school_class: SchoolClass, today: date, *, since: date) -> list[PupilLoans]:
    """List a class for its teacher, in a fixed number of queries."""
    readers = register(school_class, today)
    keys = [reader.pk for reader in readers]
    counted = Loan.objects.counted().filter(reader__in=keys, lent_on__gte=since)
    terms = dict(counted.values_list("reader").annotate(n=Count("pk")).order_by())
    out: dict[int, list[Loan]] = {}
    for loan in see_loans(school_class.school).filter(reader__in=keys):
        out.setdefault(loan.reader_id or 0, []).append(loan)
    return [
        PupilLoans(
            reader=reader,
            this_term=terms.get(reader.pk, 0),
            out=tuple(out.get(reader.pk, ())),
            late=sum(1 for loan in out.get(reader.pk, ()) if loan.due_on < today),
        )
        for reader in readers
    ]


def hold_shelf(school: School) -> QuerySet[Hold]:
    """What lies on the hold shelf, by pigeonhole."""
    ready: QuerySet[Hold] = (
        Hold.objects.filter(school=school, state=Hold.State.READY)
        .select_related("holding__title", "reader", "copy")
        .order_by("place")
    )
    return ready


def holds_waiting(school: School) -> QuerySet[Hold]:
    """Who waits for what, the longest wait first."""
    waiting: QuerySet[Hold] = (
        Hold.objects.filter(school=school, state=Hold.State.WAITING)
        .select_related("holding__title", "reader")
        .order_by("placed_at", "id")
    )
    return waiting


@dataclass(frozen=True, kw_only=True)
class Today:
    """The day in figures beside the last one that was open, for the office's first page."""

    lent: int
    returned: int
    lent_before: int
    returned_before: int
    readers_before: int
    out: int
    overdue: int


def today_in_figures(school: School, today: date, before: date) -> Today:
    """Count what was lent and returned today and on a day before, and what is out, in one query."""
    days = [before, today]
    counts = (
        Loan.objects.counted()
        .filter(Q(lent_on__in=days) | Q(returned_on__in=days) | Q(returned_at=None), school=school)
        .aggregate(
            lent_before=Count("pk", filter=Q(lent_on=before)),
            returned_before=Count("pk", filter=Q(returned_on=before)),
            readers_before=Count("reader", filter=Q(lent_on=before), distinct=True),
            lent=Count("pk", filter=Q(lent_on=today)),
            returned=Count("pk", filter=Q(returned_on=today)),
            out=Count("pk", filter=Q(returned_at=None)),
            overdue=Count("pk", filter=Q(returned_at=None, due_on__lt=today)),
        )
    )
    return Today(**counts)


def forget_before(school: School, today: date, *, days: int) -> date | None:
    """Tell up to which day of return the readers' names go: `days` past the end of a term."""
    ended = Term.objects.filter(school=school, ends_on__lt=today - timedelta(days=days))
    latest: date | None = ended.aggregate(latest=Max("ends_on"))["latest"]
    return latest


def to_forget(school: School, before: date) -> dict[str, int]:
    """Count what `forget` would take the reader off."""
    return {
        "loans": Loan.objects.filter(
            school=school, returned_on__lte=before, reader__isnull=False
        ).count(),
        "holds": Hold.objects.filter(
            school=school, closed_at__date__lte=before, reader__isnull=False
        ).count(),
        "marks": VisitMark.objects.filter(
            school=school, visit__on__lte=before, reader__isnull=False
        ).count(),
        "entrances": Entrance.objects.filter(
            school=school, on__lte=before, reader__isnull=False
        ).count(),
    }
