"""Shelves and collections: add, change, remove."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from shuxiang.catalogue.models import Collection, Copy, Shelf
from shuxiang.formats.text import fold
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School


class NameTaken(Exception):
    """Another shelf or collection of the school already has this code or name."""


class NotEmpty(Exception):
    """Copies rest on the shelf or in the collection, so it can't be removed."""

    def __init__(self, copies: int) -> None:
        super().__init__(str(copies))
        self.copies = copies


class StillNeeded(Exception):
    """Rows of a room above, such as lending rules, name the collection."""


@transaction.atomic
def change_shelf(
    *,
    school: School,
    code: str,
    by: Account | None,
    now: datetime,
    shelf: Shelf | None = None,
    name: str = "",
    room: str = "",
) -> Shelf:
    """Add a shelf, or change one.

    :raises NameTaken: if another shelf has the code
    """
    code = fold(code)
    same = Shelf.objects.filter(school=school, code=code)
    if same.exclude(pk=shelf.pk if shelf else 0).exists():
        raise NameTaken(code)
    shelf = shelf or Shelf(school=school)
    shelf.code, shelf.name, shelf.room = code, fold(name), fold(room)
    shelf.save()
    record("catalogue.change_shelf", shelf, school=school, by=by, at=now, code=code)
    return shelf


@transaction.atomic
def remove_shelf(*, shelf: Shelf, by: Account | None, now: datetime) -> None:
    """Remove a shelf on which no copy has its place.

    :raises NotEmpty: if one has, also a withdrawn one, whose row is kept
    """
    if resting := Copy.objects.filter(school=shelf.school, shelf=shelf).count():
        raise NotEmpty(resting)
    record("catalogue.remove_shelf", shelf, school=shelf.school, by=by, at=now, code=shelf.code)
    shelf.delete()


@transaction.atomic
def change_collection(
    *,
    school: School,
    name: str,
    by: Account | None,
    now: datetime,
    collection: Collection | None = None,
    note: str = "",
) -> Collection:
    """Add a collection, or change one.

    :raises NameTaken: if another collection has the name
    """
    name = fold(name)
    same = Collection.objects.filter(school=school, name=name)
    if same.exclude(pk=collection.pk if collection else 0).exists():
        raise NameTaken(name)
    collection = collection or Collection(school=school)
    collection.name, collection.note = name, fold(note)
    collection.save()
    record("catalogue.change_collection", collection, school=school, by=by, at=now, name=name)
    return collection


@transaction.atomic
def remove_collection(*, collection: Collection, by: Account | None, now: datetime) -> None:
    """Remove a collection to which no copy belongs.

    :raises NotEmpty: if one does, also a withdrawn one, whose row is kept
    :raises StillNeeded: if lending rules or the like are made for it
    """
    school = collection.school
    if resting := Copy.objects.filter(school=school, collection=collection).count():
        raise NotEmpty(resting)
    record(
        "catalogue.remove_collection",
        collection,
        school=school,
        by=by,
        at=now,
        name=collection.name,
    )
    try:
        collection.delete()
    except ProtectedError as resting_above:
        raise StillNeeded(collection.name) from resting_above
