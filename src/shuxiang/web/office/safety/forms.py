"""What is asked about backups and retention."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 730  # days: a school that keeps names longer has another reason than lending


class FolderForm(forms.Form):
    """The folder that backups go to."""

    folder = forms.CharField(
        label=_("Folder"),
        required=False,
        max_length=400,
        help_text=_(
            "The whole path on the computer that the library runs on, best on a USB disk: "
            "E:\\backup or /media/disk/backup. Empty: the library's own folder on the same disk."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class PasswordForm(forms.Form):
    """The password, once more, before children's records leave the computer."""

    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class DaysForm(forms.Form):
    """How many days after the end of a term its loans lose their names."""

    days = forms.IntegerField(
        label=_("Days after the end of the term"), min_value=0, max_value=LONGEST
    )
