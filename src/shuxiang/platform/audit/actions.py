"""Write down what was done: called by every action, within its transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.audit.queries import done_before
from shuxiang.platform.database.plain import write
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.rules import new_stamp


@dataclass(frozen=True, kw_only=True)
class Act:
    """Who acts, where and when; `nonce` and `content` make asking twice one act."""

    by: Account | None
    """None: a device at which readers help themselves."""
    now: datetime
    place: str = ""
    nonce: str = ""
    content: str = ""
    approved_by: Account | None = None

    def done(self, school: School) -> Entry | None:
        """Find the entry of this very act if it happened before.

        :raises NonceReused: if its number did something else
        """
        return done_before(school=school, nonce=self.nonce, content=self.content)

    def may(self, permission: str) -> bool:
        """Tell whether the one who acts, or the one who stands by, may do a thing."""
        who = self.approved_by or self.by
        return who is not None and who.has_perm(permission)


def record(
    verb: str,
    subject: models.Model | None,
    *,
    school: School | None,
    by: Account | None,
    at: datetime,
    **details: object,
) -> Entry:
    """Write one entry; `details` hold codes and numbers, never a reader's name."""
    if school:
        School.objects.filter(pk=school.pk).update(stamp=new_stamp())
    entry = Entry(school=school, verb=verb, by=by, at=at, details=details, **_names(subject))
    write(entry)
    return entry


def record_act(
    verb: str,
    subject: models.Model | None,
    *,
    school: School,
    act: Act,
    undoes: Entry | None = None,
    **details: object,
) -> Entry:
    """Write the entry of an act that may be asked for twice.

    :raises IntegrityError: if its number has been used, or the entry was undone before
    """
    entry = Entry(
        school=school,
        verb=verb,
        by=act.by,
        approved_by=act.approved_by,
        at=act.now,
        place=act.place,
        nonce=act.nonce,
        digest=act.content,
        undoes=undoes,
        details=details,
        **_names(subject),
    )
    write(entry)
    entry.subject = subject
    return entry


def _names(subject: models.Model | None) -> dict[str, object]:
    if subject is None:
        return {"subject_label": "", "subject_id": None}
    return {"subject_label": subject._meta.label, "subject_id": subject.pk}
