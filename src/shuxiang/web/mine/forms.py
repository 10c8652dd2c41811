"""What a pupil types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuxiang.platform.schools.models import School


class CardForm(forms.Form):
    """The number of the card and the PIN; on a server of several schools also which one."""

    school = forms.ModelChoiceField(
        label=gettext_lazy("School"), queryset=School.objects.order_by("name", "id")
    )
    card = forms.CharField(
        label=gettext_lazy("Number of my card"),
        max_length=64,
        help_text=gettext_lazy("It stands under the bars of your card and on your slip."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "characters", "autofocus": True}
        ),
    )
    pin = forms.CharField(
        label=gettext_lazy("My PIN"),
        max_length=20,
        help_text=gettext_lazy("Six digits."),
        widget=forms.PasswordInput(
            attrs={"inputmode": "numeric", "autocomplete": "current-password"}
        ),
    )

    def __init__(self, *args: Any, school: School | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._school = school
        if school:
            del self.fields["school"]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        return {"school": self._school, **typed}


class OwnPinForm(forms.Form):
    """Six digits, twice."""

    pin = forms.CharField(
        label=gettext_lazy("My new PIN"),
        max_length=20,
        help_text=gettext_lazy("Six digits that nobody guesses: no birthday, no 123456."),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Once more"),
        max_length=20,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if "pin" in typed and "again" in typed and typed["pin"] != typed["again"]:
            self.add_error("again", _("This differs from what stands above. Type both again."))
        return typed
