from django.db import models
from django.db.models import Q

from shuxiang.platform.schools.scoping import SchoolManager


class Barcode(models.Model):
    """A printed number and what kind of thing it names; one living thing a number in a school."""

    class Kind(models.TextChoices):
        COPY = "copy"
        READER = "reader"

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    code = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=Kind)
    retired_at = models.DateTimeField(null=True)

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "code"],
                condition=Q(retired_at=None),
                name="a_barcode_names_one_living_thing",
            ),
        ]
        indexes = [models.Index(fields=["code"], name="barcode_anywhere")]

    def __str__(self) -> str:
        return self.code


class Sequence(models.Model):
    """A running number of a school: what it gave once it never gives again."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    last = models.PositiveBigIntegerField(default=0)

    objects = SchoolManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="one_sequence")]

    def __str__(self) -> str:
        return self.name
