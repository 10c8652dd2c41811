"""What the desk's page asks for: read once from the request, and checked against the school."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import now as moment

from shuxiang.catalogue.models import Copy
from shuxiang.circulation.models import Visit
from shuxiang.circulation.queries import (
    Desk,
    Scan,
    place_of_visit,
    read_copy,
    read_scan,
    reader_at_desk,
)
from shuxiang.circulation.rules import Reason
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.audit.queries import digest
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader
from shuxiang.student_librarians.rules import WHOLE, Rights
from shuxiang.web.access import Request, nonce_of
from shuxiang.web.desk import helping, shift
from shuxiang.web.keys import key_of

LONGEST_WHY = 120
FIELDS = (
    "code",
    "copy",
    "reader",
    "person",
    "mode",
    "confirmed",
    "why",
    "entry",
    "holding",
    "name",
    "author",
    "barcode",
    "isbn",
)
"""What an act is about. Who approves it, and the number itself, are not."""

M = TypeVar("M", bound=models.Model)


class Mode(StrEnum):
    BOTH = "both"
    RETURNS = "returns"
    IN_ROOM = "in_room"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request of the page: who asks, where, when, and what for."""

    school: School
    by: Account
    now: datetime
    place: str
    nonce: str
    content: str
    code: str = ""
    copy: Copy | None = None
    """The copy that was chosen from a list."""
    reader: Reader | None = None
    """Who is on the screen."""
    person: Reader | None = None
    """The reader that was chosen from a list, or whose name was tapped."""
    mode: Mode = Mode.BOTH
    confirmed: frozenset[Reason] = frozenset()
    why: str = ""
    visit: Visit | None = None
    approved_by: Account | None = None
    rights: Rights = WHOLE
    is_new: bool = False
    """Whether it is known already that this very request did nothing before."""

    @property
    def is_helper(self) -> bool:
        """Whether a pupil stands at the desk, who sees no titles that are out and no names."""
        return not self.by.has_perm("circulation.see_loans")

    def act(self) -> Act:
        """Write down who does it."""
        return Act(
            by=self.by,
            now=self.now,
            place=self.place,
            nonce=self.nonce,
            content=self.content,
            approved_by=self.approved_by,
        )

    def done(self) -> Entry | None:
        """Find what this very request did before.

        :raises NonceReused: if its number did something else
        """
        return None if self.is_new else self.act().done(self.school)

    def scan(self) -> Scan:
        """
        Tell what the scan means at the desk as it is set.

        :raises NotServed: if it is about somebody whom this helper does not serve
        """
        return helping.check_scan(self.rights, self._read(), reader=self.reader)

    def _read(self) -> Scan:
        desk = Desk(
            school=self.school,
            now=self.now,
            reader=self.reader,
            returns_only=self.mode is Mode.RETURNS,
            in_room=self.mode is Mode.IN_ROOM,
        )
        if self.copy:
            return read_copy(self.copy, desk, code=self.code)
        return read_scan(self.code, desk)

    def approved(self, by: Account | None) -> Asked:
        """Let somebody who stands by allow it."""
        return replace(self, approved_by=by)

    def unconfirmed(self) -> Asked:
        """Ask without passing anything, so that the objections are told again."""
        return replace(self, confirmed=frozenset())


def read(request: Request, visit: Visit | None = None) -> Asked:
    """
    Read what the page asks for; what is not this school's is not there.

    :raises NotServed: if it names a reader whom this helper does not serve
    """
    post, now = request.POST, moment()
    mode = post.get("mode", "")
    asked = post.get("confirmed", "").split(",")
    rights = helping.rights_of(request)
    (reader, is_new), (person, _) = _reader(request, "reader"), _reader(request, "person")
    helping.check_served(rights, reader, person)
    return Asked(
        school=request.school,
        by=request.user,
        now=now,
        place=place_of_visit(visit) if visit else shift.desk_number(request),
        nonce=nonce_of(request),
        content=content_of(request),
        code=post.get("code", ""),
        copy=_copy(request),
        reader=reader,
        person=person,
        mode=Mode(mode) if mode in set(Mode) else Mode.BOTH,
        confirmed=frozenset(Reason(code) for code in asked if code in set(Reason)),
        why=post.get("why", "")[:LONGEST_WHY],
        visit=visit,
        rights=rights,
        is_new=is_new,
    )


def content_of(request: Request) -> str:
    """Make the fingerprint by which the same request is known when it comes again."""
    return digest(path=request.path, **{name: request.POST.get(name, "") for name in FIELDS})


def _reader(request: Request, name: str) -> tuple[Reader | None, bool]:
    """Find a reader whom the request names; tell whether that question showed the request to be new."""
    key = key_of(request.POST.get(name, ""))
    if key is None:
        return None, False
    if found := reader_at_desk(request.school, key, nonce=nonce_of(request)):
        reader, happened = found
        return reader, not happened
    raise Http404


def _copy(request: Request) -> Copy | None:
    key = key_of(request.POST.get("copy", ""))
    if key is None:
        return None
    rows = Copy.objects.select_related("holding__title", "shelf")
    found: Copy = get_object_or_404(rows, school=request.school, pk=key)
    return found
