"""Acts at a desk as the rows that stay on its screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from shuxiang.catalogue.models import Copy
from shuxiang.circulation.models import Hold, Loan
from shuxiang.circulation.queries.lists import read_in_room
from shuxiang.circulation.queries.panels import title_of
from shuxiang.circulation.queries.policy import policy_kept
from shuxiang.circulation.rules import Note, Reason, RenewalReason
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import class_name

SHOWN = ("circulation.lend", "circulation.take_back", "circulation.renew", "circulation.place_hold")


AT_HAND = ("circulation.lend", "circulation.take_back")


@dataclass(frozen=True, kw_only=True)
class RenewedLine:
    """One book of a renewal: until when, or why it stays as it was."""

    title: str
    due_on: date | None = None
    reasons: tuple[RenewalReason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Row:
    """One act: what it was, with which copy, whose, and what to do next with the book."""

    entry: Entry
    verb: str
    """lend, take_back, renew or place_hold"""
    undone_at: datetime | None
    copy: Copy | None
    loan: Loan | None
    hold: Hold | None
    """The hold that a return was put aside for."""
    reader: Reader | None
    class_name: str
    notes: tuple[Note, ...]
    passed: tuple[Reason, ...]
    remarks: tuple[Reason, ...]
    """What was noted of a loan, and did not stop it."""
    days_late: int
    renewed: tuple[RenewedLine, ...] = ()
    kept: tuple[RenewedLine, ...] = ()


def recent_rows(*, school: School, place: str, since: datetime, limit: int = 30) -> list[Row]:
    """List the last acts at a desk, newest first, in a fixed number of queries."""
    entries = (
        Entry.objects.filter(school=school, place=place, at__gte=since, verb__in=SHOWN)
        .select_related("undone_by", "by", "approved_by")
        .order_by("-pk")[:limit]
    )
    return rows_of(list(entries), school=school)


@dataclass(frozen=True, kw_only=True)
class DeskFigures:
    """What has been done at a desk; what was undone does not count."""

    lent: int
    returned: int
    passed: int
    """Loans for which somebody confirmed an objection."""
    in_room: int
    """Books that are read in the room now, whichever desk gave them out."""


def desk_figures(*, school: School, place: str, since: datetime, today: date) -> DeskFigures:
    """Count the acts at a desk and what is read in the room, in two queries."""
    stood = Entry.objects.filter(school=school, place=place, at__gte=since, undone_by=None)
    lent = Q(verb="circulation.lend")
    counts = stood.aggregate(
        lent=Count("pk", filter=lent),
        returned=Count("pk", filter=Q(verb="circulation.take_back")),
        passed=Count("pk", filter=lent & Q(details__passed__0__isnull=False)),
    )
    in_room = read_in_room(school, today).count()
    return DeskFigures(**counts, in_room=in_room)


@dataclass(frozen=True, kw_only=True)
class DeskSeen:
    """What a desk shows when its page is opened."""

    rows: list[Row]
    figures: DeskFigures


def see_desk(*, school: School, place: str, since: datetime, today: date) -> DeskSeen:
    """Show what has been done at a desk since somebody came to it."""
    return DeskSeen(
        rows=recent_rows(school=school, place=place, since=since),
        figures=desk_figures(school=school, place=place, since=since, today=today),
    )


def row_of(entry: Entry) -> Row:
    """Show one act; of an undo, the act that it took back."""
    if isinstance(entry.subject, Loan | Copy) and entry.verb in AT_HAND:
        return _at_hand(entry, entry.subject)
    shown = entry.undoes or entry
    fresh = Entry.objects.select_related("undone_by", "by", "approved_by", "school").get(
        pk=shown.pk
    )
    return rows_of([fresh], school=fresh.school)[0]


def _at_hand(entry: Entry, subject: Loan | Copy) -> Row:
    """Show an act that was just done, from what the action left on its entry."""
    loan = subject if isinstance(subject, Loan) else None
    copy = subject.copy if isinstance(subject, Loan) else subject
    holds = _by_pk(_holds(), {entry.details.get("hold")}) if entry.details.get("hold") else {}
    found = _Found(loans={loan.pk: loan} if loan else {}, copies={copy.pk: copy}, holds=holds)
    school = subject.school
    return _row(entry, found, policy_kept(school, school.day(entry.at)).school_year)


def rows_of(entries: Iterable[Entry], *, school: School | None) -> list[Row]:
    """Show several acts, in a fixed number of queries."""
    entries = list(entries)
    loans = _by_pk(
        Loan.objects.select_related(
            "copy__holding__title", "copy__shelf", "reader", "school_class__school"
        ),
        {e.subject_id for e in entries if e.subject_label == Loan._meta.label}
        | {line["loan"] for e in entries for line in _lines(e)},
    )
    copies = _by_pk(
        Copy.objects.select_related("holding__title", "shelf"),
        {e.details.get("copy") for e in entries},
    )
    own = {e.subject_id for e in entries if e.subject_label == Hold._meta.label}
    holds = _by_pk(
        _holds(),
        own | {e.details.get("hold") for e in entries},
    )
    days = {school.day(entry.at) for entry in entries} if school else set()
    years = {day: school_year(school, day) for day in days} if school else {}
    found = _Found(loans=loans, copies=copies, holds=holds)
    return [_row(e, found, years[school.day(e.at)] if school else 0) for e in entries]


@dataclass(frozen=True, kw_only=True)
class _Found:
    loans: dict[int, Loan]
    copies: dict[int, Copy]
    holds: dict[int, Hold]


def _holds() -> QuerySet[Hold]:
    return Hold.objects.select_related("holding__title", "reader")


def _by_pk(rows: Any, keys: set[Any]) -> dict[int, Any]:
    return {row.pk: row for row in rows.filter(pk__in=keys - {None})}


def _row(entry: Entry, found: _Found, year: int) -> Row:
    details = entry.details
    subject = entry.subject_id or 0
    loan = found.loans.get(subject) if entry.subject_label == Loan._meta.label else None
    own_hold = found.holds.get(subject) if entry.subject_label == Hold._meta.label else None
    copy = found.copies.get(details.get("copy") or 0) or (loan.copy if loan else None)
    undone = None if entry.subject else getattr(entry, "undone_by", None)
    verb = entry.verb.partition(".")[2]
    own_class = loan.school_class if loan else None
    return Row(
        entry=entry,
        verb=verb,
        undone_at=undone.at if undone else None,
        copy=copy,
        loan=loan,
        hold=own_hold
        or (found.holds.get(details.get("hold") or 0) if verb == "take_back" else None),
        reader=loan.reader if loan else (own_hold.reader if own_hold else None),
        class_name=class_name(own_class, year) if own_class else "",
        notes=tuple(Note(note) for note in details.get("notes", ()) if note in set(Note)),
        remarks=tuple(Reason(note) for note in details.get("notes", ()) if note in set(Reason)),
        passed=tuple(Reason(reason) for reason in details.get("passed", ())),
        days_late=details.get("days_late", 0),
        renewed=tuple(
            RenewedLine(
                title=title_of(found.loans[line["loan"]]), due_on=date.fromisoformat(line["to"])
            )
            for line in details.get("renewed", ())
        ),
        kept=tuple(
            RenewedLine(
                title=title_of(found.loans[line["loan"]]),
                reasons=tuple(RenewalReason(reason) for reason in line["reasons"]),
            )
            for line in details.get("kept", ())
        ),
    )


def _lines(entry: Entry) -> list[dict[str, Any]]:
    """List the books that a renewal spoke of; no other act has any."""
    return [*entry.details.get("renewed", ()), *entry.details.get("kept", ())]
