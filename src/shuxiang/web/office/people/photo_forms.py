"""What is asked about photographs."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuxiang.web.office.people.choosing import Offer
from shuxiang.web.office.people.forms import ClassField

MOST = 200
"""Files at a time: a grade."""
BIGGEST = 15
"""Megabytes of one file."""


class ConsentForm(forms.Form):
    """Where it is written that the guardians agree."""

    consent = forms.CharField(
        label=gettext_lazy("Where the guardians' consent is kept"),
        max_length=200,
        help_text=gettext_lazy(
            "Such as: letter to the families of September 2026, signed, in the school office."
        ),
    )


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        files = [super(FilesField, self).clean(each, initial) for each in data or [None]]
        if len(files) > MOST:
            words = _("At most %(most)s pictures at a time, and these are %(count)s.")
            raise forms.ValidationError(words % {"most": MOST, "count": len(files)})
        for each in files:
            if each.size > BIGGEST << 20:
                words = _("“%(file)s” is bigger than %(most)s MB.")
                raise forms.ValidationError(words % {"file": each.name, "most": BIGGEST})
        return files


class PhotosForm(forms.Form):
    """The pictures, and of which class they are."""

    school_class = ClassField(label=gettext_lazy("Class"), required=False)
    pictures = FilesField(
        label=gettext_lazy("Pictures"),
        widget=FilesInput(attrs={"accept": ".jpg,.jpeg,.png"}),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose the pictures.")},
    )

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = cast(ClassField, self.fields["school_class"])
        chosen.offer(offer, none=_("The whole school"))
