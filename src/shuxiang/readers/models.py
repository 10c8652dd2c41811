from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.schools import rules as school_rules
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.scoping import SchoolManager


class SchoolClass(models.Model):
    """An entry cohort and a number (2024级3班); its grade is derived from the school year."""

    class Stage(models.TextChoices):
        PRIMARY = "primary", _("Primary")
        JUNIOR = "junior", _("Junior secondary")
        SENIOR = "senior", _("Senior secondary")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage)
    cohort = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=10, blank=True)
    """How the number is written: 3, 甲, or nothing when the grade has one class."""

    objects = SchoolManager()

    class Meta:
        verbose_name_plural = "school classes"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "stage", "cohort", "number"], name="one_class_of_a_cohort"
            ),
        ]
        ordering = ["-cohort", "number"]

    def __str__(self) -> str:
        return f"{self.cohort}级{self.mark or self.number}班"

    def grade(self, school_year: int) -> int | None:
        """Tell the grade in the school year that began in `school_year`; None if not at school."""
        return school_rules.grade(
            school_rules.Stage(self.stage),
            self.cohort,
            school_year=school_year,
            primary_years=self.school.primary_years,
        )


class ClassTeacher(models.Model):
    """Who is a class's teacher (班主任), and since when."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="teachers")
    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "account"],
                condition=Q(until_on=None),
                name="a_class_has_a_teacher_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.school_class}"


class ReaderQuerySet(models.QuerySet["Reader"]):
    def at_school(self) -> ReaderQuerySet:
        return self.filter(left_on=None)


class Reader(models.Model):
    """A pupil, a teacher, another member of staff, or a class as a borrower."""

    class Category(models.TextChoices):
        PUPIL = "pupil", _("Pupil")
        TEACHER = "teacher", _("Teacher")
        STAFF = "staff", _("Staff")
        CLASS = "class", _("Class")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    category = models.CharField(max_length=10, choices=Category, default=Category.PUPIL)
    name = models.CharField(max_length=60)
    name_keys = models.CharField(max_length=200, blank=True)
    """Pinyin and initials of every reading, between blanks, for the desk's search."""
    number = models.CharField(max_length=40, blank=True)
    """The school's own student or staff number (学号), text with its zeros; never the 学籍号."""
    seat = models.PositiveSmallIntegerField(null=True, blank=True)
    """Number within the class, as on the register."""
    card = models.CharField(max_length=64, blank=True)
    account = models.OneToOneField(
        "accounts.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    limit = models.PositiveSmallIntegerField(null=True, blank=True)
    """An exception to the limit of the category's lending terms."""
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    objects = SchoolManager.from_queryset(ReaderQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "number"],
                condition=Q(left_on=None) & ~Q(number=""),
                name="one_reader_of_a_number",
            ),
            models.UniqueConstraint(
                fields=["school", "card"],
                condition=Q(left_on=None) & ~Q(card=""),
                name="one_reader_of_a_card",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="a_reader_leaves_after_joining",
            ),
        ]
        indexes = [models.Index(fields=["school", "name"], name="reader_by_name")]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> MembershipQuerySet:
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day)


class Membership(models.Model):
    """A reader's time in a class; `until_on` is the last day in it."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    reader = models.ForeignKey(Reader, models.PROTECT, related_name="memberships")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="memberships")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = SchoolManager.from_queryset(MembershipQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reader"], condition=Q(until_on=None), name="one_class_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader} {self.school_class}"


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def in_force(self, day: date) -> RestrictionQuerySet:
        return self.filter(
            Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day, lifted_on=None
        )


class Restriction(models.Model):
    """Why a reader may not borrow, and until when; any room above pins one."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    reader = models.ForeignKey(Reader, models.PROTECT, related_name="restrictions")
    why = models.CharField(max_length=120)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    lifted_on = models.DateField(null=True, blank=True)

    objects = SchoolManager.from_queryset(RestrictionQuerySet)()

    def __str__(self) -> str:
        return self.why


class Photo(models.Model):
    """A reader's portrait, for the librarian at the desk, if the school keeps any."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    reader = models.OneToOneField(Reader, models.CASCADE, primary_key=True, related_name="+")
    jpeg = models.BinaryField()
    digest = models.CharField(max_length=12)
    """Tells one picture from the next."""
    kept_at = models.DateTimeField()

    objects = SchoolManager()

    def __str__(self) -> str:
        return self.digest


class NewYear(models.Model):
    """The school's list of a new school year: looked at, carried out in one act, perhaps taken back."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    first_year = models.PositiveSmallIntegerField()
    file = models.CharField(max_length=120)
    listed = models.JSONField(default=list)
    """The rows of the list until it is carried out; after that their names are not needed."""
    unread = models.JSONField(default=list)
    """Rows that could not be read: place, name, what is wrong, number; until it is carried out."""
    brought_at = models.DateTimeField()
    brought_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    """How many pupils went which way, once it is carried out."""
    trace = models.JSONField(default=dict)
    """Keys of what was written, so that it can be taken back as a whole."""

    objects = SchoolManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(done_at__isnull=False),
                name="only_what_was_done_is_undone",
            ),
            models.UniqueConstraint(
                fields=["school"], condition=Q(done_at=None), name="one_list_at_a_time"
            ),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.first_year} {self.file}"
