"""Due dates that were moved, with what they were before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shuxiang.circulation.models.loans import Loan
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager
from shuxiang.timetable.models import Term


class DueChangeQuerySet(models.QuerySet["DueChange"]):
    def standing(self) -> DueChangeQuerySet:
        return self.filter(taken_back_at=None)


class DueChange(models.Model):
    """A loan is due earlier by a recall, stays out over the holidays, or goes where the calendar went."""

    class Kind(models.TextChoices):
        RECALLED = "recalled", _("Due by the recall day")
        STAYS = "stays", _("Stays out over the holidays")
        FOLLOWS = "follows", _("Follows the calendar and the rotation")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    """The term that ends; none for what follows the calendar."""
    loan = models.ForeignKey(Loan, models.PROTECT, related_name="due_changes")
    kind = models.CharField(max_length=10, choices=Kind)
    was_due_on = models.DateField()
    due_on = models.DateField()
    reason = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    """Nobody where the calendar was followed by itself."""
    taken_back_at = models.DateTimeField(null=True)

    objects = SchoolManager.from_queryset(DueChangeQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["loan", "term", "kind"],
                condition=Q(taken_back_at=None),
                name="a_due_date_is_moved_once_a_term",
            ),
            models.UniqueConstraint(
                fields=["loan"],
                condition=Q(taken_back_at=None, kind="follows"),
                name="a_due_date_follows_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="follows") | Q(term__isnull=False, by__isnull=False),
                name="somebody_ends_a_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loan_id} {self.due_on}"
