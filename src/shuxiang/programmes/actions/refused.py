"""What a refusal of this room looks like."""

from __future__ import annotations

from typing import NoReturn

from shuxiang.programmes.rules import Refusal


class ProgrammeRefused(Exception):
    """Something stands against it; nothing was written. The page shows it in words."""

    def __init__(self, reason: Refusal, details: dict[str, object]) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details


def refuse(reason: Refusal, **details: object) -> NoReturn:
    """
    Stop here for one reason.

    :raises ProgrammeRefused: always
    """
    raise ProgrammeRefused(reason, details)
