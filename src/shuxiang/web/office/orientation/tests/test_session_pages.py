"""The class teacher ticks who was not there; the librarian sees which classes are still to come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from shuxiang.circulation.tests.factories import NOW, TODAY, a_library, an_account
from shuxiang.platform.accounts.roles import Role
from shuxiang.programmes.models import Session
from shuxiang.readers.actions import name_class_teacher
from shuxiang.readers.tests.factories import a_class, a_reader
from shuxiang.timetable.rules import TermDates
from shuxiang.timetable.tests.factories import a_term

SEEN, OPENING = reverse("programmes.see_orientation"), reverse("timetable.see_opening")


@pytest.fixture
def library(db, client):
    made = a_library()
    client.force_login(made.librarian)
    with time_machine.travel(NOW, tick=False), scope(school=made.school):
        yield made


def test_r44_a_class_teacher_writes_down_the_own_class_and_the_librarian_sees_it(client, library):
    assert reverse("timetable.add_term") in client.get(SEEN).content.decode()
    a_term(library.school)
    new, teacher = a_class(library.school, grade=1, number=1), Client()
    account = an_account(library.school, Role.CLASS_TEACHER)
    teacher.force_login(account)
    name_class_teacher(
        school_class=library.school_class, account=account, on=TODAY, by=None, now=NOW
    )
    asked = {"on": TODAY.isoformat(), "way": "meeting", "held_by": "林老师", "topics": ["late"]}
    hold = reverse("programmes.hold_session", args=[library.school_class.pk])
    assert "逾期了怎么办" in teacher.get(hold).content.decode()
    ahead = teacher.post(hold, {**asked, "on": "2026-12-01", "away": library.pupils[0].pk})
    assert ahead.status_code == 422
    assert "这一天还没到" in ahead.content.decode()
    assert "checked" in ahead.content.decode().split(f"away-{library.pupils[0].pk}", 2)[2][:400]
    teacher.post(hold, {**asked, "away": [library.pupils[0].pk, "x", "9" * 30]})
    session = Session.objects.get()
    assert (session.people, session.away, session.topics) == (2, 1, ["late"])
    assert teacher.post(reverse("programmes.hold_session", args=[new.pk]), asked).status_code == 403

    page = client.get(SEEN).content.decode()
    assert "1 人待补讲" in page
    assert "1 个新生班中，本学年讲过 0 个。" in client.get(OPENING).content.decode()
    caught = reverse("programmes.catch_up", args=[session.pk])
    client.post(caught, {"reader": ["9" * 30, library.pupils[0].pk]})
    assert "1 人待补讲" not in client.get(SEEN).content.decode()
    group = {**asked, "group": "新教师", "people": "4"}
    client.post(reverse("programmes.hold_for_group"), group)
    assert "新教师" in client.get(SEEN).content.decode()
    sheet = client.get(reverse("orientation.sheet")).content.decode()
    assert "☑ 三年级2班" in " ".join(sheet.split())
    client.post(reverse("programmes.remove_session", args=[session.pk]))
    assert [one.group for one in Session.objects.all()] == ["新教师"]


def test_r44_who_came_to_the_class_later_is_named_and_ticked(client, library):
    a_term(library.school)
    asked = {"on": TODAY.isoformat(), "way": "meeting", "held_by": "林老师", "topics": ["late"]}
    client.post(reverse("programmes.hold_session", args=[library.school_class.pk]), asked)
    tomorrow = TODAY + timedelta(days=1)
    later = a_reader(
        library.school, "后来的", school_class=library.school_class, joined_on=tomorrow
    )
    caught = reverse("programmes.catch_up", args=[Session.objects.get().pk])
    assert "1 人后来才到班" in client.get(SEEN).content.decode()
    assert "11月24日入校" in client.get(caught).content.decode()
    assert "没有勾选任何人" in client.post(caught, follow=True).content.decode()
    assert "1 人后来才到班" in client.get(SEEN).content.decode()
    client.post(caught, {"reader": later.pk})
    assert "后来才到班" not in client.get(SEEN).content.decode()


@pytest.mark.parametrize(
    ("on", "said", "unsaid"),
    [
        (TODAY, [], ["闭馆。", "属于别的学期"]),
        (TODAY - timedelta(days=1), ["11月22日闭馆。日期填错了吗？"], ["属于别的学期"]),
        (date(2026, 4, 14), ["4月14日属于别的学期"], ["闭馆。"]),
    ],
)
def test_a_day_that_may_be_typed_wrong_is_asked_after(client, library, on, said, unsaid):
    a_term(library.school)
    spring = TermDates(starts_on=date(2026, 2, 23), ends_on=date(2026, 7, 3))
    a_term(library.school, dates=spring, number=2)
    asked = {"on": on.isoformat(), "way": "meeting", "held_by": "林老师", "topics": ["late"]}
    hold = reverse("programmes.hold_session", args=[library.school_class.pk])
    shown = client.post(hold, asked, follow=True).content.decode()
    assert [words for words in said if words not in shown] == []
    assert [words for words in unsaid if words in shown] == []
