"""What the librarian and the class teacher find of late books, and what parents may read."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuxiang.circulation.actions import tell_not_borrowed
from shuxiang.circulation.models import Forfeit, Loan, Notice
from shuxiang.circulation.tests.factories import NOW, TODAY
from shuxiang.platform.schools.actions import change_settings
from shuxiang.platform.schools.queries import setting
from shuxiang.readers.tests.factories import a_class, a_reader
from shuxiang.timetable.tests.factories import a_period, a_slot, a_term, a_turn

LIST, CLASS = "circulation.see_late", "circulation.see_class_late"


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def allow(library, **changes):
    named = {name.replace("__", "."): value for name, value in changes.items()}
    change_settings(school=library.school, changes=named, by=library.librarian, now=NOW)


def test_r06_one_press_writes_down_that_pupils_were_told_and_another_takes_it_back(library, office):
    (task,) = page(office, LIST).context["tasks"]
    assert (task.names, task.books) == ("学生1、学生2", 2)
    asked = {
        "whom": "reader",
        "channel": "slip",
        "loan": task.tell.loans,
    }
    said = words(office.post(reverse("circulation.tell"), asked, follow=True))
    assert "已记下：借书人本人，催还单，2 册。" in said
    assert page(office, LIST).context["tasks"] == []
    notice = Notice.objects.get()
    assert "催还单 还没还的书 2 册" in words(page(office, "circulation.see_notices"))
    office.post(reverse("circulation.take_notice_back", args=[notice.pk]))
    assert len(page(office, LIST).context["tasks"]) == 1
    assert "已撤回" in words(page(office, "circulation.see_notices"))


def test_r10_a_list_of_who_has_not_borrowed_is_told_as_such_and_counts_pupils(library, office):
    a_term(library.school)
    a_reader(library.school, "周知", school_class=library.school_class)
    tell = {"school_class": library.school_class, "by": library.librarian, "now": NOW}
    tell_not_borrowed(**tell)
    assert "没有借过书的学生 2 人" in words(page(office, "circulation.see_notices"))


@pytest.mark.parametrize(
    ("changes", "told", "kept"),
    [
        ({}, ["2 册书逾期"], ["学生1", "书1"]),
        ({"late__titles_in_chat": True}, ["2 册书逾期"], ["学生1", "书1"]),
        ({"public__names": True}, ["学生1 1 册"], ["书1"]),
        ({"public__names": True, "late__titles_in_chat": True}, ["学生1 1 册", "《书1》"], []),
    ],
)
def test_r06_the_text_for_the_chat_says_no_more_than_the_school_allows(
    library, office, changes, told, kept
):
    allow(library, **changes)
    text = page(office, CLASS, library.school_class.pk).context["line"].text
    assert [word for word in told if word not in text] == []
    assert [word for word in kept if word in text] == []


def test_r06_the_meeting_sheet_names_pupils_only_if_the_school_does(library, office):
    assert "学生1" not in words(page(office, "late.meeting"))
    allow(library, public__names=True)
    assert "学生1" in words(page(office, "late.meeting"))


def test_r06_slips_are_printed_for_pupils_and_for_the_class(library, office, teacher):
    for client in (office, teacher):
        each = page(client, "late.class_slips", library.school_class.pk)
        assert each.content.decode().count('<section class="slip">') == 2
        whole = page(client, "late.slips", **{"for": "class"})
        assert whole.content.decode().count('class="slip is-whole"') == 1
        assert "学生2《书2》" in words(whole)


def test_r06_a_class_teacher_sees_the_own_class_and_writes_nothing_down(library, teacher):
    other = a_class(library.school, grade=4, number=1)
    seen = page(teacher, CLASS, library.school_class.pk)
    assert "书1" in words(seen)
    assert "已告知" not in words(seen)
    assert page(teacher, CLASS, other.pk).status_code == 403
    assert page(teacher, "late.class_slips", other.pk).status_code == 403
    assert page(teacher, LIST).status_code == 403
    Loan.objects.filter(reader=library.pupils[0]).update(school_class=other)
    assert "学生1" in words(page(teacher, "late.slips")), "where the pupil is now, not was then"


def test_r06_the_morning_list_shows_what_todays_classes_should_bring(library, office):
    period = a_period(library.school, "第3节")
    turn_of = a_slot(library.school, weekday=0, period=period)
    a_turn(a_term(library.school), turn_of, library.school_class)
    library.lend(copy=2, pupil=2)
    assert [
        row[0].late.books for row in page(office, "circulation.see_morning_list").context["rows"]
    ] == [2]
    Loan.objects.filter(reader=library.pupils[2]).update(due_on=TODAY)
    assert "学生3" in words(page(office, "circulation.see_morning_list"))


def test_r06_the_school_sets_its_own_steps(library, office):
    def rows(*steps):
        asked = {"steps-TOTAL_FORMS": len(steps), "steps-INITIAL_FORMS": 0}
        for number, (days, whom, channel) in enumerate(steps):
            asked |= {
                f"steps-{number}-after_days": days,
                f"steps-{number}-whom": whom,
                f"steps-{number}-channel": channel,
            }
        return asked

    asked = rows(("20", "head", "spoken"), ("", "reader", "chat"), ("3", "reader", "chat"))
    assert office.post(reverse("late.steps"), asked).status_code == 302
    steps = setting(library.school, "late.steps")
    assert [(step["after_days"], step["whom"]) for step in steps] == [(3, "reader"), (20, "head")]
    assert office.post(reverse("late.steps"), rows(("0", "head", "spoken"))).status_code == 422
    assert office.post(reverse("late.steps"), rows(("3", "nobody", "chat"))).status_code == 422
    assert setting(library.school, "late.steps") == steps


@pytest.mark.parametrize("asked", [{}, {"whom": "x", "channel": "slip"}, {"loan": "1e9"}])
def test_a_notice_of_nothing_is_not_written(library, office, asked):
    office.post(reverse("circulation.tell"), asked)
    office.post(reverse("circulation.tell"), {"whom": "reader", "channel": "slip", "loan": "x"})
    assert Notice.objects.count() == 0


def test_r07_a_class_forgoes_a_prize_only_when_the_school_wants_that(library, office):
    key = library.school_class.pk
    asked = {"why": "late", "books": "2"}
    assert page(office, CLASS, key).context.get("proposal") is None
    office.post(reverse("circulation.propose_forfeit", args=[key]), asked)
    assert Forfeit.objects.count() == 0
    allow(library, late__class_forgoes=True)
    office.post(reverse("circulation.propose_forfeit", args=[key]), asked)
    proposal = Forfeit.objects.get()
    decide = reverse("circulation.decide_forfeit", args=[proposal.pk])
    assert office.post(decide, {"agreed": "yes", "on": "2026-11-23"}).status_code == 422
    ahead = {"agreed": "yes", "on": "2026-11-24", "decided_by": "德育主任"}
    assert "这一天还没到" in words(office.post(decide, ahead))
    assert page(office, CLASS, key).context.get("proposal") is None
    office.post(decide, {"agreed": "yes", "on": "2026-11-23", "decided_by": "德育主任"})
    there = page(office, CLASS, key)
    assert "2026年11月23日由德育主任决定。" in words(there)
    assert there.context["proposal"]
    assert "2026年11月23日由德育主任决定。" in words(page(office, "circulation.see_forfeits"))
    office.post(reverse("circulation.take_forfeit_back", args=[proposal.pk]))
    assert Forfeit.objects.get().state == "taken_back"


def test_r07_no_more_books_are_late_than_the_class_has_late(library, office):
    allow(library, late__class_forgoes=True)
    key = library.school_class.pk
    late = page(office, CLASS, key).context["late"].books
    propose = reverse("circulation.propose_forfeit", args=[key])
    said = office.post(propose, {"why": "late", "books": late + 1}, follow=True)
    assert f"这个班逾期的只有 {late} 册" in words(said)
    office.post(propose, {"why": "lost", "books": late + 1})
    assert Forfeit.objects.get().why == "lost"


def test_r06_the_list_costs_a_fixed_number_of_statements(library, office):
    counts = []
    for copy in (2, 3):
        page(office, LIST)
        with CaptureQueriesContext(connection) as seen:
            page(office, LIST)
        counts.append(len(seen))
        library.lend_late(copy=copy, pupil=2)
    assert counts[0] == counts[1], counts


def test_the_text_for_teachers_and_staff_speaks_of_no_pupils(library, office):
    loan = library.lend_late(copy=3, pupil=2)
    teacher = a_reader(library.school, "何文", category="teacher")
    Loan.objects.filter(pk=loan.pk).update(reader=teacher)
    said = words(page(office, "circulation.staff_late"))
    assert ("请尽快归还" in said, "请提醒同学" in said) == (True, False)
