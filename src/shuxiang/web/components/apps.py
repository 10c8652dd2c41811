from django.apps import AppConfig
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.forms import ChoiceField, DateField, Field, IntegerField, TimeField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class ComponentsRoom(AppConfig):
    name = "shuxiang.web.components"
    label = "components"

    def ready(self) -> None:
        """Let every form say in a librarian's words what is wrong."""
        Field.default_error_messages = {"required": _("Fill this in.")}
        not_offered = {"invalid_choice": _("Choose one of those that are offered.")}
        ChoiceField.default_error_messages |= not_offered
        IntegerField.default_error_messages = {"invalid": _("Write a whole number.")}
        DateField.default_error_messages = {"invalid": _("Write a day, such as 2026-11-23.")}
        TimeField.default_error_messages = {"invalid": _("Write a time, such as 12:10.")}
        MaxValueValidator.message = _("%(limit_value)s at most.")
        MinValueValidator.message = _("%(limit_value)s at least.")
        MaxLengthValidator.message = ngettext_lazy(
            "%(limit_value)d character at most; these are %(show_value)d.",
            "%(limit_value)d characters at most; these are %(show_value)d.",
            "limit_value",
        )
