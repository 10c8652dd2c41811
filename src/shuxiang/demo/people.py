"""The demo's classes, pupils, teachers and accounts."""

from __future__ import annotations

from datetime import date, datetime

from shuxiang.demo import names
from shuxiang.demo.stage import Stage
from shuxiang.platform.accounts.actions import add_demo_account
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.accounts.rules import DEMO_PIN, DEMO_PUPIL
from shuxiang.platform.schools import rules
from shuxiang.platform.schools.actions import change_settings
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.actions import add_class, add_readers, link_account, name_class_teacher
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import SIGN_IN
from shuxiang.readers.rules import NewReader

CLASSES_A_GRADE = 4
PUPILS_A_CLASS = 30
OTHER_TEACHERS = 18

LOG_INS = (
    ("xiaozhang", "principal"),
    ("guanli", "school_admin"),
    ("xuequ", "district"),
)


def first_librarian(school: School, now: datetime) -> Account:
    """Let the librarian in, who does everything that follows."""
    return add_demo_account(
        school=school, username="zhoumin", name="周敏", roles=[Role.LIBRARIAN], now=now
    )


def enrol(stage: Stage, *, cohort: int, now: datetime) -> None:
    """Open the classes of an entry year and enrol their pupils."""
    joined_on = date(cohort, 9, 1)
    for number in range(1, CLASSES_A_GRADE + 1):
        school_class = add_class(
            school=stage.school,
            stage=rules.Stage.PRIMARY,
            cohort=cohort,
            number=number,
            mark=str(number),
            by=stage.librarian,
            now=now,
        )
        stage.classes.append(school_class)
        stage.pupils[school_class.pk] = add_readers(
            school=stage.school,
            readers=[
                _pupil(stage, school_class, seat, joined_on)
                for seat in range(1, PUPILS_A_CLASS + 1)
            ],
            by=stage.librarian,
            now=now,
        )


def _pupil(stage: Stage, school_class: SchoolClass, seat: int, joined_on: date) -> NewReader:
    number = f"{school_class.cohort}{school_class.number:02}{seat:02}"
    return NewReader(
        name=names.pupil(stage.random),
        category=Reader.Category.PUPIL,
        joined_on=joined_on,
        number=number,
        card=number,
        seat=seat,
        school_class=school_class.pk,
    )


def employ(stage: Stage, *, now: datetime) -> None:
    """Enter the teachers as readers; there is one for each class and some besides."""
    day = stage.school.day(now)
    stage.teachers = add_readers(
        school=stage.school,
        readers=[
            NewReader(
                name=names.teacher(stage.random),
                category=Reader.Category.TEACHER,
                joined_on=day,
                number=f"T{n:03}",
                card=f"T{n:03}",
            )
            for n in range(1, len(stage.classes) + OTHER_TEACHERS + 1)
        ],
        by=stage.librarian,
        now=now,
    )


def name_teachers(stage: Stage, *, now: datetime) -> None:
    """Give each class its teacher, and everybody else an account for their role."""
    year = school_year(stage.school, stage.school.day(now))
    for school_class, reader in zip(stage.classes, stage.teachers, strict=False):
        account = add_demo_account(
            school=stage.school,
            username=f"bzr{school_class.grade(year)}{school_class.number:02}",
            name=reader.name,
            roles=[Role.CLASS_TEACHER],
            now=now,
        )
        name_class_teacher(
            school_class=school_class,
            account=account,
            on=stage.school.day(now),
            by=stage.librarian,
            now=now,
        )
    for (username, role), reader in zip(
        LOG_INS, stage.teachers[len(stage.classes) :], strict=False
    ):
        add_demo_account(
            school=stage.school, username=username, name=reader.name, roles=[Role(role)], now=now
        )
    _name_pupils(stage, now)
    change_settings(school=stage.school, changes={SIGN_IN: True}, by=stage.librarian, now=now)


def _name_pupils(stage: Stage, now: datetime) -> None:
    grade_five = [c for c in stage.classes if c.grade(stage.present.first_year) == 5]
    for username, role, reader, pin in (
        ("xiaoguanyuan", Role.HELPER, stage.pupils[grade_five[0].pk][0], ""),
        (DEMO_PUPIL, Role.PUPIL, stage.pupils[grade_five[0].pk][1], DEMO_PIN),
    ):
        account = add_demo_account(
            school=stage.school, username=username, name=reader.name, roles=[role], now=now, pin=pin
        )
        link_account(account=account, reader=reader, by=stage.librarian, now=now)
        if role is Role.HELPER:
            stage.helpers.append(account)
        else:
            stage.shown = reader
