"""Where readers lend and take back by themselves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager


class Kiosk(models.Model):
    """A device that a librarian has enrolled; it proves itself by a token that it alone has."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64, unique=True)
    """Of the token, which is nowhere but on the device."""
    enrolled_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    enrolled_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"],
                condition=Q(taken_back_at=None),
                name="one_kiosk_of_a_name",
            )
        ]

    def __str__(self) -> str:
        return self.name
