"""What a kiosk tells a reader when a scan is no act, and why nothing was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shuxiang.catalogue.models import Copy
from shuxiang.circulation.queries import Kind
from shuxiang.circulation.rules import Objection
from shuxiang.readers.models import Reader


class Shut(StrEnum):
    """Why a device shows no kiosk."""

    NOT_ENROLLED = "not_enrolled"
    NOT_OPEN = "not_open"
    SIGNED_IN = "signed_in"


class Trouble(StrEnum):
    """Why nothing was recorded although the scan was understood."""

    LOAN_REFUSED = "loan_refused"
    NO_CARD = "no_card"
    NUMBER_USED = "number_used"
    CLOCK_WENT_BACK = "clock_went_back"
    DISK_FULL = "disk_full"
    DATABASE_BUSY = "database_busy"


QUIET = frozenset({Kind.SHOW_READER, Kind.NOTHING})
NOTES = frozenset({Kind.NEEDS_READER, Kind.SAME_AGAIN})
WAITS = frozenset({Trouble.DISK_FULL, Trouble.DATABASE_BUSY})
STATUS: dict[Kind | Trouble, int] = {
    Trouble.NUMBER_USED: 409,
    Trouble.CLOCK_WENT_BACK: 409,
    Trouble.DISK_FULL: 503,
    Trouble.DATABASE_BUSY: 503,
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """An answer that stands for no act."""

    what: Kind | Trouble
    copy: Copy | None = None
    reader: Reader | None = None
    objections: tuple[Objection, ...] = ()

    @property
    def kind(self) -> str:
        """Which clothes the row wears."""
        if self.what in WAITS:
            return "waiting"
        return "note" if self.what in NOTES else "refused"

    @property
    def is_shown(self) -> bool:
        return self.what not in QUIET

    @property
    def tone(self) -> str:
        if self.what in QUIET:
            return "good"
        return "hold" if self.what in NOTES else "bad"

    @property
    def status(self) -> int:
        return STATUS.get(self.what, 422 if self.tone == "bad" else 200)
