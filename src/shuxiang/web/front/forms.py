"""What people type at the front door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuxiang.platform import set_up
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.queries import spelling_of
from shuxiang.platform.schools.models import School


class SignInForm(AuthenticationForm):
    """A name and a password."""

    error_messages = {
        "invalid_login": gettext_lazy(
            "The user name and the password do not match. Mind Caps Lock and the input method; "
            "after ten wrong tries this name is locked here for a quarter of an hour."
        ),
        "inactive": gettext_lazy(
            "This account is no longer in use. Ask the school's administrator."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")

    def clean_username(self) -> str:
        """Take the name whatever its capitals: a phone begins every word with one."""
        return spelling_of(self.cleaned_data["username"])


class OwnPasswordForm(forms.Form):
    """The present password and the new one, twice."""

    old = forms.CharField(
        label=gettext_lazy("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=gettext_lazy("New password"),
        strip=False,
        help_text=gettext_lazy(
            "At least eight characters, not only digits. Three words in a row are easy to keep."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if account.must_change_password:
            del self.fields["old"]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        check_twice(self, "new")
        return typed


class PinForm(forms.Form):
    """Digits, twice."""

    pin = forms.CharField(
        label=gettext_lazy("PIN"),
        help_text=gettext_lazy("Four to eight digits."),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    again = forms.CharField(
        label=gettext_lazy("PIN again"),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        check_twice(self, "pin")
        return typed


class DayField(forms.DateField):
    """A day, chosen from the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=picker, **kwargs)


class SetUpForm(forms.Form):
    """What a new library is asked."""

    code = forms.CharField(
        label=gettext_lazy("One-time code"),
        max_length=40,
        help_text=gettext_lazy("It stands in the window in which Shuxiang was started."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    school = forms.CharField(label=gettext_lazy("Name of the school"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of school"), choices=School.Kind.choices)
    primary_years = forms.TypedChoiceField(
        label=gettext_lazy("Primary school lasts"),
        coerce=int,
        choices=[(6, gettext_lazy("six years")), (5, gettext_lazy("five years"))],
    )
    first_starts_on = DayField(label=gettext_lazy("First term, first day"))
    first_ends_on = DayField(label=gettext_lazy("First term, last day"))
    second_starts_on = DayField(label=gettext_lazy("Second term, first day"))
    second_ends_on = DayField(label=gettext_lazy("Second term, last day"))
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=60)
    username = forms.CharField(
        label=gettext_lazy("User name to sign in with"),
        max_length=60,
        help_text=gettext_lazy(
            "Letters, digits or Chinese characters without blanks, such as zhoumin."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        help_text=gettext_lazy(
            "At least eight characters, not only digits. Three words in a row are easy to keep."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
    )
    again = forms.CharField(
        label=gettext_lazy("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not set_up.matches(settings.HOME, code):
            raise ValidationError(
                _("This is not the code. Look in the window in which Shuxiang was started."),
                code="wrong_code",
            )
        return code

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        check_twice(self, "password")
        return typed


def check_twice(form: forms.Form, field: str) -> None:
    """Say beside the second field that it differs from the first."""
    typed = form.cleaned_data
    if field in typed and "again" in typed and typed[field] != typed["again"]:
        form.add_error("again", _("This differs from what stands above. Type both again."))
