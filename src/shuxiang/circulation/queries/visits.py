"""A class in the room: who borrowed, who brought back, what is still to be found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q

from shuxiang.catalogue.models import Standing
from shuxiang.circulation.models import Loan, Visit, VisitMark
from shuxiang.circulation.queries.panels import title_of
from shuxiang.circulation.queries.policy import policy_of
from shuxiang.platform.database.plain import one
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import register

VISIT = "visit"
NEWEST = """
SELECT
  (SELECT MAX(id) FROM audit_entry WHERE school_id = %s AND place = %s),
  (SELECT MAX(id) FROM audit_entry WHERE school_id = %s AND subject_label = %s AND subject_id = %s)
"""
SHOWN_OF_LOANS = (
    "reader", "lent_at", "due_on", "renewed_at", "returned_at", "copy__standing", "copy__volume",
    "copy__holding__title__name", "copy__holding__title__volume",
)  # fmt: skip


class State(StrEnum):
    """What the grid says of a pupil; one word each, the most telling first."""

    LENT = "lent"
    KEPT = "kept"
    BACK = "back"
    AWAY = "away"
    LATE = "late"
    WAITING = "waiting"
    """Brought back what was out and has not borrowed yet, or had nothing out."""
    OUT = "out"
    """Has books out and has not brought them yet."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A book that a pupil takes along."""

    title: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Pupil:
    reader: Reader
    state: State
    lent: int
    """Books lent in this visit and still out."""
    returned: int
    renewed: int
    out: int
    late_days: int
    limit: int
    taken: tuple[Taken, ...] = ()
    """What was lent in this visit and is still out."""

    @property
    def free(self) -> int:
        return max(0, self.limit - self.out)


@dataclass(frozen=True, kw_only=True)
class StillOut:
    reader: Reader
    title: str
    due_on: date
    days_late: int


@dataclass(frozen=True, kw_only=True)
class Board:
    visit: Visit
    class_name: str
    teacher: str
    grade: int | None
    pupils: tuple[Pupil, ...]
    counts: dict[str, int]
    to_return: int
    """Books that were out with the class when the visit began."""
    returned: int
    held: int
    """Of those, how many lie aside for somebody who waits."""
    still_out: tuple[StillOut, ...]
    """What the class had when it came and has not brought back or renewed."""


def open_visits(school: School, today: date) -> list[Visit]:
    """List the visits that are open today."""
    return list(
        Visit.objects.filter(school=school, closed_at=None, on=today)
        .select_related("school_class__school", "turn__slot__period")
        .order_by("opened_at")
    )


def place_of_visit(visit: Visit) -> str:
    """Name the place of a visit's acts, which all devices that help with it share."""
    return f"{VISIT} {visit.pk}"


def is_of_visit(place: str) -> bool:
    """Tell the place of a visit's acts from the number of a desk."""
    return place.startswith(VISIT)


def newest_entry(visit: Visit) -> int:
    """Tell the number of the last thing done in a visit on any device; 0 before the first."""
    values = [visit.school_id, place_of_visit(visit), visit.school_id, Visit._meta.label, visit.pk]
    return max(key or 0 for key in one(NEWEST, values) or [0])


def board(visit: Visit, today: date) -> Board:
    """Show a visit, in a fixed number of queries however many pupils there are."""
    school_class: SchoolClass = visit.school_class
    policy = policy_of(visit.school, today)
    grade = school_class.grade(policy.school_year)
    readers = register(school_class, today)
    loans = _loans_of(readers, visit)
    terms = policy.terms(category=Reader.Category.PUPIL, grade=grade, collection=None)
    pupils = _pupils(readers, loans, visit, today, terms.max_loans if terms else 0)
    before = [loan for own in loans.values() for loan in own if loan.lent_at < visit.opened_at]
    back = [loan for loan in before if loan.returned_at]
    return Board(
        visit=visit,
        class_name=policy.name_of(school_class),
        teacher=policy.teachers.get(school_class.pk, ""),
        grade=grade,
        pupils=pupils,
        counts=dict(Counter(pupil.state.value for pupil in pupils)),
        to_return=len(before),
        returned=len(back),
        held=sum(1 for loan in back if loan.copy.standing == Standing.SET_ASIDE),
        still_out=_still_out(readers, before, visit, today),
    )


def _pupils(  # noqa: PLR0917 - one grid
    readers: list[Reader], loans: dict[int, list[Loan]], visit: Visit, today: date, limit: int
) -> tuple[Pupil, ...]:
    absent = VisitMark.objects.filter(visit=visit, mark=VisitMark.Mark.ABSENT)
    away = set(absent.values_list("reader_id", flat=True))
    return tuple(
        _pupil(reader, loans.get(reader.pk, []), visit, today, reader.pk in away, limit)
        for reader in readers
    )


def _still_out(
    readers: list[Reader], before: list[Loan], visit: Visit, today: date
) -> tuple[StillOut, ...]:
    names = {reader.pk: reader for reader in readers}
    return tuple(
        StillOut(
            reader=names[loan.reader_id or 0],
            title=title_of(loan),
            due_on=loan.due_on,
            days_late=max(0, (today - loan.due_on).days),
        )
        for loan in sorted(before, key=lambda loan: (loan.due_on, loan.pk))
        if not loan.returned_at and not _renewed_in(loan, visit)
    )


def see_visit(visit: Visit) -> Board:
    """Show a visit as the list at its end tells it, also long afterwards."""
    return board(visit, visit.on)


def visits_of(classes: Iterable[SchoolClass], *, limit: int = 40) -> list[Visit]:
    """List the last visits of some classes, the newest first."""
    return list(
        Visit.objects.filter(school_class__in=[each.pk for each in classes])
        .select_related("school_class__school", "turn__slot__period")
        .order_by("-opened_at", "-id")[:limit]
    )


def _loans_of(readers: Iterable[Reader], visit: Visit) -> dict[int, list[Loan]]:
    """Gather what was out when the visit began and what was lent in it, by reader."""
    own: dict[int, list[Loan]] = {}
    loans = (
        Loan.objects.counted()
        .filter(reader__in=[reader.pk for reader in readers], kind=Loan.Kind.HOME)
        .filter(_touches(visit))
        .select_related("copy__holding__title")
        .only(*SHOWN_OF_LOANS)
        .order_by("id")
    )
    for loan in loans:
        own.setdefault(loan.reader_id or 0, []).append(loan)
    return own


def _touches(visit: Visit) -> Q:
    until = visit.closed_at
    touches = Q(returned_at=None) | Q(returned_at__gte=visit.opened_at)
    return touches & Q(lent_at__lte=until) if until else touches


def _renewed_in(loan: Loan, visit: Visit) -> bool:
    return loan.renewed_at is not None and loan.renewed_at >= visit.opened_at


def _pupil(  # noqa: PLR0917 - one row of one grid
    reader: Reader, loans: list[Loan], visit: Visit, today: date, away: bool, limit: int
) -> Pupil:
    until: datetime | None = visit.closed_at
    back = [n for n in loans if n.returned_at and (not until or n.returned_at <= until)]
    out = [loan for loan in loans if loan not in back]
    taken = tuple(
        Taken(title=title_of(loan), due_on=loan.due_on)
        for loan in out
        if loan.lent_at >= visit.opened_at
    )
    renewed = sum(1 for loan in out if _renewed_in(loan, visit))
    days = max((max(0, (today - loan.due_on).days) for loan in out), default=0)
    returned = sum(1 for loan in back if loan.lent_at < visit.opened_at)
    states = {
        State.AWAY: away,
        State.LATE: days > 0,
        State.LENT: bool(taken),
        State.KEPT: renewed > 0,
        State.OUT: bool(out),
        State.BACK: returned > 0,
    }
    return Pupil(
        reader=reader,
        state=next((state for state, holds in states.items() if holds), State.WAITING),
        lent=len(taken),
        taken=taken,
        returned=returned,
        renewed=renewed,
        out=len(out),
        late_days=days,
        limit=reader.limit if reader.limit is not None else limit,
    )
