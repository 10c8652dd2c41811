"""What every refusal of the timetable looks like."""

from __future__ import annotations

from collections.abc import Sequence

from shuxiang.timetable.rules import Objection, Reason


class TimetableRefused(Exception):
    """Objections stand; nothing was written. The form shows each in words."""

    def __init__(self, objections: Sequence[Objection]) -> None:
        super().__init__(", ".join(objection.reason for objection in objections))
        self.objections = tuple(objections)

    @property
    def reasons(self) -> list[Reason]:
        return [objection.reason for objection in self.objections]


def refuse_if(objections: Sequence[Objection]) -> None:
    """
    Go on only if nothing stands against it.

    :raises TimetableRefused: with all objections at once
    """
    if objections:
        raise TimetableRefused(objections)
