"""Loans and holds: kept, never overwritten; retention takes the reader off a returned loan."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shuxiang.catalogue.models import Copy, Holding
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager
from shuxiang.readers.models import Reader, SchoolClass


class ReaderForgotten(Exception):
    """Retention has taken the reader off the loan."""


class LoanQuerySet(models.QuerySet["Loan"]):
    def on_hand(self) -> LoanQuerySet:
        return self.filter(returned_at=None)

    def overdue(self, today: date) -> LoanQuerySet:
        return self.on_hand().filter(due_on__lt=today)

    def counted(self) -> LoanQuerySet:
        """Loans that happened: not those undone."""
        return self.filter(undone_at=None)


class Loan(models.Model):
    """One copy with one reader."""

    class Kind(models.TextChoices):
        HOME = "home", _("Taken home")
        IN_ROOM = "in_room", _("Used in the room")

    class Channel(models.TextChoices):
        DESK = "desk", _("Desk")
        VISIT = "visit", _("Class visit")
        KIOSK = "kiosk", _("Self-service")
        IMPORTED = "imported", _("Brought over")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    copy = models.ForeignKey(Copy, models.PROTECT, related_name="loans")
    reader = models.ForeignKey(Reader, models.PROTECT, null=True, related_name="loans")
    """None once retention has taken the reader off; the four facts below stay for the counts."""
    reader_category = models.CharField(max_length=10, choices=Reader.Category)
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, related_name="+")
    grade = models.PositiveSmallIntegerField(null=True)
    visit = models.ForeignKey("circulation.Visit", models.PROTECT, null=True, related_name="loans")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.HOME)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.DESK)
    lent_at = models.DateTimeField()
    lent_on = models.DateField()
    """The school's day of `lent_at`."""
    due_on = models.DateField()
    due_at_visit = models.BooleanField(default=False, db_default=False)
    """Its class brings it back at a visit: it follows the rotation."""
    due_time = models.TimeField(null=True)
    """Closing time, for a loan within the room."""
    renewals = models.PositiveSmallIntegerField(default=0)
    renewed_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_on = models.DateField(null=True)
    undone_at = models.DateTimeField(null=True)
    """The loan was taken back as a mistake; it counts nowhere."""

    objects = SchoolManager.from_queryset(LoanQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["copy"], condition=Q(returned_at=None), name="one_open_loan_a_copy"
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_on=None)
                | Q(returned_at__isnull=False, returned_on__isnull=False),
                name="a_return_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(returned_at__gte=F("lent_at")),
                name="returned_after_lent",
            ),
            models.CheckConstraint(
                condition=Q(reader__isnull=False) | Q(returned_at__isnull=False),
                name="an_open_loan_has_a_reader",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(returned_at__isnull=False),
                name="an_undone_loan_is_closed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["reader"], condition=Q(returned_at=None), name="loans_on_hand_of_reader"
            ),
            models.Index(fields=["school", "lent_on"], name="loans_by_day"),
            models.Index(fields=["school", "returned_on"], name="returns_by_day"),
            models.Index(
                fields=["school", "due_on"], condition=Q(returned_at=None), name="loans_on_hand_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.copy_id} {self.lent_on}"

    @property
    def borrower(self) -> Reader:
        """The reader of a loan that still has one.

        :raises ReaderForgotten: if retention has taken the reader off
        """
        if self.reader is None:
            raise ReaderForgotten(self.pk)
        return self.reader


class HoldQuerySet(models.QuerySet["Hold"]):
    def open(self) -> HoldQuerySet:
        return self.filter(state__in=[Hold.State.WAITING, Hold.State.READY])


class Hold(models.Model):
    """A reader waits for a title; when a copy comes in it goes to the hold shelf."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        READY = "ready", _("On the hold shelf")
        FILLED = "filled", _("Borrowed")
        CANCELLED = "cancelled", _("Cancelled")
        EXPIRED = "expired", _("Not fetched")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="holds")
    reader = models.ForeignKey(Reader, models.PROTECT, null=True, related_name="holds")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    placed_at = models.DateTimeField()
    copy = models.ForeignKey(Copy, models.PROTECT, null=True, related_name="holds")
    place = models.PositiveSmallIntegerField(null=True)
    """Pigeonhole on the hold shelf."""
    ready_at = models.DateTimeField(null=True)
    fetch_by = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = SchoolManager.from_queryset(HoldQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["holding", "reader"],
                condition=Q(state__in=["waiting", "ready"]),
                name="one_open_hold_a_reader_and_title",
            ),
            models.UniqueConstraint(
                fields=["copy"], condition=Q(state="ready"), name="one_ready_hold_a_copy"
            ),
            models.UniqueConstraint(
                fields=["school", "place"], condition=Q(state="ready"), name="one_hold_a_pigeonhole"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready")
                | Q(copy__isnull=False, place__isnull=False, fetch_by__isnull=False),
                name="a_ready_hold_has_its_copy_and_place",
            ),
            models.CheckConstraint(
                condition=Q(reader__isnull=False) | ~Q(state__in=["waiting", "ready"]),
                name="an_open_hold_has_a_reader",
            ),
        ]
        indexes = [models.Index(fields=["holding", "placed_at"], name="hold_queue")]

    def __str__(self) -> str:
        return f"{self.holding_id} {self.state}"
