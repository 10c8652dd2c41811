"""What is asked on the pages of the stock; whether it can be is said by the actions."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shuxiang.catalogue import queries
from shuxiang.catalogue.actions.copies import BY_HAND
from shuxiang.catalogue.models import (
    AccessionBatch,
    Audience,
    Collection,
    Copy,
    Holding,
    Shelf,
    WithdrawalBatch,
)
from shuxiang.catalogue.rules import NewCopy, NewNumber, NewTitle, numbers_read
from shuxiang.formats import money
from shuxiang.formats.isbn import LostDigits
from shuxiang.platform.schools.models import School

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOST_COPIES = 500
ACCESSIONS_OFFERED = 20


class Yuan(forms.CharField):
    """A sum that a person types in yuan and that is kept in fen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=20,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "is-short"}),
            **kwargs,
        )

    def clean(self, value: Any) -> int | None:
        written = super().clean(value)
        if not written:
            return None
        try:
            fen = money.read(written)
        except money.NotMoney as not_money:
            raise forms.ValidationError(_("Write a sum like 28.00.")) from not_money
        if fen < 0:
            raise forms.ValidationError(_("A price can't be less than nothing."))
        return fen

    def prepare_value(self, value: Any) -> Any:
        return money.to_text(value) if isinstance(value, int) else value


class TitleForm(forms.Form):
    """All that describes a title for everybody."""

    name = forms.CharField(label=_("Title"), max_length=300)
    subtitle = forms.CharField(label=_("Subtitle"), max_length=300, required=False)
    volume = forms.CharField(
        label=_("Volume"),
        max_length=80,
        required=False,
        help_text=_("For a part of a set, such as 上 or 第3册."),
    )
    author = forms.CharField(label=_("Author"), max_length=300, required=False)
    publisher = forms.CharField(label=_("Publisher"), max_length=160, required=False)
    place = forms.CharField(label=_("Place of publication"), max_length=80, required=False)
    year = forms.IntegerField(label=_("Year"), min_value=1000, max_value=2999, required=False)
    edition = forms.CharField(label=_("Edition"), max_length=80, required=False)
    pages = forms.CharField(label=_("Number of pages"), max_length=60, required=False)
    price = Yuan(label=_("List price, yuan"), required=False)
    series = forms.CharField(label=_("Series"), max_length=200, required=False)
    series_number = forms.CharField(label=_("Number in the series"), max_length=40, required=False)
    isbn = forms.CharField(
        label="ISBN",
        max_length=200,
        required=False,
        help_text=_("Several are parted by a semicolon; a wrong one is kept as it is printed."),
    )
    subjects = forms.CharField(
        label=_("Subjects"),
        max_length=300,
        required=False,
        help_text=_("Words under which readers look for it, parted by blanks."),
    )
    summary = forms.CharField(label=_("Summary"), widget=forms.Textarea, required=False)

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())  # its punctuation stays Chinese
        if not name:
            raise forms.ValidationError(_("The title has no name."))
        return name

    def clean_isbn(self) -> tuple[NewNumber, ...]:
        try:
            return numbers_read(self.cleaned_data["isbn"])
        except LostDigits as lost:
            raise forms.ValidationError(
                _("This number has lost digits in a spreadsheet: type the ISBN from the book.")
            ) from lost

    def shared_values(self) -> dict[str, Any]:
        """Give what belongs to the union's record, as the catalogue keeps it."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "isbn"}
        if "price" in values:
            fen = values["price"]
            values["price"] = None if fen is None else money.to_yuan(fen)
        return values


class NewTitleForm(TitleForm):
    """What is asked of a book that no catalogue knows; the rest can be added on its page."""

    clc = forms.CharField(
        label=_("CLC number"),
        max_length=40,
        required=False,
        help_text=_("By the Chinese Library Classification; it stands on the copyright page."),
    )
    field_order = ["name", "author", "publisher", "year", "price", "clc", "volume", "pages", "isbn"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(TitleForm.base_fields) - set(self.field_order):
            del self.fields[name]

    def new_title(self) -> NewTitle:
        values = self.shared_values()
        price = values.pop("price")
        return NewTitle(
            **values,
            price=price,
            price_text=str(price or ""),
            numbers=self.cleaned_data["isbn"],
            source="office",
        )


class Batches(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Batches to choose from, told apart by more than their numbers."""

    def label_from_instance(self, batch: AccessionBatch) -> str:
        said = (batch.number, batch.get_source_display(), batch.supplier, str(batch.received_on))
        return " · ".join(part for part in said if part)


class CopiesForm(forms.Form):
    """How many copies come in, with which labels, to which place, in which batch."""

    accession = Batches(label=_("Batch"), queryset=AccessionBatch.objects.none(), empty_label=None)
    count = forms.IntegerField(
        label=_("Copies"), min_value=1, max_value=MOST_COPIES, initial=1, required=False
    )
    copy_price = Yuan(
        label=_("Price a copy, yuan"),
        required=False,
        help_text=_("The registers count it. Empty: the list price."),
    )
    call_number = forms.CharField(
        label=_("Call number"),
        max_length=81,
        required=False,
        help_text=_("Empty: the class and the next number are given."),
    )
    shelf = forms.ModelChoiceField(
        label=_("Shelf"),
        queryset=Shelf.objects.none(),
        required=False,
        empty_label=_("not yet said"),
    )
    collection = forms.ModelChoiceField(
        label=_("Collection"),
        queryset=Collection.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    barcodes = forms.CharField(
        label=_("Barcodes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "is-code", "autocomplete": "off"}),
        help_text=_(
            "Scan the labels one after the other, one a line. Empty: the copies wait for their labels."
        ),
    )

    def __init__(self, *args: Any, school: School, in_place: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["accession"], open_accessions(school))
        offer(self.fields["shelf"], Shelf.objects.filter(school=school))
        offer(self.fields["collection"], Collection.objects.filter(school=school))
        if in_place:
            del self.fields["call_number"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        codes = [code for code in re.split(r"[\s,;,;、]+", cleaned.get("barcodes", "")) if code]
        count = cleaned.get("count")
        if codes and count and count > 1 and len(codes) != count:
            self.add_error(
                "barcodes",
                _("%(count)s copies and %(codes)s barcodes: make them as many, or leave one empty.")
                % {"count": count, "codes": len(codes)},
            )
        cleaned["codes"] = codes or [""] * (count or 1)
        return cleaned

    def new_copies(
        self, *, title: NewTitle | None, title_id: int | None, list_price: Decimal | None
    ) -> list[NewCopy]:
        said = self.cleaned_data
        fen = said["copy_price"]
        if fen is None and list_price is not None:
            fen = money.to_fen(list_price)
        return [
            NewCopy(
                title=title,
                title_id=title_id,
                barcode=code,
                shelf=said["shelf"].code if said["shelf"] else "",
                collection=said["collection"].name if said["collection"] else "",
                call_number=said.get("call_number", ""),
                price_fen=fen,
            )
            for code in said["codes"]
        ]


def open_accessions(school: School) -> QuerySet[AccessionBatch]:
    """List the latest accessions that can still grow."""
    closed = queries.closed_until(school)
    batches = AccessionBatch.objects.filter(school=school)
    if closed:
        batches = batches.filter(received_on__gt=closed)
    latest = batches.order_by("-id").values_list("pk", flat=True)[:ACCESSIONS_OFFERED]
    return AccessionBatch.objects.filter(school=school, pk__in=list(latest)).order_by("-id")


def offer(field: forms.Field, rows: QuerySet[Any]) -> None:
    """Give a field its choices."""
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type
    field.queryset = rows


class HoldingForm(forms.Form):
    """A school's own part of a title."""

    clc = forms.CharField(label=_("CLC number"), max_length=40, required=False)
    book_number = forms.CharField(
        label=_("Book number"),
        max_length=40,
        required=False,
        help_text=_("What follows the stroke. Empty: the next number of the class is given."),
    )
    audience = forms.ChoiceField(label=_("Suited to"), choices=Audience.choices, required=False)
    has_pinyin = forms.TypedChoiceField(
        label=_("Pinyin above the text"),
        choices=[("", _("not said")), ("yes", _("yes")), ("no", _("no"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
    )
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    @staticmethod
    def of(holding: Holding) -> dict[str, Any]:
        said = {True: "yes", False: "no", None: ""}[holding.has_pinyin]
        return {
            "clc": holding.clc,
            "book_number": holding.book_number,
            "audience": holding.audience,
            "has_pinyin": said,
            "note": holding.note,
        }


class CopyForm(forms.Form):
    """What can be changed of one copy."""

    barcode = forms.CharField(
        label=_("Barcode"),
        max_length=80,
        required=False,
        help_text=_("The old label still finds the copy until another book wears it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "is-code"}),
    )
    price_fen = Yuan(
        label=_("Price, yuan"),
        required=False,
        help_text=_("A change is posted in the registers as a correction."),
    )
    shelf = forms.ModelChoiceField(
        label=_("Shelf"),
        queryset=Shelf.objects.none(),
        required=False,
        empty_label=_("not yet said"),
    )
    collection = forms.ModelChoiceField(
        label=_("Collection"),
        queryset=Collection.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    volume = forms.CharField(label=_("Volume"), max_length=40, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["shelf"], Shelf.objects.filter(school=school))
        offer(self.fields["collection"], Collection.objects.filter(school=school))

    @staticmethod
    def of(copy: Copy) -> dict[str, Any]:
        return {
            "barcode": copy.barcode,
            "price_fen": copy.price_fen,
            "shelf": copy.shelf_id,
            "collection": copy.collection_id,
            "volume": copy.volume,
            "note": copy.note,
        }


class StandingForm(forms.Form):
    standing = forms.ChoiceField(
        label=_("Standing"), choices=[(standing.value, standing.label) for standing in BY_HAND]
    )


class ShelfForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Short, as it stands on the shelf: A3 or 文学4."),
    )
    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    room = forms.CharField(label=_("Room"), max_length=40, required=False)


class CollectionForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=40,
        help_text=_("A part of the stock with rules of its own, such as 工具书 or 绘本."),
    )
    note = forms.CharField(label=_("Note"), max_length=120, required=False)


class AccessionForm(forms.Form):
    source = forms.ChoiceField(label=_("Source"), choices=AccessionBatch.Source.choices)
    received_on = forms.DateField(label=_("Received on"), widget=DAY)
    supplier = forms.CharField(label=_("Supplier or giver"), max_length=80, required=False)
    document = forms.CharField(
        label=_("Document"),
        max_length=80,
        required=False,
        help_text=_("Number of the invoice or the delivery note."),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class WithdrawalForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=WithdrawalBatch.Reason.choices)
    withdrawn_on = forms.DateField(label=_("Day"), widget=DAY)
    approval = forms.CharField(
        label=_("Approval"),
        max_length=80,
        required=False,
        help_text=_("Number of the paper by which the school agreed, or who agreed."),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class SpanForm(forms.Form):
    """From which day to which the registers are shown."""

    from_on = forms.DateField(label=_("From"), widget=DAY)
    until_on = forms.DateField(label=_("Until"), widget=DAY)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("until_on", _("The last day is before the first."))
        return cleaned


class ClosingForm(forms.Form):
    until_on = forms.DateField(label=_("Close up to and with"), widget=DAY)
