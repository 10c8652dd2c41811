"""What the search index keeps of a title. The terms themselves stand where each database has its own index for them.

On SQLite that is the table `catalogue_terms` (FTS5), one row a card under the same key; on PostgreSQL the column
`terms` of the cards. Both are written by `actions.indexing` alone; a card that is deleted takes its terms along.
"""

from __future__ import annotations

from django.db import models

from shuxiang.catalogue.models.stock import Holding
from shuxiang.catalogue.models.titles import Audience
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager


class IndexCard(models.Model):
    """A title of a school as the index knows it, made plain; several of a kind stand between blanks."""

    holding = models.OneToOneField(
        Holding, models.CASCADE, primary_key=True, related_name="index_card"
    )
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300, blank=True)
    volume = models.CharField(max_length=80, blank=True)
    people = models.CharField(max_length=300, blank=True)
    series = models.CharField(max_length=200, blank=True)
    sounds = models.CharField(max_length=600, blank=True)
    people_sounds = models.CharField(max_length=600, blank=True)
    spoken = models.CharField(max_length=600, blank=True)
    """The likeliest reading of the name by syllables."""
    main_class = models.CharField(max_length=2, blank=True)
    audience = models.CharField(max_length=1, choices=Audience, blank=True)

    is_derived = True
    """Whatever it says stands in the catalogue as well."""

    objects = SchoolManager()

    class Meta:
        indexes = [
            models.Index(fields=["school", "holding"], name="card_by_holding"),
            models.Index(fields=["school", "main_class", "holding"], name="card_by_class"),
            models.Index(fields=["school", "audience", "holding"], name="card_by_audience"),
        ]

    def __str__(self) -> str:
        return self.name
