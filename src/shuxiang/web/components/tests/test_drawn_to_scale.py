"""Bars and shelves show what the figures say."""

from __future__ import annotations

import pytest

from shuxiang.web.components import measures, people


@pytest.mark.parametrize(
    ("value", "whole", "share"),
    [
        (0, 10, "0.0%"),
        (5, 10, "50.0%"),
        (12, 10, "100.0%"),
        (1, 3, "33.3%"),
        (4, 0, "0.0%"),
        (-1, 5, "0.0%"),
    ],
)
def test_a_share_never_leaves_its_bar(value, whole, share):
    assert measures.percent(value, whole) == share


def test_the_parts_of_a_bar_stand_side_by_side():
    laid = measures.segments([("good", 1), ("bad", 0), ("todo", 3)])

    assert [(part.kind, part.x, part.width) for part in laid] == [
        ("good", "0.0%", "25.0%"),
        ("todo", "25.0%", "75.0%"),
    ]


def test_a_shelf_shows_books_then_late_books_then_free_places():
    shelf = measures.spines(borrowed=2, late=1, limit=3)

    assert [spine.kind for spine in shelf] == ["", "late", "free"]


def test_a_shelf_beyond_the_limit_has_no_free_place():
    assert {spine.kind for spine in measures.spines(borrowed=4, late=0, limit=3)} == {""}


def test_a_long_shelf_is_cut():
    assert len(measures.spines(borrowed=40, late=0, limit=50)) == measures.SPINES_SHOWN


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("林书言", "林"),
        ("欧阳予安", "欧阳"),
        ("欧阳", "欧"),
        ("lee", "L"),
        ("", ""),
        ("买买提·艾力", "买"),
    ],
)
def test_a_tile_shows_the_surname(name, surname):
    assert people.surname(name) == surname


@pytest.mark.parametrize(("grade", "hue"), [(1, 1), (6, 6), (7, 1), (12, 6), (0, 0), (None, 0)])
def test_every_grade_wears_one_of_six_hues(grade, hue):
    assert people.hue(grade) == hue
