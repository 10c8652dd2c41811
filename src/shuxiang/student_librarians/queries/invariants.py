"""What must never be among student librarians, looked for by `check-data`."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q, QuerySet

from shuxiang.platform.invariants import Broken
from shuxiang.platform.schools.models import School
from shuxiang.student_librarians.models import Attendance, Duty, Exam, Post

EXAMPLES = 5


def broken_invariants(school: School) -> list[Broken]:
    """Find appointments without training or test, and rows that hang on another school's."""
    posts = Post.objects.filter(school=school)
    appointed = posts.filter(appointed_on__isnull=False)
    passed = Exam.objects.filter(school=school, right__isnull=False).values("post")
    strange = ~Q(term__school=school) | (~Q(reader=None) & ~Q(reader__school=school))
    duties = Duty.objects.filter(school=school)
    found: dict[str, QuerySet[Any]] = {
        "student_librarians.appointed_untested": appointed.exclude(pk__in=passed),
        "student_librarians.of_another_school": posts.filter(strange),
        "student_librarians.trained_in_another_term": Attendance.objects.filter(
            school=school
        ).exclude(post__term=F("training__term")),
        "student_librarians.duties_of_nobody": duties.filter(post__appointed_on=None),
    }
    overfull = (
        duties.values("shift", "on", "shift__places")
        .annotate(n=Count("pk"))
        .filter(n__gt=F("shift__places"), shift__places__gt=0)
        .order_by("on", "shift")
    )
    broken = []
    if days := [f"{row['on']}" for row in overfull]:
        code = "student_librarians.shifts_overfull"
        broken.append(Broken(code=code, count=len(days), examples=tuple(days[:EXAMPLES])))
    for code, rows in found.items():
        if count := rows.count():
            keys = rows.order_by("pk").values_list("pk", flat=True)[:EXAMPLES]
            broken.append(Broken(code=code, count=count, examples=tuple(map(str, keys))))
    return broken
