"""Names of classes as schools write them, and as this house writes them.

Grades run on: primary school 1 to 6, junior 7 to 9 (初一 is 7), senior 10 to 12 (高一 is 10), where primary school
has six years (六三学制); 预初 is 6.
"""

import re
from enum import StrEnum
from typing import NamedTuple

from shuxiang.formats import numerals
from shuxiang.formats.text import fold

HIGHEST_GRADE = 12
_FIRST_JUNIOR, _FIRST_SENIOR = 7, 10
_STAGES = {"小": (1, 6), "初": (_FIRST_JUNIOR, 3), "高": (_FIRST_SENIOR, 3)}  # first grade, years
_MOST_CLASSES = 30  # in 302, grade and number run together; 350 is a room

_NUMERAL = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_LETTER = "[甲乙丙丁戊己庚辛壬癸A-Z]"
_COHORT = re.compile(r"((?:19|20)\d\d|\d\d)级")
_STAGED = re.compile(r"(?:[小初高][学中]部?)?([小初高])([一二三四五六1-6])(?:年级)?")
_NAMED = re.compile(rf"(?:([小初高])[学中]部?)?({_NUMERAL})年(?:级|(?=.))")
_BARE = re.compile(rf"({_NUMERAL})(?=[(\[〔【])|([一二三四五六七八九])(?!十)|([1-9])(?!\d)")
_RUN_TOGETHER = re.compile(r"([1-9]|1[0-2])(\d\d)班?")
_MARK = re.compile(
    rf"(?:[-.]?({_NUMERAL})|[(\[〔【]({_NUMERAL}|{_LETTER})[)\]〕】]|({_LETTER}))(?:班|中队)?"
)
_OWN_MARK = re.compile(rf"(?:{_NUMERAL})班?")  # the 3班 of 2024级3班, where a bare 3 is no grade
_GIVEN_NAME = re.compile(r"([\u4e00-\u9fff]{1,6})(?:班|中队)")
_STAFF = re.compile(r".*(?:教师|老师|教工|教职工|教职员工?|职工|员工)组?")


class ClassName(NamedTuple):
    """What a class name tells: grade (1 to 12) or entry year, or both, and the mark within the grade.

    `mark` is 2, 甲, A, 向日葵 or empty (the only class of its grade); `number` is the mark as a number, if it is one.
    """

    grade: int | None
    cohort: int | None
    number: int | None
    mark: str


class JuniorStyle(StrEnum):
    """How a school calls grades 7 to 9."""

    GRADE = "grade"  # 七年级
    YEAR = "year"  # 初一


def read(raw: object) -> ClassName | None:
    """Read a class name; None when it is none, or could be two.

    三年级 三(2)班 三年级2班 3年级2班 三年2班 三2 3-2 302 六甲 一年级一班 2024级3班 24级3班 初一(3)班 七年级3班 高二5班.
    `级` after a year means the year of entry; 届, a year of leaving, is not read.
    """
    name = fold(str(raw)).replace(" ", "").upper() if raw is not None else ""
    together = _RUN_TOGETHER.fullmatch(name.removesuffix(".0"))
    if together:
        return _together(int(together[1]), int(together[2]))
    cohort, rest = _cohort(name)
    if cohort is not None and _OWN_MARK.fullmatch(rest):
        return _marked(None, cohort, rest)
    grade, after_grade = _grade(rest)
    if grade is None and cohort is None:
        return None
    return _marked(grade, cohort, after_grade)


def is_staff_word(text: str) -> bool:
    """Tell whether what stands where a class should be means staff: 教师, 老师, 教工, 语文教师组 …"""
    return _STAFF.fullmatch(fold(text).replace(" ", "")) is not None


def grade_name(grade: int, junior_style: JuniorStyle = JuniorStyle.GRADE) -> str:
    """Write a grade: 三年级, 七年级 or 初一, 高一.

    :raises ValueError: outside 1 to 12.
    """
    if not 1 <= grade <= HIGHEST_GRADE:
        raise ValueError(grade)
    if grade >= _FIRST_SENIOR:
        return f"高{numerals.write(grade - _FIRST_SENIOR + 1)}"
    if grade >= _FIRST_JUNIOR and junior_style is JuniorStyle.YEAR:
        return f"初{numerals.write(grade - _FIRST_JUNIOR + 1)}"
    return f"{numerals.write(grade)}年级"


def class_name(grade: int, mark: str, junior_style: JuniorStyle = JuniorStyle.GRADE) -> str:
    """Write a class: 三年级2班, 六年级甲班, 高一3班; 三年级 when the mark is empty.

    :raises ValueError: a grade outside 1 to 12.
    """
    return grade_name(grade, junior_style) + (f"{mark}班" if mark else "")


def _together(grade: int, number: int) -> ClassName | None:
    return ClassName(grade, None, number, str(number)) if 0 < number <= _MOST_CLASSES else None


def _cohort(name: str) -> tuple[int | None, str]:
    shape = _COHORT.match(name)
    if shape is None:
        return None, name
    year = int(shape[1])
    return (year if year > 99 else 2000 + year), name[shape.end() :]  # noqa: PLR2004 - two digits


def _grade(name: str) -> tuple[int | None, str]:
    """Take the grade off the front of a name; the name comes back whole when there is none."""
    if name.startswith("预初"):
        return _FIRST_JUNIOR - 1, name.removeprefix("预初")
    staged = _STAGED.match(name) or _NAMED.match(name)
    bare = _BARE.match(name)
    if staged:
        stage, year, end = staged[1], numerals.read(staged[2]), staged.end()
    elif bare and bare.end() < len(name):
        stage, year, end = None, numerals.read(bare[1] or bare[2] or bare[3]), bare.end()
    else:
        return None, name
    grade = _in_stage(stage, year or 0)
    return (grade, name[end:]) if grade else (None, name)


def _in_stage(stage: str | None, year: int) -> int | None:
    """Give the grade of 初二 (8), of 初中八年级 (8) and of 八年级 (8); None when there is no such year."""
    first, years = _STAGES.get(stage or "", (1, HIGHEST_GRADE))
    if 1 <= year <= years:
        return first + year - 1
    return year if first <= year < first + years else None


def _marked(grade: int | None, cohort: int | None, rest: str) -> ClassName | None:
    if not rest:
        return ClassName(grade, cohort, None, "")
    shape = _MARK.fullmatch(rest)
    given = _GIVEN_NAME.fullmatch(rest)
    if shape:
        mark = shape[1] or shape[2] or shape[3]
        number = numerals.read(mark)
        if number is None and mark.isdigit():
            return None  # there is no class 0
        return ClassName(grade, cohort, number, str(number) if number else mark)
    return ClassName(grade, cohort, None, given[1]) if given else None
