"""What is asked about the rules for readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_LINES = 12
LONGEST_LINE = 120


class LinesField(forms.CharField):
    """Sentences, one a line."""

    widget = forms.Textarea(attrs={"rows": 5})

    def to_python(self, value: Any) -> Any:
        return [
            line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()
        ]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def validate(self, value: Any) -> None:
        if len(value) > MOST_LINES:
            raise ValidationError(
                _("No more than %(most)s sentences: nobody reads more."),
                params={"most": MOST_LINES},
            )
        if any(len(line) > LONGEST_LINE for line in value):
            raise ValidationError(
                _("A sentence has no more than %(most)s characters."),
                params={"most": LONGEST_LINE},
            )


class WordsForm(forms.Form):
    """What the school asks of its readers in its own words."""

    care = LinesField(label=gettext_lazy("Taking care of books"), required=False)
    manners = LinesField(label=gettext_lazy("In the library"), required=False)

    @staticmethod
    def initial_of(chosen: Mapping[str, Any]) -> dict[str, Any]:
        return {name: chosen[f"house.{name}"] for name in WordsForm.base_fields}
