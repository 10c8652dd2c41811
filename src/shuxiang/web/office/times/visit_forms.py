"""What is asked of visits that fall out."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from shuxiang.readers.queries import class_name, classes_at_school
from shuxiang.timetable.models import MissedVisit, Term
from shuxiang.web.office.times.forms import DAY


class MissForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=DAY)
    whom = forms.ChoiceField(label=_("Class"), required=False)
    reason = forms.ChoiceField(label=_("Reason"), choices=MissedVisit.Reason.choices)
    why = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=MissedVisit._meta.get_field("why").max_length,
        widget=forms.TextInput(attrs={"placeholder": _("Mid-term exam, sports day …")}),
    )

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = term.year.first_year
        self._classes = {str(one.pk): one for one in classes_at_school(term.school, year)}
        cast(forms.ChoiceField, self.fields["whom"]).choices = [
            ("", _("All that come that day")),
            *((key, class_name(one, year)) for key, one in self._classes.items()),
        ]

    @property
    def said(self) -> dict[str, Any]:
        """Say what the action asks."""
        asked = self.cleaned_data
        return {
            "on": asked["on"],
            "school_class": self._classes.get(asked["whom"]),
            "reason": asked["reason"],
            "why": asked["why"],
        }
