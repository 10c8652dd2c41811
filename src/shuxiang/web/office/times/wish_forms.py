"""What is asked of a rotation, a form for each kind of wish."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from shuxiang.formats.classname import grade_name
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import class_name, classes_at_school
from shuxiang.timetable.models import Period, Slot, Term, Weekday, Wish
from shuxiang.timetable.rules import Reason
from shuxiang.web.office.times.forms import BESIDE

WHOM = ("whom", "last_grade")
WHEN = ("weekdays", "part", "period")
HOW = ("weight", "why")
FIELDS: dict[str, tuple[str, ...]] = {
    Wish.Kind.COMES: (*WHOM, "purpose", "times", "every", *WHEN, *HOW),
    Wish.Kind.ONLY: (*WHOM, *WHEN, "purpose", *HOW),
    Wish.Kind.NOT: (*WHOM, *WHEN, "purpose", *HOW),
    Wish.Kind.WANTS: (*WHOM, *WHEN, "purpose", *HOW),
    Wish.Kind.APART: (*WHOM, "times", *HOW),
    Wish.Kind.TEACHER: HOW,
    Wish.Kind.EVEN: HOW,
    Wish.Kind.STAY: (*WHOM, *HOW),
}
BESIDE |= {
    Reason.WISH_WITHOUT_TIME: "weekdays",
    Reason.WISH_WITHOUT_PURPOSE: "purpose",
    Reason.WISH_GRADES_TURNED_ROUND: "last_grade",
    Reason.WISH_TOO_OFTEN: "times",
}
MOST_TIMES = 14


class WishForm(forms.Form):
    whom = forms.ChoiceField(label=_("Which classes"), required=False)
    last_grade = forms.TypedChoiceField(
        label=_("up to grade"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Only where several grades are meant."),
    )
    purpose = forms.ChoiceField(label=_("What for"), required=False)
    times = forms.IntegerField(label=_("How often"), min_value=1, max_value=MOST_TIMES, initial=1)
    every = forms.TypedChoiceField(
        label=_("Within"), coerce=int, choices=[(1, _("a week")), (2, _("two weeks"))]
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"),
        coerce=int,
        choices=Weekday.choices[:6],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: any day."),
    )
    part = forms.ChoiceField(
        label=_("Part of the day"),
        choices=[("", _("any")), *Wish.Part.choices],
        required=False,
    )
    period = forms.ModelChoiceField(
        label=_("Period"), queryset=Period.objects.none(), required=False, empty_label=_("any")
    )
    weight = forms.ChoiceField(
        label=_("How strictly"),
        choices=Wish.Weight.choices,
        initial=Wish.Weight.MUST,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=Wish._meta.get_field("why").max_length,
        widget=forms.TextInput(attrs={"placeholder": _("Physical education, lab, meeting …")}),
    )

    def __init__(self, *args: Any, term: Term, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kind, self._classes = kind, classes_at_school(term.school, term.year.first_year)
        self.fields = {name: self.fields[name] for name in FIELDS[kind]}
        self._offer(term)
        if kind == Wish.Kind.APART:
            self.fields["times"].label = _("Days from one visit to the next")
            self.fields["times"].initial = 2
        if kind in (Wish.Kind.EVEN, Wish.Kind.STAY):
            self.fields["weight"].initial = Wish.Weight.WISH

    def _offer(self, term: Term) -> None:
        """Name the school's own grades, classes and periods to choose from."""
        grades = [(str(grade), grade_name(grade)) for grade in term.school.grades]
        year = term.year.first_year
        classes = [(f"class-{one.pk}", class_name(one, year)) for one in self._classes]
        some = "" if self._kind == Wish.Kind.COMES else _("any")
        purposes = [*([("", some)] if some else []), *Slot.Purpose.choices]
        choices: dict[str, list[Any]] = {
            "whom": [("", _("All classes")), *grades, *classes],
            "last_grade": [("", "—"), *grades],
            "purpose": purposes,
        }
        for name in choices.keys() & self.fields.keys():
            cast(forms.ChoiceField, self.fields[name]).choices = choices[name]
        if "period" in self.fields:
            asked = cast("forms.ModelChoiceField[Any]", self.fields["period"])
            asked.queryset = Period.objects.filter(school=term.school)

    @property
    def said(self) -> dict[str, Any]:
        """Say the row's fields."""
        asked = dict(self.cleaned_data)
        said: dict[str, Any] = {"kind": self._kind}
        if "whom" in asked:
            said |= self._whom(asked.pop("whom"), asked.pop("last_grade"))
        return said | asked

    def _whom(self, whom: str, last: int | None) -> dict[str, Any]:
        if whom.startswith("class-"):
            one = next(one for one in self._classes if whom == f"class-{one.pk}")
            return {"school_class": one, "first_grade": None, "last_grade": None}
        first = int(whom) if whom else None
        return {"school_class": None, "first_grade": first, "last_grade": last or first}

    @staticmethod
    def initial_of(wish: Wish) -> dict[str, Any]:
        """Fill the form with what a wish says."""
        names = {name for fields in FIELDS.values() for name in fields} - {"whom"}
        whom = f"class-{wish.school_class_id}" if wish.school_class_id else wish.first_grade
        several = wish.last_grade if wish.last_grade != wish.first_grade else None
        return {
            **{name: getattr(wish, name) for name in names},
            "whom": whom or "",
            "last_grade": several,
        }


class LessonsForm(forms.Form):
    """Which class, and its lessons as `weekday-period`."""

    school_class = forms.ModelChoiceField(queryset=SchoolClass.objects.none())
    lessons = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, term: Term, weekdays: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(
            "forms.ModelChoiceField[Any]", self.fields["school_class"]
        ).queryset = SchoolClass.objects.filter(school=term.school).select_related("school")
        self._periods = {period.pk: period for period in Period.objects.filter(school=term.school)}
        cast(forms.ChoiceField, self.fields["lessons"]).choices = [
            (f"{weekday}-{period}", "") for weekday in weekdays for period in self._periods
        ]

    @property
    def chosen(self) -> list[tuple[int, Period]]:
        pairs = [said.split("-") for said in self.cleaned_data["lessons"]]
        return [(int(weekday), self._periods[int(period)]) for weekday, period in pairs]
