from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.numbers.actions import take_barcodes
from shuxiang.platform.numbers.models import Barcode
from shuxiang.readers import actions, queries
from shuxiang.readers.models import ClassTeacher, Membership, Reader, SchoolClass
from shuxiang.readers.rules import NewReader
from shuxiang.readers.tests.factories import (
    NOW,
    TODAY,
    YEAR,
    a_class,
    a_reader,
    a_school,
    an_account,
)

OCTOBER = date(2026, 10, 12)


def new(**what: Any) -> NewReader:
    return NewReader(**{"name": "许可", "category": "pupil", "joined_on": TODAY, **what})


def test_a_new_pupil_stands_on_the_register_and_in_the_audit(school, librarian):
    three_two = a_class(school)
    reader = actions.add_reader(
        school=school,
        name="林书言",
        category="pupil",
        number="007",
        school_class=three_two,
        joined_on=TODAY,
        by=librarian,
        now=NOW,
    )
    assert queries.register(three_two, TODAY) == [reader]
    assert (reader.number, reader.name_keys) == ("007", " linshuyan lsy ")
    assert Entry.objects.get(verb="readers.add_reader").subject_id == reader.pk


def test_a_number_belongs_to_one_reader_at_school(school):
    holder = a_reader(school, number="2024017")
    with pytest.raises(actions.NumberTaken) as taken:
        a_reader(school, "许可", number="２０２４０１７")
    assert taken.value.reader == holder
    assert Reader.objects.count() == 1


def test_a_number_is_free_after_its_reader_left(school, librarian):
    gone = a_reader(school, number="2024017")
    actions.leave(reader=gone, on=TODAY, by=librarian, now=NOW)
    assert a_reader(school, "许可", number="2024017").number == "2024017"


def test_the_database_itself_refuses_a_number_twice(school):
    a_reader(school, number="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reader.objects.create(school=school, name="许可", number="1", joined_on=TODAY)


def test_a_card_is_no_barcode_of_a_book(school):
    take_barcodes(school=school, codes=["00000042"], kind=Barcode.Kind.COPY)
    with pytest.raises(actions.CardTaken) as taken:
        a_reader(school, card="00000042")
    assert taken.value.kind == "copy"
    assert not Reader.objects.exists()


def test_a_lost_card_that_is_found_opens_nothing(school, librarian):
    reader = a_reader(school, card="A100")
    actions.give_card(reader=reader, card="a101", by=librarian, now=NOW)
    assert queries.reader_by_card(school, "A100") is None
    assert queries.reader_by_card(school, "A101") == reader
    assert a_reader(school, "许可", card="A100").card == "A100"


def test_two_schools_may_use_the_same_cards(school):
    a_reader(school, card="A100")
    other = a_school("松风小学")
    with scope(school=other):
        assert a_reader(other, card="A100").card == "A100"


def test_many_readers_are_added_with_one_entry_or_none_at_all(school, librarian):
    added = actions.add_readers(
        school=school, readers=[new(number="1"), new(number="2")], by=librarian, now=NOW
    )
    assert [reader.number for reader in added] == ["1", "2"]
    assert Entry.objects.get(verb="readers.add_readers").details == {"readers": 2}
    with pytest.raises(actions.NumberTaken):
        actions.add_readers(
            school=school, readers=[new(number="3"), new(number="3")], by=librarian, now=NOW
        )
    assert Reader.objects.count() == 2


def test_a_thousand_readers_cost_a_few_queries_a_hundred(school, django_assert_max_num_queries):
    three_two = a_class(school)
    crowd = [new(number=f"{n}", card=f"C{n}", school_class=three_two.pk) for n in range(1000)]
    with django_assert_max_num_queries(30):
        actions.add_readers(school=school, readers=crowd, by=None, now=NOW)


def test_a_new_name_is_found_by_its_pinyin(school, librarian):
    reader = a_reader(school, "林书言")
    actions.change_reader(reader=reader, changes={"name": "曾书言"}, by=librarian, now=NOW)
    assert queries.find_readers(school, "zsy", 10, TODAY) == [reader]


def test_a_reader_keeps_the_own_number_through_a_change(school, librarian):
    reader = a_reader(school, number="9")
    changed = actions.change_reader(
        reader=reader, changes={"number": "9", "seat": 4}, by=librarian, now=NOW
    )
    assert (changed.number, changed.seat) == ("9", 4)


def test_history_stays_true_when_a_pupil_changes_class(school, librarian):
    old, new_class = a_class(school, 3, 1), a_class(school, 3, 2)
    reader = a_reader(school, school_class=old)
    actions.move_to_class(reader=reader, school_class=new_class, on=TODAY, by=librarian, now=NOW)
    assert queries.class_of(reader, OCTOBER) == old
    assert queries.class_of(reader, TODAY) == new_class


def test_who_left_is_off_the_register_the_day_after(school, librarian):
    three_two = a_class(school)
    reader = a_reader(school, school_class=three_two)
    actions.leave(reader=reader, on=OCTOBER, by=librarian, now=NOW)
    assert queries.register(three_two, OCTOBER) == [reader]
    assert queries.register(three_two, TODAY) == []
    with pytest.raises(actions.AlreadyLeft):
        actions.leave(reader=reader, on=TODAY, by=librarian, now=NOW)


def test_a_leaving_taken_back_is_as_if_it_had_not_been(school, librarian):
    three_two = a_class(school)
    reader = a_reader(school, school_class=three_two, card="A100")
    actions.leave(reader=reader, on=OCTOBER, by=librarian, now=NOW)
    back = actions.come_back(
        reader=reader, school_class=three_two, on=OCTOBER, by=librarian, now=NOW
    )
    assert (back.left_on, back.card) == (None, "A100")
    stay = back.memberships.get()
    assert (stay.from_on, stay.until_on) == (date(2026, 9, 1), None)


def test_who_comes_back_leaves_the_card_to_its_new_holder(school, librarian):
    reader = a_reader(school, card="A100")
    actions.leave(reader=reader, on=OCTOBER, by=librarian, now=NOW)
    a_reader(school, "许可", card="A100")
    back = actions.come_back(reader=reader, school_class=None, on=TODAY, by=librarian, now=NOW)
    assert back.card == ""


def test_nobody_leaves_before_joining(school, librarian):
    reader = a_reader(school, joined_on=TODAY)
    with pytest.raises(actions.NotYetJoined):
        actions.leave(reader=reader, on=OCTOBER, by=librarian, now=NOW)


def test_a_restriction_holds_until_it_is_lifted(school, librarian):
    reader = a_reader(school)
    pinned = actions.restrict(
        reader=reader, why="书未赔", from_on=OCTOBER, until_on=None, by=librarian, now=NOW
    )
    assert queries.restrictions_in_force(reader, TODAY) == [pinned]
    actions.lift_restriction(restriction=pinned, on=TODAY, by=librarian, now=NOW)
    assert queries.restrictions_in_force(reader, TODAY) == []


def test_a_cohort_has_each_number_once(school, librarian):
    there = a_class(school, 3, 2)
    with pytest.raises(actions.ClassThere) as refused:
        a_class(school, 3, 2)
    assert refused.value.school_class == there


def test_a_class_goes_only_when_nothing_rests_on_it(school, librarian):
    three_two = a_class(school)
    a_reader(school, school_class=three_two)
    with pytest.raises(actions.ClassInUse) as refused:
        actions.remove_class(school_class=three_two, by=librarian, now=NOW)
    assert refused.value.resting == {"readers.Membership": 1}
    empty = a_class(school, 3, 3)
    actions.remove_class(school_class=empty, by=librarian, now=NOW)
    assert list(SchoolClass.objects.all()) == [three_two]


def test_a_new_class_teacher_follows_the_old_one(school, librarian):
    three_two = a_class(school)
    first = an_account(school, Role.CLASS_TEACHER, name="陈思敏")
    second = an_account(school, Role.CLASS_TEACHER, name="何老师")
    name = actions.name_class_teacher
    name(school_class=three_two, account=first, on=OCTOBER, by=librarian, now=NOW)
    name(school_class=three_two, account=second, on=TODAY, by=librarian, now=NOW)
    assert queries.teachers_of(three_two) == [second]
    assert queries.classes_of_teacher(first, OCTOBER) == [three_two]
    assert queries.classes_of_teacher(first, TODAY) == []


def test_the_wrong_teacher_named_today_leaves_no_trace(school, librarian):
    three_two = a_class(school)
    wrong = an_account(school, Role.CLASS_TEACHER)
    right = an_account(school, Role.CLASS_TEACHER)
    for teacher in (wrong, right):
        actions.name_class_teacher(
            school_class=three_two, account=teacher, on=TODAY, by=librarian, now=NOW
        )
    assert [one.account for one in ClassTeacher.objects.all()] == [right]


def test_only_a_class_teacher_is_named(school, librarian):
    with pytest.raises(actions.NotATeacher):
        actions.name_class_teacher(
            school_class=a_class(school), account=librarian, on=TODAY, by=librarian, now=NOW
        )


def test_a_new_school_year_moves_a_class_up_without_a_row_written(school):
    three_two = a_class(school)
    assert queries.class_name(three_two, YEAR) == "三年级2班"
    assert queries.class_name(three_two, YEAR + 1) == "四年级2班"
    assert queries.class_name(three_two, YEAR + 4) == "2024级2班"


def test_a_grades_classes_are_added_together(school, librarian):
    added = actions.add_classes(
        school=school,
        stage="primary",
        cohort=2024,
        marks=["1", "2", "向日葵"],
        by=librarian,
        now=NOW,
    )
    names = [queries.class_name(each, YEAR) for each in added]
    assert names == ["三年级1班", "三年级2班", "三年级向日葵班"]
    assert [each.number for each in added] == [1, 2, 3]


@pytest.mark.parametrize("marks", [["3", "2"], ["3", "3"], ["三", "3"]])
def test_classes_of_which_one_is_there_are_not_added(school, librarian, marks):
    a_class(school, 3, 2)
    with pytest.raises(actions.ClassThere):
        actions.add_classes(
            school=school, stage="primary", cohort=2024, marks=marks, by=librarian, now=NOW
        )
    assert SchoolClass.objects.count() == 1


def test_looking_at_a_reader_is_written_down(school, librarian):
    reader = a_reader(school)
    actions.see_reader(reader=reader, by=librarian, now=NOW)
    assert Entry.objects.get(verb="readers.see_reader").subject_id == reader.pk


def test_who_is_put_into_the_wrong_class_is_put_back_the_same_day(school, librarian):
    own, wrong = a_class(school), a_class(school, number=9)
    reader = a_reader(school, school_class=own)
    asked = {"reader": reader, "on": TODAY, "by": librarian, "now": NOW}
    actions.move_to_class(school_class=wrong, **asked)
    actions.move_to_class(school_class=own, **asked)
    (stay,) = Membership.objects.filter(reader=reader)
    assert (stay.school_class, stay.until_on) == (own, None)
