"""What a helper says on the own page of the turns on duty."""

from __future__ import annotations

import re
from datetime import date, time

from shuxiang.circulation.tests.factories import NOW
from shuxiang.platform.schools.actions import change_settings
from shuxiang.student_librarians.actions import (
    change_meeting,
    give_duty,
    nominate,
    plan_training,
    raise_problem,
    settle_problem,
)
from shuxiang.student_librarians.models import Post, Unable
from shuxiang.student_librarians.queries import APPLY, own_sessions
from shuxiang.student_librarians.tests.factories import a_shift, an_appointed_helper
from shuxiang.timetable.actions import set_day
from shuxiang.timetable.tests.factories import a_term

FRIDAY = date(2026, 11, 27)


def test_r31_a_helper_says_what_cannot_be_and_what_would_rather_not_be(library, lin):
    an_appointed_helper(library.pupils[0], a_term(library.school), by=library.librarian, now=NOW)
    monday, tuesday, friday = (
        a_shift(library.school, weekday=day, now=NOW).pk for day in (0, 1, 4)
    )
    said = {"shift": [str(monday), f"rather-{tuesday}", "", "rather-x"], "day": ["2026-11-30"]}
    page = lin.post("/me/helping/unable/", said, follow=True).content.decode()

    kept = Unable.objects.order_by("id").values_list("shift", "on", "is_wish")
    assert [row[0] for row in kept if not row[2]] == [monday, None]
    assert [row[0] for row in kept if row[2]] == [tuesday]
    chosen = re.findall(r'value="([\w-]*)"\s+selected', page)
    assert chosen == [str(monday), f"rather-{tuesday}"]
    assert f'id="shift-{friday}"' in page


def test_r34_a_helper_sees_what_comes_and_what_was_given_to_them(library, lin):
    facts = {"by": library.librarian, "now": NOW}
    term = a_term(library.school)
    candidate = nominate(reader=library.pupils[1], term=term, **facts)
    plan_training(term=term, on=FRIDAY, topic="排架", starts_at=time(12, 40), **facts)
    said = {"on": FRIDAY, "starts_at": None, "place": "阅览室", "agenda": "上架", "notes": ""}
    meeting = change_meeting(term=term, said=said, **facts)
    assert [str(one) for one in own_sessions(candidate, NOW.date())] == ["2026-11-27 排架"]
    post = an_appointed_helper(library.pupils[0], term, **facts)
    mine = raise_problem(meeting=meeting, text="绘本放乱了", owner=post, **facts)
    raise_problem(meeting=meeting, text="灯不亮", owner=None, **facts)
    page = " ".join(lin.get("/me/helping/").content.decode().split())
    assert "培训: 排架</b><small >11月27日 星期五 12:40" in page
    assert "小馆员例会</b><small >11月27日 星期五 阅览室" in page
    assert "绘本放乱了" in page
    assert "灯不亮" not in page
    settle_problem(problem=mine, how="排好了", **facts)
    assert "绘本放乱了" not in lin.get("/me/helping/").content.decode()
    assert own_sessions(post, date(2026, 11, 28)) == []


def test_a_day_that_is_over_is_refused_and_one_on_duty_is_not_forgotten(library, lin):
    facts = {"by": library.librarian, "now": NOW}
    post = an_appointed_helper(library.pupils[0], a_term(library.school), **facts)
    page = lin.post("/me/helping/unable/", {"day": ["2026-11-02"]}, follow=True).content.decode()
    assert "2026-11-02 已经过去" in page
    assert not Unable.objects.exists()
    monday = date(2026, 11, 30)
    shift = a_shift(library.school, now=NOW)
    give_duty(post=post, shift=shift, on=monday, **facts)
    page = lin.post("/me/helping/unable/", {"day": ["2026-11-30"]}, follow=True).content.decode()
    assert "11月30日 你已经排了值日" in page
    assert Unable.objects.get().on == monday


def test_r31_a_turn_that_falls_out_is_told_and_not_offered_for_a_swap(library, lin):
    facts = {"by": library.librarian, "now": NOW}
    post = an_appointed_helper(library.pupils[0], a_term(library.school), **facts)
    give_duty(post=post, shift=a_shift(library.school, weekday=4, now=NOW), on=FRIDAY, **facts)
    assert "闭馆，不用来" not in lin.get("/me/helping/").content.decode()
    set_day(school=library.school, on=FRIDAY, **facts)
    answer = lin.get("/me/helping/")
    assert re.search(r"11月27日\s+星期五</s>.*闭馆，不用来", answer.content.decode(), re.DOTALL)
    assert answer.context["to_give"] == []


def test_an_application_that_is_too_long_is_refused_and_stands_there_again(library, lin):
    a_term(library.school)
    change_settings(school=library.school, changes={APPLY: True}, by=None, now=NOW)
    long = lin.post("/me/helping/apply/", {"work": "shelves", "why": "书" * 201})
    assert long.status_code == 422
    page = long.content.decode()
    assert "最多 200 个字，现在是 201 个字" in page
    assert "书" * 201 in page
    assert re.search(r'value="shelves"\s+selected', page)
    assert not Post.objects.exists()
    lin.post("/me/helping/apply/", {"work": "shelves", "why": "书" * 200})
    assert Post.objects.get().why == "书" * 200
