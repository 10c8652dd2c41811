from datetime import date

import pytest
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from shuxiang.platform.numbers.models import Barcode
from shuxiang.platform.schools.models import School
from shuxiang.readers import actions, queries
from shuxiang.readers.models import Membership, Reader
from shuxiang.readers.tests.factories import NOW, TODAY, YEAR, a_class, a_reader, a_school
from shuxiang.readers.wording import INVARIANTS


@pytest.mark.parametrize(
    "typed", ["曾子墨", "子墨", "zengzi", "zzm", "cengzimo", "Z Z M", "2024", "a1"]
)
def test_a_reader_is_found_by_name_pinyin_initials_number_and_card(school, typed):
    reader = a_reader(school, "曾子墨", number="2024017", card="A1")
    a_reader(school, "白露", number="2023001")
    assert queries.find_readers(school, typed, 10, TODAY) == [reader]


@pytest.mark.parametrize("typed", ["", "  ", "墨子", "emo", "%", "_"])
def test_what_matches_nobody_finds_nobody(school, typed):
    a_reader(school, "曾子墨")
    assert queries.find_readers(school, typed, 10, TODAY) == []


def test_the_exact_name_comes_first(school):
    a_reader(school, "王小明")
    exact = a_reader(school, "小明")
    assert queries.find_readers(school, "小明", 10, TODAY)[0] == exact


def test_a_card_goes_before_a_number(school):
    a_reader(school, "许可", number="42")
    with_card = a_reader(school, "江予安", card="42")
    assert queries.reader_by_card(school, " 42\r\n") == with_card


def test_the_card_of_one_who_left_still_tells_whose_it_was(school, librarian):
    reader = a_reader(school, card="A100")
    actions.leave(reader=reader, on=TODAY, by=librarian, now=NOW)
    assert queries.reader_by_card(school, "A100") == reader


@pytest.mark.parametrize("code", ["", "\r\n", "9" * 10_000])
def test_no_reader_has_an_odd_code(school, code):
    a_reader(school)
    assert queries.reader_by_card(school, code) is None


def test_a_register_goes_by_seat_then_by_name(school):
    three_two = a_class(school)
    for name, seat in [("丙", None), ("乙", 2), ("甲", 1), ("丁", None)]:
        a_reader(school, name, school_class=three_two, seat=seat)
    names = [reader.name for reader in queries.register(three_two, TODAY)]
    assert names[:2] == ["甲", "乙"]
    assert set(names[2:]) == {"丙", "丁"}


def test_classes_stand_in_the_order_of_the_grades(school):
    six, one, one_a = a_class(school, 6, 1), a_class(school, 1, 2), a_class(school, 1, 1)
    assert queries.classes_at_school(school, YEAR) == [one_a, one, six]
    next_year = date(YEAR + 1, 10, 12)
    lines = [(line.school_class, line.grade) for line in queries.see_classes(school, next_year)]
    assert lines == [(one_a, 2), (one, 2), (six, None)]


def test_the_lists_cost_a_fixed_number_of_queries(school, django_assert_num_queries):
    for number in range(1, 6):
        a_reader(school, school_class=a_class(school, 3, number))
    school = School.objects.get(pk=school.pk)
    with django_assert_num_queries(1):
        classes = queries.classes_at_school(school, YEAR)
        assert [each.grade(YEAR) for each in classes] == [3] * 5
    with django_assert_num_queries(1):
        queries.teachers_by_class(classes)
    with django_assert_num_queries(1):
        assert set(queries.sizes(school, TODAY).values()) == {1}
    readers = list(Reader.objects.all())
    with django_assert_num_queries(1):
        named = queries.classes_of(readers, TODAY).values()
        assert {queries.class_name(each, YEAR) for each in named} >= {"三年级1班"}


def test_a_school_sees_none_of_another_schools_readers(school):
    other = a_school("松风小学")
    with scope(school=other):
        a_reader(other, "林书言", card="A100")
    assert queries.find_readers(school, "林书言", 10, TODAY) == []
    assert queries.reader_by_card(school, "A100") is None


def test_a_question_outside_a_scope_raises(db):
    with pytest.raises(ScopeError):
        Reader.objects.count()


def test_a_school_in_order_has_nothing_broken(school, librarian):
    one, two = a_class(school, 3, 1), a_class(school, 3, 2)
    reader = a_reader(school, school_class=one, card="A1")
    actions.move_to_class(reader=reader, school_class=two, on=TODAY, by=librarian, now=NOW)
    gone = a_reader(school, school_class=one, card="A2")
    actions.leave(reader=gone, on=TODAY, by=librarian, now=NOW)
    assert queries.broken_invariants(school) == []


def test_what_must_never_be_is_found(school):
    one, two = a_class(school, 3, 1), a_class(school, 3, 2)
    reader = a_reader(school, "许可", school_class=one, card="A1")
    Membership.objects.create(
        school=school, reader=reader, school_class=two, from_on=TODAY, until_on=TODAY
    )
    Barcode.objects.filter(code="A1").update(code="A9")
    Reader.objects.filter(pk=reader.pk).update(left_on=None)
    gone = a_reader(school, "白露", school_class=one)
    Reader.objects.filter(pk=gone.pk).update(left_on=TODAY)
    found = {one.code: one.examples for one in queries.broken_invariants(school)}
    assert found == {
        "readers.card_not_registered": ("A1",),
        "readers.card_of_nobody": ("A9",),
        "readers.in_two_classes": ("许可",),
        "readers.in_class_after_leaving": ("白露",),
    }
    assert set(found) < set(INVARIANTS)
