"""What the audit can be asked. Reads only."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.database.plain import one
from shuxiang.platform.invariants import Broken
from shuxiang.platform.schools.models import School

EXAMPLES = 5
OF_NONCE = "SELECT 1 FROM audit_entry WHERE school_id = %s AND nonce = %s AND NOT (nonce = '')"
"""Asked before every act and nearly always in vain, so by hand; the index is partial."""


class NonceReused(Exception):
    """The same act number came with other content: nothing was done."""


def digest(**content: object) -> str:
    """Make the fingerprint of what an act asks for, to tell a retry from another act."""
    plain = json.dumps(content, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def done_before(*, school: School, nonce: str, content: str) -> Entry | None:
    """Find the act that a nonce already did.

    :raises NonceReused: if that act had other content
    """
    if not nonce or not one(OF_NONCE, [school.pk, nonce]):
        return None
    entry: Entry = Entry.objects.get(school=school, nonce=nonce)
    if entry.digest != content:
        raise NonceReused(nonce)
    return entry


def see_entries(
    school: School, *, verb: str = "", by: Account | None = None, on: date | None = None
) -> QuerySet[Entry]:
    """List what was done at a school, newest first; on a day of the school's own clock."""
    found: QuerySet[Entry] = Entry.objects.filter(school=school)
    if verb:
        found = found.filter(verb=verb)
    if by:
        found = found.filter(by=by)
    if on:
        midnight = datetime.combine(on, time.min, tzinfo=ZoneInfo(school.zone))
        found = found.filter(at__gte=midnight, at__lt=midnight + timedelta(days=1))
    return found.select_related("by", "approved_by").order_by("-at", "-id")


def broken_invariants(school: School) -> list[Broken]:
    """Find acts that happened twice, and undoing acts that come before what they undo."""
    acts = Entry.objects.filter(school=school).order_by()
    repeated = acts.exclude(nonce="").values("nonce").annotate(n=Count("pk")).filter(n__gt=1)
    found = {
        "act_twice": repeated.values_list("nonce", flat=True),
        "undone_before_it_was_done": acts.filter(
            Q(undoes__pk__gte=F("pk")) | ~Q(undoes=None) & ~Q(undoes__school=school)
        ).values_list("pk", flat=True),
    }
    return [
        Broken(code=code, count=len(keys), examples=tuple(map(str, keys[:EXAMPLES])))
        for code, keys in found.items()
        if keys
    ]
