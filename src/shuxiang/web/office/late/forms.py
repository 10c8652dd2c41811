"""What is asked about late books."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuxiang.circulation.models import Forfeit, Notice
from shuxiang.web.office.people.forms import DayField

MOST_STEPS = 6
MOST_DAYS = 200


class TellForm(forms.Form):
    """Who was told, by which way, of which books."""

    kind = forms.ChoiceField(choices=Notice.Kind.choices, required=False, widget=forms.HiddenInput)
    whom = forms.ChoiceField(label=_("Whom"), choices=Notice.Whom.choices)
    channel = forms.ChoiceField(label=_("How"), choices=Notice.Channel.choices)


class StepForm(forms.Form):
    """From which day on who is told, and how."""

    after_days = forms.IntegerField(
        label=_("Days late"), min_value=1, max_value=MOST_DAYS, required=False
    )
    whom = forms.ChoiceField(label=_("Whom"), choices=Notice.Whom.choices, required=False)
    channel = forms.ChoiceField(label=_("How"), choices=Notice.Channel.choices, required=False)


StepFormSet = forms.formset_factory(StepForm, extra=1, max_num=MOST_STEPS, absolute_max=MOST_STEPS)


def steps_from(formset: Any) -> list[dict[str, Any]]:
    """Read the rows that were filled in; a row without days is no step."""
    rows = (form.cleaned_data for form in formset.forms)
    wanted = {
        (row["after_days"], row["whom"], row["channel"]): row
        for row in rows
        if row.get("after_days") and row.get("whom") and row.get("channel")
    }
    return [
        {"after_days": days, "whom": whom, "channel": channel}
        for days, whom, channel in sorted(wanted)
    ]


class LateSettingsForm(forms.Form):
    """What goes into the chat of a class, and whether a class may forgo a prize."""

    titles_in_chat = forms.BooleanField(
        label=_("The text for the class chat names the books"),
        required=False,
        help_text=_("Only where the school shows pupils' names; else it names neither."),
    )
    class_forgoes = forms.BooleanField(
        label=_("The library may propose that a class forgoes a prize once"),
        required=False,
        help_text=_("For late or lost books. The school's leaders decide; it can be taken back."),
    )


class ProposalForm(forms.Form):
    """Why a class should forgo the prize."""

    why = forms.ChoiceField(label=_("Because of"), choices=Forfeit.Why.choices)
    books = forms.IntegerField(label=_("Books"), min_value=1, max_value=999)
    note = forms.CharField(label=_("Note"), max_length=120, required=False)

    def __init__(self, *args: Any, late: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._late = late

    def clean(self) -> dict[str, Any]:
        """Let no more books be late than are."""
        asked = super().clean() or {}
        if asked.get("why") == Forfeit.Why.LATE and asked.get("books", 0) > self._late:
            said = _("So many books of this class are not late: it is %(late)s.")
            self.add_error("books", said % {"late": self._late})
        return asked


class DecisionForm(forms.Form):
    """Who decided, and when."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_on(self) -> date:
        """Refuse a day that is still to come."""
        on: date = self.cleaned_data["on"]
        if on > self._today:
            raise forms.ValidationError(_("This day is still to come."))
        return on

    decided_by = forms.CharField(
        label=_("Who decided"), max_length=40, help_text=_("Such as: head of moral education.")
    )
    on = DayField(label=_("When"))


class StayForm(forms.Form):
    """Until when books stay out over the holidays, and why."""

    until_on = DayField(label=_("Until"), help_text=_("A day of the next term."))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=120,
        help_text=_("Such as: holiday reading, teaching material."),
    )
