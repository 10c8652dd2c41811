"""The registers (总括登记, 分类账, 个别登记): three views of the same postings. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, CharField, Count, Max, Min, Q, QuerySet, Sum, Value, When

from shuxiang.catalogue.models import (
    AccessionBatch,
    ClosedPeriod,
    Copy,
    Posting,
    WithdrawalBatch,
)
from shuxiang.catalogue.rules import UNCLASSIFIED, Tally
from shuxiang.catalogue.rules import Sum as Amount
from shuxiang.formats.clc import MAIN_CLASSES, PARTS
from shuxiang.platform.schools.models import School


@dataclass(frozen=True, slots=True)
class Movement:
    """What was there, what came, went and was put right, and what is there now."""

    opening: Amount = field(default_factory=Amount)
    income: Amount = field(default_factory=Amount)
    withdrawal: Amount = field(default_factory=Amount)
    """Counted upwards: what the document says, not the sign of its posting."""
    correction: Amount = field(default_factory=Amount)

    @property
    def closing(self) -> Amount:
        return self.opening + self.income - self.withdrawal + self.correction

    def __add__(self, other: Movement) -> Movement:
        return Movement(
            self.opening + other.opening,
            self.income + other.income,
            self.withdrawal + other.withdrawal,
            self.correction + other.correction,
        )

    def __bool__(self) -> bool:
        return any((self.opening, self.income, self.withdrawal, self.correction))


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One main class in the register by class."""

    letter: str
    name: str
    movement: Movement
    titles: int


@dataclass(frozen=True, slots=True)
class PartLine:
    """One of the five parts (五大部类) with its classes; part 0 holds what has no class."""

    part: int
    name: str
    lines: tuple[ClassLine, ...]

    @property
    def movement(self) -> Movement:
        return sum((line.movement for line in self.lines), Movement())

    @property
    def titles(self) -> int:
        return sum(line.titles for line in self.lines)


@dataclass(frozen=True, slots=True)
class Document:
    """One line of the summary register: a batch that came or went, and what it posted."""

    batch: AccessionBatch | WithdrawalBatch
    titles: int
    first_number: str
    last_number: str
    tally: Tally

    @property
    def by_part(self) -> tuple[int, ...]:
        """Copies of the five parts, and of what has no class."""
        return _by_part((letter, counted.copies) for letter, counted in self.tally.by_class.items())


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One line of the third part of the summary register."""

    name: str
    amount: Amount
    by_part: tuple[int, ...]

    @property
    def closes(self) -> bool:
        return self.name == "closing"


BALANCE = ("opening", "income", "withdrawal", "correction", "closing")


@dataclass(frozen=True, slots=True)
class Registers:
    """The registers of a school over a span of days."""

    from_on: date
    until_on: date
    parts: tuple[PartLine, ...]
    income: tuple[Document, ...]
    withdrawals: tuple[Document, ...]
    corrections: tuple[Posting, ...]
    titles: int
    """Different titles with a copy on the books on the last day."""

    @property
    def movement(self) -> Movement:
        return sum((part.movement for part in self.parts), Movement())

    @property
    def balance(self) -> list[BalanceLine]:
        return [
            BalanceLine(name, getattr(self.movement, name), self._copies_by_part(name))
            for name in BALANCE
        ]

    @property
    def income_by_part(self) -> tuple[int, ...]:
        return self._copies_by_part("income")

    @property
    def withdrawal_by_part(self) -> tuple[int, ...]:
        return self._copies_by_part("withdrawal")

    def _copies_by_part(self, name: str) -> tuple[int, ...]:
        lines = (line for part in self.parts for line in part.lines)
        return _by_part((line.letter, getattr(line.movement, name).copies) for line in lines)


def _by_part(copies: Iterable[tuple[str, int]]) -> tuple[int, ...]:
    """Sum copies of classes into the five parts, and a sixth for what has no class."""
    counted = dict.fromkeys((*PARTS, 0), 0)
    for letter, number in copies:
        main = MAIN_CLASSES.get(letter)
        counted[main.part if main else 0] += number
    return tuple(counted.values())


def see_registers(*, school: School, from_on: date, until_on: date) -> Registers:
    """Read the registers from one day to another, both counted: ten queries however long."""
    movements = _movements(school, from_on, until_on)
    titles = _titles_by_class(school, until_on)
    span = {"school": school, "received_on__range": (from_on, until_on)}
    income = AccessionBatch.objects.filter(**span).order_by("received_on", "id")
    gone = WithdrawalBatch.objects.filter(
        school=school, withdrawn_on__range=(from_on, until_on)
    ).order_by("withdrawn_on", "id")
    corrections = Posting.objects.filter(
        school=school, kind=Posting.Kind.CORRECTION, on__range=(from_on, until_on)
    )
    return Registers(
        from_on=from_on,
        until_on=until_on,
        parts=_parts(movements, titles),
        income=documents(school, income, "accession"),
        withdrawals=documents(school, gone, "withdrawal"),
        corrections=tuple(corrections.order_by("on", "id")),
        titles=_on_the_books(school, until_on).aggregate(n=Count("holding", distinct=True))["n"],
    )


def _movements(school: School, from_on: date, until_on: date) -> dict[str, Movement]:
    column = Case(
        When(on__lt=from_on, then=Value("opening")), default="kind", output_field=CharField()
    )
    sums = (
        Posting.objects.filter(school=school, on__lte=until_on)
        .annotate(column=column)
        .values("clc", "column")
        .annotate(n=Sum("copies"), fen=Sum("money_fen"))
        .order_by()
    )
    found: dict[str, Movement] = {}
    for row in sums:
        amount = Amount(row["n"], row["fen"])
        if row["column"] == Posting.Kind.WITHDRAWAL:
            amount = -amount
        moved = Movement(**{row["column"]: amount})
        found[row["clc"]] = found.get(row["clc"], Movement()) + moved
    return found


def _on_the_books(school: School, day: date) -> QuerySet[Copy]:
    """Find the copies that were on the books at the end of a day."""
    found: QuerySet[Copy] = Copy.objects.filter(school=school, accession__received_on__lte=day)
    return found.filter(Q(withdrawal=None) | Q(withdrawal__withdrawn_on__gt=day))


def _titles_by_class(school: School, day: date) -> dict[str, int]:
    counted = _on_the_books(school, day).values("posted_class").order_by()
    return dict(
        counted.annotate(n=Count("holding", distinct=True)).values_list("posted_class", "n")
    )


def _parts(movements: dict[str, Movement], titles: dict[str, int]) -> tuple[PartLine, ...]:
    def line(letter: str, name: str) -> ClassLine:
        return ClassLine(letter, name, movements.get(letter, Movement()), titles.get(letter, 0))

    parts = [
        PartLine(
            part,
            name,
            tuple(
                line(main.letter, main.name) for main in MAIN_CLASSES.values() if main.part == part
            ),
        )
        for part, name in PARTS.items()
    ]
    without = line(UNCLASSIFIED, "")
    return (*parts, PartLine(0, "", (without,))) if without.movement else tuple(parts)


def documents(
    school: School, batches: QuerySet[AccessionBatch] | QuerySet[WithdrawalBatch], kind: str
) -> tuple[Document, ...]:
    """Tell of each batch of one kind (accession or withdrawal) what it posted: three queries."""
    listed: list[AccessionBatch | WithdrawalBatch] = list(batches)
    ids = [batch.pk for batch in listed]
    tallies = {batch.pk: Tally() for batch in listed}
    postings = Posting.objects.filter(school=school, **{f"{kind}__in": ids})
    for pk, letter, copies, fen in postings.values_list(kind, "clc", "copies", "money_fen"):
        tallies[pk].add(letter, abs(copies), abs(fen))
    copies_of = Copy.objects.filter(school=school, **{f"{kind}__in": ids}).values(kind).order_by()
    facts = {
        row[kind]: row
        for row in copies_of.annotate(
            titles=Count("holding", distinct=True),
            first=Min("accession_number"),
            last=Max("accession_number"),
        )
    }
    empty = {"titles": 0, "first": "", "last": ""}
    return tuple(
        Document(batch, said["titles"], said["first"], said["last"], tallies[batch.pk])
        for batch in listed
        for said in [facts.get(batch.pk, empty)]
    )


def see_copies(*, school: School, from_on: date, until_on: date) -> QuerySet[Copy]:
    """List the individual register (个别登记): every copy that came in a span, withdrawn ones too."""
    found: QuerySet[Copy] = Copy.objects.filter(
        school=school, accession__received_on__range=(from_on, until_on)
    )
    return (
        found.select_related("holding__title", "accession", "withdrawal", "shelf")
        .prefetch_related("holding__title__numbers")
        .order_by("accession_number", "id")
    )


def closed_until(school: School) -> date | None:
    """Tell the last day of the closed registers."""
    last = ClosedPeriod.objects.filter(school=school).aggregate(last=Max("until_on"))["last"]
    return last if isinstance(last, date) else None


def is_open(accession: AccessionBatch) -> bool:
    """Tell whether more copies can come in with a batch."""
    closed = closed_until(accession.school)
    return closed is None or accession.received_on > closed
