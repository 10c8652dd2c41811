"""The classes that somebody looks after: a teacher the own ones, a librarian all."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import classes_at_school, classes_of_teacher
from shuxiang.web.access import Request


def classes_of(request: Request, year: int) -> list[SchoolClass]:
    """List them, as they are in a school year."""
    if request.user.has_perm("readers.see_classes"):
        return classes_at_school(request.school, year)
    return classes_of_teacher(request.user, request.school.day(now()))


def own_class(request: Request, pk: int) -> SchoolClass:
    """Give one of them.

    :raises PermissionDenied: if it is somebody else's
    """
    year = school_year(request.school, request.school.day(now()))
    for each in classes_of(request, year):
        if each.pk == pk:
            return each
    raise PermissionDenied("readers.see_classes")
