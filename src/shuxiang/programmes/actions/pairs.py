"""Reading pairs: confirmed, changed, ended."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.programmes.actions.refused import refuse
from shuxiang.programmes.models import Pair
from shuxiang.programmes.rules import Refusal
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import register


@transaction.atomic
def confirm_pair(
    *, school_class: SchoolClass, guide: Reader, reader: Reader, by: Account, now: datetime
) -> Pair:
    """
    Bring two pupils of a class together, from today on.

    :raises ProgrammeRefused: if they are one, not both in the class, or one of them has a pair
    """
    pair = _begin(school_class, guide, reader, by=by, today=school_class.school.day(now))
    record(
        "programmes.confirm_pair",
        pair,
        school=school_class.school,
        by=by,
        at=now,
        guide=guide.pk,
        reader=reader.pk,
    )
    return pair


@transaction.atomic
def change_pair(*, pair: Pair, guide: Reader, by: Account, now: datetime) -> Pair:
    """
    Give the pupil another guide: the pair ends today, and another begins.

    :raises ProgrammeRefused: if the pair has ended, or the two can't be one
    """
    old = _standing(pair)
    if old.reader is None:
        refuse(Refusal.PAIR_HAS_ENDED)
    today = old.school.day(now)
    _end(old, today)
    new = _begin(old.school_class, guide, old.reader, by=by, today=today)
    record(
        "programmes.change_pair",
        new,
        school=old.school,
        by=by,
        at=now,
        instead_of=old.pk,
        guide=guide.pk,
        reader=old.reader.pk,
    )
    return new


@transaction.atomic
def end_pair(*, pair: Pair, by: Account, now: datetime) -> Pair:
    """
    End a pair today.

    :raises ProgrammeRefused: if it has ended already
    """
    ended = _standing(pair)
    _end(ended, ended.school.day(now))
    record("programmes.end_pair", ended, school=ended.school, by=by, at=now)
    return ended


def _begin(
    school_class: SchoolClass, guide: Reader, reader: Reader, *, by: Account, today: date
) -> Pair:
    if guide.pk == reader.pk:
        refuse(Refusal.PAIR_OF_ONE)
    # Locked, so that of two who pair the same pupil at once the second hears of it.
    two = list(Reader.objects.select_for_update().filter(pk__in=[guide.pk, reader.pk]))
    here = {one.pk for one in register(school_class, today)}
    standing = Pair.objects.standing().filter(school=school_class.school_id)
    for one in two:
        if one.pk not in here:
            refuse(Refusal.NOT_IN_CLASS, name=one.name)
        if standing.filter(Q(guide=one) | Q(reader=one)).exists():
            refuse(Refusal.HAS_PAIR, name=one.name)
    made: Pair = Pair.objects.create(
        school_id=school_class.school_id,
        school_class=school_class,
        guide=guide,
        reader=reader,
        from_on=today,
        confirmed_by=by,
    )
    return made


def _end(pair: Pair, today: date) -> None:
    pair.until_on = today
    pair.save(update_fields=["until_on"])


def _standing(pair: Pair) -> Pair:
    """
    Lock a pair that stands.

    :raises ProgrammeRefused: if it has ended
    """
    rows = Pair.objects.select_for_update(of=("self",)).select_related("school", "reader")
    found: Pair = rows.select_related("school_class__school").get(pk=pair.pk)
    if found.until_on is not None:
        refuse(Refusal.PAIR_HAS_ENDED)
    return found
