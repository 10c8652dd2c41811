"""Who brings whom along to read."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager
from shuxiang.readers.models import Reader, SchoolClass


class PairQuerySet(models.QuerySet["Pair"]):
    def standing(self) -> PairQuerySet:
        return self.filter(until_on=None)


class Pair(models.Model):
    """A keen reader of a class and one who does not borrow, from a day on (阅读结对)."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="+")
    guide = models.ForeignKey(Reader, models.PROTECT, null=True, related_name="+")
    """Who brings the other along; both are None once retention has taken the names off."""
    reader = models.ForeignKey(Reader, models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    confirmed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    own_before = models.PositiveSmallIntegerField(null=True)
    """This and the six below: what was counted before the loans lost their names."""
    own_after = models.PositiveSmallIntegerField(null=True)
    rest_before = models.PositiveIntegerField(null=True)
    rest_after = models.PositiveIntegerField(null=True)
    rest_pupils = models.PositiveSmallIntegerField(null=True)
    open_before = models.PositiveSmallIntegerField(null=True)
    open_after = models.PositiveSmallIntegerField(null=True)

    objects = SchoolManager.from_queryset(PairQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(guide=F("reader")), name="a_pair_is_of_two"),
            models.UniqueConstraint(
                fields=["reader"], condition=Q(until_on=None), name="one_standing_pair_a_reader"
            ),
            models.UniqueConstraint(
                fields=["guide"], condition=Q(until_on=None), name="one_standing_pair_a_guide"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=False) | Q(guide__isnull=False, reader__isnull=False),
                name="a_standing_pair_has_names",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_pair_ends_after_it_begins",
            ),
        ]
        ordering = ["-from_on", "-id"]

    def __str__(self) -> str:
        return f"{self.school_class_id} {self.from_on}"
