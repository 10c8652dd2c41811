"""The rules stay on their sheet, however many there are."""

from __future__ import annotations

from shuxiang.paper.poster import poster
from shuxiang.paper.tests.reading import ink, pictures

SHORT = [("怎么借", ["你最多可以同时借 2 本。"] * 3)] * 7
LONG = [*SHORT[:5], *[("爱护图书", ["轮到你们班的时候，和全班同学一起来借书。" * 6] * 12)] * 2]
"""As much as a school may write of its own."""


def test_r44_long_rules_stay_on_one_sheet_in_two_columns():
    (sheet,) = pictures(poster(LONG, school="青禾小学", title="图书馆借阅规则", foot=""))
    assert ink(sheet, 25, 75, 110, 100) > 0
    assert ink(sheet, 150, 75, 110, 100) > 0, "the right column"
    assert ink(sheet, 15, 370, 267, 35) == 0, "beneath the rules"
