from datetime import date

import pytest

from shuxiang.readers.rules import Stay, class_marks, class_number, moved, name_keys

SEPTEMBER, NOVEMBER, NEXT_DAY = date(2026, 9, 1), date(2026, 11, 23), date(2026, 11, 24)
IN_ONE = Stay(school_class=1, from_on=SEPTEMBER)


@pytest.mark.parametrize("typed", [" zengzimo", " zzm", " cengzimo"])
def test_a_name_is_found_by_each_of_its_readings(typed):
    assert typed in name_keys("曾子墨")


def test_a_name_in_traditional_characters_is_found_by_simplified_ones():
    assert " 陈晓东 " in name_keys("陳曉東")


def test_the_keys_of_a_long_name_fit_their_column():
    assert len(name_keys("乐单曾查" * 15)) <= 200


def test_a_move_ends_the_old_class_the_day_before():
    assert moved((IN_ONE,), to=2, on=NOVEMBER) == (
        Stay(school_class=1, from_on=SEPTEMBER, until_on=date(2026, 11, 22)),
        Stay(school_class=2, from_on=NOVEMBER),
    )


def test_a_second_move_on_the_same_day_corrects_the_first():
    after = moved((IN_ONE,), to=2, on=NOVEMBER)
    assert [stay.school_class for stay in moved(after, to=3, on=NOVEMBER)] == [1, 3]


def test_a_move_straight_back_leaves_no_trace():
    after = moved((IN_ONE,), to=2, on=NOVEMBER)
    assert moved(after, to=1, on=NOVEMBER) == (IN_ONE,)


def test_a_return_after_a_day_elsewhere_keeps_that_day():
    after = moved((IN_ONE,), to=2, on=NOVEMBER)
    assert [stay.school_class for stay in moved(after, to=1, on=NEXT_DAY)] == [1, 2, 1]


def test_to_no_class_closes_the_last_stay():
    assert moved((IN_ONE,), to=None, on=NOVEMBER)[-1].until_on == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ("1-4", ("1", "2", "3", "4")),
        ("１～３", ("1", "2", "3")),
        ("1 2，4班", ("1", "2", "4")),
        ("甲、乙", ("甲", "乙")),
        ("向日葵班 茉莉班", ("向日葵", "茉莉")),
        ("", ("",)),
        ("1 1", ("1",)),
    ],
)
def test_the_classes_of_a_grade_are_read_as_schools_write_them(typed, marks):
    assert class_marks(typed) == marks


@pytest.mark.parametrize(
    ("mark", "number"), [("3", 3), ("三", 3), ("丙", 3), ("c", 3), ("", 1), ("向日葵", None)]
)
def test_a_class_has_a_number_unless_it_has_a_name(mark, number):
    assert class_number(mark) == number
