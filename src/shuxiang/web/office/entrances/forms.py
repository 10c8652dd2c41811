"""What is asked of those who come into the reading room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import class_name, classes_at_school

MOST_PEOPLE = 2_000


class ClassForm(forms.Form):
    """Which class came."""

    school_class = forms.TypedChoiceField(label=_("Class"), coerce=int)

    def __init__(self, *args: Any, school: School, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = school_year(school, today)
        self.classes = {each.pk: each for each in classes_at_school(school, year)}
        field: forms.TypedChoiceField = self.fields["school_class"]  # type: ignore[assignment]
        field.choices = [(pk, class_name(each, year)) for pk, each in self.classes.items()]


class CountForm(forms.Form):
    """How many came, and of what kind."""

    category = forms.ChoiceField(
        label=_("Who came"), choices=[one for one in Reader.Category.choices if one[0] != "class"]
    )
    people = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_PEOPLE)
