"""What is chosen about a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuxiang.catalogue.models import AccessionBatch
from shuxiang.interop.excel import reading, wording
from shuxiang.interop.excel.fields import FIELDS, IGNORED, Kind
from shuxiang.interop.excel.sheets import Fault, FileRefused


class FileForm(forms.Form):
    """The file that holds the list."""

    file = forms.FileField(
        label=gettext_lazy("Excel or CSV file"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.et,.ods"}),
        error_messages={"required": gettext_lazy("Choose the file that holds the list.")},
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        name, size = file.name or "", file.size or 0
        if size > reading.BIGGEST:
            places = {"name": name, "megabytes": size >> 20, "most": reading.BIGGEST >> 20}
            raise forms.ValidationError(wording.fault(FileRefused(Fault.TOO_BIG, places)))
        if size == 0:
            raise forms.ValidationError(wording.fault(FileRefused(Fault.EMPTY, {"name": name})))
        return file


class BooksForm(forms.Form):
    """How books without numbers are meant, and where they come from."""

    further_copies = forms.BooleanField(
        label=gettext_lazy("Books without barcode are further copies"),
        help_text=gettext_lazy(
            "Otherwise a book that is here already is not taken in a second time."
        ),
        required=False,
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Where the books come from"), choices=AccessionBatch.Source.choices
    )


class ReadersForm(forms.Form):
    """What happens to classes that do not exist."""

    make_classes = forms.BooleanField(
        label=gettext_lazy("Make the classes that do not exist yet"), required=False
    )


CHOICES: Mapping[Kind, type[forms.Form]] = {Kind.BOOKS: BooksForm, Kind.READERS: ReadersForm}


class ColumnsForm(forms.Form):
    """What each column of each sheet holds."""

    def __init__(
        self, *args: Any, kind: Kind, sheets: Sequence[Mapping[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = sheets
        offered = [(IGNORED, str(wording.NOT_WANTED))]
        offered += [(name, wording.field_name(kind, name)) for name in FIELDS[kind]]
        for number, sheet in enumerate(sheets):
            takes = any(column["field"] for column in sheet["columns"]) and not sheet["is_hidden"]
            self.fields[f"take-{number}"] = forms.BooleanField(
                label=_("Read the sheet “%(sheet)s”") % {"sheet": sheet["sheet"]},
                required=False,
                initial=takes or len(sheets) == 1,
            )
            for place, column in enumerate(sheet["columns"]):
                self.fields[f"column-{number}-{place}"] = forms.ChoiceField(
                    label=column["header"],
                    choices=offered,
                    required=False,
                    initial=column["field"],
                )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if not any("name" in fields for fields in self.mapped().values()):
            raise forms.ValidationError(
                _("Say at least which column holds the name, in a sheet that is read.")
            )
        return typed

    def mapped(self) -> dict[str, list[str]]:
        """Give the fields of the columns by sheet."""
        return {
            sheet["sheet"]: [
                self.cleaned_data.get(f"column-{number}-{place}", IGNORED)
                for place in range(len(sheet["columns"]))
            ]
            for number, sheet in enumerate(self.sheets)
            if self.cleaned_data.get(f"take-{number}")
        }

    def tables(self) -> list[dict[str, Any]]:
        """Give each sheet with its form fields and first rows, for the page."""
        return [
            {
                **sheet,
                "take": self[f"take-{number}"],
                "selects": [
                    self[f"column-{number}-{place}"] for place in range(len(sheet["columns"]))
                ],
            }
            for number, sheet in enumerate(self.sheets)
        ]
