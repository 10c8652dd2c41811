"""What goes back to the page: the row that stays, and the reader in sight."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.timezone import now as moment

from shuxiang.catalogue.models import Copy, Holding
from shuxiang.circulation.models import Loan
from shuxiang.circulation.queries import (
    Kind,
    Row,
    desk_figures,
    loans_of_copies,
    panel,
    panel_for_helper,
    row_of,
)
from shuxiang.circulation.rules import Note
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.queries import school_year, setting
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import class_name, classes_of
from shuxiang.web.access import Request
from shuxiang.web.desk import drawn, shift, speaking
from shuxiang.web.desk.asking import Asked
from shuxiang.web.desk.helping import is_helper
from shuxiang.web.desk.said import Said, Trouble
from shuxiang.web.desk.standing_by import who_may_allow

MOST_HOLDS_OFFERED = 3
HANDLE_WITH_CARE = frozenset({Note.WAS_IN_REPAIR, Note.WAS_WITHDRAWN, Note.IN_PROCESS})


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One of several readers whom a name may mean."""

    reader: Reader
    class_name: str
    grade: int | None


@dataclass(frozen=True, kw_only=True)
class Book:
    """One of several copies that a word or an ISBN may mean."""

    copy: Copy
    loan: Loan | None


def answer(
    request: Request,
    asked: Asked,
    outcome: Entry | Said,
    *,
    more: dict[str, Any] | None = None,
    trouble: Said | None = None,
) -> HttpResponse:
    """Answer one request of the page with a row and what the page shows of the reader."""
    context = outline(asked, outcome)
    reader = reader_after(asked, outcome)
    context |= {"asked": asked, "reader": reader, "helper": asked.is_helper, "trouble": trouble}
    context["limited"] = asked.rights.is_limited
    context |= more or {}
    if reader and not asked.visit:
        context["panel"] = panel_of(asked, reader)
    if isinstance(outcome, Said):
        context |= said_context(asked, outcome)
        return render(request, "desk/answer.html", context, status=(trouble or outcome).status)
    return render(request, "desk/answer.html", context) if more else _drawn(context)


def _drawn(shown: dict[str, Any]) -> HttpResponse:
    helper, panel = shown["helper"], shown.get("panel")
    return HttpResponse(
        drawn.answer(
            what=shown["what"],
            tone=shown["tone"],
            speech=shown["speech"],
            reader=shown["reader"],
            row=drawn.row(shown["row"], latest=True, helper=helper),
            panel=drawn.panel(panel, helper=helper, limited=shown["limited"])
            if panel
            else SafeString(""),
        )
    )


def outline(asked: Asked, outcome: Entry | Said) -> dict[str, Any]:
    """Gather the row with its sound and its spoken word."""
    if isinstance(outcome, Said):
        spoken = speaking.of_said(outcome)
        return {"said": outcome, "what": outcome.what, "tone": outcome.tone, "speech": spoken}
    row = row_of(outcome)
    spoken = speaking.of_row(row)
    return {"row": row, "what": outcome.verb, "tone": tone_of(row), "speech": spoken}


def tone_of(row: Row) -> str:
    """Tell good from what needs a hand."""
    if row.undone_at or row.verb != "take_back":
        return "hold" if row.kept else "good"
    return "hold" if row.hold or HANDLE_WITH_CARE & set(row.notes) else "back"


def reader_after(asked: Asked, outcome: Entry | Said) -> Reader | None:
    """Tell who is on the screen afterwards; while one of several is to be chosen, nobody is."""
    if isinstance(outcome, Said):
        if outcome.what is Kind.SHOW_READER:
            return outcome.reader
        if outcome.scan and outcome.scan.readers:
            return None
    return asked.reader


def panel_of(asked: Asked, reader: Reader) -> Any:
    """Show a reader as whoever stands at the desk may see them."""
    ask = panel_for_helper if asked.is_helper else panel
    return ask(reader, asked.school.day(asked.now))


def said_context(asked: Asked, said: Said) -> dict[str, Any]:
    """Gather what the row of a refusal or a choice needs beyond itself."""
    if said.what is Kind.CHOOSE and said.scan:
        return _choices(asked, said.scan.readers, said.scan.copies)
    if said.what is Trouble.LOAN_REFUSED and said.may_pass:
        reasons = setting(asked.school, "desk.confirm_reasons")
        librarians = who_may_allow(asked.school) if asked.is_helper else []
        chosen = asked.why or next(iter(reasons), "")
        other = "" if chosen in reasons else chosen
        return {"reasons": reasons, "chosen": chosen, "other": other, "librarians": librarians}
    return {
        "may_add": asked.by.has_perm("catalogue.quick_add") and looks_like_a_label(said.code),
        "may_hold": asked.by.has_perm("circulation.place_hold"),
        "may_trust": asked.by.has_perm("circulation.trust_clock"),
    }


def looks_like_a_label(code: str) -> bool:
    """Tell a label or an ISBN from a name that somebody typed."""
    return code.isascii() and any(character.isdigit() for character in code)


def _choices(asked: Asked, readers: Iterable[Reader], copies: Iterable[Copy]) -> dict[str, Any]:
    today = asked.school.day(asked.now)
    readers, copies = list(readers), list(copies)
    year = school_year(asked.school, today)
    classes = classes_of(readers, today)
    loans = loans_of_copies([copy.pk for copy in copies])
    out = [copy for copy in copies if copy.pk in loans]
    hidden = asked.is_helper and len(out) > 1 and len(out) == len(copies)
    return {
        "people": [_candidate(reader, classes.get(reader.pk), year) for reader in readers],
        "books": [] if hidden else [Book(copy=c, loan=loans.get(c.pk)) for c in copies],
        "people_count": len(readers),
        "hidden": hidden,
        "to_hold": _to_hold(asked, copies, loans) if not readers else [],
    }


def _to_hold(asked: Asked, copies: Iterable[Copy], loans: Container[int]) -> list[Holding]:
    """List the titles that the reader on the screen can wait for: every copy shown is out."""
    if asked.reader is None or not asked.by.has_perm("circulation.place_hold"):
        return []
    shown: dict[Holding, bool] = {}
    for copy in copies:
        shown[copy.holding] = shown.get(copy.holding, True) and copy.pk in loans
    return [holding for holding, all_out in shown.items() if all_out][:MOST_HOLDS_OFFERED]


def _candidate(reader: Reader, school_class: Any, year: int) -> Candidate:
    return Candidate(
        reader=reader,
        class_name=class_name(school_class, year) if school_class else "",
        grade=school_class.grade(year) if school_class else None,
    )


def told(request: Request, said: Said, *, sends_away: bool = False) -> HttpResponse:
    """Answer with words where the request could not even be read, or nothing could be written.

    `sends_away` puts whoever was on the screen aside.
    """
    context = {
        "asked": sends_away,
        "said": said,
        "what": said.what,
        "tone": said.tone,
        "speech": speaking.of_said(said),
        "helper": True,
        "may_trust": request.user.has_perm("circulation.trust_clock"),
    }
    return render(request, "desk/answer.html", context, status=said.status)


def nobody(request: Request) -> dict[str, Any]:
    """Gather what the panel shows while no reader is at the desk."""
    now, place = moment(), shift.desk_number(request)
    since, today = shift.since(request, now), request.school.day(now)
    return {
        "figures": desk_figures(school=request.school, place=place, since=since, today=today),
        "since": since,
        "helper": is_helper(request),
    }
