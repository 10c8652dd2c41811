"""The evaluation at the end of a term: three parts with weights that everybody can see."""

from __future__ import annotations

from collections.abc import Sequence

WHOLE = 100


def score(parts: Sequence[float | None], weights: Sequence[int]) -> float | None:
    """Weigh the parts, each of 100; a part of which nothing is known does not count."""
    known = [
        (part, weight) for part, weight in zip(parts, weights, strict=True) if part is not None
    ]
    whole = sum(weight for _, weight in known)
    if not whole:
        return None
    return round(sum(part * weight for part, weight in known) / whole, 1)


def share(part: int, whole: int) -> float | None:
    """Tell a share in hundredths; None of nothing."""
    return round(WHOLE * part / whole, 1) if whole else None


def ranks(scores: Sequence[float | None]) -> list[int | None]:
    """Give each its place, the highest first; who has the same score shares the place."""
    return [
        None if one is None else 1 + sum(other is not None and other > one for other in scores)
        for one in scores
    ]
