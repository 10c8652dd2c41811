"""Rows about readers as schools write them, and what is decided about each."""

from __future__ import annotations

import pytest

from shuxiang.formats import classname
from shuxiang.interop.excel.fields import Kind
from shuxiang.interop.excel.headers import tables_of
from shuxiang.interop.excel.reader_rows import ReaderRow, read_tables
from shuxiang.interop.excel.readers import ClassKey, KnownReader, Register, plan_readers
from shuxiang.interop.excel.sheets import filled
from shuxiang.interop.excel.verdicts import Reason, Verdict, Where

GRADES = (1, 2, 3, 4, 5, 6)
SIX_A = ClassKey("primary", 2021, "甲")


def rows(header, *lines, sheet="读者", above=()):
    made = filled(name=sheet, grid=[*map(list, above), header, *map(list, lines)])
    return list(read_tables(tables_of(made, kind=Kind.READERS, learned={})))


def row(header, line):
    (one,) = rows(["姓名", *header], ["陈小满", *line])
    return one


def reasons(why):
    return [one.reason for one in why]


def register(**more):
    known = {
        "school_year": 2026,
        "grades": GRADES,
        "limits": {("pupil", None): 2, ("teacher", None): 10},
    }
    return Register(**{**known, **more})


def pupil(line=2, name="陈小满", class_text="六甲", **more):
    return ReaderRow(
        where=Where("读者", line),
        name=name,
        class_text=class_text,
        class_name=classname.read(class_text),
        **more,
    )


def plans(*readers, known=None, **choices):
    return list(plan_readers(readers, register=known or register(), **choices))


def test_leading_zeros_are_kept():
    assert row(["学号", "借书号"], ["00301", "0003"]).number == "00301"
    assert row(["学号", "借书号"], ["00301", "0003"]).card == "0003"


def test_zeros_that_excel_lost_are_put_back_and_told():
    found = rows(["姓名", "学号"], ["甲", "00301"], ["乙", 302.0])
    assert [one.number for one in found] == ["00301", "00302"]
    assert reasons(found[1].doubts) == [Reason.NO_CLASS_SAID, Reason.ZEROS_ADDED]


def test_numbers_of_many_lengths_are_left_as_they_are():
    found = rows(["姓名", "学号"], ["甲", "00301"], ["乙", "12"], ["丙", 302.0])
    assert [one.number for one in found] == ["00301", "12", "302"]


def test_a_number_that_lost_digits_is_refused():
    assert reasons(row(["学号"], ["2.02403E+11"]).faults) == [Reason.NUMBER_LOST_DIGITS]


@pytest.mark.parametrize(
    ("header", "line", "category"),
    [
        (["单位"], ["教师"], "teacher"),
        (["部门"], ["语文教师组"], "teacher"),
        (["类型", "班级"], ["职工", ""], "staff"),
        (["读者类型", "班级"], ["学生", "三(2)班"], "pupil"),
        (["班级"], ["六甲"], "pupil"),
    ],
)
def test_teachers_and_staff_are_told_from_pupils(header, line, category):
    assert row(header, line).category == category


def test_grade_and_class_in_two_columns_are_joined():
    assert row(["年级", "班级"], ["三年级", "2班"]).class_name == classname.read("三年级2班")
    assert row(["年级", "班级"], [2024.0, 3.0]).class_name == classname.read("2024级3班")


def test_a_sheet_or_a_title_may_name_the_class():
    by_sheet = rows(["序号", "姓名"], [1, "陈小满"], sheet="三(2)班")
    by_title = rows(["序号", "姓名"], [1, "陈小满"], above=[["青禾小学三年级2班学生名单"]])
    assert by_sheet[0].class_name == by_title[0].class_name == classname.read("三(2)班")


@pytest.mark.parametrize(("written", "paused"), [("开通", False), ("暂停", True), ("", False)])
def test_a_paused_permission_is_a_pause(written, paused):
    assert row(["借书权限"], [written]).is_paused is paused


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("六甲", SIX_A),
        ("三年级", ("primary", 2024, "")),
        ("五(2)班", ("primary", 2022, "2")),
        ("2024级3班", ("primary", 2024, "3")),
    ],
)
def test_a_class_is_read_against_the_school_year(written, key):
    (plan,) = plans(pupil(class_text=written))
    assert (plan.verdict, plan.school_class, plan.makes_class) == (Verdict.NEW, key, True)


@pytest.mark.parametrize("written", ["初一(1)班", "2019级1班"])
def test_a_grade_that_the_school_has_not_is_refused(written):
    assert reasons(plans(pupil(class_text=written))[0].why) == [Reason.NO_CLASS_OF_THIS_GRADE]


def test_a_class_that_does_not_exist_is_made_or_its_rows_refused():
    assert plans(pupil())[0].makes_class
    refused = plans(pupil(), make_classes=False)[0]
    assert reasons(refused.why) == [Reason.CLASS_MISSING]


def test_a_class_is_known_by_every_way_to_write_its_number():
    known = register(classes={SIX_A: SIX_A, SIX_A._replace(mark="1"): SIX_A})
    (plan,) = plans(pupil(class_text="六(1)班"), known=known)
    assert (plan.school_class, plan.makes_class) == (SIX_A, False)


@pytest.mark.parametrize(("limit", "exception"), [(2, None), (5, 5), (None, None)])
def test_a_limit_other_than_the_usual_is_the_readers_own(limit, exception):
    assert plans(pupil(limit=limit))[0].limit == exception


def known_reader(**more):
    known = {"pk": 7, "name": "陈小满", "category": "pupil", "number": "1", "school_class": SIX_A}
    return register(classes={SIX_A: SIX_A}, readers=(KnownReader(**{**known, **more}),))


def test_the_same_row_again_is_the_same():
    assert plans(pupil(number="1"), known=known_reader())[0].verdict is Verdict.SAME
    by_name = plans(pupil(), known=known_reader(number=""))[0]
    assert by_name.verdict is Verdict.SAME


def test_what_differs_is_changed_and_nothing_else():
    (plan,) = plans(
        pupil(number="1", card="C9", is_paused=True, pause_text="暂停"), known=known_reader()
    )
    assert plan.verdict is Verdict.CHANGED
    assert plan.changes == {"card": "C9", "paused": "暂停"}


def test_a_number_that_belongs_to_somebody_else_is_refused():
    (plan,) = plans(pupil(name="吴安", number="1"), known=known_reader())
    assert reasons(plan.why) == [Reason.NUMBER_OF_ANOTHER]


def test_one_number_on_two_rows_refuses_both():
    found = plans(pupil(2, number="1"), pupil(3, "吴安", number="1"))
    assert [reasons(plan.why) for plan in found] == [[Reason.NUMBER_TWICE]] * 2


def test_a_card_that_is_a_books_barcode_is_refused():
    (plan,) = plans(pupil(card="B1"), known=register(books=frozenset({"B1"})))
    assert reasons(plan.why) == [Reason.CARD_IS_A_BOOK]
