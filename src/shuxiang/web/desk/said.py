"""What the desk says when a scan is no act: refused, to be chosen, not known, not recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from shuxiang.catalogue.models import Copy
from shuxiang.circulation.actions import Kept
from shuxiang.circulation.queries import Kind, Scan
from shuxiang.circulation.rules import HoldReason, Objection, Reason, UndoReason, Weight
from shuxiang.readers.models import Reader
from shuxiang.student_librarians.rules import DeskRefusal


class Trouble(StrEnum):
    """Why nothing was recorded although the scan was understood."""

    LOAN_REFUSED = "loan_refused"
    RENEWAL_REFUSED = "renewal_refused"
    HOLD_REFUSED = "hold_refused"
    UNDO_REFUSED = "undo_refused"
    NUMBER_USED = "number_used"
    CLOCK_WENT_BACK = "clock_went_back"
    DISK_FULL = "disk_full"
    DATABASE_BUSY = "database_busy"
    LOCKED = "locked"
    APPROVER_UNKNOWN = "approver_unknown"
    APPROVER_MAY_NOT = "approver_may_not"
    TOO_MANY_TRIES = "too_many_tries"
    NO_READER = "no_reader"
    CARD_NOT_BOOK = "card_not_book"
    BOOK_NOT_ADDED = "book_not_added"
    VISIT_CLOSED = "visit_closed"
    PIN_WRONG = "pin_wrong"


class Done(StrEnum):
    """What was done that is no act with a row of its own."""

    BOOK_ADDED = "book_added"
    CLOCK_TRUSTED = "clock_trusted"


NOTES = frozenset({Kind.NEEDS_READER, Kind.SAME_AGAIN, Kind.OTHER_SCHOOL, Trouble.CARD_NOT_BOOK})
WAITS = frozenset({Trouble.CLOCK_WENT_BACK, Trouble.DISK_FULL, Trouble.DATABASE_BUSY})
QUIET = frozenset({Kind.SHOW_READER, Kind.NOTHING})
ASKS = frozenset({Kind.CHOOSE})


@dataclass(frozen=True, kw_only=True)
class Said:
    """A row that stands for no act; nothing was written."""

    what: Kind | Trouble | Done | DeskRefusal
    scan: Scan | None = None
    code: str = ""
    copy: Copy | None = None
    reader: Reader | None = None
    objections: tuple[Objection, ...] = ()
    kept: tuple[Kept, ...] = ()
    hold_reasons: tuple[HoldReason, ...] = ()
    undo_reason: UndoReason | None = None
    lines: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Which clothes the row wears."""
        if self.what in WAITS:
            return "waiting"
        if isinstance(self.what, Done):
            return "back"
        return "note" if self.what in NOTES else "refused"

    @property
    def is_shown(self) -> bool:
        return self.what not in QUIET

    @property
    def tone(self) -> str:
        if self.what in QUIET or isinstance(self.what, Done):
            return "good"
        return "hold" if self.what in ASKS else "bad"

    @property
    def status(self) -> int:
        return STATUS.get(self.what, 422 if self.tone == "bad" else 200)

    @property
    def may_pass(self) -> bool:
        """Whether a librarian may lend all the same."""
        return bool(self.objections) and all(
            objection.weight is not Weight.REFUSE for objection in self.objections
        )

    @property
    def to_confirm(self) -> tuple[Reason, ...]:
        return tuple(o.reason for o in self.objections if o.weight is Weight.CONFIRM)

    @property
    def only_in_room(self) -> bool:
        """Whether reading it in the room is all that can be offered."""
        against = [o.reason for o in self.objections if o.weight is Weight.REFUSE]
        return against == [Reason.IN_ROOM_ONLY]


STATUS: dict[Kind | Trouble | Done | DeskRefusal, int] = {
    Trouble.NUMBER_USED: 409,
    Trouble.CLOCK_WENT_BACK: 409,
    Trouble.DISK_FULL: 503,
    Trouble.DATABASE_BUSY: 503,
    Trouble.LOCKED: 423,
    Trouble.TOO_MANY_TRIES: 429,
    DeskRefusal.NOT_FOR_HELPERS: 403,
}
