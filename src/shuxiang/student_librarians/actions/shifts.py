"""When helpers are wanted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.student_librarians.actions.refused import refuse
from shuxiang.student_librarians.models import Duty, PostShift, Shift
from shuxiang.student_librarians.rules import Hours, Refusal, overlapping


@transaction.atomic
def change_shift(
    *,
    school: School,
    name: str,
    hours: Hours,
    places: int,
    by: Account | None,
    now: datetime,
    shift: Shift | None = None,
) -> Shift:
    """
    Enter a shift, or change one that is there.

    :raises HelperRefused: if it ends before it begins, meets another one or wants nobody
    """
    School.objects.select_for_update().get(pk=school.pk)  # two offices, one list of shifts
    changed = shift or Shift(school=school)
    if hours.ends_at <= hours.starts_at:
        refuse(Refusal.SHIFT_ENDS_BEFORE_IT_BEGINS)
    if places < 1:
        refuse(Refusal.SHIFT_WITHOUT_PLACES)
    others = {
        other.clock: other
        for other in Shift.objects.given().filter(school=school).exclude(pk=changed.pk)
    }
    if meeting := overlapping(hours, others):
        refuse(Refusal.SHIFT_OVERLAPS, name=others[meeting].name)
    changed.name, changed.places = name.strip(), places
    changed.weekday = hours.weekday
    changed.starts_at, changed.ends_at = hours.starts_at, hours.ends_at
    changed.save()
    record("student_librarians.change_shift", changed, school=school, by=by, at=now, places=places)
    return changed


@transaction.atomic
def remove_shift(*, shift: Shift, by: Account, now: datetime) -> None:
    """Give a shift no more; one on which nothing rests is removed."""
    shift = Shift.objects.select_for_update(of=("self",)).get(pk=shift.pk)
    record("student_librarians.remove_shift", shift, school=shift.school, by=by, at=now)
    rests = PostShift.objects.filter(shift=shift).exists()
    if rests or Duty.objects.filter(shift=shift).exists():
        shift.places = 0
        shift.save(update_fields=["places"])
    else:
        shift.delete()
