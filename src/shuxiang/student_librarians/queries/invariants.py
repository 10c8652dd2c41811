"""What must never be among student librarians, looked for by `check-data`."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from shuxiang.platform.invariants import Broken
from shuxiang.platform.schools.models import School
from shuxiang.student_librarians.models import Attendance, Exam, Post

EXAMPLES = 5


def broken_invariants(school: School) -> list[Broken]:
    """Find appointments without training or test, and rows that hang on another school's."""
    posts = Post.objects.filter(school=school)
    appointed = posts.filter(appointed_on__isnull=False)
    passed = Exam.objects.filter(school=school, right__isnull=False).values("post")
    strange = ~Q(term__school=school) | (~Q(reader=None) & ~Q(reader__school=school))
    found: dict[str, QuerySet[Post] | QuerySet[Attendance]] = {
        "student_librarians.appointed_untested": appointed.exclude(pk__in=passed),
        "student_librarians.of_another_school": posts.filter(strange),
        "student_librarians.trained_in_another_term": Attendance.objects.filter(
            school=school
        ).exclude(post__term=F("training__term")),
    }
    broken = []
    for code, rows in found.items():
        if count := rows.count():
            keys = rows.order_by("pk").values_list("pk", flat=True)[:EXAMPLES]
            broken.append(Broken(code=code, count=count, examples=tuple(map(str, keys))))
    return broken
