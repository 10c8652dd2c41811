"""Portraits for the desk: kept only where the guardians agreed, and gone when the school wants it so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from shuxiang.formats.portrait import NotAPicture, portrait
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.actions import change_settings
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Membership, Photo, Reader, SchoolClass
from shuxiang.readers.queries.photos import CONSENT, photo_consent, photos_of_past
from shuxiang.readers.rules.photos import Known, known, whose


class NoConsent(Exception):
    """Nobody said on which paper the guardians agreed: no photograph is kept."""


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What came of the files that were brought, by their names."""

    kept: int
    unknown: tuple[str, ...]
    """Files that name no reader."""
    unclear: tuple[str, ...]
    """Files that name more than one reader, or a reader whom another file names too."""
    unfit: tuple[str, ...]
    """Files that hold no picture."""


@transaction.atomic
def allow_photos(*, school: School, consent: str, by: Account | None, now: datetime) -> None:
    """
    Say on which paper the guardians agreed; from now on photographs may be kept.

    :raises NoConsent: if nothing is said
    """
    if not consent.strip():
        raise NoConsent
    change_settings(school=school, changes={CONSENT: consent.strip()}, by=by, now=now)


@transaction.atomic
def stop_photos(*, school: School, by: Account | None, now: datetime) -> int:
    """Keep photographs no longer, delete those that are there, and count them."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    change_settings(school=school, changes={CONSENT: ""}, by=by, now=now)
    gone, _ = Photo.objects.filter(school=school).delete()
    record("readers.stop_photos", school, school=school, by=by, at=now, photos=gone)
    return gone


def bring_photos(
    *,
    school: School,
    files: Iterable[tuple[str, bytes]],
    school_class: SchoolClass | None,
    by: Account | None,
    now: datetime,
) -> Brought:
    """
    Keep the photographs of readers whom the names of the files tell, of one class or of the whole school.

    A newer photograph takes the place of the last one. What is doubtful is left out.

    :raises NoConsent: if the school keeps no photographs
    """
    if not photo_consent(school):
        raise NoConsent
    readers = _known(school, school_class, school.day(now))
    found: dict[int, list[str]] = {}
    made: dict[int, bytes] = {}
    unknown: list[str] = []
    unclear: list[str] = []
    unfit: list[str] = []
    for name, picture in files:
        meant = whose(name, readers, is_class=school_class is not None)
        if len(meant) != 1:
            (unclear if meant else unknown).append(name)
            continue
        (reader,) = meant
        try:
            made[reader] = portrait(picture)
        except NotAPicture:
            unfit.append(name)
        else:
            found.setdefault(reader, []).append(name)
    for reader, names in found.items():
        if len(names) > 1:
            del made[reader]
            unclear += names
    _keep(school, made, by, now)
    return Brought(
        kept=len(made), unknown=tuple(unknown), unclear=tuple(unclear), unfit=tuple(unfit)
    )


@transaction.atomic
def remove_photo(*, reader: Reader, by: Account | None, now: datetime) -> None:
    """Delete the photograph of one reader; nothing happens if there is none."""
    gone, _ = Photo.objects.filter(reader=reader).delete()
    if gone:
        record("readers.remove_photo", reader, school=reader.school, by=by, at=now)


@transaction.atomic
def forget(*, school: School, before: date, now: datetime) -> dict[str, int]:
    """Delete the photographs of readers who left until a day, and count them."""
    gone, _ = photos_of_past(school, before).delete()
    if gone:
        record("readers.forget", school, school=school, by=None, at=now, photos=gone)
    return {"photos": gone}


@transaction.atomic
def _keep(school: School, made: dict[int, bytes], by: Account | None, now: datetime) -> None:
    """Write all portraits, or none; and none if the school has stopped keeping them meanwhile."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    if not photo_consent(school):
        raise NoConsent
    photos = [
        Photo(school=school, reader_id=reader, jpeg=jpeg, digest=_digest(jpeg), kept_at=now)
        for reader, jpeg in made.items()
    ]
    Photo.objects.bulk_create(
        photos,
        update_conflicts=True,
        unique_fields=["reader"],
        update_fields=["jpeg", "digest", "kept_at"],
    )
    if photos:
        record("readers.bring_photos", school, school=school, by=by, at=now, photos=len(photos))


def _known(school: School, school_class: SchoolClass | None, day: date) -> list[Known]:
    readers = Reader.objects.filter(school=school).at_school()
    if school_class:
        stays = Membership.objects.on(day).filter(school_class=school_class)
        readers = readers.filter(pk__in=stays.values("reader"))
    names = ("pk", "name", "number", "card", "seat")
    return [known(**row) for row in readers.values(*names)]


def _digest(jpeg: bytes) -> str:
    return hashlib.sha256(jpeg).hexdigest()[: Photo._meta.get_field("digest").max_length]
