"""What is asked about self-service."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

SHORTEST, LONGEST = 5, 60


class KioskSettingsForm(forms.Form):
    """Whether readers may help themselves, and how soon the screen forgets them."""

    is_open = forms.BooleanField(
        label=_("Readers may lend and return by themselves"), required=False
    )
    forget_seconds = forms.IntegerField(
        label=_("Seconds until the screen forgets the reader"),
        min_value=SHORTEST,
        max_value=LONGEST,
        help_text=_("Counted from the last scan. “I'm done” clears the screen at once."),
    )


class KioskForm(forms.Form):
    """The name of this device."""

    name = forms.CharField(
        label=_("Name of this device"),
        max_length=40,
        help_text=_("Where it stands, such as: by the door. It is named with what is done here."),
    )
