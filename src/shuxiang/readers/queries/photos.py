"""Portraits of readers, in a school that keeps them. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year, setting
from shuxiang.readers.models import Membership, Photo, Reader, SchoolClass

CONSENT = "readers.photo_consent"
"""The setting that says on which paper the guardians agreed; while it is empty no photograph is kept."""
DAYS = "retention.photo_days"
"""The setting that says how long the photograph of who left is kept."""


@dataclass(frozen=True, kw_only=True)
class ClassPhotos:
    """How many of a class have a photograph."""

    school_class: SchoolClass
    readers: int
    photos: int


def photo_consent(school: School) -> str:
    """Tell on which paper the guardians agreed to photographs; nothing if the school keeps none."""
    return str(setting(school, CONSENT))


def see_photo(reader: Reader) -> Photo | None:
    """Give the portrait of a reader who is at school."""
    return _shown(reader.school).filter(reader=reader).first()


def photos_of(school: School, readers: Iterable[Reader]) -> dict[int, str]:
    """Tell which readers have a portrait, and its digest, in one query."""
    found = _shown(school).filter(reader__in=[reader.pk for reader in readers])
    return dict(found.values_list("reader_id", "digest"))


def see_photos(school: School, day: date) -> list[ClassPhotos]:
    """Count the portraits by class, the lowest grade first."""
    year = school_year(school, day)
    stays = Membership.objects.on(day).filter(school=school, reader__left_on=None)
    counts = dict(_by_class(stays))
    with_photo = dict(_by_class(stays.filter(reader__in=Photo.objects.values("reader"))))
    classes = SchoolClass.objects.filter(pk__in=counts).select_related("school")
    return [
        ClassPhotos(school_class=c, readers=counts[c.pk], photos=with_photo.get(c.pk, 0))
        for c in sorted(classes, key=lambda c: (c.grade(year) or 0, c.number))
    ]


def forget_before(school: School, today: date, *, days: int) -> date:
    """Tell the last day of leaving whose photographs go."""
    return today - timedelta(days=days)


def to_forget(school: School, before: date) -> dict[str, int]:
    """Count the photographs of readers who left until a day."""
    return {"photos": photos_of_past(school, before).count()}


def photos_of_past(school: School, before: date) -> QuerySet[Photo]:
    """Find the photographs of readers who left until a day."""
    return Photo.objects.filter(school=school, reader__left_on__lte=before)


def photos_astray(school: School) -> QuerySet[Photo]:
    """Find photographs that may not be: of a school that keeps none, or of another school's reader."""
    kept = Photo.objects.filter(school=school)
    return kept.exclude(reader__school=school) if photo_consent(school) else kept


def _shown(school: School) -> QuerySet[Photo]:
    return Photo.objects.filter(school=school, reader__left_on=None)


def _by_class(stays: QuerySet[Membership]) -> QuerySet[Membership, tuple[int, int]]:
    by_class = stays.order_by().values("school_class").annotate(n=Count("reader"))
    return by_class.values_list("school_class", "n")
