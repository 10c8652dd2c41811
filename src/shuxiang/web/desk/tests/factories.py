"""A school whose library is open: a class that comes now, books, a librarian, a helper, a teacher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shuxiang.catalogue.models import Copy, Holding
from shuxiang.catalogue.rules import NewCopy, NewNumber, NewTitle
from shuxiang.catalogue.tests.factories import an_accession, take_in
from shuxiang.circulation import actions
from shuxiang.formats.tests.pictures import a_picture
from shuxiang.platform.accounts.actions import set_pin
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.models import School
from shuxiang.readers import actions as readers
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.rules import NewReader
from shuxiang.readers.tests.factories import a_class, a_reader, a_school, an_account
from shuxiang.timetable import actions as times
from shuxiang.timetable.models import Period
from shuxiang.timetable.tests.factories import a_term

NOW = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)
"""Monday 23 November 2026, 10:20 at the school: the third lesson."""
EARLIER = NOW - timedelta(days=5)
A_MOMENT_AGO = NOW - timedelta(minutes=5)
TODAY_LEFT = NOW.date()
PIN = "2468"
REGISTER = """
安若溪 白景行 曹亦凡 陈嘉禾 程思远 崔乐彤 邓子谦 丁一诺 董语晨 范知遥 方小满 冯沐阳 高梓萱 顾一诺
郭云舟 韩书瑶 何俊熙 胡星辰 黄可心 蒋承宇 李明轩 李念慈 林小鹿 刘浩然 陆清和 罗子衿 马晓东 潘悦宁
钱多多 宋时雨 孙佳怡 唐果 王一鸣 吴桐 徐若谷 杨帆 叶知秋 张晨曦 赵天佑 郑好
"""
NAMES = REGISTER.split()
BOOKS = (
    ("城南旧事", "林海音", "I246.7"),
    ("草房子", "曹文轩", "I287.45"),
    ("昆虫记", "法布尔", "Q96"),
    ("三毛流浪记", "张乐平", "J228"),
    ("呼兰河传", "萧红", "I246.5"),
    ("稻草人", "叶圣陶", "I287.7"),
    ("寄小读者", "冰心", "I266"),
    ("宝葫芦的秘密", "张天翼", "I287.7"),
    ("小王子", "圣-埃克苏佩里", "I565.88"),
    ("安徒生童话", "安徒生", "I534.88"),
    ("西游记", "吴承恩", "I242.4"),
    ("十万个为什么", "米·伊林", "Z228.1"),
)


@dataclass
class OpenLibrary:
    """What a test of the desk begins with."""

    school: School
    librarian: Account
    helper: Account
    teacher: Account
    school_class: SchoolClass
    other_class: SchoolClass
    pupils: list[Reader]
    other: Reader
    copies: list[Copy]

    def act(self, now: datetime) -> Act:
        """Act at another desk; what lies days back is told after what is done today."""
        actions.trust_clock(school=self.school, by=self.librarian, now=now)
        return Act(by=self.librarian, now=now, place="9")

    def lend(self, copy: Copy, reader: Reader, now: datetime = EARLIER) -> Entry:
        return actions.lend(copy=copy, reader=reader, act=self.act(now))

    def take_back(self, copy: Copy, now: datetime = EARLIER) -> Entry:
        return actions.take_back(copy=copy, act=self.act(now))

    def photograph(self, *seats: int) -> None:
        """Let pupils have a portrait."""
        facts: dict[str, Any] = {"school": self.school, "by": self.librarian, "now": NOW}
        readers.allow_photos(consent="家长同意书", **facts)
        files = [(f"{self.pupils[seat].name}.png", a_picture()) for seat in seats]
        readers.bring_photos(files=files, school_class=self.school_class, **facts)

    def hold(self, holding: Holding, reader: Reader, now: datetime = EARLIER) -> Entry:
        return actions.place_hold(holding=holding, reader=reader, act=self.act(now))


def an_open_library(*, pupils: int = 4, copies: int = 8, now: datetime = NOW) -> OpenLibrary:
    """Set a library up; the caller opens its school's scope."""
    from django_scopes import scope

    school = a_school("青禾小学")
    with scope(school=school):
        librarian = an_account(school, Role.LIBRARIAN, name="周敏", username="zhoumin")
        helper = an_account(school, Role.HELPER, name="沈知夏", username="shenzhixia")
        teacher = an_account(school, Role.CLASS_TEACHER, name="陈思敏", username="chensimin")
        set_pin(account=librarian, pin=PIN, by=librarian, now=now)
        school_class, other_class = a_class(school, 3, 2), a_class(school, 5, 3)
        readers.name_class_teacher(
            school_class=school_class, account=teacher, on=now.date(), by=librarian, now=now
        )
        _govern(school, now)
        _give_turn(school, school_class, now)
        return OpenLibrary(
            school=school,
            librarian=librarian,
            helper=helper,
            teacher=teacher,
            school_class=school_class,
            other_class=other_class,
            pupils=_enrol(school, school_class, pupils),
            other=a_reader(
                school, "林书言", school_class=other_class, card="R90001", seat=17, number="2022317"
            ),
            copies=_stock(school, copies),
        )


def _govern(school: School, now: datetime) -> None:
    for row in (
        {"category": "pupil", "max_loans": 2, "loan_days": 14, "renewals": 1, "renewal_days": 14},
        {"category": "teacher", "max_loans": 10, "loan_days": 60},
    ):
        actions.change_terms(school=school, row=row, by=None, now=now)


def _give_turn(school: School, school_class: SchoolClass, now: datetime) -> None:
    """Let the class come now, whatever the hour."""
    local = now.astimezone(ZoneInfo(school.zone))
    start = max(local.replace(minute=10), local.replace(hour=0, minute=10))
    period: Period = times.change_period(
        school=school,
        name="第3节",
        starts_at=time(start.hour, 10),
        ends_at=time(start.hour, 50),
        by=None,
        now=now,
    )
    (slot,) = times.add_slots(
        school=school, weekdays=[local.weekday()], periods=[period], by=None, now=now
    )
    term = a_term(school)
    times.give_turn(term=term, slot=slot, school_class=school_class, by=None, now=now)


def _enrol(school: School, school_class: SchoolClass, pupils: int) -> list[Reader]:
    new = [
        NewReader(
            name=NAMES[at % len(NAMES)],
            category="pupil",
            joined_on=date(2026, 9, 1),
            school_class=school_class.pk,
            card=f"R{at + 1:05}",
            number=f"20243{at + 1:02}",
            seat=at + 1,
        )
        for at in range(pupils)
    ]
    return readers.add_readers(school=school, readers=new, by=None, now=NOW)


def _stock(school: School, copies: int) -> list[Copy]:
    new = []
    for at in range(copies):
        name, author, clc = BOOKS[at % len(BOOKS)]
        volume = "" if at < len(BOOKS) else f"{at // len(BOOKS) + 1}"
        title = NewTitle(name=name, author=author, clc=clc, volume=volume)
        new.append(NewCopy(title=title, barcode=f"{18001 + at:08}", shelf=clc[0]))
    return take_in(school, *new)


def without_label(school: School, name: str, isbn: str, count: int = 1) -> list[Copy]:
    """Take in copies that wear no label; their ISBN finds them."""
    title = NewTitle(name=name, numbers=(NewNumber("isbn", isbn),))
    accession = an_accession(school)
    from shuxiang.catalogue.actions import take_in as enter

    new = [NewCopy(title=title)] * count
    return list(enter(accession=accession, copies=new, by=None, now=NOW))
