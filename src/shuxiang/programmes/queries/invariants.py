"""What must never be among pairs and sessions, looked for by `check-data`."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from shuxiang.platform.invariants import Broken
from shuxiang.platform.schools.models import School
from shuxiang.programmes.models import Pair, Session

EXAMPLES = 5


def broken_invariants(school: School) -> list[Broken]:
    """Find pupils in two pairs at once, and rows that hang on another school's."""
    pairs, sessions = Pair.objects.filter(school=school), Session.objects.filter(school=school)
    guides = pairs.standing().values("guide")
    elsewhere = ~Q(school_class__school=school)
    for who in ("guide", "reader"):
        elsewhere |= ~Q(**{who: None}) & ~Q(**{f"{who}__school": school})
    strange = ~Q(term__school=school) | (~Q(school_class=None) & ~Q(school_class__school=school))
    found: dict[str, QuerySet[Any]] = {
        "programmes.in_two_pairs": pairs.standing().filter(reader__in=guides),
        "programmes.pairs_of_another_school": pairs.filter(elsewhere),
        "programmes.sessions_of_another_school": sessions.filter(strange),
    }
    broken = []
    for code, rows in found.items():
        if count := rows.count():
            keys = rows.order_by("pk").values_list("pk", flat=True)[:EXAMPLES]
            broken.append(Broken(code=code, count=count, examples=tuple(map(str, keys))))
    return broken
