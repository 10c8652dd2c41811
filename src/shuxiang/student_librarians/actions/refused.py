"""What every refusal of this room looks like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from shuxiang.student_librarians.rules import Objection, Refusal


class HelperRefused(Exception):
    """Objections stand; nothing was written. The page shows each in words."""

    def __init__(self, objections: Sequence[Objection]) -> None:
        super().__init__(", ".join(objection.reason for objection in objections))
        self.objections = tuple(objections)

    @property
    def reasons(self) -> list[Refusal]:
        return [objection.reason for objection in self.objections]


def refuse_if(objections: Sequence[Objection]) -> None:
    """
    Go on only if nothing stands against it.

    :raises HelperRefused: with all objections at once
    """
    if objections:
        raise HelperRefused(objections)


def refuse(reason: Refusal, **details: object) -> NoReturn:
    """
    Stop here for one reason.

    :raises HelperRefused: always
    """
    raise HelperRefused([Objection(reason=reason, details=details)])
