"""From what a test is written."""

from __future__ import annotations

from datetime import date

from shuxiang.catalogue.models import Collection
from shuxiang.circulation.queries import mode_for, terms_rows
from shuxiang.platform.schools.queries import school_year
from shuxiang.student_librarians.models import Post
from shuxiang.student_librarians.rules import RulesInForce
from shuxiang.timetable.queries import calendar, next_turn_on


def rules_in_force(post: Post, today: date) -> RulesInForce:
    """Gather the lending rules and the calendar as they hold on a day for the class of a post."""
    school, own_class = post.school, post.school_class
    rows = terms_rows(school)
    named = {row.collection for row in rows if row.collection}
    grade = own_class.grade(school_year(school, today)) if own_class else None
    return RulesInForce(
        rows=rows,
        calendar=calendar(school, around=today),
        today=today,
        grade=grade,
        collections=dict(
            Collection.objects.filter(school=school, pk__in=named)
            .order_by("pk")
            .values_list("pk", "name")
        ),
        recall_on=post.term.recall_on,
        mode=mode_for(
            school=school,
            day=today,
            grade=grade,
            school_class=own_class.pk if own_class else None,
        ),
        next_visit_on=next_turn_on(school, own_class, today) if own_class else None,
    )
