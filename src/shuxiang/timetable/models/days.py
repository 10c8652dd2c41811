"""The school's days and hours."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.schools.models import School, SchoolYear
from shuxiang.platform.schools.scoping import SchoolManager


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Term(models.Model):
    """One of the two terms of a school year; week 1 begins on the Monday of `starts_on`."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(choices=[(1, _("First term")), (2, _("Second term"))])
    starts_on = models.DateField()
    ends_on = models.DateField()
    recall_on = models.DateField(null=True, blank=True)
    """Everything lent in the term is due on this day at the latest."""
    last_lending_on = models.DateField(null=True, blank=True)
    """After it, and as long as the term lasts, nothing is lent that a librarian has not let pass."""

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_term_of_a_number"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="a_term_has_days"),
            models.CheckConstraint(
                condition=Q(recall_on=None)
                | Q(recall_on__gt=F("starts_on"), recall_on__lte=F("ends_on")),
                name="recall_is_within_the_term",
            ),
            models.CheckConstraint(
                condition=Q(last_lending_on=None)
                | Q(last_lending_on__gte=F("starts_on"), last_lending_on__lte=F("ends_on")),
                name="lending_ends_within_the_term",
            ),
        ]
        ordering = ["starts_on"]

    def __str__(self) -> str:
        return f"{self.year} {self.number}"


class DayException(models.Model):
    """A day on which the school says otherwise than the calendar: closed, or open after all."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    on = models.DateField()
    is_open = models.BooleanField(default=False)
    follows = models.PositiveSmallIntegerField(choices=Weekday, null=True, blank=True)
    """Whose weekday's timetable an open day keeps (上周五的课); nothing said: its own."""
    why = models.CharField(max_length=60, blank=True)

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "on"], name="one_word_a_day"),
            models.CheckConstraint(
                condition=Q(follows=None) | Q(is_open=True), name="a_closed_day_has_no_timetable"
            ),
        ]
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on}"


class Period(models.Model):
    """A lesson period, a break or the noon rest: a name and its hours."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    name = models.CharField(max_length=20)
    starts_at = models.TimeField()
    ends_at = models.TimeField()

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="one_period_of_a_name"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_period_has_minutes"
            ),
        ]
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return self.name


class PeriodHours(models.Model):
    """The hours of a period within some dates, where they differ from its own (冬夏作息)."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, models.CASCADE, related_name="seasons")
    from_on = models.DateField()
    until_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()

    objects = SchoolManager()

    class Meta:
        verbose_name_plural = "period hours"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), until_on__gte=F("from_on")),
                name="seasonal_hours_have_minutes_and_days",
            ),
        ]
        ordering = ["from_on", "starts_at"]

    def __str__(self) -> str:
        return f"{self.period} {self.from_on}"


class OpeningHours(models.Model):
    """
    When a room is open, for whom, on which weekday, within which dates.

    Each end is a time by the clock or the beginning or end of a period; the end of no period is
    that of the school day.
    """

    class Audience(models.TextChoices):
        ALL = "all", _("Everyone")
        PUPILS = "pupils", _("Pupils")
        TEACHERS = "teachers", _("Teachers")
        GRADE = "grade", _("One grade")

    class Edge(models.TextChoices):
        BEGINS = "begins", _("Beginning")
        ENDS = "ends", _("End")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    room = models.CharField(max_length=40, blank=True)
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens_at = models.TimeField(null=True, blank=True)
    from_period = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="hours_from"
    )
    from_edge = models.CharField(max_length=6, choices=Edge, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    until_period = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="hours_until"
    )
    until_edge = models.CharField(max_length=6, choices=Edge, blank=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.ALL)
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    objects = SchoolManager()

    class Meta:
        verbose_name_plural = "opening hours"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="opening_hours_have_minutes"
            ),
            models.CheckConstraint(
                condition=Q(audience="grade", grade__isnull=False)
                | (~Q(audience="grade") & Q(grade=None)),
                name="a_grade_where_a_grade_is_meant",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=False, from_period=None, from_edge="")
                | Q(opens_at=None, from_period__isnull=False, from_edge__in=["begins", "ends"]),
                name="hours_open_by_the_clock_or_a_period",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=False, until_period=None, until_edge="")
                | Q(closes_at=None, until_period__isnull=False, until_edge="begins")
                | Q(closes_at=None, until_edge="ends"),
                name="hours_close_by_the_clock_or_a_period",
            ),
        ]
        ordering = ["weekday", "opens_at", "id"]

    def __str__(self) -> str:
        opens = self.opens_at or f"{self.from_period} {self.from_edge}"
        closes = self.closes_at or f"{self.until_period or ''} {self.until_edge}"
        return f"{self.weekday} {opens}–{closes}"

    def holds_on(self, day: date) -> bool:
        return (
            self.weekday == day.weekday()
            and (self.from_on is None or self.from_on <= day)
            and (self.until_on is None or day <= self.until_on)
        )
