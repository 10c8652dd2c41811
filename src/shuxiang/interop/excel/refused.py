"""The rows that did not come in, as a workbook to mend and bring again: each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter
from django.utils.translation import gettext as _

from shuxiang.interop.excel import plan_file, wording
from shuxiang.interop.excel.plan_file import Line
from shuxiang.interop.excel.verdicts import Verdict, Why

FILE = "refused.xlsx"
REASON = "原因"
"""The header of the reasons; a file that is brought again has it, and it is left aside."""
WIDTH = 46
_LIVE = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet could take for a formula."""


def write(
    folder: Path,
    *,
    headers: Sequence[Sequence[str]],
    late: Mapping[int, tuple[Why, ...]] | None = None,
) -> int:
    """Write the refused rows of a plan, and those that turned out so later; give their number.

    `late` holds the reasons by the place of the row in the plan.
    """
    lines = {
        line.place: (line, line.plan.why)
        for line in plan_file.read(folder, verdicts=frozenset({Verdict.REFUSED}))
    }
    if late:
        lines |= {
            line.place: (line, late[line.place])
            for line in plan_file.read(folder)
            if line.place in late
        }
    write_book(folder / FILE, headers=headers, lines=[lines[place] for place in sorted(lines)])
    return len(lines)


def write_book(
    path: Path, *, headers: Sequence[Sequence[str]], lines: Sequence[tuple[Line, tuple[Why, ...]]]
) -> None:
    """Write one sheet a table, all of it text: nothing in it is ever a formula."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "constant_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#F3EFE6"})
        wrapped = book.add_format({"text_wrap": True, "font_color": "#9A2B1E"})
        plain = book.add_format({"num_format": "@"})
        quoted = book.add_format({"num_format": "@", "quote_prefix": True})
        for number, titles in enumerate(headers, start=1):
            here = [one for one in lines if one[0].table == number - 1]
            if not here and len(headers) > 1:
                continue
            sheet = book.add_worksheet(_("Not taken in %(number)s") % {"number": number})
            sheet.set_column(0, 0, WIDTH)
            sheet.freeze_panes(1, 0)
            for place, title in enumerate([REASON, *titles]):
                sheet.write_string(0, place, title, bold)
            for row, (line, why) in enumerate(here, start=1):
                sheet.write_string(row, 0, wording.sentences(why), wrapped)
                for place, text in enumerate(line.cells, start=1):
                    sheet.write_string(row, place, text, quoted if is_live(text) else plain)
        if not book.worksheets():
            book.add_worksheet()


def is_live(text: str) -> bool:
    """Tell a text that a spreadsheet could take for a formula."""
    return text.startswith(_LIVE)
