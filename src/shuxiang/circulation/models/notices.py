"""Who was told of books that are not back, and what a class is to do without for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shuxiang.circulation.models.loans import Loan
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager
from shuxiang.readers.models import SchoolClass


class NoticeQuerySet(models.QuerySet["Notice"]):
    def standing(self) -> NoticeQuerySet:
        return self.filter(taken_back_at=None)


class Notice(models.Model):
    """Somebody was told. It names no pupil: its loans do, until retention takes that off them."""

    class Kind(models.TextChoices):
        LATE = "late", _("Late books")
        RECALL = "recall", _("Recall at the end of term")
        NOT_BORROWED = "not_borrowed", _("Pupils who have not borrowed")

    class Whom(models.TextChoices):
        READER = "reader", _("The readers themselves")
        CLASS_TEACHER = "class_teacher", _("Class teacher")
        HEAD = "head", _("School leaders")

    class Channel(models.TextChoices):
        SLIP = "slip", _("Slip of paper")
        CHAT = "chat", _("Class chat")
        MEETING = "meeting", _("Morning meeting")
        SPOKEN = "spoken", _("By word of mouth")
        LIST = "list", _("List for the class teacher")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.LATE)
    whom = models.CharField(max_length=16, choices=Whom)
    channel = models.CharField(max_length=12, choices=Channel)
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, related_name="+")
    """None for teachers and staff."""
    teachers = models.CharField(max_length=120, blank=True)
    """The names of the class's teachers on that day."""
    on = models.DateField()
    told_at = models.DateTimeField()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    books = models.PositiveSmallIntegerField()
    pupils = models.PositiveSmallIntegerField()
    taken_back_at = models.DateTimeField(null=True)

    objects = SchoolManager.from_queryset(NoticeQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["school", "on"], name="notices_by_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.whom}"


class NoticedLoan(models.Model):
    """A book of which a notice told."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="loans")
    loan = models.ForeignKey(Loan, models.PROTECT, related_name="notices")

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "loan"], name="a_notice_names_a_loan_once")
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.loan_id}"


class Forfeit(models.Model):
    """It is proposed that a class forgoes a prize once, for late or lost books (扣除一次优胜奖)."""

    class Why(models.TextChoices):
        LATE = "late", _("Books not brought back in time")
        LOST = "lost", _("Lost books")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Not agreed")
        TAKEN_BACK = "taken_back", _("Taken back")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="+")
    why = models.CharField(max_length=8, choices=Why)
    books = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    decided_by = models.CharField(max_length=40, blank=True)
    """Who decided, as the school calls them."""
    decided_on = models.DateField(null=True)
    note = models.CharField(max_length=120, blank=True)

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_class"],
                condition=Q(state="proposed"),
                name="one_open_proposal_a_class",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "refused"])
                | (Q(decided_on__isnull=False) & ~Q(decided_by="")),
                name="a_decision_has_its_day_and_who",
            ),
        ]
        ordering = ["-proposed_on", "-id"]

    def __str__(self) -> str:
        return f"{self.school_class} {self.state}"
