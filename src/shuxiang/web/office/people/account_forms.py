"""What is typed about accounts, settings and records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.accounts.models import Account, HeldRole
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.accounts.wording import DEEDS
from shuxiang.platform.schools.models import School
from shuxiang.web.office.people.forms import DayField

MOST_REASONS = 4
GIVEN_HERE = [role for role in HeldRole.Role.choices if role[0] != Role.DISTRICT]


class AccountForm(forms.Form):
    """A person who signs in, and as what."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=GIVEN_HERE, widget=forms.CheckboxSelectMultiple
    )


class UsernameForm(forms.Form):
    """The name to sign in with."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_(
            "Letters, digits or Chinese characters without blanks, such as zhoumin or 2024017."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class NewAccountForm(AccountForm, UsernameForm):
    """An account that is to be added."""

    field_order = ["name", "username", "roles"]


class ChangeAccountForm(AccountForm):
    """An account that is there."""

    is_active = forms.BooleanField(
        label=_("In use"),
        required=False,
        help_text=_("Without the tick nobody signs in with it, and whoever has is signed out."),
    )


class SchoolForm(forms.Form):
    """What is said of the school."""

    name = forms.CharField(label=_("Name of the school"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind of school"), choices=School.Kind.choices)
    primary_years = forms.TypedChoiceField(
        label=_("Primary school lasts"),
        coerce=int,
        choices=[(6, _("six years")), (5, _("five years"))],
    )
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=40,
        help_text=_("Asia/Shanghai for all of the mainland; it decides which day it is."),
    )


class SettingsForm(forms.Form):
    """What the school has chosen; a field's name is the setting's with __ for its dot."""

    desk__idle_minutes = forms.IntegerField(
        label=_("The desk locks after"),
        min_value=1,
        max_value=120,
        help_text=_("minutes without a scan"),
    )
    desk__ready_days = forms.IntegerField(
        label=_("A book put aside waits for"),
        min_value=1,
        max_value=60,
        help_text=_("open days on the hold shelf, then it goes to the next reader"),
    )
    desk__confirm_reasons = forms.CharField(
        label=_("Reasons for passing an objection"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, at most four; the keys 1 to 4 choose them at the desk."),
    )
    public__names = forms.BooleanField(
        label=_("Pupils' names may stand on public lists"),
        required=False,
        help_text=_("Without the tick, boards and lists for all show classes and counts only."),
    )
    readers__sign_in = forms.BooleanField(
        label=_("Readers may sign in and see their own books"),
        required=False,
        help_text=_(
            "With card number and a PIN of six digits, on the library's network: what they have, "
            "when it is due, renew, holds, and what they have read as long as that is kept. "
            "You give a class its PINs under Classes and print them as slips. "
            "Without the tick nobody signs in with a card, and the page says so."
        ),
    )
    catalogue__accession_digits = forms.IntegerField(
        label=_("Accession numbers have"), min_value=4, max_value=12, help_text=_("digits")
    )
    catalogue__fill_gaps = forms.BooleanField(
        label=_("New call numbers fill gaps in the class"),
        required=False,
        help_text=_("Without the tick, the next number after the highest is given."),
    )

    def clean_desk__confirm_reasons(self) -> list[str]:
        typed: str = self.cleaned_data["desk__confirm_reasons"]
        reasons = [line.strip() for line in typed.splitlines() if line.strip()]
        if len(reasons) > MOST_REASONS:
            raise forms.ValidationError(_("At most four reasons fit on the keys."))
        return reasons


class RecordFilter(forms.Form):
    """Which records a list shows."""

    on = DayField(label=_("Day"), required=False)
    by = forms.TypedChoiceField(label=_("Who"), required=False, coerce=int, empty_value=None)
    verb = forms.ChoiceField(label=_("Kind of act"), required=False)

    def __init__(self, *args: Any, accounts: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by: forms.TypedChoiceField = self.fields["by"]  # type: ignore[assignment]
        by.choices = [("", _("Everybody")), *((each.pk, each.name) for each in accounts)]
        verb: forms.ChoiceField = self.fields["verb"]  # type: ignore[assignment]
        verb.choices = [("", _("Everything")), *DEEDS.items()]
