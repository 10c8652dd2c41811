"""What anybody may know of where books are: in, out until when, or elsewhere; never with whom. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shuxiang.catalogue.models import Standing
from shuxiang.circulation.models import Hold, Loan
from shuxiang.circulation.queries import hot
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader

NOT_TO_BE_HAD = (Standing.LOST, Standing.MISSING, Standing.SET_ASIDE, Standing.IN_REPAIR)
"""A title all of whose copies are out or stand so is waited for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CopyAt:
    """A copy on the books: its place, and the day by which it comes back if it is out."""

    copy: int
    volume: str
    accession_number: str
    standing: str
    shelf: str
    """The code of the shelf, with its name if it has one."""
    shelf_is_named: bool
    room: str
    collection: str
    due_on: date | None

    @property
    def is_here(self) -> bool:
        return self.due_on is None and self.standing == Standing.ON_SHELF

    @property
    def words(self) -> str:
        return str(Standing(self.standing).label)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The copies of a title, those that stand on the shelf first."""

    copies: tuple[CopyAt, ...] = ()

    @property
    def here(self) -> int:
        return sum(1 for copy in self.copies if copy.is_here)

    @property
    def kind(self) -> str:
        """Tell which of four shapes says it: in, out, elsewhere, none."""
        if not self.copies:
            return "none"
        if self.here:
            return "in"
        return "out" if self.due_on else "elsewhere"

    @property
    def first(self) -> CopyAt | None:
        return self.copies[0] if self.copies else None

    @property
    def others(self) -> tuple[CopyAt, ...]:
        """Give the copies that do not stand where the first does."""
        return tuple(
            copy
            for copy in self.copies[1:]
            if not (copy.is_here and self.copies[0].is_here and copy.shelf == self.copies[0].shelf)
        )

    @property
    def due_on(self) -> date | None:
        """Tell when the next copy comes back."""
        return min((copy.due_on for copy in self.copies if copy.due_on), default=None)

    @property
    def is_waited_for(self) -> bool:
        """Tell whether a reader would have to wait for a copy."""
        return bool(self.copies) and all(
            copy.due_on or copy.standing in NOT_TO_BE_HAD for copy in self.copies
        )


@dataclass(frozen=True, slots=True)
class Spread:
    """Of many titles: which have a copy on its shelf now, and which stand at each shelf."""

    here: frozenset[int]
    shelves: dict[int, frozenset[int]]


def whereabouts(school: School, holdings: Sequence[int]) -> dict[int, Whereabouts]:
    """Tell where the copies of titles are, in one query."""
    found: dict[int, list[CopyAt]] = {}
    for (
        holding,
        pk,
        volume,
        number,
        standing,
        due_on,
        code,
        name,
        room,
        collection,
    ) in hot.copies_at(school, holdings):
        is_named = name not in (None, "", code)
        copy = CopyAt(
            copy=pk,
            volume=volume,
            accession_number=number,
            standing=standing,
            shelf=f"{code} {name}" if is_named else code or "",
            shelf_is_named=is_named,
            room=room or "",
            collection=collection or "",
            due_on=due_on,
        )
        found.setdefault(holding, []).append(copy)
    return {
        holding: Whereabouts(tuple(sorted(those, key=lambda copy: not copy.is_here)))
        for holding, those in found.items()
    }


def on_shelf_now(school: School, holdings: Sequence[int]) -> Spread:
    """Tell of titles which can be fetched now, and at which shelves they stand, in one query."""
    here: set[int] = set()
    shelves: dict[int, set[int]] = {}
    for holding, shelf, is_here in hot.at_shelves(school, holdings):
        if is_here:
            here.add(holding)
        if shelf is not None:
            shelves.setdefault(shelf, set()).add(holding)
    return Spread(frozenset(here), {key: frozenset(those) for key, those in shelves.items()})


def queue_for(holding_id: int) -> list[Hold]:
    """List the open holds of a title, who comes first on top; for whom copies lie ready is among them."""
    return list(Hold.objects.open().filter(holding=holding_id).order_by("placed_at", "id"))


def with_reader(reader: Reader, holding_id: int) -> date | None:
    """Tell until when a reader has a copy of a title, if there is one."""
    out = Loan.objects.on_hand().filter(reader=reader, copy__holding=holding_id)
    due_on: date | None = out.order_by("due_on").values_list("due_on", flat=True).first()
    return due_on
