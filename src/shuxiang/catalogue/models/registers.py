"""The registers (总括账, 分类账, 注销账): documents, and the postings that all three are views of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager


class AccessionBatch(models.Model):
    """One delivery taken in: a document with a number, a source and a day (总括登记·收入)."""

    class Source(models.TextChoices):
        PURCHASE = "purchase", _("Purchase")
        GIFT = "gift", _("Gift")
        ALLOCATION = "allocation", _("Allocated by the authority")
        EXCHANGE = "exchange", _("Exchange")
        REPLACEMENT = "replacement", _("Replacement of a lost copy")
        OPENING = "opening", _("Stock at the opening of the books")
        DESK = "desk", _("Added at the desk")
        OTHER = "other", _("Other")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    source = models.CharField(max_length=20, choices=Source, default=Source.PURCHASE)
    supplier = models.CharField(max_length=80, blank=True)
    document = models.CharField(max_length=80, blank=True)
    """Number of the invoice or delivery note."""
    received_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    objects = SchoolManager()

    class Meta:
        verbose_name_plural = "accession batches"
        constraints = [
            models.UniqueConstraint(fields=["school", "number"], name="one_accession_of_a_number")
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.number


class WithdrawalBatch(models.Model):
    """Copies struck off the books (注销): a document with a number, a reason and an approval."""

    class Reason(models.TextChoices):
        LOST = "lost", _("Lost")
        DAMAGED = "damaged", _("Damaged beyond repair")
        OUTDATED = "outdated", _("Out of date")
        SURPLUS = "surplus", _("More copies than needed")
        TRANSFERRED = "transferred", _("Given to another library")
        MISTAKE = "mistake", _("Entered by mistake")
        OTHER = "other", _("Other")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    reason = models.CharField(max_length=20, choices=Reason)
    approval = models.CharField(max_length=80, blank=True)
    withdrawn_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    objects = SchoolManager()

    class Meta:
        verbose_name_plural = "withdrawal batches"
        constraints = [
            models.UniqueConstraint(fields=["school", "number"], name="one_withdrawal_of_a_number")
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.number


class Posting(models.Model):
    """Signed copies and money of one CLC main class, from one document."""

    class Kind(models.TextChoices):
        INCOME = "income", _("Income")
        WITHDRAWAL = "withdrawal", _("Withdrawal")
        CORRECTION = "correction", _("Correction")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    accession = models.ForeignKey(
        AccessionBatch, models.PROTECT, null=True, related_name="postings"
    )
    withdrawal = models.ForeignKey(
        WithdrawalBatch, models.PROTECT, null=True, related_name="postings"
    )
    on = models.DateField()
    entered_at = models.DateTimeField()
    clc = models.CharField(max_length=2, blank=True)
    copies = models.IntegerField()
    money_fen = models.BigIntegerField()
    why = models.CharField(max_length=120, blank=True)

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="income", accession__isnull=False, withdrawal=None)
                & Q(copies__gte=0, money_fen__gte=0)
                | Q(kind="withdrawal", accession=None, withdrawal__isnull=False)
                & Q(copies__lte=0, money_fen__lte=0)
                | Q(kind="correction", accession=None, withdrawal=None) & ~Q(why=""),
                name="a_posting_has_its_document_and_sign",
            ),
        ]
        indexes = [models.Index(fields=["school", "on"], name="posting_by_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.clc} {self.copies:+d}"


class ClosedPeriod(models.Model):
    """Up to this day the registers are closed: no posting is dated on it or before it."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    until_on = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "until_on"], name="a_day_is_closed_once")
        ]

    def __str__(self) -> str:
        return f"{self.until_on}"
