"""Which class comes when, what falls out of it, and who may follow it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager
from shuxiang.timetable.models.days import Period, Term, Weekday


class Slot(models.Model):
    """What a class can be given: a period of a weekday, for lending or for reading."""

    class Purpose(models.TextChoices):
        LENDING = "lending", _("Borrow and return")
        READING = "reading", _("Read in the room")
        LESSON = "lesson", _("Reading lesson")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    period = models.ForeignKey(Period, models.PROTECT, related_name="slots")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.LENDING)
    capacity = models.PositiveSmallIntegerField(default=1)
    """How many classes fit at once; 0 once it is given no more and past turns rest on it."""

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "weekday", "period", "purpose"], name="one_slot_a_period"
            ),
        ]
        ordering = ["weekday", "period__starts_at"]

    def __str__(self) -> str:
        return f"{self.weekday} {self.period}"


class TurnQuerySet(models.QuerySet["Turn"]):
    def standing(self) -> TurnQuerySet:
        """Those that were not taken away."""
        return self.filter(ended_on=None)

    def on(self, day: date) -> TurnQuerySet:
        """Those whose dates hold on a day, whatever its weekday and its letter."""
        return self.filter(
            Q(from_on=None) | Q(from_on__lte=day),
            Q(ended_on=None) | Q(ended_on__gt=day),
            term__starts_on__lte=day,
            term__ends_on__gte=day,
        )


class Turn(models.Model):
    """A class's place in the rotation of a term (轮流安排): its slot, every week or in A or B weeks."""

    class Weeks(models.TextChoices):
        EVERY = "every", _("Every week")
        A = "a", _("A weeks")
        B = "b", _("B weeks")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, related_name="turns")
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="turns")
    school_class = models.ForeignKey("readers.SchoolClass", models.PROTECT, related_name="+")
    weeks = models.CharField(max_length=5, choices=Weeks, default=Weeks.EVERY)
    from_on = models.DateField(null=True, blank=True)
    """First day, when it was given after the term began."""
    ended_on = models.DateField(null=True, blank=True)
    """The day from which it holds no more: what was offered before stays told."""
    is_pinned = models.BooleanField(default=False)
    """It stays where it is when the rotation is solved again."""

    objects = SchoolManager.from_queryset(TurnQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term", "slot", "school_class"],
                condition=Q(ended_on=None),
                name="a_class_has_a_slot_once",
            ),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("from_on")),
                name="a_turn_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class} {self.slot}"

    @property
    def first_day(self) -> date:
        return self.from_on or self.term.starts_on


class MissedVisit(models.Model):
    """A visit that the rotation offers on a day and that does not take place, and its catching up."""

    class Reason(models.TextChoices):
        HOLIDAY = "holiday", _("Holiday")
        EXAM = "exam", _("Exam")
        OTHER = "other", _("Something else")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    turn = models.ForeignKey(Turn, models.PROTECT, related_name="missed")
    on = models.DateField()
    reason = models.CharField(max_length=10, choices=Reason)
    why = models.CharField(max_length=60, blank=True)
    caught_up_on = models.DateField(null=True, blank=True)
    caught_up_slot = models.ForeignKey(
        Slot, models.PROTECT, null=True, blank=True, related_name="catching_up"
    )

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["turn", "on"], name="a_visit_is_missed_once"),
            models.CheckConstraint(
                condition=Q(caught_up_on=None, caught_up_slot=None)
                | Q(caught_up_on__isnull=False, caught_up_slot__isnull=False),
                name="caught_up_on_a_day_in_a_slot",
            ),
        ]
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.turn} {self.on}"


class ClassFeed(models.Model):
    """The secret address at which a calendar follows when a class comes; a new one ends the old."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    school_class = models.OneToOneField("readers.SchoolClass", models.PROTECT, related_name="+")
    secret = models.CharField(max_length=60, unique=True)
    opened_at = models.DateTimeField()

    objects = SchoolManager()

    def __str__(self) -> str:
        return f"{self.school_class}"
