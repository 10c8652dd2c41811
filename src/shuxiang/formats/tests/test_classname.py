import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuxiang.formats import classname
from shuxiang.formats.classname import ClassName, JuniorStyle


@pytest.mark.parametrize(
    ("written", "grade", "mark"),
    [
        ("三年级", 3, ""), ("三(2)班", 3, "2"), ("三（2）班", 3, "2"), ("三年级2班", 3, "2"), ("3年级2班", 3, "2"),
        ("三2", 3, "2"), ("三2班", 3, "2"), ("302", 3, "2"), (302.0, 3, "2"), (302, 3, "2"), ("302班", 3, "2"),
        ("312", 3, "12"), ("1203", 12, "3"), ("六甲", 6, "甲"), ("六甲班", 6, "甲"), ("六年级甲班", 6, "甲"), ("六（甲）班", 6, "甲"), ("六(乙)班", 6, "乙"), ("二丙", 2, "丙"),
        ("五(2)班", 5, "2"), ("一年级一班", 1, "1"), ("一(1)", 1, "1"), ("一一班", 1, "1"), ("三年二班", 3, "2"),
        ("三年级（十二）班", 3, "12"), ("3-2", 3, "2"), ("3.2", 3, "2"), ("３（２）班", 3, "2"), (" 三 (2) 班 ", 3, "2"),
        ("三(2)中队", 3, "2"), ("三A班", 3, "A"), ("三(b)班", 3, "B"), ("三年级向日葵班", 3, "向日葵"), ("小学部三年级2班", 3, "2"),
        ("预初(3)班", 6, "3"), ("初一(3)班", 7, "3"), ("七年级3班", 7, "3"), ("7(3)班", 7, "3"), ("初中二年级2班", 8, "2"),
        ("初中八年级2班", 8, "2"), ("初三", 9, ""), ("高一（1）班", 10, "1"), ("高二5班", 11, "5"), ("高二十班", 11, "10"),
        ("高三年级3班", 12, "3"), ("十(3)班", 10, "3"), ("十二年级1班", 12, "1"),
    ],
)  # fmt: skip
def test_a_class_is_read_as_schools_write_it(written, grade, mark):
    number = int(mark) if mark.isdigit() else None
    assert classname.read(written) == ClassName(grade, None, number, mark)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024级3班", ClassName(None, 2024, 3, "3")),
        ("24级3班", ClassName(None, 2024, 3, "3")),
        ("2024级(3)班", ClassName(None, 2024, 3, "3")),
        ("2024级十一班", ClassName(None, 2024, 11, "11")),
        ("2024级甲班", ClassName(None, 2024, None, "甲")),
        ("2024级", ClassName(None, 2024, None, "")),
        ("2022级三年级2班", ClassName(3, 2022, 2, "2")),
        ("2022级高一(2)班", ClassName(10, 2022, 2, "2")),
    ],
)
def test_a_year_of_entry_is_read_with_the_class(written, expected):
    assert classname.read(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "", None, "教师", "大班", "3", "三", "12班", "32班", "三十二班", "二班", "2024届3班", "350", "300", "三(0)班", "三年级0班", "13年级1班", "初四(1)班",
        "初七(1)班", "高四", "星期三", "三好学生", "三年", "第一小组", "2024", "初中十年级1班",
    ],
)  # fmt: skip
def test_what_is_no_class_or_could_be_two_is_not_read(written):
    assert classname.read(written) is None


@pytest.mark.parametrize("word", ["教师", "老师", "教工", "教职工", "语文教师组", " 教 师 "])
def test_words_for_staff_are_known(word):
    assert classname.is_staff_word(word)


@pytest.mark.parametrize("word", ["", "三年级", "教室", "老师的孩子"])
def test_other_words_are_not_staff(word):
    assert not classname.is_staff_word(word)


def test_grades_and_classes_are_written_as_schools_say_them():
    assert classname.grade_name(3) == "三年级"
    assert classname.grade_name(7) == "七年级"
    assert classname.grade_name(7, JuniorStyle.YEAR) == "初一"
    assert classname.grade_name(12) == "高三"
    assert classname.class_name(3, "2") == "三年级2班"
    assert classname.class_name(6, "甲") == "六年级甲班"
    assert classname.class_name(9, "11", JuniorStyle.YEAR) == "初三11班"
    assert classname.class_name(3, "") == "三年级"


@pytest.mark.parametrize("grade", [0, 13, -1])
def test_there_are_twelve_grades(grade):
    with pytest.raises(ValueError, match=str(grade)):
        classname.grade_name(grade)


@given(
    st.integers(1, 12),
    st.integers(1, 99).map(str) | st.sampled_from(["", *"甲乙丙丁ABC", "向日葵"]),
    st.sampled_from(JuniorStyle),
)
def test_what_is_written_is_read_again(grade, mark, style):
    found = classname.read(classname.class_name(grade, mark, style))
    assert found is not None
    assert (found.grade, found.mark) == (grade, mark)


@given(st.text(max_size=12) | st.text("一二三十初高年级班(3)2024甲A-", max_size=10) | st.floats())
def test_no_word_makes_it_fall_over(raw):
    found = classname.read(raw)
    assert found is None or found.grade is None or 1 <= found.grade <= 12
