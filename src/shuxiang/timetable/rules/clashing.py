"""Which wishes can't be kept together? Those of which none can be left out, and the cheapest."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from shuxiang.timetable.rules.modelling import Model
from shuxiang.timetable.rules.wishes import Clash, Problem, Weight, Wish

A_TRY = 3.0
ALL_TRIES = 40.0
"""Seconds; what is not known by then is taken for possible, so that no wish is blamed wrongly."""


def clash_of(problem: Problem, *, workers: int) -> Clash:
    """Name wishes of an impossible problem that clash, each with what giving it up would cost."""
    return _Search(problem, workers).clash()


class _Search:
    def __init__(self, problem: Problem, workers: int) -> None:
        self._problem = problem
        self._workers = workers
        self._until = time.monotonic() + ALL_TRIES
        self._is_sure = True

    def clash(self) -> Clash:
        musts = [wish for wish in self._problem.wishes if wish.is_must]
        least = self._least([], musts, is_new=False)
        costs = {wish.key: self._cost(wish, least) for wish in least}
        return Clash(
            wishes=tuple(wish.key for wish in least),
            costs={key: cost for key, cost in costs.items() if cost is not None},
            classes={wish.key: len(wish.classes) for wish in least},
            is_least=self._is_sure,
        )

    def _least(self, kept: list[Wish], open_: Sequence[Wish], *, is_new: bool) -> list[Wish]:
        """Halve what is open until only what is needed for the clash is left (QuickXplain)."""
        if is_new and not self._is_possible(kept):
            return []
        if len(open_) <= 1:
            return list(open_)
        half = len(open_) // 2
        first, second = open_[:half], open_[half:]
        of_second = self._least([*kept, *first], second, is_new=True)
        of_first = self._least([*kept, *of_second], first, is_new=bool(of_second))
        return [*of_first, *of_second]

    def _is_possible(self, wishes: Sequence[Wish]) -> bool:
        if time.monotonic() > self._until:
            self._is_sure = False
            return True
        found = Model(self._problem, wishes).is_possible(seconds=A_TRY, workers=self._workers)
        self._is_sure &= found is not None
        return found is not False

    def _cost(self, given_up: Wish, least: Sequence[Wish]) -> int | None:
        """Count what would lie otherwise than a wish says while the others of the clash are kept."""
        wishes = [replace(wish, weight=Weight.WISH) if wish is given_up else wish for wish in least]
        answer = Model(self._problem, wishes).solve(seconds=A_TRY, workers=self._workers)
        return answer.missed.get(given_up.key)
