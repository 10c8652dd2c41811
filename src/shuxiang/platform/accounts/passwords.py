"""What a password must be, said in whole sentences; Django's own words for it are partly English."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.translation import gettext as _


class PinHasher(Argon2PasswordHasher):
    """
    Keeps pupils' PINs at a thirtieth of what a password costs.

    A million PINs are tried in hours whatever one costs; the brake on tries protects them. What a
    try costs is the server's: a class signs in at once, and anybody may type wrong PINs.
    """

    algorithm = "pin_argon2"
    time_cost = 1
    memory_cost = 8 * 1024  # KiB
    parallelism = 1


class LongEnough(MinimumLengthValidator):
    """Refuses what is short."""

    def get_error_message(self) -> str:
        return _("This password is too short: it takes at least %(length)s characters.") % {
            "length": self.min_length
        }


class NotOnlyDigits(NumericPasswordValidator):
    """Refuses a birthday or a telephone number."""

    def get_error_message(self) -> str:
        return _("This password is only digits. Put letters or words into it.")


class UnlikeTheName(UserAttributeSimilarityValidator):
    """Refuses what anybody guesses who knows the name."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "name"))

    def get_error_message(self) -> str:
        return _("This password is too much like the name of the account.")
