"""The rules for readers say what is in force, and no figure of their own."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from django.utils import translation

from shuxiang.circulation.rules import (
    Channel,
    Mode,
    ModeRow,
    Reason,
    Step,
    Terms,
    TermsRow,
    Weight,
    Whom,
)
from shuxiang.programmes import wording
from shuxiang.programmes.rules import Heading, HouseFacts, Line, Part, due_if_lent, house_rules
from shuxiang.timetable.rules import (
    END_OF_DAY,
    Audience,
    Bell,
    Bells,
    Calendar,
    Edge,
    For,
    Hours,
    PeriodTimes,
)

TODAY = date(2026, 11, 23)
REFERENCE = 7
FIGURE = re.compile(r"[0-9]|[两二三四五六七八九十半](本|册|天|次|周|个)|一(本|册|次|周)")


def row(category="pupil", *, grade=None, collection=None, **terms):
    terms = {"max_loans": 2, "loan_days": 14} | terms
    return TermsRow(category=category, grade=grade, collection=collection, terms=Terms(**terms))


def facts(*rows, **more):
    whole = {"rows": rows, "calendar": Calendar(), "grades": (1, 2, 3, 4, 5, 6), "today": TODAY}
    return HouseFacts(**{**whole, **more})


def said(facts, heading):
    parts = [part for part in house_rules(facts) if part.heading is heading]
    with translation.override("zh-hans"):
        return [wording.sentence(one) for part in parts for one in part.sentences]


def test_r44_grades_that_may_do_the_same_are_told_together():
    own = row(grade=1, max_loans=1, loan_days=7)
    again = row(grade=2, max_loans=1, loan_days=7)
    lines = said(facts(row(), own, again), Heading.BORROWING)
    assert "一年级、二年级：你最多可以同时借 1 本，每本可以看 7 天。" in lines
    assert "三年级至六年级：你最多可以同时借 2 本，每本可以看 14 天。" in lines
    assert said(facts(row()), Heading.BORROWING)[0].startswith("你最多可以同时借 2 本")
    assert "三年级至六年级：可以借什么书，请问图书馆老师。" in said(
        facts(own, again), Heading.BORROWING
    )


def test_r44_what_stays_in_the_room_is_told():
    rows = (row(), row(collection=REFERENCE, in_room_only=True))
    lines = said(facts(*rows, collections={REFERENCE: "工具书"}), Heading.BORROWING)
    assert "工具书：只在图书馆里看，不带回家。" in lines
    assert said(facts(row(in_room_only=True)), Heading.BRINGING_BACK) == []


CONSEQUENCES = [
    (Weight.REFUSE, "有书逾期没还，就不能再借别的书。"),
    (Weight.CONFIRM, "有书逾期没还，能不能再借由图书馆老师决定。"),
    (Weight.NOTE, None),
]


@pytest.mark.parametrize(("weight", "sentence"), CONSEQUENCES)
def test_r44_the_consequence_of_a_late_book_is_the_one_in_force(weight, sentence):
    known = {sentence for _weight, sentence in CONSEQUENCES} - {None}
    terms = row(weights={Reason.READER_HAS_OVERDUE: weight})
    steps = (Step(after_days=3, whom=Whom.CLASS_TEACHER, channel=Channel.CHAT),)
    lines = said(facts(terms, steps=steps), Heading.LATE)
    assert "逾期 3 天：告诉班主任。" in lines
    assert known & set(lines) == {sentence} - {None}


def noon(*weekdays, **more):
    return [
        Hours(**{"weekday": day, "opens_at": time(12, 10), "closes_at": time(13), **more})
        for day in weekdays
    ]


def test_r44_hours_of_several_weekdays_stand_in_one_line():
    pupils = Audience(kind=For.PUPILS)
    bells = Bells(periods={7: PeriodTimes(starts_at=time(15, 30), ends_at=time(16, 10))})
    lesson = Bell(edge=Edge.BEGINS, period=7, name="第7节")
    hours = [
        *noon(*range(5), audience=pupils, until_on=date(2027, 4, 30)),
        *noon(0, 4, from_on=date(2027, 5, 1)),
        *noon(6, until_on=date(2026, 9, 1)),
        *noon(0, 1, opens_at=lesson, closes_at=END_OF_DAY),
    ]
    calendar = Calendar(hours=tuple(hours), bells=bells)
    assert said(facts(row(), calendar=calendar), Heading.COMING)[:3] == [
        "周一至周五 12:10–13:00（学生、到4月30日为止）",
        "周一、周二 15:30–16:10（第7节开始至放学）",
        "周一、周五 12:10–13:00（5月1日起）",
    ]


def test_r44_a_class_of_its_own_way_is_named():
    modes = (
        ModeRow(mode=Mode.TIMETABLE, from_on=date(2026, 9, 1)),
        ModeRow(mode=Mode.OPEN, from_on=TODAY, school_class=8),
        ModeRow(mode=Mode.BOTH, from_on=date(2027, 1, 1)),
    )
    own = facts(row(), modes=modes, classes={8: ("三年级2班", 3), 9: ("三年级3班", 3)})
    lines = said(own, Heading.COMING)
    assert "轮到你们班的时候，和全班同学一起来借书。" in lines
    assert [line for line in lines if "班：" in line] == [
        "三年级2班：开放时间里，你随时可以自己来。"
    ]


def test_r44_what_is_lent_today_has_its_day_by_the_calendar():
    rows = (row(), row(grade=1, loan_days=5), row(grade=2, until_next_visit=True))
    due = {one.grades: one.on for one in due_if_lent(facts(*rows))}
    assert due == {(1,): date(2026, 11, 30), (3, 4, 5, 6): date(2026, 12, 7)}
    assert due_if_lent(facts(row(), last_lending_on=date(2026, 11, 20))) == ()


def test_r44_no_sentence_has_a_figure_of_its_own():
    assert {line for line in Line if line not in wording.LINES} == {Line.HOURS, Line.OWN}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            fixed = [str(words) for words in (*wording.LINES.values(), *wording.HEADINGS.values())]
        assert [words for words in fixed if FIGURE.search(words)] == []


def test_r44_own_words_stand_instead_of_the_usual():
    own = facts(row(), own={Heading.CARE: ("丢失的图书照价赔偿。",)})
    assert said(own, Heading.CARE) == ["丢失的图书照价赔偿。"]
    assert len(said(own, Heading.MANNERS)) > 1
    assert isinstance(house_rules(own)[0], Part)


def test_r44_who_returns_at_a_visit_renews_until_the_one_after():
    rules = facts(row(until_next_visit=True, renewals=2), row(grade=1))
    said_of_renewing = [line for line in said(rules, Heading.BRINGING_BACK) if "续" in line]
    assert [("再次到馆" in line, "14 天" in line) for line in said_of_renewing] == [
        (False, True),
        (True, False),
    ]
