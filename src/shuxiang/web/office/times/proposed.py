"""A proposal laid over the week, beside the rotation that stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shuxiang.readers.queries import class_name
from shuxiang.timetable import wording
from shuxiang.timetable.models import Proposal, Slot, Turn
from shuxiang.timetable.queries import put_of, puts_of
from shuxiang.timetable.rules import Put, Weeks
from shuxiang.web.office.times.standing import Standing


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a proposal changes for one class."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def shown(proposal: Proposal) -> dict[str, object]:
    """Gather what the page of a proposal shows, in a fixed number of queries."""
    standing = Standing.of(proposal.term)
    puts = puts_of(proposal.puts)
    if proposal.state == Proposal.State.READY:
        before = {put_of(turn) for turn in standing.turns}
    else:
        before = set(puts_of(proposal.before))
    turns = _turns(standing, puts)
    rotation = standing.rotation(turns=turns, fresh=frozenset(set(puts) - before))
    return {
        "standing": standing,
        "rotation": rotation,
        "days": rotation.days(None),
        "changes": _changes(standing, before, set(puts)),
        "same": len(before & set(puts)),
    }


def _turns(standing: Standing, puts: Iterable[Put]) -> list[Turn]:
    """Make the turns that a proposal would give; what is no longer there is left out."""
    slots = {slot.pk: slot for slot in standing.all_slots()}
    classes = {one.pk: one for one in standing.classes}
    return [
        Turn(
            term=standing.term,
            slot=slots[put.slot],
            school_class=classes[put.school_class],
            weeks=put.weeks.value,
        )
        for put in puts
        if put.slot in slots and put.school_class in classes
    ]


def _changes(standing: Standing, before: set[Put], after: set[Put]) -> list[Change]:
    slots = {slot.pk: slot for slot in standing.all_slots()}
    found = []
    for one in standing.classes:
        gone = [put for put in before - after if put.school_class == one.pk]
        new = [put for put in after - before if put.school_class == one.pk]
        if gone or new:
            name = class_name(one, standing.term.year.first_year)
            found.append(Change(name=name, before=_said(gone, slots), after=_said(new, slots)))
    return found


def _said(puts: Iterable[Put], slots: dict[int, Slot]) -> tuple[str, ...]:
    known = [put for put in puts if put.slot in slots]
    in_order = sorted(known, key=lambda put: (slots[put.slot].weekday, put.slot, put.weeks))
    return tuple(_where(slots[put.slot], put) for put in in_order)


def _where(slot: Slot, put: Put) -> str:
    where = wording.slot(slot.weekday, slot.period.name)
    return where if put.weeks is Weeks.EVERY else f"{where} {put.weeks.upper()}"
