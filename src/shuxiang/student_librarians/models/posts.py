"""Who helps in a term, whom they serve, and when."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.student_librarians.rules import Hours
from shuxiang.timetable.models import Term, Weekday


class PostQuerySet(models.QuerySet["Post"]):
    def standing(self) -> PostQuerySet:
        """Those that were neither declined nor ended."""
        return self.filter(state__in=[Post.State.PROPOSED, Post.State.APPOINTED])

    def appointed(self) -> PostQuerySet:
        return self.filter(state=Post.State.APPOINTED)

    def on(self, day: date) -> PostQuerySet:
        return self.filter(term__starts_on__lte=day, term__ends_on__gte=day)


class Post(models.Model):
    """A pupil's way to the desk in one term: proposed, trained, tested, appointed, ended."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Nominated")
        APPOINTED = "appointed", _("Appointed")
        DECLINED = "declined", _("Not taken")
        ENDED = "ended", _("Ended")

    class Work(models.TextChoices):
        DESK = "desk", _("Lending helper")
        SHELVES = "shelves", _("Shelving helper")
        CLASS = "class", _("Class librarian")
        LEAD = "lead", _("Head student librarian")

    class Award(models.TextChoices):
        STAR = "star", _("Star student librarian")
        EXCELLENT = "excellent", _("Excellent student librarian")
        DILIGENT = "diligent", _("Diligent student librarian")

    class Way(models.TextChoices):
        TEACHER = "teacher", _("Named by the class teacher")
        LIBRARIAN = "librarian", _("Named by the librarian")
        PUPIL = "pupil", _("Applied")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    reader = models.ForeignKey(Reader, models.PROTECT, null=True, related_name="+")
    """None once retention has taken the name off."""
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, related_name="+")
    """The class that the pupil was in when proposed."""
    work = models.CharField(max_length=10, choices=Work, default=Work.DESK)
    way = models.CharField(max_length=10, choices=Way)
    why = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    appointed_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    """The day on which it was declined, or ended."""
    closed_why = models.CharField(max_length=120, blank=True)
    mark = models.PositiveSmallIntegerField(null=True)
    """The librarian's mark at the end of the term, of 100."""
    award = models.CharField(max_length=10, choices=Award, blank=True)

    objects = SchoolManager.from_queryset(PostQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(mark=None) | Q(mark__lte=100), name="a_mark_is_at_most_100"
            ),
            models.UniqueConstraint(
                fields=["term", "reader"],
                condition=Q(state__in=["proposed", "appointed"]),
                name="one_standing_post_a_term",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["appointed", "ended"]) | Q(appointed_on__isnull=False),
                name="an_appointment_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["declined", "ended"], closed_on__isnull=False)
                | Q(state__in=["proposed", "appointed"], closed_on=None),
                name="what_is_closed_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(reader__isnull=False) | ~Q(state="proposed"),
                name="who_is_proposed_has_a_name",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.term_id} {self.work} {self.pk}"


class ServedClass(models.Model):
    """A class that a helper serves; a post that names none serves everybody."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="served")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="+")

    objects = SchoolManager()

    class Meta:
        verbose_name_plural = "served classes"
        constraints = [
            models.UniqueConstraint(fields=["post", "school_class"], name="a_class_is_served_once")
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.school_class_id}"


class ShiftQuerySet(models.QuerySet["Shift"]):
    def given(self) -> ShiftQuerySet:
        """Those that can be given to helpers."""
        return self.filter(places__gt=0)


class Shift(models.Model):
    """When helpers are wanted each week, and how many at once (值日时段)."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    name = models.CharField(max_length=20)
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    places = models.PositiveSmallIntegerField(default=2)
    """How many helpers are wanted; 0 once it is given no more and what was done rests on it."""

    objects = SchoolManager.from_queryset(ShiftQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_shift_has_minutes"
            ),
        ]
        ordering = ["weekday", "starts_at", "id"]

    def __str__(self) -> str:
        return f"{self.weekday} {self.name}"

    @property
    def clock(self) -> Hours:
        return Hours(weekday=self.weekday, starts_at=self.starts_at, ends_at=self.ends_at)


class PostShift(models.Model):
    """Hours of an appointment; a post that names none may help at any time."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="hours")
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="+")

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "shift"], name="a_shift_a_post_once")
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.shift_id}"
