"""A pupil at the desk: the appointment says whose books, and when; the role alone says the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import now

from shuxiang.circulation.queries import Kind, Row, Scan, loan_of_copy
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import class_of, classes_of
from shuxiang.student_librarians.models import Post
from shuxiang.student_librarians.queries import own_post, rights_at_desk
from shuxiang.student_librarians.rules import WHOLE, DeskRefusal, Rights
from shuxiang.student_librarians.wording import hours
from shuxiang.web.access import Request
from shuxiang.web.desk.said import Said

View = Callable[..., HttpResponseBase]


class NotServed(PermissionDenied):
    """What a helper's appointment does not hold; nothing was written."""

    def __init__(self, refusal: DeskRefusal, *, is_other: bool = False) -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.is_other = is_other
        """Somebody else stands there now: whoever was on the screen is no longer meant."""


def is_helper(request: Request) -> bool:
    """Tell whether a pupil stands at the desk, who sees no titles that are out and no names."""
    person = request.user
    return person.has_perm("circulation.lend") and not person.has_perm("circulation.see_loans")


def is_appointed(request: Request, moment: datetime) -> bool:
    """Tell whether a student librarian stands at the desk, who has turns on the roster."""
    post = own_post(request.user, moment) if is_helper(request) else None
    return post is not None and post.state == Post.State.APPOINTED


def rights_of(request: Request) -> Rights:
    """Tell what whoever asks may do at the desk now; asked for once a request."""
    known: Rights | None = getattr(request, "desk_rights", None)
    if known is None:
        known = rights_at_desk(request.user, now()) if is_helper(request) else WHOLE
        request.desk_rights = known  # type: ignore[attr-defined]
    return known


def said_of(refusal: DeskRefusal, rights: Rights) -> Said:
    """Say why nothing was recorded."""
    return Said(what=refusal, details={"hours": hours(rights.hours)})


def refused_now(request: Request) -> Said | None:
    """Say why this is not the time of whoever asks; None if it is."""
    rights = rights_of(request)
    return said_of(rights.refusal, rights) if rights.refusal else None


def own_rows(request: Request, rows: list[Row]) -> list[Row]:
    """Show an appointed helper the own acts alone: others' name what somebody has taken home."""
    if not rights_of(request).is_limited:
        return rows
    return [row for row in rows if row.entry.by_id == request.user.pk]


def in_hours(view: View) -> View:
    """Open a page of the desk only in the hours of an appointment; else the desk says when they are."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if rights_of(request).refusal:
            return redirect("circulation.see_desk")
        return view(request, *args, **kwargs)

    return guarded


def not_for_helpers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep an act of the desk from appointed helpers: they lend, take back and shelve."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if rights_of(request).is_limited:
            raise NotServed(DeskRefusal.NOT_FOR_HELPERS)
        return view(request, *args, **kwargs)

    return guarded


def check_class(request: Request, school_class: int) -> None:
    """:raises NotServed: if whoever asks does not serve a class"""
    if not rights_of(request).serves(school_class):
        raise NotServed(DeskRefusal.NOT_YOUR_CLASS)


def check_served(rights: Rights, *readers: Reader | None) -> None:
    """:raises NotServed: if one of these readers is of a class that is not served"""
    if rights.classes is None:
        return
    for reader in readers:
        if reader and not _serves(rights, reader):
            raise NotServed(DeskRefusal.NOT_YOUR_CLASS, is_other=True)


def check_scan(rights: Rights, scan: Scan, *, reader: Reader | None) -> Scan:
    """
    Let a helper learn from a scan no more than the appointment holds; `reader` is served.

    :raises NotServed: if it is about a reader, or a reader's book, of a class that is not served
    """
    if rights.classes is None:
        return scan
    if scan.reader != reader:
        check_served(rights, scan.reader)
    loan = loan_of_copy(scan.copy.pk) if scan.copy and scan.kind is Kind.TAKE_BACK else None
    if loan and loan.reader and not _serves(rights, loan.reader):
        raise NotServed(DeskRefusal.NOT_YOUR_BOOK)
    if not scan.readers:
        return scan
    own = classes_of(scan.readers, scan.readers[0].school.day(now()))
    keys = {key: each.pk for key, each in own.items()}
    served = tuple(one for one in scan.readers if rights.serves(keys.get(one.pk)))
    if not served and not scan.copies:
        raise NotServed(DeskRefusal.NOT_YOUR_CLASS, is_other=True)
    return replace(scan, readers=served)


def _serves(rights: Rights, reader: Reader) -> bool:
    own = class_of(reader, reader.school.day(now()))
    return rights.serves(own.pk if own else None)
