"""What somebody learns before standing at the desk."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager
from shuxiang.student_librarians.models.posts import Post
from shuxiang.timetable.models import Term


class Training(models.Model):
    """One session of training (培训)."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    topic = models.CharField(max_length=80)
    place = models.CharField(max_length=40, blank=True)

    objects = SchoolManager()

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.on} {self.topic}"


class Attendance(models.Model):
    """Somebody came to a session."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    training = models.ForeignKey(Training, models.CASCADE, related_name="came")
    post = models.ForeignKey(Post, models.PROTECT, related_name="came")

    objects = SchoolManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["training", "post"], name="came_once")]

    def __str__(self) -> str:
        return f"{self.training_id} {self.post_id}"


class Exam(models.Model):
    """Ten questions about the rules in force, as they were asked and answered."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="exams")
    written_at = models.DateTimeField()
    questions = models.JSONField()
    answers = models.JSONField(default=list)
    right = models.PositiveSmallIntegerField(null=True)
    handed_in_at = models.DateTimeField(null=True)

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(handed_in_at=None), name="one_open_exam_a_post"
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at=None, right=None)
                | Q(handed_in_at__isnull=False, right__isnull=False),
                name="what_is_handed_in_is_graded",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.post_id} {self.written_at:%Y-%m-%d}"
