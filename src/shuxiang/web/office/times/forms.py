"""What is asked on the pages of times; whether it can be is said by the actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from shuxiang.formats.classname import grade_name
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import SchoolClass
from shuxiang.timetable import wording
from shuxiang.timetable.actions import TimetableRefused
from shuxiang.timetable.models import (
    DayException,
    OpeningHours,
    Period,
    Slot,
    Term,
    Turn,
    Weekday,
)
from shuxiang.timetable.rules import (
    END_OF_DAY,
    Audience,
    Bell,
    Edge,
    For,
    Hours,
    Reason,
    Span,
    TermDates,
    When,
)

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
LONGEST_CAPACITY = 20
NOON = 12
CLOSED, OPEN = "closed", "open"

BESIDE: dict[Reason, str] = {
    Reason.TERM_ENDS_BEFORE_IT_STARTS: "ends_on",
    Reason.TERM_TOO_LONG: "ends_on",
    Reason.TERM_OUTSIDE_YEAR: "starts_on",
    Reason.TERM_NUMBER_TAKEN: "number",
    Reason.RECALL_OUTSIDE_TERM: "recall_on",
    Reason.LAST_LENDING_OUTSIDE_TERM: "last_lending_on",
    Reason.DAYS_END_BEFORE_THEY_START: "until",
    Reason.SEASON_WITHOUT_PERIODS: "periods",
    Reason.SEASON_MOVES_NOTHING: "minutes",
    Reason.SEASON_LEAVES_THE_DAY: "minutes",
    Reason.TOO_MANY_DAYS: "until",
    Reason.PERIOD_NAME_TAKEN: "name",
    Reason.PERIOD_ENDS_BEFORE_IT_STARTS: "ends_at",
    Reason.HOURS_END_BEFORE_THEY_START: "closes_at",
    Reason.DAY_ENDS_BEFORE_HOURS: "closes",
    Reason.HOURS_TURN_WITH_SEASON: "closes_at",
    Reason.HOURS_DATES_TURNED_ROUND: "until_on",
    Reason.GRADE_MISSING: "grade",
    Reason.GRADE_NOT_MEANT: "grade",
    Reason.SLOT_TOO_SMALL: "capacity",
    Reason.SLOT_IS_THERE: "purpose",
}
"""The field beside which a refusal is told; the others stand above the form."""


def say_refusal(form: forms.Form, refused: TimetableRefused) -> None:
    """Put each objection beside its field."""
    for objection in refused.objections:
        beside = BESIDE.get(objection.reason)
        form.add_error(beside if beside in form.fields else None, wording.refusal(objection))


def grades(school: School, none: str) -> list[tuple[str, Any]]:
    """List a school's grades to choose from, after a word for none of them."""
    return [("", none), *((str(grade), grade_name(grade)) for grade in school.grades)]


class TermForm(forms.Form):
    first_year = forms.TypedChoiceField(label=_("School year"), coerce=int)
    number = forms.TypedChoiceField(
        label=_("Term"), coerce=int, choices=[(1, _("First term")), (2, _("Second term"))]
    )
    starts_on = forms.DateField(label=_("First day"), widget=DAY)
    ends_on = forms.DateField(label=_("Last day"), widget=DAY)
    last_lending_on = forms.DateField(
        label=_("Last lending day"),
        widget=DAY,
        required=False,
        help_text=_("After it a loan has to be passed by a librarian, until the term ends."),
    )
    recall_on = forms.DateField(
        label=_("Recall day"),
        widget=DAY,
        required=False,
        help_text=_("No book is due later than this day. Leave it empty if nothing is recalled."),
    )

    def __init__(self, *args: Any, around: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = cast(forms.ChoiceField, self.fields["first_year"])
        years.choices = [(year, f"{year}–{year + 1}") for year in range(around - 1, around + 3)]

    @property
    def dates(self) -> TermDates:
        asked = self.cleaned_data
        return TermDates(
            starts_on=asked["starts_on"],
            ends_on=asked["ends_on"],
            recall_on=asked["recall_on"],
            last_lending_on=asked["last_lending_on"],
        )


class DayForm(forms.Form):
    on = forms.DateField(label=_("First day"), widget=DAY)
    until = forms.DateField(
        label=_("Last day"), widget=DAY, required=False, help_text=_("Empty: this one day.")
    )
    state = forms.ChoiceField(
        label=_("The library is"),
        choices=[(CLOSED, _("closed")), (OPEN, _("open"))],
        initial=CLOSED,
        widget=forms.RadioSelect,
    )
    follows = forms.TypedChoiceField(
        label=_("Lessons as on"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("its own weekday")), *Weekday.choices],
        help_text=_("For a make-up day: which weekday's classes come."),
    )
    why = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=DayException._meta.get_field("why").max_length,
        widget=forms.TextInput(attrs={"placeholder": _("Sports day, stocktaking …")}),
    )


class UnsetForm(forms.Form):
    on = forms.DateField()
    until = forms.DateField(required=False)


class PeriodForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=Period._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"placeholder": _("Lesson 3, noon, after school …")}),
    )
    starts_at = forms.TimeField(label=_("Begins"), widget=CLOCK)
    ends_at = forms.TimeField(label=_("Ends"), widget=CLOCK)


class SeasonForm(forms.Form):
    """Within which dates periods are moved, and by how much."""

    first = forms.DateField(label=_("First day"), widget=DAY)
    last = forms.DateField(label=_("Last day"), widget=DAY)
    minutes = forms.IntegerField(
        label=_("Minutes later"),
        min_value=-180,
        max_value=180,
        initial=30,
        help_text=_("With a minus: earlier."),
    )
    periods = forms.ModelMultipleChoiceField(
        label=_("Periods"),
        queryset=Period.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        periods = Period.objects.filter(school=school)
        asked = cast("forms.ModelMultipleChoiceField[Any]", self.fields["periods"])
        asked.queryset = periods
        asked.initial = [period.pk for period in periods if period.starts_at.hour >= NOON]

    @property
    def dates(self) -> Span:
        return Span(first=self.cleaned_data["first"], last=self.cleaned_data["last"])


def bell_key(when: When) -> str:
    """Write a bell as a choice of a form; nothing for a time by the clock."""
    if not isinstance(when, Bell):
        return ""
    return f"{when.edge}-{when.period or 'day'}"


def _bells(periods: Iterable[Period]) -> dict[str, Bell]:
    bells = [
        Bell(edge=edge, period=period.pk, name=period.name) for period in periods for edge in Edge
    ]
    return {bell_key(bell): bell for bell in bells}


def _edges(bells: Mapping[str, Bell]) -> list[tuple[str, str]]:
    """List bells to choose from."""
    return [(key, wording.bell(bell)) for key, bell in bells.items()]


class HoursForm(forms.Form):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"),
        coerce=int,
        choices=Weekday.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    opens = forms.ChoiceField(label=_("Opens"), required=False)
    opens_at = forms.TimeField(
        label=_("Opens at"),
        widget=CLOCK,
        required=False,
        help_text=_("Only where it opens by the clock."),
    )
    closes = forms.ChoiceField(
        label=_("Closes"),
        required=False,
        help_text=_("Nothing chosen and no time: when the period ends with which it opens."),
    )
    closes_at = forms.TimeField(
        label=_("Closes at"),
        widget=CLOCK,
        required=False,
        help_text=_("Only where it closes by the clock."),
    )
    audience = forms.ChoiceField(label=_("For whom"), choices=OpeningHours.Audience.choices)
    grade = forms.TypedChoiceField(
        label=_("Grade"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Only where the hours are for one grade."),
    )
    room = forms.CharField(
        label=_("Room"),
        required=False,
        max_length=OpeningHours._meta.get_field("room").max_length,
        help_text=_("Only if there are several: reading room, picture-book corner …"),
    )
    from_on = forms.DateField(
        label=_("Holds from"), widget=DAY, required=False, help_text=_("Empty: always.")
    )
    until_on = forms.DateField(label=_("Holds until"), widget=DAY, required=False)

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["grade"]).choices = grades(school, "—")
        self._bells = _bells(Period.objects.filter(school=school))
        by_clock = ("", _("By the clock"))
        opens, closes = (cast(forms.ChoiceField, self.fields[end]) for end in ("opens", "closes"))
        opens.choices = [by_clock, *_edges(self._bells)]
        closes.choices = [by_clock, *_edges({**self._bells, bell_key(END_OF_DAY): END_OF_DAY})]
        if not self._bells:
            self._ask_for_clocks()

    def _ask_for_clocks(self) -> None:
        """Where there are no periods, times by the clock are all that can be entered."""
        for end in ("opens", "closes"):
            del self.fields[end]
            self.fields[f"{end}_at"].required, self.fields[f"{end}_at"].help_text = True, ""

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        for end in ("opens", "closes"):
            if asked.get(end) and asked.get(f"{end}_at"):
                self.add_error(f"{end}_at", _("Enter a time or choose a period, not both."))
        opens = self._bells.get(asked.get("opens", ""))
        asked["opens"] = opens or asked.get("opens_at")
        asked["closes"] = self._closing(asked, opens)
        for end in ("opens", "closes"):
            clock = f"{end}_at"
            if asked[end] is None and clock not in self.errors and end not in self.errors:
                self.add_error(clock, _("Enter a time, or choose with which period."))
        return asked

    def _closing(self, asked: Mapping[str, Any], opens: Bell | None) -> When | None:
        chosen = asked.get("closes", "")
        if chosen == bell_key(END_OF_DAY):
            return END_OF_DAY
        closes: When | None = self._bells.get(chosen) or asked.get("closes_at")
        if closes is None and opens and opens.edge is Edge.BEGINS:
            return replace(opens, edge=Edge.ENDS)
        return closes

    @property
    def wanted(self) -> list[Hours]:
        asked = self.cleaned_data
        audience = Audience(kind=For(asked["audience"]), grade=asked["grade"])
        return [
            Hours(
                weekday=weekday,
                opens_at=asked["opens"],
                closes_at=asked["closes"],
                audience=audience,
                room=asked["room"],
                from_on=asked["from_on"],
                until_on=asked["until_on"],
            )
            for weekday in dict.fromkeys(asked["weekdays"])
        ]


class SlotForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("What for"), choices=Slot.Purpose.choices, initial=Slot.Purpose.LENDING
    )
    capacity = forms.IntegerField(
        label=_("Classes at once"), min_value=1, max_value=LONGEST_CAPACITY, initial=1
    )


class SlotsForm(SlotForm):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"),
        coerce=int,
        choices=Weekday.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    periods = forms.ModelMultipleChoiceField(
        label=_("Periods"),
        queryset=Period.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    field_order = ["weekdays", "periods", "purpose", "capacity"]

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(
            "forms.ModelChoiceField[Any]", self.fields["periods"]
        ).queryset = Period.objects.filter(school=school)


class TurnForm(forms.Form):
    """Where a class is put: a slot, and in which weeks."""

    slot = forms.ModelChoiceField(queryset=Slot.objects.none())
    weeks = forms.ChoiceField(choices=Turn.Weeks.choices)

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["slot"]).queryset = Slot.objects.filter(
            school=school, capacity__gt=0
        )


class NewTurnForm(TurnForm):
    term = forms.ModelChoiceField(queryset=Term.objects.none())
    school_class = forms.ModelChoiceField(queryset=SchoolClass.objects.none())
    is_pinned = forms.BooleanField(required=False)

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, school=school, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["term"]).queryset = Term.objects.filter(
            school=school
        ).select_related("school", "year")
        cast(
            "forms.ModelChoiceField[Any]", self.fields["school_class"]
        ).queryset = SchoolClass.objects.filter(school=school).select_related("school")


def is_day(text: str) -> date | None:
    """Read a day of an address; None if it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
