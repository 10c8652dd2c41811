"""Late books: who is told when, and what is written down of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from shuxiang.circulation import actions, queries
from shuxiang.circulation.models import Forfeit, Loan, Notice
from shuxiang.circulation.rules import Channel, Step, Told, Whom, step_due
from shuxiang.circulation.tests.factories import NOW, TODAY, a_library
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.actions import change_settings
from shuxiang.readers.actions import add_reader, leave

DUE = date(2026, 11, 1)
STEPS = (
    Step(after_days=1, whom=Whom.READER, channel=Channel.SLIP),
    Step(after_days=7, whom=Whom.CLASS_TEACHER, channel=Channel.CHAT),
    Step(after_days=14, whom=Whom.HEAD, channel=Channel.SPOKEN),
)


def day(number):
    return DUE + timedelta(days=number)


def told(whom, number):
    return Told(whom=whom, on=day(number))


@pytest.mark.parametrize(
    ("today", "before", "whom"),
    [
        (0, [], None),
        (1, [], Whom.READER),
        (20, [], Whom.READER),
        (3, [told(Whom.READER, 1)], None),
        (7, [told(Whom.READER, 1)], Whom.CLASS_TEACHER),
        (20, [told(Whom.READER, 20)], None),
        (21, [told(Whom.READER, 20)], Whom.CLASS_TEACHER),
        (7, [told(Whom.READER, 1), told(Whom.CLASS_TEACHER, 3)], Whom.CLASS_TEACHER),
        (14, [told(Whom.READER, 1), told(Whom.CLASS_TEACHER, 8)], Whom.HEAD),
        (30, [told(Whom.READER, 1), told(Whom.CLASS_TEACHER, 8), told(Whom.HEAD, 14)], None),
    ],
)
def test_r06_steps_come_in_order_one_a_day_and_none_is_left_out(today, before, whom):
    due = step_due(DUE, day(today), STEPS, before)
    assert (due.whom if due else None) == whom


def test_a_reader_may_be_told_a_second_time_by_a_later_step():
    again = Step(after_days=10, whom=Whom.READER, channel=Channel.SPOKEN)
    steps = (STEPS[0], again)
    assert step_due(DUE, day(9), steps, [told(Whom.READER, 1)]) is None
    assert step_due(DUE, day(10), steps, [told(Whom.READER, 1)]) == again


@pytest.fixture
def library(db):
    made = a_library()
    with scope(school=made.school):
        made.lend_late(copy=0, pupil=0)
        made.lend_late(copy=1, pupil=1)
        made.lend(copy=2, pupil=2)
        yield made


def tell(library, whom=Whom.READER, loans=None, now=NOW):
    return actions.tell(
        school=library.school,
        loans=list(Loan.objects.values_list("pk", flat=True)) if loans is None else loans,
        whom=whom,
        channel=Channel.SLIP,
        by=library.librarian,
        now=now,
    )[0]


def late(library, today=TODAY):
    return queries.see_late(library.school, today)


def test_r06_what_is_late_stands_by_class_with_who_is_to_be_told(library):
    (its,) = late(library)
    assert (its.name, its.books, its.longest_days) == ("三年级2班", 2, 16)
    assert [one.reader.name for one in its.readers] == ["学生1", "学生2"]
    (task,) = its.to_tell
    assert task.step.whom is Whom.READER
    assert len(task.loans) == 2


def test_r06_who_was_told_is_kept_with_its_loans_and_the_next_step_waits(library):
    notice = tell(library)
    assert (notice.books, notice.pupils, notice.on) == (2, 2, TODAY)
    assert set(notice.loans.values_list("loan__reader", flat=True)) == {
        library.pupils[0].pk,
        library.pupils[1].pk,
    }, "what is not late was not told of"
    (its,) = late(library)
    assert (its.to_tell, its.told_on) == ([], TODAY)
    (its,) = late(library, TODAY + timedelta(days=1))
    assert [task.step.whom for task in its.to_tell] == [Whom.CLASS_TEACHER]
    entry = Entry.objects.get(verb="circulation.tell")
    assert "学生" not in str(entry.details)


def test_r06_told_twice_is_written_once_and_a_book_that_came_back_is_left_out(library):
    library.take_back(0)
    assert tell(library).books == 1
    with pytest.raises(actions.NothingToTell):
        tell(library)
    assert Notice.objects.count() == 1
    assert tell(library, Whom.CLASS_TEACHER).books == 1, "somebody else may be told the same day"


def test_r06_what_was_told_is_taken_back_and_stands_to_be_told_again(library):
    notice = tell(library)
    for _ in range(2):
        actions.take_notice_back(notice=notice, by=library.librarian, now=NOW)
    assert [task.step.whom for task in late(library)[0].to_tell] == [Whom.READER]
    assert Entry.objects.filter(verb="circulation.take_notice_back").count() == 1
    assert tell(library).books == 2


def test_r06_each_class_gets_its_notice_and_another_school_none(library):
    other = a_library()
    with scope(school=other.school):
        theirs = other.lend_late()
    with pytest.raises(actions.NothingToTell):
        tell(library, loans=[theirs.pk])
    teacher = add_reader(
        school=library.school,
        name="何文",
        category="teacher",
        joined_on=TODAY,
        by=library.librarian,
        now=NOW,
    )
    Loan.objects.filter(reader=library.pupils[0]).update(reader=teacher)
    staff, its = late(library)
    assert (staff.school_class, staff.to_tell[0].step.whom) == (None, Whom.READER)
    tell(library)
    assert {notice.school_class for notice in Notice.objects.all()} == {None, its.school_class}
    assert Entry.objects.filter(verb="circulation.tell").count() == 1
    much_later = late(library, TODAY + timedelta(days=30))
    (staff,) = (one for one in much_later if one.school_class is None)
    assert staff.to_tell == [], "teachers are told themselves, and nobody is told of them"


def test_r06_who_left_stands_apart_with_the_last_class_and_no_teacher_is_told(library):
    facts = {"on": TODAY, "by": library.librarian, "now": NOW}
    leave(reader=library.pupils[0], **facts)
    tomorrow = TODAY + timedelta(days=1)
    gone = next(one for one in late(library, tomorrow) if one.school_class is None)
    (one,) = gone.readers
    assert (one.reader, one.last_class) == (library.pupils[0], "2024级2班")
    assert queries.panel(one.reader, tomorrow).class_name == "2024级2班"
    assert [task.step.whom for task in gone.to_tell] == [Whom.READER]
    its = next(one for one in late(library, tomorrow) if one.school_class)
    assert [(one.reader, one.last_class) for one in its.readers] == [(library.pupils[1], "")]


def test_r06_retention_leaves_the_notice_and_no_pupil_in_it(library):
    notice = tell(library)
    library.take_back(0)
    actions.forget(school=library.school, before=TODAY, now=NOW)
    readers = set(notice.loans.values_list("loan__reader", flat=True))
    assert readers == {None, library.pupils[1].pk}, "what is still out keeps its reader"
    assert queries.see_notices(library.school).get().books == 2


def test_r06_the_list_costs_a_fixed_number_of_statements(library):
    counts = []
    for _ in range(2):
        late(library)
        with CaptureQueriesContext(connection) as seen:
            late(library)
        counts.append(len(seen))
        library.pupils[2].loans.update(due_on=TODAY - timedelta(days=1))
    assert counts[0] == counts[1] <= 5


def propose(library, **facts):
    asked = {"why": Forfeit.Why.LATE, "books": 2, "note": "", "by": library.librarian, "now": NOW}
    return actions.propose_forfeit(school_class=library.school_class, **asked | facts)


def test_r07_no_class_forgoes_a_prize_until_the_school_turns_it_on(library):
    with pytest.raises(actions.NoForfeits):
        propose(library)
    assert Forfeit.objects.count() == 0


@pytest.fixture
def strict(library):
    changes = {actions.FORGOES: True}
    change_settings(school=library.school, changes=changes, by=library.librarian, now=NOW)
    return library


def test_r07_a_proposal_is_decided_once_with_who_and_when_and_can_be_taken_back(strict):
    proposal = propose(strict)
    with pytest.raises(actions.ProposedAlready):
        propose(strict)
    decided = {"decided_by": "德育主任", "on": TODAY, "by": strict.librarian, "now": NOW}
    actions.decide_forfeit(forfeit=proposal, is_agreed=True, **decided)
    with pytest.raises(actions.AlreadyDecided):
        actions.decide_forfeit(forfeit=proposal, is_agreed=False, **decided)
    kept = Forfeit.objects.get()
    assert (kept.state, kept.decided_by, kept.decided_on) == ("agreed", "德育主任", TODAY)
    actions.take_forfeit_back(forfeit=kept, by=strict.librarian, now=NOW)
    kept.refresh_from_db()
    assert (kept.state, kept.decided_by) == ("taken_back", "德育主任")
    assert propose(strict).state == "proposed"


def test_the_database_itself_keeps_a_decision_whole(strict):
    proposal = propose(strict)
    with pytest.raises(IntegrityError), transaction.atomic():
        Forfeit.objects.filter(pk=proposal.pk).update(state="agreed")
