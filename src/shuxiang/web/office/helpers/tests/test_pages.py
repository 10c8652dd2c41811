"""The librarian goes the whole way with a pupil, page by page."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from shuxiang.circulation.tests.factories import NOW, TODAY, a_library, an_account
from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.actions import name_class_teacher
from shuxiang.readers.tests.factories import a_class, a_reader
from shuxiang.student_librarians.models import Exam, Post, Training
from shuxiang.student_librarians.tests.factories import all_right, an_appointed_helper
from shuxiang.timetable.tests.factories import a_term

PAGE = "/office/helpers/"


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
    office.post(f"{page}appoint")
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


def test_the_list_costs_a_fixed_number_of_statements(library, office):
    term = a_term(library.school)
    counts = []
    for reader in library.pupils[:3]:
        an_appointed_helper(reader, term, by=library.librarian, now=NOW)
        with CaptureQueriesContext(connection) as seen:
            office.get(PAGE)
        counts.append(len(seen))
    assert len(set(counts)) == 1, counts
