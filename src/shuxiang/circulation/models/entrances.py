"""Who came into the reading room: a reader by card, a whole class, or a number of people."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager
from shuxiang.readers.models import Reader, SchoolClass


class EntranceQuerySet(models.QuerySet["Entrance"]):
    def standing(self) -> EntranceQuerySet:
        return self.filter(taken_back_at=None)


class Entrance(models.Model):
    """Somebody came in to read."""

    class Way(models.TextChoices):
        CARD = "card", _("Card")
        CLASS = "class", _("Whole class")
        COUNT = "count", _("Counted")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=Way)
    category = models.CharField(max_length=10, choices=Reader.Category)
    reader = models.ForeignKey(Reader, models.PROTECT, null=True, related_name="entrances")
    """None where a class or a number came, and once retention has taken the reader off."""
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, related_name="+")
    people = models.PositiveSmallIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    objects = SchoolManager.from_queryset(EntranceQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="somebody_came"),
            models.CheckConstraint(
                condition=~Q(way="card") | Q(people=1), name="a_card_is_one_person"
            ),
            models.CheckConstraint(
                condition=~Q(way="class") | Q(school_class__isnull=False),
                name="a_class_that_came_is_named",
            ),
        ]
        indexes = [models.Index(fields=["school", "on"], name="entrances_by_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.way} {self.people}"
