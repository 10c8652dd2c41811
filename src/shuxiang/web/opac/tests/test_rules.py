"""The rules page changes with what the school sets."""

from __future__ import annotations

import re
from datetime import time

from shuxiang.circulation import actions
from shuxiang.circulation.models import LendingTerms
from shuxiang.platform.schools.actions import change_settings
from shuxiang.readers.tests.factories import NOW
from shuxiang.timetable.tests.factories import a_term, opening_hours

STEPS = [{"after_days": 6, "whom": "class_teacher", "channel": "chat"}]


def words(look):
    return re.sub(r"<[^>]*>", " ", look("rules/"))


def test_r44_a_change_of_any_setting_changes_the_page(look, library, client):
    school = library.school
    before = words(look)
    assert "最多可以同时借 2 本，每本可以看 14 天" in before
    assert "12月7日" in before, "fourteen days from today"

    row = {"category": "pupil", "max_loans": 5, "loan_days": 9, "renewals": 3, "renewal_days": 8}
    actions.change_terms(school=school, row=row, by=None, now=NOW)
    chosen = {
        "late.steps": STEPS,
        "desk.ready_days": 11,
        "kiosk.open": True,
        "readers.sign_in": True,
    }
    own = {"house.care": ["丢失的图书照价赔偿。"], "late.class_forgoes": True}
    change_settings(school=school, changes={**chosen, **own}, by=None, now=NOW)
    opening_hours(school, opens_at=time(12, 10), closes_at=time(13))
    a_term(school)

    after = words(look)
    for sentence in (
        "最多可以同时借 5 本，每本可以看 9 天",
        "可以续 3 次，每次 8 天",
        "给你留 11 天",
        "逾期 6 天：告诉班主任。",
        "在自助机上",
        "“我的书”网页",
        "丢失的图书照价赔偿。",
        "优胜奖",
        "周一至周五 12:10–13:00",
        "最晚 1月15日",
        "12月2日",
    ):
        assert sentence in after
        assert sentence not in before
    client.cookies["django_language"] = "en"
    assert "You may have 5 books at home at once, each for 9 days." in words(look)


def test_r44_the_page_asks_a_fixed_number_of_questions(
    look, library, django_assert_max_num_queries
):
    rows = [{"category": "pupil", "grade": grade, "max_loans": grade} for grade in range(1, 7)]
    for row in rows:
        actions.change_terms(school=library.school, row=row, by=None, now=NOW)
    look("rules/")
    with django_assert_max_num_queries(12) as seen:
        look("rules/")
    LendingTerms.objects.filter(school=library.school).update(max_loans=1)
    with django_assert_max_num_queries(len(seen)):
        look("rules/")
