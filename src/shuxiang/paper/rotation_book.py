"""The rotation of a term as a workbook: the week to look at, and a list to sort."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from shuxiang.readers.queries import class_name
from shuxiang.timetable import wording
from shuxiang.timetable.models import Term, Turn

WIDE, NARROW = 22, 12


def rotation_book(term: Term, turns: Sequence[Turn]) -> bytes:
    """Write the week and the list, all of it text: nothing in it is ever a formula."""
    page = BytesIO()
    with xlsxwriter.Workbook(page, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "bg_color": "#F3EFE6", "border": 1})
        cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
        _write_week(book, turns, term.year.first_year, head=head, cell=cell)
        _write_list(book, turns, term.year.first_year, head=head, cell=cell)
    return page.getvalue()


def _write_week(
    book: xlsxwriter.Workbook,
    turns: Sequence[Turn],
    year: int,
    *,
    head: xlsxwriter.format.Format,
    cell: xlsxwriter.format.Format,
) -> None:
    sheet = book.add_worksheet(_("Rotation"))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.freeze_panes(1, 1)
    weekdays = sorted({*range(5), *(turn.slot.weekday for turn in turns)})
    periods = sorted({turn.slot.period for turn in turns}, key=lambda one: one.starts_at)
    sheet.set_column(0, 0, NARROW)
    sheet.set_column(1, len(weekdays), WIDE)
    sheet.write_row(
        0, 0, [_("Period"), *(str(wording.SHORT_WEEKDAYS[day]) for day in weekdays)], head
    )
    for row, period in enumerate(periods, start=1):
        sheet.write_string(row, 0, f"{period.name}\n{period.starts_at:%H:%M}", head)
        for column, weekday in enumerate(weekdays, start=1):
            here = [
                turn
                for turn in turns
                if (turn.slot.period_id, turn.slot.weekday) == (period.pk, weekday)
            ]
            words = "\n".join(_said(turn, year) for turn in here)
            sheet.write_string(row, column, words, cell)


def _write_list(
    book: xlsxwriter.Workbook,
    turns: Sequence[Turn],
    year: int,
    *,
    head: xlsxwriter.format.Format,
    cell: xlsxwriter.format.Format,
) -> None:
    sheet = book.add_worksheet(_("List"))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 6, NARROW + 2)
    titles = [
        _("Class"),
        _("Weekday"),
        _("Period"),
        _("Begins"),
        _("Ends"),
        _("Weeks"),
        _("What for"),
    ]
    sheet.write_row(0, 0, titles, head)
    sheet.autofilter(0, 0, max(1, len(turns)), len(titles) - 1)
    for row, turn in enumerate(turns, start=1):
        period = turn.slot.period
        said = [
            class_name(turn.school_class, year),
            str(wording.SHORT_WEEKDAYS[turn.slot.weekday]),
            period.name,
            f"{period.starts_at:%H:%M}",
            f"{period.ends_at:%H:%M}",
            str(Turn.Weeks(turn.weeks).label),
            str(turn.slot.get_purpose_display()),
        ]
        for column, words in enumerate(said):
            sheet.write_string(row, column, words, cell)


def _said(turn: Turn, year: int) -> str:
    letter = "" if turn.weeks == Turn.Weeks.EVERY else f"{turn.weeks.upper()} "
    return f"{letter}{class_name(turn.school_class, year)} {turn.slot.get_purpose_display()}"
