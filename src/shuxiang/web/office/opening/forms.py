"""What is asked about a new school year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuxiang.web.office.loading.forms import FileForm


class YearForm(FileForm):
    """The school's list, and the school year that it is about."""

    first_year = forms.TypedChoiceField(label=_("School year"), coerce=int)
    by_hand = forms.BooleanField(label=_("I say myself what the columns hold"), required=False)

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["first_year"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - for the reader and mypy
        field.choices = [(year, f"{year}–{year + 1}") for year in (this_year, this_year + 1)]
        self.order_fields(["first_year", "file", "by_hand"])
