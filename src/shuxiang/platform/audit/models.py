from django.db import models
from django.db.models import Q

from shuxiang.platform.schools.scoping import SchoolManager


class Entry(models.Model):
    """One thing done, kept by label and id so that it outlives what it names.

    It names no reader: a loan's entry points at the loan, and retention takes the reader off that.
    An entry with a nonce is an act that may be asked for twice and is done once.
    """

    school = models.ForeignKey("schools.School", models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    subject_label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    place = models.CharField(max_length=40, blank=True)
    nonce = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    details = models.JSONField(default=dict)

    objects = SchoolManager()

    subject: models.Model | None = None
    """What it is about, as the action that wrote it left it; None on an entry that was read."""

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "nonce"], condition=~Q(nonce=""), name="an_act_happens_once"
            ),
        ]
        indexes = [
            models.Index(fields=["school", "subject_label", "subject_id"], name="entry_of_subject"),
            models.Index(fields=["school", "place", "id"], name="entry_at_desk"),
            models.Index(fields=["school", "at"], name="entry_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_label} {self.subject_id}"
