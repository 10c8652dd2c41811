"""What a librarian finds on the office's first page."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from shuxiang.catalogue.models import Copy, Standing
from shuxiang.catalogue.tests.factories import a_copy
from shuxiang.circulation import actions as circulation
from shuxiang.circulation.models import Loan
from shuxiang.circulation.rules import Channel, Whom
from shuxiang.circulation.tests.factories import NOW, TODAY, a_library, an_account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.models import Entry
from shuxiang.programmes import actions as programmes
from shuxiang.programmes.actions.orientation import Held
from shuxiang.readers.tests.factories import a_class, a_reader
from shuxiang.student_librarians import actions as helping
from shuxiang.student_librarians.models import Duty
from shuxiang.student_librarians.tests.factories import a_shift, an_appointed_helper
from shuxiang.timetable import actions
from shuxiang.timetable.models import Term
from shuxiang.timetable.rules import DayKind, TermDates
from shuxiang.timetable.tests.factories import (
    BEFORE,
    a_period,
    a_slot,
    a_term,
    a_turn,
    opening_hours,
)
from shuxiang.web.office.today.waiting import CLASSES_SHOWN

MONDAY = 0


def page(office):
    return office.get(reverse("circulation.today_in_figures"))


@pytest.fixture
def term(library):
    return a_term(library.school)


def comes(library, term, name, starts_at):
    period = a_period(library.school, name, starts_at)
    slot = a_slot(library.school, weekday=MONDAY, period=period)
    return a_turn(term, slot, library.school_class, now=BEFORE)


def a_late_loan(library, reader, school_class):
    """A loan of 30 days ago that was due 16 days ago."""
    lent_at = NOW - timedelta(days=30)
    Loan.objects.create(
        school=library.school,
        copy=a_copy(library.school),
        reader=reader,
        reader_category="pupil",
        school_class=school_class,
        lent_at=lent_at,
        lent_on=lent_at.date(),
        due_on=TODAY - timedelta(days=16),
    )


def test_a_new_library_is_shown_what_to_enter_first(office):
    answer = page(office)

    assert "office/today/beginning.html" in [used.name for used in answer.templates]
    assert answer.context["next_step"].name == "term"
    assert [step.name for step in answer.context["steps"] if step.is_done] == [
        "classes",
        "readers",
        "books",
        "terms",
    ]


def test_r09_the_class_of_this_lesson_stands_out_and_its_visit_is_opened_here(
    office, library, term
):
    turn = comes(library, term, "第3节", time(10, 10))
    ((row, _late),) = page(office).context["rows"]
    assert (row.when, row.name, row.pupils) == ("now", "三年级2班", 3)

    asked = {"school_class": row.school_class, "turn": row.turn}
    office.post(reverse("circulation.open_visit"), asked)
    ((row, _late),) = page(office).context["rows"]
    assert row.visit.turn == turn


def test_what_a_class_borrowed_and_brought_back_stands_in_its_row(office, library, term):
    comes(library, term, "第2节", time(9, 15))
    visit = circulation.open_visit(school_class=library.school_class, by=library.librarian, now=NOW)
    library.lend(copy=0, pupil=0)
    circulation.lend(
        copy=library.copies[1], reader=library.pupils[1], act=library.act(), visit=visit
    )
    library.take_back(0)
    ((row, _late),) = page(office).context["rows"]

    assert (row.when, row.lent, row.returned) == ("past", 1, 1)


def test_open_hours_stand_among_the_classes_under_the_name_of_their_period(office, library, term):
    comes(library, term, "第2节", time(9, 15))
    a_period(library.school, "午间", time(12, 10))
    opening_hours(library.school, opens_at=time(12, 10), closes_at=time(13))

    assert [row.period for row, _late in page(office).context["rows"]] == ["第2节", "午间"]


def test_late_books_are_told_by_class_and_the_notice_names_no_pupil(office, library, term):
    a_late_loan(library, library.pupils[0], library.school_class)
    (late,) = page(office).context["late"]

    assert (late.name, late.late.books, late.late.longest_days) == ("三年级2班", 1, 16)
    assert "三年级2班" in late.notice
    assert library.pupils[0].name not in late.notice


def test_r09_what_is_late_in_todays_classes_stands_in_their_rows(office, library, term):
    comes(library, term, "第3节", time(10, 10))
    library.lend_late()
    ((_row, late),) = page(office).context["rows"]
    assert late.books == 1


def test_r09_what_is_to_be_done_stands_on_top_and_goes_when_it_is_done(office, library, term):
    assert page(office).context["tasks"] == []
    loan = library.lend_late()
    (task,) = page(office).context["tasks"]
    assert (task.words, task.address) == ("告知 1 个班的逾期图书", reverse("circulation.see_late"))
    asked = {"whom": "reader", "channel": "slip", "loan": loan.pk}
    office.post(reverse("circulation.tell"), asked)
    assert page(office).context["tasks"] == []


@pytest.mark.parametrize(
    ("recall_on", "ends_on", "words"),
    [
        (TODAY + timedelta(days=22), TODAY + timedelta(days=60), []),
        (TODAY + timedelta(days=21), TODAY + timedelta(days=60), ["期末催还 1 册"]),
        (None, TODAY + timedelta(days=42), ["定下催还日"]),
        (None, TODAY + timedelta(days=43), []),
    ],
)
def test_r09_the_end_of_term_is_announced_in_time(office, library, term, recall_on, ends_on, words):
    library.lend()
    Term.objects.update(recall_on=recall_on, ends_on=ends_on)
    assert [task.words for task in page(office).context["tasks"]] == words


def test_r09_who_is_on_duty_stands_there_and_who_is_now(office, library, term):
    assert "今天值日的小馆员" not in page(office).content.decode()
    helper = library.pupils[0]
    post = an_appointed_helper(helper, term, by=library.librarian, now=NOW)
    shift = a_shift(library.school, now=NOW)
    Duty.objects.create(school=library.school, post=post, shift=shift, on=TODAY)
    shown = page(office)
    assert [(one.name, one.is_now) for one in shown.context["duty"]] == [(helper.name, True)]
    said = " ".join(shown.content.decode().split())
    assert "三年级2班 · 大课间 · 正在值日" in said


def test_r09_yesterday_is_the_last_day_that_was_open(office, library, term):
    friday = TODAY - timedelta(days=3)
    loan = library.lend()
    Loan.objects.filter(pk=loan.pk).update(lent_on=friday)
    context = page(office).context
    assert context["before"] == friday
    figures = context["figures"]
    assert (figures.lent, figures.lent_before, figures.readers_before) == (0, 1, 1)


def test_r09_the_page_costs_a_fixed_number_of_statements(office, library, term):
    comes(library, term, "第3节", time(10, 10))
    library.lend_late()
    counts = []
    for number in (1, 2):
        page(office)
        with CaptureQueriesContext(connection) as seen:
            page(office)
        counts.append(len(seen))
        school_class = a_class(library.school, grade=4, number=number)
        for _ in range(3):
            a_late_loan(library, a_reader(library.school, school_class=school_class), school_class)
        library.lend(copy=number, pupil=number)
        library.take_back(number)
    assert counts[0] == counts[1], counts


def test_r09_returned_books_wait_by_shelf_and_are_shelved_with_one_press(office, library, term):
    library.lend(copy=0)
    library.take_back(0)
    (row,) = page(office).context["trolley"]
    assert row.copies == (library.copies[0].pk,)

    here = reverse("circulation.today_in_figures")
    assert f'name="next" value="{here}"' in page(office).content.decode()
    done = office.post(reverse("catalogue.shelve"), {"copy": row.copies, "next": here})
    assert done.url == here
    assert Copy.objects.get(pk=row.copies[0]).standing == Standing.ON_SHELF
    assert page(office).context["trolley"] == []


def test_the_hold_shelf_tells_whose_book_lies_where(office, library, term):
    library.lend(copy=0, pupil=0)
    library.place_hold(copy=0, pupil=1)
    library.take_back(0)
    context = page(office).context

    assert [(row.reader, row.place, row.state) for row in context["holds"]] == [
        (library.pupils[1].name, 1, "waits")
    ]
    assert (context["ready"], context["wait"]) == (1, 0)


def test_r04_what_is_read_in_the_room_is_listed_until_it_is_back(office, library, term):
    left_open = library.lend(copy=1, pupil=1, in_room=True)
    Loan.objects.filter(pk=left_open.pk).update(due_on=TODAY - timedelta(days=3))
    library.lend(copy=0, in_room=True)
    library.lend(copy=2)
    context = page(office).context
    assert [(row.reader, row.is_late) for row in context["in_room"]] == [
        (library.pupils[1].name, True),
        (library.pupils[0].name, False),
    ]
    assert "2 册未还" in page(office).content.decode()

    library.take_back(1)
    assert [row.reader for row in page(office).context["in_room"]] == [library.pupils[0].name]


def test_a_closed_day_says_why(office, library, term):
    actions.set_day(
        school=library.school, on=TODAY, why="秋季运动会", by=library.librarian, now=NOW
    )
    context = page(office).context

    assert context["kind"] is DayKind.SAID_CLOSED
    assert "秋季运动会" in context["lead"]
    assert context["rows"] == []


def test_a_term_that_ends_in_a_year_without_notice_says_so(office, library, term):
    assert page(office).context["provisional"] == 2027


def test_without_a_term_today_the_page_asks_for_one(office, library):
    past = actions.change_term(
        school=library.school,
        first_year=2025,
        number=2,
        dates=TermDates(starts_on=date(2026, 2, 24), ends_on=date(2026, 7, 3)),
        by=None,
        now=NOW,
    )
    answer = page(office)

    assert past.ends_on < TODAY
    assert answer.context["term"] is None
    assert reverse("timetable.add_term") in answer.content.decode()


@pytest.mark.parametrize(("days_ago", "is_late"), [(None, True), (1, False), (2, False), (4, True)])
def test_the_last_backup_turns_red_after_three_days(office, library, term, days_ago, is_late):
    if days_ago is not None:
        at = NOW - timedelta(days=days_ago)
        Entry.objects.create(school=library.school, verb="backup.make", at=at)

    assert page(office).context["backup"].is_late is is_late


def test_r09_what_the_records_leave_to_be_done_is_named(office, library, term):
    facts = {"by": library.librarian, "now": NOW}
    comes(library, term, "第3节", time(10, 10))
    plan = {"term": term, "on": TODAY, **facts}
    helping.plan_training(topic="排架", starts_at=time(12, 40), **plan)
    helping.plan_training(topic="明天再说", **(plan | {"on": TODAY + timedelta(days=1)}))
    said = {"on": TODAY, "starts_at": None, "place": "", "agenda": "上架", "notes": ""}
    meeting = helping.change_meeting(term=term, said=said, **facts)
    helping.nominate(reader=library.pupils[2], term=term, **facts)
    problem = helping.raise_problem(meeting=meeting, text="书架乱", owner=None, **facts)
    actions.miss_visits(school=library.school, on=TODAY, reason="exam", **facts)
    held = Held(on=TODAY, way="lesson", held_by="周敏")
    away = [library.pupils[0].pk]
    programmes.hold_session(school_class=library.school_class, held=held, away=away, **facts)

    assert [(task.words, task.when) for task in page(office).context["tasks"]] == [
        ("小馆员培训：排架", "12:40"),
        ("小馆员例会", "今天"),
        ("决定 1 名小馆员候选人", "近期"),
        ("解决例会提出的 1 个问题", "近期"),
        ("补 1 次没来成的到馆", "近期"),
        ("给 1 名缺席的学生补入馆教育", "近期"),
    ]
    for task in page(office).context["tasks"]:
        assert office.get(task.address).status_code == 200
    helping.settle_problem(problem=problem, how="理好了", **facts)
    assert len(page(office).context["tasks"]) == 5


def missing_helpers(office):
    address = reverse("student_librarians.see_roster")
    return next((task for task in page(office).context["tasks"] if task.address == address), None)


def test_r31_a_turn_on_duty_without_helpers_is_named(office, library, term):
    helper = an_appointed_helper(library.pupils[0], term, by=library.librarian, now=NOW)
    facts = {"school": library.school, "starts_at": time(12, 10), "ends_at": time(13), "now": NOW}
    today, tomorrow = (a_shift(**facts, weekday=day, places=1) for day in (0, 1))
    duty = {"post": helper, "by": library.librarian, "now": NOW}
    for ahead, shift in ((7, today), (8, tomorrow)):
        helping.give_duty(shift=shift, on=TODAY + timedelta(days=ahead), **duty)
    task = missing_helpers(office)
    assert (task.words, task.when, task.is_pressing) == ("2 次值日缺人，找人补上", "今天", True)
    helping.give_duty(shift=today, on=TODAY, **duty)
    task = missing_helpers(office)
    assert (task.words, task.when, task.is_pressing) == ("1 次值日缺人，找人补上", "近期", False)
    helping.give_duty(shift=tomorrow, on=TODAY + timedelta(days=1), **duty)
    assert missing_helpers(office) is None


def test_what_can_wait_is_still_named(office, library, term):
    assert [step.name for step in page(office).context["missing"]] == ["hours", "slots"]


def test_of_many_late_classes_those_with_the_most_stand_here(office, library, term):
    for number in range(1, CLASSES_SHOWN + 3):
        school_class = a_class(library.school, grade=4, number=number)
        pupil = a_reader(library.school, school_class=school_class)
        a_late_loan(library, pupil, school_class)

    assert len(page(office).context["late"]) == CLASSES_SHOWN
    assert page(office).context["late_books"] == CLASSES_SHOWN + 2
    assert page(office).context["late_classes"] == CLASSES_SHOWN + 2
    (task,) = page(office).context["tasks"]
    assert task.words == f"告知 {CLASSES_SHOWN + 2} 个班的逾期图书"


def test_a_class_that_waits_for_two_steps_is_counted_once_and_staff_are_no_class(
    office, library, term
):
    told = library.lend_late(copy=0, pupil=0)
    tell = {"whom": Whom.READER, "channel": Channel.SLIP, "by": library.librarian}
    yesterday = NOW - timedelta(days=1)
    circulation.tell(school=library.school, loans=[told.pk], now=yesterday, **tell)
    library.lend_late(copy=1, pupil=1)
    a_late_loan(library, a_reader(library.school, "何文", category="teacher"), None)
    now = page(office).context
    assert sorted(len(row.late.to_tell) for row in now["late"]) == [1, 2]
    assert (now["late_books"], now["late_classes"]) == (3, 1)
    assert [task.words for task in now["tasks"]] == [
        "告知 1 个班的逾期图书",
        "告知教职工和离校学生的逾期图书",
    ]


def test_another_schools_books_are_not_here(office, library, term):
    other = a_library()
    with scope(school=other.school):
        other.lend(copy=0)
        other.take_back(0)

    assert page(office).context["trolley"] == []


@pytest.mark.parametrize(
    ("role", "leads_to"),
    [
        (Role.LIBRARIAN, "circulation.today_in_figures"),
        (Role.HELPER, "circulation.see_desk"),
        (Role.SCHOOL_ADMIN, "readers.see_classes"),
    ],
)
def test_the_door_leads_each_to_the_first_room_that_is_open(client, library, role, leads_to):
    client.force_login(an_account(library.school, role))

    assert client.get(reverse("office")).headers["Location"] == reverse(leads_to)


def test_the_door_asks_strangers_to_sign_in(client, library):
    assert client.get(reverse("office")).headers["Location"].startswith(reverse("sign_in"))


def test_only_a_librarian_sees_whose_books_lie_here(client, library):
    client.force_login(an_account(library.school, Role.PRINCIPAL))

    assert page(client).status_code == 403
