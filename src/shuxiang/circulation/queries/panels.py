"""What the desk shows of a reader: kept small, since a helper and forty classmates look on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from shuxiang.catalogue.queries import shown_name
from shuxiang.circulation.models import Hold, Loan
from shuxiang.circulation.queries import hot
from shuxiang.circulation.queries.hot import LineOfReader
from shuxiang.circulation.queries.lending import restrictions_of
from shuxiang.circulation.queries.policy import Policy, policy_at, policy_kept
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import last_class_of


@dataclass(frozen=True, kw_only=True)
class LoanLine:
    title: str
    due_on: date
    due_time: time | None
    days_late: int


@dataclass(frozen=True, kw_only=True)
class LoanOnHand(LoanLine):
    loan: Loan


@dataclass(frozen=True, kw_only=True)
class HoldLine:
    hold: Hold
    title: str
    is_ready: bool
    ahead: int
    """How many come before this reader."""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A reader at the desk. `loans` and `holds` are empty for a helper: numbers only."""

    reader: Reader
    class_name: str
    grade: int | None
    out: int
    limit: int
    late: int
    this_term: int
    restrictions: tuple[str, ...]
    loans: tuple[LoanLine, ...] = ()
    holds: tuple[HoldLine, ...] = ()
    ready: int = 0
    next_visit_on: date | None = None
    teacher: str = ""
    photo: str = ""
    """The digest of the portrait, for the librarian alone."""

    @property
    def free(self) -> int:
        return max(0, self.limit - self.out)


def title_of(loan: Loan) -> str:
    """Write a loan's title with its volume, as the school calls it."""
    return shown_name(loan.copy.holding, loan.copy.volume)


def loans_on_hand(reader: Reader, today: date) -> tuple[LoanOnHand, ...]:
    """List what a reader has out, what is due first on top."""
    loans = (
        Loan.objects.on_hand()
        .filter(reader=reader)
        .select_related("copy__holding__title")
        .order_by("due_on", "id")
    )
    return tuple(
        LoanOnHand(
            loan=loan,
            title=title_of(loan),
            due_on=loan.due_on,
            due_time=loan.due_time,
            days_late=max(0, (today - loan.due_on).days),
        )
        for loan in loans
    )


def holds_of(reader: Reader) -> tuple[HoldLine, ...]:
    """List what a reader waits for, and how many come first, in two queries."""
    holds = list(
        Hold.objects.open()
        .filter(reader=reader)
        .select_related("holding__title")
        .order_by("placed_at", "id")
    )
    queues = list(
        Hold.objects.open()
        .filter(holding__in=[hold.holding_id for hold in holds])
        .order_by("placed_at", "id")
        .values_list("holding_id", "id")
    )
    return tuple(
        HoldLine(
            hold=hold,
            title=shown_name(hold.holding),
            is_ready=hold.state == Hold.State.READY,
            ahead=[pk for holding, pk in queues if holding == hold.holding_id].index(hold.pk),
        )
        for hold in holds
    )


def panel(reader: Reader, today: date) -> Panel:
    """Show a reader to the librarian: one statement, and two where there are holds."""
    policy = policy_kept(reader.school, today)
    seen = hot.of_reader(reader, day=today, since=policy.since)
    if seen.stamp != policy.stamp:
        policy = policy_at(reader.school, today, seen.stamp)
        seen = hot.of_reader(reader, day=today, since=policy.since)
    own_class = seen.school_class
    grade = own_class.grade(policy.school_year) if own_class else None
    terms = policy.terms(category=reader.category, grade=grade, collection=None)
    holds = holds_of(reader) if seen.holds else ()
    loans = tuple(_line(line, today) for line in seen.lines)
    return Panel(
        reader=reader,
        class_name=_name_of_class(reader, own_class, policy),
        grade=grade,
        out=sum(1 for line in seen.lines if line.kind == Loan.Kind.HOME),
        limit=reader.limit if reader.limit is not None else (terms.max_loans if terms else 0),
        late=sum(1 for line in loans if line.days_late),
        this_term=seen.lent,
        restrictions=restrictions_of(reader, today) if seen.restrictions else (),
        loans=loans,
        holds=holds,
        ready=sum(1 for line in holds if line.is_ready),
        next_visit_on=policy.next_visit_on(own_class.pk) if own_class else None,
        teacher=policy.teachers.get(own_class.pk, "") if own_class else "",
        photo=seen.photo,
    )


def _name_of_class(reader: Reader, own_class: SchoolClass | None, policy: Policy) -> str:
    """Name the class; who has left had one last, named by the year in which it began school."""
    if reader.left_on:
        return str(last_class_of(reader) or "")
    return policy.name_of(own_class) if own_class else ""


def _line(line: LineOfReader, today: date) -> LoanLine:
    return LoanLine(
        title=line.title,
        due_on=line.due_on,
        due_time=line.due_time,
        days_late=max(0, (today - line.due_on).days),
    )


def panel_for_helper(reader: Reader, today: date) -> Panel:
    """Show a reader to a pupil who helps: name, class, n of m, and that something is late."""
    whole = panel(reader, today)
    return Panel(
        reader=reader,
        class_name=whole.class_name,
        grade=whole.grade,
        out=whole.out,
        limit=whole.limit,
        late=1 if whole.late else 0,
        this_term=0,
        restrictions=(),
        next_visit_on=whole.next_visit_on,
    )
