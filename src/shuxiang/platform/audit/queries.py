"""What the audit can be asked. Reads only."""

from __future__ import annotations

import hashlib
import json

from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.models import School


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
    if not nonce:
        return None
    entry = Entry.objects.filter(school=school, nonce=nonce).first()
    if entry and entry.digest != content:
        raise NonceReused(nonce)
    return entry
