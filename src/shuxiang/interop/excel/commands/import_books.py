"""Take in books from Excel or CSV."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext as _

from shuxiang.catalogue.models import AccessionBatch
from shuxiang.interop.excel.commands import importing
from shuxiang.interop.excel.fields import Kind


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `shuxiang import-books` understands."""
    importing.arguments(parser)
    parser.add_argument(
        "--further",
        action="store_true",
        help=_("books without barcode are further copies, also of titles that are here"),
    )
    parser.add_argument(
        "--source",
        choices=AccessionBatch.Source.values,
        default=AccessionBatch.Source.OPENING.value,
        help=_("where the books come from, as the register of income says it"),
    )


def run(options: argparse.Namespace) -> int:
    """Show what the file would bring, ask, and take the books in."""
    return importing.run(Kind.BOOKS, options, further_copies=options.further, source=options.source)
