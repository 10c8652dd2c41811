from __future__ import annotations

from functools import cached_property

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.accounts import roles
from shuxiang.platform.schools.scoping import SchoolManager


class Accounts(BaseUserManager["Account"]):
    pass


class Account(AbstractBaseUser):
    """One person who signs in. A school's accounts are asked for through `accounts.queries`."""

    class Language(models.TextChoices):
        CHINESE = "zh-hans", "简体中文"
        ENGLISH = "en", "English"

    school = models.ForeignKey(
        "schools.School", models.PROTECT, null=True, blank=True, related_name="+"
    )
    username = models.CharField(
        max_length=60,
        unique=True,
        error_messages={"unique": _("Somebody already signs in with this name.")},
    )
    name = models.CharField(max_length=60)
    pin = models.CharField(max_length=128, blank=True)
    language = models.CharField(max_length=10, choices=Language, default=Language.CHINESE)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = Accounts()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []

    def __str__(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[roles.Role]:
        return frozenset(roles.Role(held.role) for held in self.held_roles.all())

    @cached_property
    def permissions(self) -> frozenset[str]:
        return roles.permissions_of(self.roles)

    def has_perm(self, permission: str, obj: object = None) -> bool:
        return self.is_active and permission in self.permissions

    @property
    def signs_in_by_pin(self) -> bool:
        """Tell whether a card and a PIN open this account, and no user name and password."""
        return bool(self.pin) and not self.has_usable_password()

    def has_pin(self, pin: str) -> bool:
        return bool(self.pin) and check_password(pin, self.pin)


class HeldRole(models.Model):
    """One role of one account; a small school's librarian often holds two."""

    class Role(models.TextChoices):
        PUPIL = "pupil", _("Pupil")
        HELPER = "helper", _("Student librarian")
        CLASS_TEACHER = "class_teacher", _("Class teacher")
        LIBRARIAN = "librarian", _("Librarian")
        PRINCIPAL = "principal", _("Principal")
        SCHOOL_ADMIN = "school_admin", _("School administrator")
        DISTRICT = "district", _("District")

    account = models.ForeignKey(Account, models.CASCADE, related_name="held_roles")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "role"], name="one_held_role")]

    def __str__(self) -> str:
        return str(self.get_role_display())


class PinTries(models.Model):
    """How often in a row a PIN was tried for one card; nothing is left once it rested."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    count = models.PositiveSmallIntegerField()
    last_at = models.DateTimeField()

    objects = SchoolManager()

    class Meta:
        verbose_name_plural = "pin tries"
        constraints = [models.UniqueConstraint(fields=["school", "key"], name="one_count_of_tries")]

    def __str__(self) -> str:
        return f"{self.key} {self.count}"
