"""What is asked of the lending rules."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from shuxiang.catalogue.models import Collection
from shuxiang.circulation import wording
from shuxiang.circulation.models import LendingMode, LendingTerms
from shuxiang.circulation.rules import (
    DEFAULT_WEIGHTS,
    Mode,
    Reason,
    Weight,
)
from shuxiang.formats.classname import grade_name
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import class_name, classes_at_school
from shuxiang.web.office.times.forms import DAY, grades

LONGEST_LOAN = 400
MOST_BOOKS = 500
WEIGHED: dict[Reason, Any] = {
    Reason.READER_RESTRICTED: _("The reader's borrowing is paused"),
    Reason.READER_HAS_OVERDUE: _("The reader has overdue books"),
    Reason.LIMIT_REACHED: _("The reader has as many books as the rule allows"),
    Reason.TITLE_ON_HAND: _("The reader has this title already"),
    Reason.COPY_HELD_FOR_ANOTHER: _("Another reader waits for this title"),
    Reason.COPY_IN_REPAIR: _("The copy is in repair"),
    Reason.COPY_LOST: _("The copy was reported lost"),
    Reason.COPY_IN_PROCESS: _("The copy is not processed yet"),
    Reason.COPY_IN_CLASS_BOX: _("The copy belongs to a class box"),
    Reason.IN_ROOM_ONLY: _("The book is read in the room only"),
    Reason.NOT_THIS_WAY: _("The class comes in another way at present"),
    Reason.OF_ANOTHER_CLASS: _("A pupil of another class comes into a class visit"),
    Reason.LENDING_HAS_ENDED: _("Lending has ended for the term"),
    Reason.CLOSED_TODAY: _("The library is closed on this day"),
}
"""The objections that a school may make lighter or heavier: all but those always refused."""


class TermsForm(forms.Form):
    max_loans = forms.IntegerField(
        label=_("Books at once"), min_value=0, max_value=MOST_BOOKS, initial=2
    )
    loan_days = forms.IntegerField(
        label=_("Loan days"),
        min_value=1,
        max_value=LONGEST_LOAN,
        initial=14,
        help_text=_("A due date on a closed day moves to the next open day."),
    )
    until_next_visit = forms.BooleanField(
        label=_("Due at the class's next visit, where the class has a slot"),
        help_text=_("A renewal is until the visit after that one."),
        required=False,
    )
    renewals = forms.IntegerField(label=_("Renewals"), min_value=0, max_value=20, initial=1)
    renewal_days = forms.IntegerField(
        label=_("Days a renewal adds"), min_value=1, max_value=LONGEST_LOAN, initial=14
    )
    max_holds = forms.IntegerField(label=_("Holds at once"), min_value=0, max_value=50, initial=2)
    in_room_only = forms.BooleanField(
        label=_("Read in the room only, due at closing time"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for reason, words in WEIGHED.items():
            usual = wording.WEIGHTS[DEFAULT_WEIGHTS.get(reason, Weight.REFUSE)]
            self.fields[f"weight_{reason}"] = forms.ChoiceField(
                label=words,
                required=False,
                choices=[("", _("as usual: %(weight)s") % {"weight": usual}), *_weights()],
            )

    @classmethod
    def initial_of(cls, row: LendingTerms) -> dict[str, Any]:
        plain = {name: getattr(row, name) for name in cls.base_fields}
        return {**plain, **{f"weight_{code}": weight for code, weight in row.weights.items()}}

    def plain_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self if not bound.name.startswith("weight_")]

    def weight_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self if bound.name.startswith("weight_")]

    @property
    def row(self) -> dict[str, Any]:
        plain = {name: self.cleaned_data[name] for name in TermsForm.base_fields}
        weights = {
            reason.value: self.cleaned_data[f"weight_{reason}"]
            for reason in WEIGHED
            if self.cleaned_data[f"weight_{reason}"]
        }
        return {**plain, "weights": weights}


class NewTermsForm(TermsForm):
    category = forms.ChoiceField(label=_("For whom"), choices=Reader.Category.choices)
    grade = forms.TypedChoiceField(label=_("Grade"), coerce=int, empty_value=None, required=False)
    collection = forms.ModelChoiceField(
        label=_("Collection"),
        queryset=Collection.objects.none(),
        required=False,
        empty_label=_("The whole stock"),
    )

    field_order = ["category", "grade", "collection"]

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        self.initial = {"until_next_visit": True, **self.initial}
        cast(forms.ChoiceField, self.fields["grade"]).choices = grades(
            school, str(_("Every grade"))
        )
        collections = cast("forms.ModelChoiceField[Collection]", self.fields["collection"])
        collections.queryset = Collection.objects.filter(school=school)

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        if asked.get("grade") and asked.get("category") != Reader.Category.PUPIL:
            self.add_error("grade", _("Only pupils have a grade."))
        key = {name: asked.get(name) for name in ("category", "grade", "collection")}
        if LendingTerms.objects.filter(school=self.school, **key).exists():
            self.add_error(None, _("There is a rule for these already: change that one."))
        return asked

    @property
    def row(self) -> dict[str, Any]:
        key = {name: self.cleaned_data[name] for name in ("category", "grade", "collection")}
        return {**key, **super().row}


class ModeForm(forms.Form):
    mode = forms.ChoiceField(
        label=_("How they come"), choices=LendingMode.Mode.choices, widget=forms.RadioSelect
    )
    whom = forms.ChoiceField(label=_("For whom"))
    from_on = forms.DateField(label=_("From what day"), widget=DAY)

    def __init__(self, *args: Any, school: School, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"mode": Mode.BOTH, "from_on": today}
        year = school_year(school, today)
        self.classes = {str(one.pk): one for one in classes_at_school(school, year)}
        cast(forms.ChoiceField, self.fields["whom"]).choices = [
            ("all", _("The whole school")),
            *((f"grade-{grade}", grade_name(grade)) for grade in school.grades),
            *((f"class-{key}", class_name(one, year)) for key, one in self.classes.items()),
        ]

    @property
    def asked(self) -> dict[str, Any]:
        kind, _dash, key = self.cleaned_data["whom"].partition("-")
        return {
            "mode": Mode(self.cleaned_data["mode"]),
            "from_on": self.cleaned_data["from_on"],
            "grade": int(key) if kind == "grade" else None,
            "school_class": self.classes[key] if kind == "class" else None,
        }


def _weights() -> list[tuple[str, Any]]:
    return [(weight.value, words) for weight, words in wording.WEIGHTS.items()]
