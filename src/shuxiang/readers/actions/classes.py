"""Classes and who is their teacher."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import ClassTeacher, SchoolClass
from shuxiang.readers.rules import A_DAY, class_number

CHANGEABLE = ("stage", "cohort", "number", "mark")


class ClassThere(Exception):
    """The cohort has a class of this number already."""

    def __init__(self, school_class: SchoolClass) -> None:
        super().__init__(str(school_class))
        self.school_class = school_class


class ClassInUse(Exception):
    """Something rests on the class: `resting` counts it by the label of its table."""

    def __init__(self, resting: Mapping[str, int]) -> None:
        super().__init__(dict(resting))
        self.resting = resting


class NotATeacher(Exception):
    """The account does not hold the role of a class teacher, or is of another school."""


@transaction.atomic
def add_class(
    *,
    school: School,
    stage: str,
    cohort: int,
    number: int,
    mark: str,
    by: Account | None,
    now: datetime,
) -> SchoolClass:
    """
    Add a class by its year of entry and its number; `mark` is how the number is written.

    :raises ClassThere: if the cohort has a class of this number
    """
    added = SchoolClass(school=school, stage=stage, cohort=cohort, number=number, mark=mark.strip())
    _check_new(added)
    added.save()
    record("readers.add_class", added, school=school, by=by, at=now, cohort=cohort, number=number)
    return added


@transaction.atomic
def add_classes(
    *,
    school: School,
    stage: str,
    cohort: int,
    marks: Sequence[str],
    by: Account | None,
    now: datetime,
) -> list[SchoolClass]:
    """
    Add the classes of a cohort by how they are written: 1 2 3, 甲 乙, or names, in their order.

    :raises ClassThere: if the cohort has one of them; then none is added
    """
    cohort_classes = SchoolClass.objects.filter(school=school, stage=stage, cohort=cohort)
    taken = {one.number: one for one in cohort_classes.select_for_update()}
    added = []
    for mark in marks:
        number = class_number(mark) or max(taken, default=0) + 1
        if there := taken.get(number) or _same_name(taken, mark):
            raise ClassThere(there)
        taken[number] = SchoolClass(
            school=school, stage=stage, cohort=cohort, number=number, mark=mark
        )
        added.append(taken[number])
    made = SchoolClass.objects.bulk_create(added)
    record(
        "readers.add_classes", None, school=school, by=by, at=now, cohort=cohort, classes=len(made)
    )
    return made


@transaction.atomic
def change_class(
    *, school_class: SchoolClass, changes: Mapping[str, Any], by: Account, now: datetime
) -> SchoolClass:
    """
    Change the year of entry, the number or how it is written.

    :raises ClassThere: if the cohort has a class of this number
    :raises KeyError: if another field is named
    """
    if unknown := set(changes) - set(CHANGEABLE):
        raise KeyError(*unknown)
    changed = SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    for field, value in changes.items():
        setattr(changed, field, value)
    _check_new(changed)
    changed.save(update_fields=list(changes))
    record("readers.change_class", changed, school=changed.school, by=by, at=now, **dict(changes))
    return changed


@transaction.atomic
def remove_class(*, school_class: SchoolClass, by: Account, now: datetime) -> None:
    """
    Remove a class on which nothing rests.

    :raises ClassInUse: if anything does, in this room or in one above
    """
    gone = SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    record(
        "readers.remove_class",
        gone,
        school=gone.school,
        by=by,
        at=now,
        cohort=gone.cohort,
        number=gone.number,
    )
    try:
        gone.delete()
    except ProtectedError as protected:
        raise ClassInUse(
            Counter(one._meta.label for one in protected.protected_objects)
        ) from protected


@transaction.atomic
def name_class_teacher(
    *, school_class: SchoolClass, account: Account, on: date, by: Account | None, now: datetime
) -> ClassTeacher:
    """
    Name a class's teacher (班主任) from a day on, in place of the one before.

    :raises NotATeacher: if the account does not hold the role
    """
    if account.school_id != school_class.school_id or Role.CLASS_TEACHER not in account.roles:
        raise NotATeacher(account.username)
    locked = SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    present = ClassTeacher.objects.filter(school_class=locked, until_on=None)
    same = present.filter(account=account).first()
    _end(school_class=locked, keeping=account, on=on)
    named = same or ClassTeacher.objects.create(
        school=locked.school, school_class=locked, account=account, from_on=on
    )
    record("readers.name_class_teacher", named, school=locked.school, by=by, at=now)
    return named


@transaction.atomic
def release_class_teacher(
    *, school_class: SchoolClass, on: date, by: Account, now: datetime
) -> None:
    """Let a class be without a teacher from a day on."""
    locked = SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    _end(school_class=locked, keeping=None, on=on)
    record("readers.release_class_teacher", locked, school=locked.school, by=by, at=now)


def _same_name(classes: Mapping[int, SchoolClass], mark: str) -> SchoolClass | None:
    return next((one for one in classes.values() if mark and one.mark == mark), None)


def _end(*, school_class: SchoolClass, keeping: Account | None, on: date) -> None:
    """End the time of the present teachers the day before; who was named that day never was."""
    present = ClassTeacher.objects.filter(school_class=school_class, until_on=None)
    others = present.exclude(account=keeping) if keeping else present
    others.filter(from_on__gte=on).delete()
    others.update(until_on=on - A_DAY)


def _check_new(school_class: SchoolClass) -> None:
    there = (
        SchoolClass.objects.filter(
            school=school_class.school_id,
            stage=school_class.stage,
            cohort=school_class.cohort,
            number=school_class.number,
        )
        .exclude(pk=school_class.pk)
        .first()
    )
    if there:
        raise ClassThere(there)
