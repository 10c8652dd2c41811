"""What is asked before something is printed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuxiang.catalogue.models import AccessionBatch
from shuxiang.paper.labels import Wish
from shuxiang.paper.rules import FARTHEST_SHIFT, SHEETS
from shuxiang.platform.schools.models import School
from shuxiang.web.keys import LARGEST_KEY, key_of

BATCHES_OFFERED = 200
LONGEST_NAME = 40
OF = ("without", "batch", "numbers", "title", "copies", "given")


class Batches(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Batches to choose from, told apart by more than their numbers."""

    def label_from_instance(self, batch: AccessionBatch) -> str:
        said = (batch.number, batch.get_source_display(), batch.supplier, str(batch.received_on))
        return " · ".join(part for part in said if part)


def _shift(label: Any) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        required=False,
        min_value=-FARTHEST_SHIFT,
        max_value=FARTHEST_SHIFT,
        step_size=0.1,
        widget=forms.NumberInput(attrs={"class": "is-short", "step": "0.1"}),
    )


class LabelForm(forms.Form):
    """Which copies get labels, and how these are printed."""

    of = forms.ChoiceField(choices=[(of, of) for of in OF])
    batch = Batches(
        label=_("Batch"),
        queryset=AccessionBatch.objects.none(),
        required=False,
        empty_label=_("choose a batch"),
        widget=forms.Select(attrs={"aria-label": _("Batch")}),
    )
    first = forms.CharField(label=_("From number"), max_length=64, required=False)
    last = forms.CharField(label=_("To number"), max_length=64, required=False)
    holding = forms.IntegerField(required=False, max_value=LARGEST_KEY, widget=forms.HiddenInput)
    given = forms.IntegerField(required=False, max_value=LARGEST_KEY, widget=forms.HiddenInput)
    copy = forms.TypedMultipleChoiceField(
        required=False, coerce=int, widget=forms.MultipleHiddenInput
    )
    sheet = forms.ChoiceField(
        label=_("Sheet of labels"),
        choices=[(code, code) for code in SHEETS],
        widget=forms.RadioSelect,
    )
    start = forms.IntegerField(
        label=_("Begin at label"),
        min_value=1,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "is-short"}),
        help_text=_("For a sheet that is used in part: count from the left, row after row."),
    )
    barcodes = forms.TypedChoiceField(
        label=_("Barcode labels a copy"),
        coerce=int,
        choices=[
            (1, _("one")),
            (2, _("two: title page and back cover")),
            (0, _("none, spine labels only")),
        ],
    )
    spines = forms.BooleanField(label=_("A spine label with the call number"), required=False)
    school_name = forms.CharField(
        label=_("Name on the labels"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("A short one reads better."),
    )
    outlines = forms.BooleanField(
        label=_("Draw the edges of the labels, to cut them out of plain paper"), required=False
    )
    right = _shift(_("Shift to the right, mm"))
    down = _shift(_("Shift downwards, mm"))

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        batches = AccessionBatch.objects.filter(school=school).order_by("-id")
        newest = batches.values("pk")[:BATCHES_OFFERED]
        self._offer_batches(batches.filter(pk__in=list(newest.values_list("pk", flat=True))))
        wanted = self.data.getlist("copy")  # type: ignore[attr-defined]
        chosen: forms.TypedMultipleChoiceField = self.fields["copy"]  # type: ignore[assignment]
        chosen.choices = [(key, key) for key in wanted if key_of(key)]

    def _offer_batches(self, batches: Any) -> None:
        field: forms.ModelChoiceField[AccessionBatch] = self.fields["batch"]  # type: ignore[assignment]
        field.queryset = batches

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        sheet = SHEETS.get(cleaned.get("sheet", ""))
        if sheet and (cleaned.get("start") or 1) > sheet.fields:
            self.add_error(
                "start",
                forms.ValidationError(
                    _("This sheet has %(count)s labels."), params={"count": sheet.fields}
                ),
            )
        if cleaned.get("barcodes") == 0 and not cleaned.get("spines"):
            self.add_error("spines", _("Nothing would be printed: choose a barcode or a spine."))
        return cleaned

    def wish(self) -> Wish:
        """Give how the labels are wanted; only of a form that is valid."""
        said = self.cleaned_data
        return Wish(
            sheet=SHEETS[said["sheet"]],
            school=said["school_name"],
            start=said["start"],
            barcodes=said["barcodes"],
            spines=said["spines"],
            outlines=said["outlines"],
            shift=(said["right"] or 0.0, said["down"] or 0.0),
        )
