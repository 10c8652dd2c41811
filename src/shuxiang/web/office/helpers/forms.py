"""What is asked on the pages of student librarians; whether it can be is said by the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import class_name, classes_at_school
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Post, Shift
from shuxiang.student_librarians.queries import PostLine
from shuxiang.student_librarians.rules import COUNT, Hours, Refusal
from shuxiang.student_librarians.wording import REFUSALS, hours, refusal
from shuxiang.timetable.models import Weekday

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
MOST_PLACES = 20
MOST_SESSIONS = 10
WHOLE = 100

BESIDE: dict[Refusal, str] = {
    Refusal.SESSION_OUTSIDE_TERM: "on",
    Refusal.SHIFT_ENDS_BEFORE_IT_BEGINS: "ends_at",
    Refusal.SHIFT_OVERLAPS: "starts_at",
    Refusal.SHIFT_WITHOUT_PLACES: "places",
}
"""The field beside which a refusal is told; the others stand above the form."""


def say_refusal(form: forms.Form, refused: HelperRefused) -> None:
    """Put each objection beside its field."""
    for objection in refused.objections:
        beside = BESIDE.get(objection.reason)
        form.add_error(beside if beside in form.fields else None, refusal(objection))


class NominateForm(forms.Form):
    """Which pupil of a class, for what, and why."""

    reader = forms.ModelChoiceField(
        label=_("Pupil"), queryset=Reader.objects.none(), empty_label=_("choose a pupil")
    )
    work = forms.ChoiceField(label=_("Work"), choices=Post.Work.choices)
    why = forms.CharField(
        label=_("Why this pupil"),
        required=False,
        max_length=Post._meta.get_field("why").max_length,
        help_text=_("Careful, reliable, likes to read … One sentence is enough."),
    )

    def __init__(self, *args: Any, readers: Iterable[Reader], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pupils = cast("forms.ModelChoiceField[Any]", self.fields["reader"])
        pupils.queryset = Reader.objects.filter(pk__in=[reader.pk for reader in readers]).order_by(
            "seat", "name", "id"
        )


class PostForm(forms.Form):
    """What somebody does, whom they serve, and when."""

    work = forms.ChoiceField(label=_("Work"), choices=Post.Work.choices)
    classes = forms.ModelMultipleChoiceField(
        label=_("Serves these classes"),
        queryset=SchoolClass.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: everybody, teachers too."),
    )
    shifts = forms.ModelMultipleChoiceField(
        label=_("At these hours"),
        queryset=Shift.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: at any time."),
    )

    def __init__(self, *args: Any, school: School, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        classes = classes_at_school(school, year)
        served = cast("forms.ModelMultipleChoiceField[Any]", self.fields["classes"])
        served.queryset = SchoolClass.objects.filter(school=school)
        served.choices = [(each.pk, class_name(each, year)) for each in classes]
        shifts = Shift.objects.given().filter(school=school)
        given = cast("forms.ModelMultipleChoiceField[Any]", self.fields["shifts"])
        given.queryset = shifts
        given.choices = [(each.pk, f"{hours([each.clock])} {each.name}") for each in shifts]


class TrainingForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=DAY)
    starts_at = forms.TimeField(label=_("Begins"), widget=CLOCK, required=False)
    topic = forms.CharField(
        label=_("Topic"),
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": _("Lending and returning at the desk …")}),
    )
    place = forms.CharField(label=_("Where"), max_length=40, required=False)


class ShiftForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=20,
        widget=forms.TextInput(attrs={"placeholder": _("Noon, long break, after school …")}),
    )
    starts_at = forms.TimeField(label=_("Begins"), widget=CLOCK)
    ends_at = forms.TimeField(label=_("Ends"), widget=CLOCK)
    places = forms.IntegerField(
        label=_("Helpers at once"), min_value=1, max_value=MOST_PLACES, initial=2
    )

    def hours(self, weekday: int) -> Hours:
        asked = self.cleaned_data
        return Hours(weekday=weekday, starts_at=asked["starts_at"], ends_at=asked["ends_at"])


class NewShiftForm(ShiftForm):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"),
        coerce=int,
        choices=Weekday.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ["weekdays"]


class SignInForm(forms.Form):
    """With what a helper signs in: a name for who has none yet, else a password at most."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("Such as the student number, or the name in pinyin."),
    )
    new_password = forms.BooleanField(
        label=_("Give a new password too"),
        required=False,
        help_text=_("Only if it was forgotten: the present one opens the account no more."),
    )

    def __init__(self, *args: Any, needs_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["new_password" if needs_name else "username"]


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=120, required=False)


class HelperSettingsForm(forms.Form):
    """What the school wants of its helpers before they stand at the desk."""

    sessions = forms.IntegerField(
        label=_("Training sessions before the appointment"), min_value=0, max_value=MOST_SESSIONS
    )
    pass_mark = forms.IntegerField(
        label=_("Right answers of ten, to pass the test"), min_value=1, max_value=COUNT
    )
    apply = forms.BooleanField(label=_("Pupils may apply on their own page"), required=False)
    by_role = forms.BooleanField(
        label=_("The role of a student librarian opens the desk without an appointment too"),
        required=False,
        help_text=_(
            "Tick it if some accounts shall go on helping at all hours and for all classes "
            "although others are appointed."
        ),
    )


class RosterForm(forms.Form):
    from_on = forms.DateField(label=_("From"), widget=DAY)
    until_on = forms.DateField(label=_("To"), widget=DAY)


class DutyForm(forms.Form):
    """Who is put on duty by hand."""

    shift = forms.ModelChoiceField(queryset=Shift.objects.none())
    post = forms.ModelChoiceField(queryset=Post.objects.none())

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shifts = cast("forms.ModelChoiceField[Any]", self.fields["shift"])
        shifts.queryset = Shift.objects.given().filter(school=school)
        posts = cast("forms.ModelChoiceField[Any]", self.fields["post"])
        posts.queryset = (
            Post.objects.appointed()
            .filter(school=school)
            .select_related("school", "term__year", "term__school", "reader")
        )


class MeetingForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=DAY)
    starts_at = forms.TimeField(label=_("Begins"), widget=CLOCK, required=False)
    place = forms.CharField(label=_("Where"), max_length=40, required=False)
    agenda = forms.CharField(
        label=_("Agenda"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    notes = forms.CharField(
        label=_("Notes"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What was said; problems that somebody sees to stand below."),
    )


class ProblemForm(forms.Form):
    text = forms.CharField(label=_("Problem"), max_length=200)
    owner = forms.ModelChoiceField(
        label=_("Who sees to it"),
        queryset=Post.objects.none(),
        required=False,
        empty_label=_("the librarian"),
    )

    def __init__(self, *args: Any, lines: Iterable[PostLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = cast("forms.ModelChoiceField[Any]", self.fields["owner"])
        named = [(line.post.pk, f"{line.name} {line.class_name}") for line in lines]
        owner.queryset = Post.objects.filter(pk__in=[key for key, _name in named])
        owner.choices = [("", _("the librarian")), *named]


class WeightsForm(forms.Form):
    """What the three parts of the evaluation weigh."""

    duty = forms.IntegerField(label=_("Turns kept"), min_value=0, max_value=100)
    acts = forms.IntegerField(label=_("Work at the desk"), min_value=0, max_value=100)
    mark = forms.IntegerField(label=_("Librarian's mark"), min_value=0, max_value=100)

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        if not self.errors and sum(asked.values()) != WHOLE:
            raise forms.ValidationError(str(REFUSALS[Refusal.WEIGHTS_NOT_WHOLE]))
        return asked
