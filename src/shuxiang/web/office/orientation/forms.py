"""What is asked about the rules for readers, and about who was taught them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuxiang.programmes.actions import Held
from shuxiang.programmes.models import Session
from shuxiang.programmes.rules import Heading
from shuxiang.programmes.wording import HEADINGS
from shuxiang.web.office.people.forms import DayField

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


class SessionForm(forms.Form):
    """When a class was taught, how, by whom and what."""

    on = DayField(label=gettext_lazy("Day"))
    way = forms.ChoiceField(label=gettext_lazy("How"), choices=Session.Way.choices)
    held_by = forms.CharField(label=gettext_lazy("Held by"), max_length=40)
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("What was gone through"),
        choices=[(one.value, HEADINGS[one]) for one in Heading],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    @property
    def held(self) -> Held:
        said = self.cleaned_data
        return Held(
            on=said["on"],
            way=said["way"],
            held_by=said["held_by"],
            topics=tuple(said["topics"]),
            note=said["note"],
        )


class GroupForm(SessionForm):
    """The same for who is no class."""

    group = forms.CharField(
        label=gettext_lazy("Who came"),
        max_length=40,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("New teachers, parents …")}),
    )
    people = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=2000)
