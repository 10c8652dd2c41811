"""What goes back to the kiosk's page: a row, and how many books the reader has."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from shuxiang.circulation.queries import Kind, Row, panel, row_of
from shuxiang.circulation.rules import Note
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.queries import setting
from shuxiang.readers.models import Reader
from shuxiang.web.access import Request
from shuxiang.web.kiosk.asking import Asked, pass_of
from shuxiang.web.kiosk.told import Told, Trouble

TO_THE_LIBRARIAN = frozenset({Note.WAS_IN_REPAIR, Note.WAS_WITHDRAWN, Note.IN_PROCESS})


def answer(request: Request, asked: Asked, outcome: Entry | Told) -> HttpResponse:
    """Answer one scan with its row and with the reader who goes on."""
    reader = reader_after(asked, outcome)
    context = _outline(outcome)
    status = 200
    if isinstance(outcome, Told):
        status = outcome.status
        context["is_card"] = outcome.what is Kind.SHOW_READER
    if reader:
        context |= _seen(asked, reader)
    return render(request, "kiosk/answer.html", context, status=status)


def reader_after(asked: Asked, outcome: Entry | Told) -> Reader | None:
    """Tell who goes on: a second card changes the reader at once."""
    if isinstance(outcome, Told) and outcome.what is Kind.SHOW_READER:
        return outcome.reader
    return asked.reader


def told(request: Request, trouble: Trouble) -> HttpResponse:
    """Answer where nothing could be written; who stands at the kiosk stays there."""
    outcome = Told(what=trouble)
    context = {**_outline(outcome), "keeps_reader": True}
    return render(request, "kiosk/answer.html", context, status=outcome.status)


def _outline(outcome: Entry | Told) -> dict[str, Any]:
    if isinstance(outcome, Told):
        return {"told": outcome, "what": outcome.what, "tone": outcome.tone}
    row = row_of(outcome)
    return {"row": row, "what": row.verb, "tone": _tone(row), "by_hand": _by_hand(row)}


def _tone(row: Row) -> str:
    if row.verb == "lend":
        return "good"
    return "hold" if _by_hand(row) else "back"


def _by_hand(row: Row) -> bool:
    """Tell a book that came back and is not to be shelved, but given to the librarian."""
    is_set_aside = row.copy is not None and row.copy.standing == "set_aside"
    return bool(row.hold or is_set_aside or TO_THE_LIBRARIAN & set(row.notes))


def _seen(asked: Asked, reader: Reader) -> dict[str, Any]:
    """Gather what bystanders may see: how many books, and a name where the school allows names."""
    names_shown = setting(asked.school, "public.names")
    return {
        "reader": reader,
        "reader_pass": pass_of(asked.kiosk, reader),
        "names_shown": names_shown,
        "panel": panel(reader, asked.school.day(asked.now)),
    }
