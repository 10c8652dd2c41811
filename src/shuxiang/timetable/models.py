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


class OpeningHours(models.Model):
    """When a room is open, for whom, on which weekday, within which dates."""

    class Audience(models.TextChoices):
        ALL = "all", _("Everyone")
        PUPILS = "pupils", _("Pupils")
        TEACHERS = "teachers", _("Teachers")
        GRADE = "grade", _("One grade")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    room = models.CharField(max_length=40, blank=True)
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens_at = models.TimeField()
    closes_at = models.TimeField()
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
        ]
        ordering = ["weekday", "opens_at"]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens_at}–{self.closes_at}"

    def holds_on(self, day: date) -> bool:
        return (
            self.weekday == day.weekday()
            and (self.from_on is None or self.from_on <= day)
            and (self.until_on is None or day <= self.until_on)
        )


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


class Wish(models.Model):
    """What the rotation of a term shall keep: for whom, and on which days, parts or periods."""

    class Kind(models.TextChoices):
        COMES = "comes", _("how often they come")
        ONLY = "only", _("only then")
        NOT = "not", _("never then")
        WANTS = "wants", _("at least once then")
        APART = "apart", _("days between two visits")
        TEACHER = "teacher", _("one teacher, one class at a time")
        EVEN = "even", _("all days alike")
        STAY = "stay", _("what stands is not moved")

    class Weight(models.TextChoices):
        MUST = "must", _("must")
        WISH = "wish", _("as far as it can")

    class Part(models.TextChoices):
        MORNING = "morning", _("in the morning")
        AFTERNOON = "afternoon", _("in the afternoon")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, related_name="wishes")
    kind = models.CharField(max_length=10, choices=Kind)
    weight = models.CharField(max_length=4, choices=Weight, default=Weight.MUST)
    first_grade = models.PositiveSmallIntegerField(null=True, blank=True)
    """From which grade to which; all classes where neither grades nor a class are named."""
    last_grade = models.PositiveSmallIntegerField(null=True, blank=True)
    school_class = models.ForeignKey(
        "readers.SchoolClass", models.PROTECT, null=True, blank=True, related_name="+"
    )
    purpose = models.CharField(max_length=10, choices=Slot.Purpose, blank=True)
    weekdays = models.JSONField(default=list, blank=True)
    """Counted from Monday, 0; any day where there is none."""
    part = models.CharField(max_length=10, choices=Part, blank=True)
    period = models.ForeignKey(Period, models.PROTECT, null=True, blank=True, related_name="+")
    times = models.PositiveSmallIntegerField(default=1)
    """How often a class comes, or how many days lie between."""
    every = models.PositiveSmallIntegerField(
        default=1, choices=[(1, _("every week")), (2, _("every second week"))]
    )
    why = models.CharField(max_length=60, blank=True)

    objects = SchoolManager()

    class Meta:
        verbose_name_plural = "wishes"
        constraints = [
            models.CheckConstraint(
                condition=Q(first_grade=None, last_grade=None)
                | Q(first_grade__lte=F("last_grade"), school_class=None),
                name="a_wish_is_for_grades_or_a_class",
            ),
            models.CheckConstraint(condition=Q(times__gte=1), name="a_wish_counts_from_one"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.weight}"


class Proposal(models.Model):
    """A rotation that was solved: looked at beside the one that stands, then accepted or not."""

    class State(models.TextChoices):
        SOLVING = "solving", _("being solved")
        READY = "ready", _("waits for a decision")
        IMPOSSIBLE = "impossible", _("cannot be")
        FAILED = "failed", _("not found")
        ACCEPTED = "accepted", _("accepted")
        SET_ASIDE = "set_aside", _("set aside")
        TAKEN_BACK = "taken_back", _("taken back")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, related_name="proposals")
    job = models.ForeignKey("jobs.Job", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.SOLVING)
    puts = models.JSONField(default=list)
    """Slot, class and weeks of each turn."""
    before = models.JSONField(default=list)
    """The rotation that it took the place of, to go back to."""
    answer = models.JSONField(default=dict)
    """What the solver says of it: cost, bound, wishes that are missed, or that clash."""
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term"], condition=Q(state="solving"), name="one_rotation_is_solved_at_once"
            ),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.term} {self.state}"
