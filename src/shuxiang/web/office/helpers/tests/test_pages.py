"""The librarian goes the whole way with a pupil, page by page."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from shuxiang.circulation.tests.factories import NOW, TODAY, a_library, an_account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.worker import run
from shuxiang.readers.actions import link_account, name_class_teacher
from shuxiang.readers.tests.factories import a_class, a_reader
from shuxiang.student_librarians.actions import give_duty, say_unable
from shuxiang.student_librarians.models import Duty, Exam, Post, Shift, Training
from shuxiang.student_librarians.tests.factories import a_shift, all_right, an_appointed_helper
from shuxiang.timetable.actions import set_day
from shuxiang.timetable.rules import TermDates
from shuxiang.timetable.tests.factories import a_period, a_term

PAGE = "/office/helpers/"
SPRING = TermDates(starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 3))


@pytest.fixture
def library(db):
    made = a_library()
    with time_machine.travel(NOW, tick=True), scope(school=made.school):
        yield made


def signed_in(account):
    client = Client()
    client.force_login(account, "shuxiang.platform.accounts.backends.AccountBackend")
    return client


@pytest.fixture
def office(library):
    return signed_in(library.librarian)


def words(answer):
    plain = re.sub(r"<(script|svg).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", plain).split())


def test_an_empty_page_teaches(library, office):
    assert "还没有学期" in words(office.get(PAGE))
    a_term(library.school)
    said = words(office.get(PAGE))
    assert "本学期还没有提名" in said
    assert "有小馆员角色的账号照旧可以打开流通台" in said


def test_r30_from_the_nomination_to_the_password_page_by_page(library, office):
    a_term(library.school)
    reader = library.pupils[0]
    named = {"reader": reader.pk, "work": "desk", "why": "细心"}
    office.post(f"{PAGE}name?class={library.school_class.pk}", named)
    post = Post.objects.get(reader=reader)
    page = f"{PAGE}{post.pk}/"
    assert "待培训" in words(office.get(PAGE))
    office.post(f"{PAGE}training", {"on": TODAY.isoformat(), "topic": "排架"})
    office.post(f"{PAGE}training/{Training.objects.get().pk}", {"came": [post.pk]})
    assert "还没有考核" in words(office.post(f"{page}appoint", follow=True))
    sheet = office.post(f"{page}test", follow=True)
    exam = Exam.objects.get()
    assert '"right"' not in sheet.content.decode()
    half = office.post(f"{PAGE}tests/{exam.pk}", {"q1": "0"})
    assert "第 2、3、4、5、6、7、8、9、10 题没有选答案" in words(half)
    answers = {f"q{n}": right for n, right in enumerate(all_right(exam), start=1)}
    assert "10 题答对 10 题" in words(office.post(f"{PAGE}tests/{exam.pk}", answers, follow=True))
    office.post(f"{page}appoint", {"work": "desk"})
    once = office.post(f"{page}sign-in", {"username": "00001"})
    assert "密码只显示这一次" in words(once)
    assert "密码只显示这一次" not in words(office.get(page))
    changed = {"work": "lead", "classes": [library.school_class.pk], "shifts": []}
    office.post(f"{page}change", changed)
    said = words(office.get(PAGE))
    assert "小馆长" in said
    assert "三年级2班" in said
    office.post(f"{page}end", {"why": "转学"})
    assert Post.objects.get().state == Post.State.ENDED


def test_an_appointment_takes_the_classes_and_hours_along_and_says_them(library, office):
    term = a_term(library.school)
    shift = a_shift(library.school, now=NOW)
    post = an_appointed_helper(library.pupils[0], term, by=library.librarian, now=NOW)
    Post.objects.update(state="proposed", appointed_on=None)
    page = f"{PAGE}{post.pk}/"
    assert office.get(page).content.decode().count('class="is-done"') == 3
    assert f'action="{page}appoint"' in office.get(page).content.decode()
    serves = {"work": "desk", "classes": [library.school_class.pk], "shifts": [shift.pk]}
    said = words(office.post(f"{page}appoint", serves, follow=True))
    assert "已聘为小馆员。服务对象：三年级2班；时间：周一 10:00–11:00。" in said
    post.refresh_from_db()
    assert (post.state, post.hours.get().shift) == (Post.State.APPOINTED, shift)
    assert post.served.get().school_class == library.school_class


def test_an_account_that_is_there_is_told_beforehand_and_no_name_is_asked(library, office):
    term, reader = a_term(library.school), library.pupils[0]
    account = an_account(library.school, Role.PUPIL)
    link_account(account=account, reader=reader, by=library.librarian, now=NOW)
    post = an_appointed_helper(reader, term, by=library.librarian, now=NOW)
    page = office.get(f"{PAGE}{post.pk}/")
    assert f"已有登录账号：{account.username}" in words(page)
    assert 'name="username"' not in page.content.decode()
    said = words(office.post(f"{PAGE}{post.pk}/sign-in", {"username": "other"}, follow=True))
    assert f"用 {account.username} 和原来的密码" in said
    once = office.post(f"{PAGE}{post.pk}/sign-in", {"new_password": "on"})
    assert "密码只显示这一次" in words(once)


def test_a_class_teacher_names_and_sees_the_own_class_only(library):
    a_term(library.school)
    account = an_account(library.school, Role.CLASS_TEACHER)
    name_class_teacher(
        school_class=library.school_class, account=account, on=TODAY, by=None, now=NOW
    )
    other = a_class(library.school, 5, 1)
    stranger = a_reader(library.school, "别班同学", school_class=other)
    teacher = signed_in(account)
    page = teacher.get(f"{PAGE}name")
    assert "学生1" in words(page)
    assert teacher.get(f"{PAGE}name?class={other.pk}").status_code == 403
    librarian = signed_in(library.librarian)
    assert librarian.get(f"{PAGE}name?class={other.pk}").status_code == 200
    assert librarian.get(f"{PAGE}name?class=999999").status_code == 404
    refused = teacher.post(f"{PAGE}name", {"reader": stranger.pk, "work": "desk"})
    assert (refused.status_code, Post.objects.count()) == (422, 0)
    assert teacher.get(PAGE).status_code == 403


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({"starts_at": "13:00", "ends_at": "12:00"}, "结束时间早于开始时间"),
        ({"starts_at": "12:30", "ends_at": "13:30"}, "时间重叠"),
    ],
)
def test_hours_that_cannot_be_are_told_beside_their_field(library, office, hours, said):
    form = {"weekdays": ["0"], "name": "中午", "places": "2"}
    office.post(f"{PAGE}shifts/new", {**form, "starts_at": "12:10", "ends_at": "13:00"})
    refused = office.post(f"{PAGE}shifts/new", {**form, "weekdays": ["1", "0"], **hours})
    assert refused.status_code == 422
    assert said in words(refused)
    assert "周二" not in words(office.get(f"{PAGE}shifts")), "nor the half of them"


def test_hours_in_lessons_or_on_a_closed_weekday_can_be_and_are_told(library, office):
    a_term(library.school)
    for name, starts_at in (("午间", time(12, 10)), ("第5节", time(13)), ("第6节", time(14))):
        a_period(library.school, name, starts_at)
    form = {"name": "中午", "places": "2", "starts_at": "12:10", "ends_at": "13:00"}
    office.post(f"{PAGE}shifts/new", {**form, "weekdays": ["0", "1"]})
    assert "占用上课时间" not in words(office.get(f"{PAGE}shifts"))
    office.post(
        f"{PAGE}shifts/new",
        {**form, "weekdays": ["0", "1"], "starts_at": "13:00", "ends_at": "14:30"},
    )
    office.post(f"{PAGE}shifts/new", {**form, "weekdays": ["6"]})
    for page in ("shifts", "roster"):
        said = words(office.get(f"{PAGE}{page}"))
        assert "占用上课时间 周一 13:00–14:30、周二 13:00–14:30：第5节、第6节。" in said
        assert "这一天闭馆，不会安排值日 周日 12:10–13:00" in said
    monday = Shift.objects.get(weekday=0, starts_at=time(13))
    assert "占用上课时间 周一 13:00–14:30：" in words(office.get(f"{PAGE}shifts/{monday.pk}"))


WEEK = {"from_on": TODAY.isoformat(), "until_on": (TODAY + timedelta(days=6)).isoformat()}


@pytest.fixture
def helpers(library):
    """Three helpers and a shift; the second cannot."""
    term = a_term(library.school)
    facts = {"by": library.librarian, "now": NOW}
    posts = [an_appointed_helper(one, term, **facts) for one in library.pupils[:3]]
    monday = a_shift(library.school, now=NOW, places=1)
    say_unable(post=posts[1], shifts=[monday], days=[], **facts)
    return posts


def solved(office):
    """Have a roster made as the worker does; the address of its page."""
    page = office.post(f"{PAGE}roster/ask", WEEK)["Location"]
    assert run(Job.objects.latest("pk"), clock=lambda: NOW)
    return page


def test_r31_a_roster_is_watched_and_stopped(helpers, office):
    page = office.post(f"{PAGE}roster/ask", WEEK)["Location"]
    assert "正在找第一份值日表" in words(office.get(page))
    Job.objects.update(report={"turns": 3, "gap": 1, "seconds": 1})
    assert "已排 3 人次，1 秒" in words(office.get(f"{page}/progress"))
    Job.objects.update(report={"turns": 3, "gap": 0.25, "seconds": 2})
    assert "已排 3 人次，最多还能好 25.0%，2 秒" in words(office.get(f"{page}/progress"))
    assert "就要停下" in words(office.post(f"{page}/stop", follow=True))
    assert "正在排值日表" in words(office.get(f"{PAGE}roster"))
    Job.objects.update(state="failed")
    assert office.get(f"{page}/progress")["HX-Redirect"] == page
    assert "没有排出值日表" in words(office.get(page))


def test_a_roster_that_is_cut_to_the_term_says_so(helpers, office):
    whole = office.post(f"{PAGE}roster/ask", WEEK, follow=True)
    assert "这次排" not in words(whole)
    Job.objects.update(state="failed")
    wide = {"from_on": "2026-11-01", "until_on": "2027-03-31"}
    cut = words(office.post(f"{PAGE}roster/ask", wide, follow=True))
    assert "这次排 11月23日 至 1月22日，其余的日子已经过去，或者不在本学期。" in cut


def test_r31_a_roster_is_looked_at_put_in_force_and_taken_back(library, helpers, office):
    page = solved(office)
    assert "有一份值日表等您决定" in words(office.get(f"{PAGE}roster"))
    with CaptureQueriesContext(connection) as seen:
        shown = office.get(page)
    assert (shown.context["least"], shown.context["most"], shown.context["lacks"]) == (0, 1, [])
    assert not Duty.objects.exists()
    assert "值日表已启用" in words(office.post(f"{page}/place", follow=True))
    assert Duty.objects.get().post in (helpers[0], helpers[2])
    assert "值日表已恢复原样" in words(office.post(f"{page}/back", follow=True))
    assert not Duty.objects.exists()
    fourth = a_reader(library.school, "第四位", school_class=library.school_class)
    an_appointed_helper(fourth, helpers[0].term, by=library.librarian, now=NOW)
    again = solved(office)
    with CaptureQueriesContext(connection) as more:
        assert len(office.get(again).context["shares"]) == 4
    assert len(more) == len(seen), "a helper more costs no statement more"
    assert "方案已搁置" in words(office.post(f"{again}/aside", follow=True))
    assert "已经处理过" in words(office.post(f"{again}/place", follow=True))
    assert not Duty.objects.exists()


def test_r31_too_few_helpers_are_told_hour_by_hour_with_the_reason(library, helpers, office):
    shift = Shift.objects.get()
    Shift.objects.update(places=3)
    said = words(office.get(solved(office)))
    assert "周一 10:00–11:00" in said
    assert "需要 3 人，能来的有 2 人：1 人说来不了。" in said
    for post in helpers:
        say_unable(post=post, shifts=[shift], days=[], by=library.librarian, now=NOW)
    page = solved(office)
    said = words(office.get(page))
    assert "排不出值日表" in said
    assert "需要 3 人，能来的有 0 人：3 人说来不了。" in said
    assert "上次没有排出值日表" in words(office.get(f"{PAGE}roster"))


def test_r31_where_helpers_are_missing_is_told_on_every_page_and_filled_with_one_press(
    library, helpers, office
):
    page = solved(office)
    office.post(f"{page}/place")
    assert "缺人" not in words(office.get(f"{PAGE}roster"))
    gone = Duty.objects.get().post
    ended = words(office.post(f"{PAGE}{gone.pk}/end", follow=True))
    assert "以后有 1 次值日缺人，请看值日表。" in ended
    roster = words(office.get(f"{PAGE}roster"))
    assert "以后有 1 次值日缺人 11/23 周一 大课间" in roster
    assert "缺 1 人" in roster
    assert "以后有 1 次值日缺人" in words(office.get(page)), "the roster in force says so too"
    filled = words(office.post(f"{PAGE}roster/fill", follow=True))
    assert "补上了 1 人次" in filled
    assert "缺人" not in filled
    assert "以后的值日没有空缺" in words(office.post(f"{PAGE}roster/fill", follow=True))
    assert "缺人" not in words(office.post(f"{PAGE}{helpers[1].pk}/end", follow=True))


def test_r31_a_make_up_day_has_the_shifts_of_the_weekday_that_it_follows(library, helpers, office):
    saturday = TODAY + timedelta(days=5)
    facts = {"by": library.librarian, "now": NOW}
    set_day(school=library.school, on=saturday, is_open=True, follows=0, **facts)
    page = f"{PAGE}duty/{saturday.isoformat()}"
    shift = Shift.objects.get()
    assert [each["shift"] for each in office.get(page).context["shifts"]] == [shift]
    put = {"shift": shift.pk, "post": helpers[0].pk}
    office.post(f"{page}/give", put)
    assert Duty.objects.get().on == saturday
    give_duty(post=helpers[0], shift=shift, on=TODAY + timedelta(days=7), **facts)
    Duty.objects.filter(on=saturday).delete()
    week = office.get(f"{PAGE}roster")
    assert [day.weekday() for day, _ in week.context["days"]] == [0, 5]
    assert "周六 11/28" in words(week)
    assert words(week).count("缺 1 人") == 2


def test_a_strange_mark_loses_nothing_that_was_typed_and_names_the_helper(helpers, office):
    first, second, third = (post.pk for post in helpers)
    typed = {f"mark-{first}": "95", f"mark-{second}": "一百", f"award-{third}": "star"}
    refused = office.post(f"{PAGE}evaluation", typed)
    assert refused.status_code == 422
    said = words(refused)
    assert "没有保存" in said
    assert f"请再看一看：{helpers[1].reader.name}。" in said
    page = refused.content.decode()
    assert [f'value="{each}"' in page for each in ("95", "一百")] == [True, True]
    assert re.search(r'value="star"\s+selected', page)
    assert not Post.objects.exclude(mark=None).exists()
    office.post(f"{PAGE}evaluation", typed | {f"mark-{second}": "100"})
    assert list(Post.objects.order_by("pk").values_list("mark", flat=True)) == [95, 100, None]


def test_the_list_costs_a_fixed_number_of_statements(library, office):
    term = a_term(library.school)
    counts = []
    for reader in library.pupils[:3]:
        an_appointed_helper(reader, term, by=library.librarian, now=NOW)
        with CaptureQueriesContext(connection) as seen:
            office.get(PAGE)
        counts.append(len(seen))
    assert len(set(counts)) == 1, counts


def test_pupils_are_named_for_the_term_that_is_looked_at(library, office):
    a_term(library.school)
    spring = a_term(library.school, SPRING, 2)
    seen = office.get(PAGE, {"term": spring.pk}).content.decode()
    name = f"{PAGE}name?term={spring.pk}"
    assert f'href="{name}"' in seen
    for tab in ("training", "meetings", "evaluation"):
        assert f'href="{PAGE}{tab}?term={spring.pk}"' in seen
    chosen = f"{name}&class={library.school_class.pk}"
    a_class(library.school, number=7)
    assert f'name="term" value="{spring.pk}"' in office.get(chosen).content.decode()
    office.post(chosen, {"reader": library.pupils[0].pk, "work": "desk"})
    assert Post.objects.get().term == spring


def test_r31_a_closed_day_is_marked_on_the_week_its_page_and_the_sheet(library, helpers, office):
    give_duty(post=helpers[0], shift=Shift.objects.get(), on=TODAY, by=library.librarian, now=NOW)
    pages = (f"{PAGE}roster", f"{PAGE}duty/{TODAY.isoformat()}", f"{PAGE}roster/print")
    said = [office.get(page).content.decode() for page in pages]
    assert not any("闭馆" in each for each in said)
    set_day(school=library.school, on=TODAY, by=None, now=NOW)
    said = [office.get(page).content.decode() for page in pages]
    assert all("闭馆" in each for each in said)
    assert office.get("/office/today/").context["duty"] == []
