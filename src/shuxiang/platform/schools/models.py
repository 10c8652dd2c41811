from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.schools import rules
from shuxiang.platform.schools.scoping import SchoolManager


class District(models.Model):
    """A group of schools that share one server and the union catalogue."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A tenant: its readers, copies and loans are seen by itself alone."""

    class Kind(models.TextChoices):
        PRIMARY = "primary", _("Primary school")
        JUNIOR = "junior", _("Junior secondary school")
        SENIOR = "senior", _("Senior secondary school")
        SECONDARY = "secondary", _("Secondary school, junior and senior")
        NINE_YEAR = "nine_year", _("Nine-year school")
        TWELVE_YEAR = "twelve_year", _("Twelve-year school")

    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="schools"
    )
    name = models.CharField(max_length=80)
    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.PRIMARY)
    primary_years = models.PositiveSmallIntegerField(default=6)
    zone = models.CharField(max_length=40, default="Asia/Shanghai")
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    stamp = models.BigIntegerField(default=rules.new_stamp)
    """Another after every entry in the audit but desk acts: what is kept in memory of the school's
    rules holds as long as this is the same."""

    def __str__(self) -> str:
        return self.name

    def day(self, now: datetime) -> date:
        """Tell the school's day at a moment."""
        return rules.local_day(self.zone, now)

    @property
    def grades(self) -> tuple[int, ...]:
        return rules.grades_of(rules.Kind(self.kind), primary_years=self.primary_years)


class SchoolYear(models.Model):
    """1 September to 31 August; the dates are data."""

    school = models.ForeignKey(School, models.PROTECT, related_name="years")
    first_year = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "first_year"], name="one_school_year"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="school_year_has_days"
            ),
        ]
        ordering = ["first_year"]

    def __str__(self) -> str:
        return f"{self.first_year}–{self.first_year + 1}"


class Setting(models.Model):
    """What a school has chosen, by name; what is not here has its default in the code."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    value = models.JSONField()

    objects = SchoolManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="one_setting")]

    def __str__(self) -> str:
        return self.name
