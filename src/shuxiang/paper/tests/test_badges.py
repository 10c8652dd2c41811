"""Badges can be scanned, and certificates name who gets them."""

from __future__ import annotations

from collections import Counter

from shuxiang.paper.badges import Badge, Certificate, certificates, sheets
from shuxiang.paper.tests.reading import ink, pictures, scanned


def a_badge(number, name="沈知夏"):
    return Badge(
        name=name,
        belongs_to="三年级2班",
        work="借还员",
        term="2026–2027学年第一学期",
        code=f"R{number:05}",
    )


def test_r32_every_badge_is_read_back_by_its_code():
    names = ["沈知夏", "阿卜杜热合曼·买买提依明江", "#panic()"]
    badges = [a_badge(n, names[n % 3]) for n in range(12)]
    paper = sheets(badges, school="青禾小学", title="小馆员胸牌")
    assert len(paper.pages) == 2
    assert scanned(paper) == Counter(badge.code for badge in badges)


def test_r32_a_badge_without_a_code_is_printed_with_its_name():
    paper = sheets([Badge("林", "一班", "借还员", "", "")], school="青禾小学", title="胸牌")
    (page,) = pictures(paper)
    assert scanned(paper) == Counter()
    assert ink(page, 24, 26, 40, 14) > 0


def test_r33_one_certificate_a_sheet():
    one = Certificate(
        "林书言", "你细心负责，特评为", "小馆员之星", "青禾小学图书馆", "2027年1月15日"
    )
    pages = pictures(certificates([one, one], school="青禾小学", title="荣誉证书"))
    assert len(pages) == 2
    assert ink(pages[0], 40, 66, 60, 12) > 0, "the name"
