"""What a barcode names. Reads only."""

from __future__ import annotations

from django.db.models import Count
from django_scopes import scopes_disabled

from shuxiang.platform.invariants import Broken
from shuxiang.platform.numbers.models import Barcode
from shuxiang.platform.schools.models import School

EXAMPLES = 5


def broken_invariants(school: School) -> list[Broken]:
    """Find barcodes that name two living things at once, which the database itself refuses."""
    living = Barcode.objects.filter(school=school, retired_at=None).order_by()
    twice = living.values("code").annotate(n=Count("pk")).filter(n__gt=1)
    codes = list(twice.values_list("code", flat=True))
    if not codes:
        return []
    return [
        Broken(code="barcode_of_two_things", count=len(codes), examples=tuple(codes[:EXAMPLES]))
    ]


def kind_of(*, school: School, code: str) -> Barcode.Kind | None:
    """Tell whether a code names a living copy or reader of the school."""
    kind = (
        Barcode.objects.filter(school=school, code=code, retired_at=None)
        .values_list("kind", flat=True)
        .first()
    )
    return Barcode.Kind(kind) if kind else None


def other_school_of(*, school: School, code: str) -> School | None:
    """Name the other school on this server whose copy bears the code, and tell nothing else."""
    with scopes_disabled():
        found = (
            Barcode.objects.filter(code=code, retired_at=None, kind=Barcode.Kind.COPY)
            .exclude(school=school)
            .select_related("school")
            .order_by("id")
            .first()
        )
    return found.school if found else None


def living_codes(*, school: School, codes: set[str]) -> set[str]:
    """Tell which of these codes name something that lives, in one query."""
    found = Barcode.objects.filter(school=school, code__in=codes, retired_at=None)
    return set(found.values_list("code", flat=True))
