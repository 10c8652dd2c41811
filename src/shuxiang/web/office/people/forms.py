"""What is typed about classes and readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuxiang.formats.classname import grade_name
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import class_name
from shuxiang.readers.rules import LONGEST_MARK, class_marks
from shuxiang.web.office.people.choosing import Offer

MOST_BOOKS = 500


class DayField(forms.DateField):
    """A day, chosen from the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class ClassField(forms.TypedChoiceField):
    """One of the classes at school, or none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)

    def offer(self, offer: Offer, *, none: str) -> None:
        """Fill the list; `none` stands for no class."""
        named = [(each.pk, class_name(each, offer.school_year)) for each in offer.classes]
        self.choices = [("", none), *named]


class GradeField(forms.TypedChoiceField):
    """One of the grades that the school teaches."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, **kwargs)

    def offer(self, school: School) -> None:
        """Fill the list."""
        self.choices = [(grade, grade_name(grade)) for grade in school.grades]


class NewClassesForm(forms.Form):
    """A grade and which classes it has."""

    grade = GradeField(label=_("Grade"))
    marks = forms.CharField(
        label=_("Classes"),
        required=False,
        max_length=200,
        help_text=_(
            "From – to, such as 1-6, or one by one: 1 2 4, 甲 乙, 向日葵. "
            "Leave it empty if the grade has a single class."
        ),
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grade: GradeField = self.fields["grade"]  # type: ignore[assignment]
        grade.offer(school)

    def clean_marks(self) -> tuple[str, ...]:
        marks = class_marks(self.cleaned_data["marks"])
        if any(len(mark) > LONGEST_MARK for mark in marks):
            raise forms.ValidationError(_("A class has a name of at most ten characters."))
        return marks


class ClassForm(forms.Form):
    """One class: its grade in this school year and how its number is written."""

    grade = GradeField(label=_("Grade in this school year"))
    mark = forms.CharField(
        label=_("Number or name"),
        required=False,
        max_length=LONGEST_MARK,
        help_text=_("3, 甲 or 向日葵; empty if the grade has a single class."),
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grade: GradeField = self.fields["grade"]  # type: ignore[assignment]
        grade.offer(school)


class TeacherForm(forms.Form):
    """Who is a class's teacher, and since when."""

    account = forms.TypedChoiceField(label=_("Class teacher"), coerce=int)
    on = DayField(label=_("From"))

    def __init__(self, *args: Any, teachers: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        account: forms.TypedChoiceField = self.fields["account"]  # type: ignore[assignment]
        account.choices = [(each.pk, f"{each.name} ({each.username})") for each in teachers]


class ReaderFilter(forms.Form):
    """Which readers a list shows."""

    q = forms.CharField(
        label=_("Name, pinyin, number or card"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    school_class = ClassField(label=_("Class"), required=False)
    category = forms.ChoiceField(label=_("Kind of reader"), required=False)
    standing = forms.ChoiceField(
        label=_("Standing"),
        required=False,
        choices=[
            ("", _("At school")),
            ("paused", _("Borrowing paused")),
            ("left", _("Left the school")),
        ],
    )

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school_class: ClassField = self.fields["school_class"]  # type: ignore[assignment]
        school_class.offer(offer, none=str(_("All classes")))
        category: forms.ChoiceField = self.fields["category"]  # type: ignore[assignment]
        category.choices = [("", _("All kinds")), *Reader.Category.choices]


class ReaderForm(forms.Form):
    """What is kept of a reader."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    category = forms.ChoiceField(label=_("Kind of reader"), choices=Reader.Category.choices)
    number = forms.CharField(
        label=_("Student or staff number"),
        required=False,
        max_length=40,
        help_text=_("The school's own number; never the national student number."),
    )
    seat = forms.IntegerField(
        label=_("Seat on the register"), required=False, min_value=1, max_value=999
    )
    limit = forms.IntegerField(
        label=_("Own limit"),
        required=False,
        min_value=0,
        max_value=MOST_BOOKS,
        help_text=_("Books at a time, if other than the lending rules say."),
    )
    joined_on = DayField(label=_("Reader since"))


class NewReaderForm(ReaderForm):
    """A reader who is to be added."""

    school_class = ClassField(label=_("Class"), required=False)
    card = forms.CharField(
        label=_("Card"),
        required=False,
        max_length=64,
        help_text=_("Scan it now, or give it later."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = [
        "name",
        "category",
        "school_class",
        "seat",
        "number",
        "card",
        "limit",
        "joined_on",
    ]

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school_class: ClassField = self.fields["school_class"]  # type: ignore[assignment]
        school_class.offer(offer, none=str(_("No class")))


class CardForm(forms.Form):
    """A card's number."""

    card = forms.CharField(
        label=_("Number of the card"),
        max_length=64,
        help_text=_("Scan the card, or type what is printed on it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )


class MoveForm(forms.Form):
    """Into which class, from which day."""

    school_class = ClassField(label=_("New class"), required=False)
    seat = forms.IntegerField(
        label=_("Seat on the register"), required=False, min_value=1, max_value=999
    )
    on = DayField(label=_("From"))

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school_class: ClassField = self.fields["school_class"]  # type: ignore[assignment]
        school_class.offer(offer, none=str(_("No class")))


class LeaveForm(forms.Form):
    """The last day."""

    on = DayField(label=_("Last day at school"))


class ComeBackForm(forms.Form):
    """Into which class, from which day."""

    school_class = ClassField(label=_("Class"), required=False)
    on = DayField(label=_("From"))

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school_class: ClassField = self.fields["school_class"]  # type: ignore[assignment]
        school_class.offer(offer, none=str(_("No class")))


class PauseForm(forms.Form):
    """Why borrowing is paused, and until when."""

    why = forms.CharField(
        label=_("Reason"),
        max_length=120,
        help_text=_("The desk shows it to the reader, so write it as you would say it."),
    )
    from_on = DayField(label=_("From"))
    until_on = DayField(label=_("Until"), required=False, help_text=_("Empty: until you lift it."))

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        from_on, until_on = typed.get("from_on"), typed.get("until_on")
        if from_on and until_on and until_on < from_on:
            self.add_error("until_on", _("The last day is before the first."))
        return typed
