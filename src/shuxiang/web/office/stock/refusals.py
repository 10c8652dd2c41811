"""Say beside which field a refusal belongs, and in which words."""

from __future__ import annotations

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shuxiang.catalogue import actions
from shuxiang.catalogue.rules import Fault
from shuxiang.catalogue.wording import FAULTS

BESIDE = {
    Fault.BARCODE_TAKEN: ("barcode", "barcodes"),
    Fault.BARCODE_IS_A_CARD: ("barcode", "barcodes"),
    Fault.BARCODE_TWICE: ("barcode", "barcodes"),
    Fault.BARCODE_TOO_LONG: ("barcode", "barcodes"),
    Fault.NEGATIVE_PRICE: ("price_fen", "copy_price"),
    Fault.CALL_NUMBER_TAKEN: ("book_number", "call_number"),
    Fault.CLASS_UNKNOWN: ("clc",),
    Fault.NO_NAME: ("name",),
}
Refusal = (
    actions.TakeInRefused
    | actions.WithdrawalRefused
    | actions.CopyRefused
    | actions.TitleRefused
    | actions.PeriodClosed
    | actions.NotYetThere
    | actions.DayIsPosted
)


def words(fault: Fault, value: str) -> str:
    """Say a fault in a sentence."""
    return str(FAULTS[fault]) % {"value": value}


def say_faults(form: forms.Form, refused: Refusal) -> None:
    """Put each fault beside its field, the others above the form."""
    match refused:
        case actions.TakeInRefused(faults=faults) | actions.WithdrawalRefused(faults=faults):
            for fault in dict.fromkeys((fault.fault, fault.value) for fault in faults):
                _say(form, *fault)
        case actions.CopyRefused() | actions.TitleRefused():
            _say(form, refused.fault, refused.value)
        case actions.PeriodClosed():
            form.add_error(None, closed_words(refused))
        case actions.NotYetThere():
            form.add_error(None, _("This day has not come yet: take today or an earlier day."))
        case actions.DayIsPosted():
            form.add_error(
                "received_on",
                _("Books have come in with this batch, so its day stands in the registers."),
            )


def closed_words(refused: actions.PeriodClosed) -> str:
    """Say up to which day the registers are closed."""
    return _(
        "The registers are closed up to %(day)s, so nothing can be dated on that day or before it."
    ) % {"day": date_format(refused.until_on)}


def _say(form: forms.Form, fault: Fault, value: str) -> None:
    field = next((name for name in BESIDE.get(fault, ()) if name in form.fields), None)
    form.add_error(field, words(fault, value))
