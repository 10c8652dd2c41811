"""Which copies of an accession may go as if they had never come. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from shuxiang.catalogue.models import AccessionBatch, Copy, Holding, Standing
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.resting import resting_on

RETITLING = ("catalogue.change_title", "catalogue.change_holding")
SEEING = ".see_"
CHANGED = "changed"
"""Somebody has changed the copy or its title since it came."""


@dataclass(frozen=True, kw_only=True)
class CopiesTakenBack:
    """The copies that may go, and those that stay by what rests on them.

    The reason is `changed`, or the label of the table whose rows name the copy. A copy may have
    several.
    """

    going: frozenset[int]
    staying: Mapping[str, frozenset[int]]

    @property
    def stay(self) -> frozenset[int]:
        return frozenset().union(*self.staying.values())


def copies_to_take_back(accession: AccessionBatch) -> CopiesTakenBack:
    """Tell which copies of an accession stand as they came, and what rests on the others."""
    copies = Copy.objects.filter(school=accession.school, accession=accession)
    staying = dict(resting_on(copies))
    if changed := _changed(copies, accession):
        staying[CHANGED] = changed
    stay: frozenset[int] = frozenset().union(*staying.values())
    every = frozenset(copies.values_list("pk", flat=True))
    return CopiesTakenBack(going=every - stay, staying=staying)


def _changed(copies: QuerySet[Copy], accession: AccessionBatch) -> frozenset[int]:
    """Find copies that do not stand as they came; what moved them in the registers is among it."""
    entries = Entry.objects.filter(school=accession.school)
    touched = entries.filter(subject_label=Copy._meta.label, subject_id__in=copies.values("pk"))
    retitled = entries.filter(
        subject_label=Holding._meta.label, verb__in=RETITLING, at__gte=accession.entered_at
    )
    moved = copies.filter(
        Q(pk__in=touched.exclude(verb__contains=SEEING).values("subject_id"))
        | Q(holding__in=retitled.values("subject_id"))
        | ~Q(standing=Standing.ON_SHELF)
    )
    return frozenset(moved.values_list("pk", flat=True))
