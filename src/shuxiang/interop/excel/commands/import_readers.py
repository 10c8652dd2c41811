"""Take in readers from Excel or CSV."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext as _

from shuxiang.interop.excel.commands import importing
from shuxiang.interop.excel.fields import Kind


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `shuxiang import-readers` understands."""
    importing.arguments(parser)
    parser.add_argument(
        "--no-new-classes",
        action="store_true",
        help=_("refuse readers whose class does not exist, instead of making it"),
    )


def run(options: argparse.Namespace) -> int:
    """Show what the file would bring, ask, and enter the readers."""
    return importing.run(Kind.READERS, options, make_classes=not options.no_new_classes)
