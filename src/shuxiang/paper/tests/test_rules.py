"""Where things go on a sheet, and what fits."""

from __future__ import annotations

from itertools import combinations, islice

import pytest

from shuxiang.paper.rules import (
    A4,
    CARDS,
    SHEETS,
    can_be_read,
    cut,
    ems,
    module_width,
    pages_needed,
    pages_of,
    places,
    spine_lines,
    spine_size,
)

ALL = [*SHEETS.values(), CARDS]
EIGHT_DIGITS = 79
TWENTY_LETTERS = 255


def overlap(one, other, sheet):
    (x1, y1), (x2, y2) = one, other
    return abs(x1 - x2) < sheet.width - 0.01 and abs(y1 - y2) < sheet.height - 0.01


@pytest.mark.parametrize("sheet", ALL, ids=lambda sheet: sheet.code)
def test_every_field_lies_on_the_page_and_on_no_other_field(sheet):
    corners = [sheet.corner(field) for field in range(sheet.fields)]
    assert all(x >= 0 and x + sheet.width <= A4[0] + 0.01 for x, _y in corners)
    assert all(y >= 0 and y + sheet.height <= A4[1] + 0.01 for _x, y in corners)
    assert not [pair for pair in combinations(corners, 2) if overlap(*pair, sheet)]


@pytest.mark.parametrize("sheet", ALL, ids=lambda sheet: sheet.code)
def test_the_labels_stand_in_the_middle_of_the_sheet(sheet):
    right = sheet.corner(sheet.columns - 1)[0] + sheet.width
    bottom = sheet.corner(sheet.fields - 1)[1] + sheet.height
    assert sheet.left == pytest.approx(A4[0] - right, abs=0.5)
    assert sheet.top == pytest.approx(A4[1] - bottom, abs=0.5)


def test_a_half_used_sheet_goes_on_where_it_was_left():
    sheet = SHEETS["65"]
    first, second = islice(places(sheet, start=65), 2)
    assert (first.page, first.x, first.y) == (0, *sheet.corner(64))
    assert (second.page, second.x, second.y) == (1, *sheet.corner(0))


def test_everything_shifts_with_the_printer():
    (place,) = islice(places(SHEETS["40"], shift=(1.5, -0.5)), 1)
    assert (place.x, place.y) == (9.5, 21.0)


@pytest.mark.parametrize(
    ("count", "start", "pages"), [(0, 1, 0), (1, 1, 1), (40, 1, 1), (41, 1, 2), (40, 2, 2)]
)
def test_pages_are_counted_as_they_are_filled(count, start, pages):
    sheet = SHEETS["40"]
    assert pages_needed(count, sheet, start=start) == pages
    assert len(pages_of(range(count), places(sheet, start=start))) == pages


@pytest.mark.parametrize(
    ("text", "room", "stands"),
    [
        ("城南旧事", 4, "城南旧事"),
        ("城南旧事", 3, "城南…"),
        ("城南\n 旧事\t", 10, "城南 旧事"),
        ("ha\u0300n yu\u030c", 10, "hàn yǔ"),
        ("", 3, ""),
    ],
)
def test_a_title_is_cut_to_fit(text, room, stands):
    assert cut(text, room) == stands


def test_what_was_cut_is_never_wider_than_its_room():
    assert all(ems(cut("书a" * 100, room)) <= room for room in range(2, 60))


@pytest.mark.parametrize(
    ("call_number", "volume", "lines"),
    [
        ("I247.5/12", "", ("I247.5", "12")),
        ("I247.5/12", "上", ("I247.5", "12", "上")),
        ("I247.5/12=2:3", "上", ("I247.5", "12=2", "3")),
        ("TP312.8PY/56", "", ("TP312.8PY", "56")),
        ("", "上", ()),
    ],
)
def test_a_spine_label_has_a_line_for_each_part(call_number, volume, lines):
    assert spine_lines(call_number, volume) == lines


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.code)
@pytest.mark.parametrize("lines", [("I247.5", "12"), ("K928.705.59(2)", "1234=2", "下")])
def test_the_lines_of_a_spine_label_fit_on_it(sheet, lines):
    millimetres = spine_size(lines, sheet) * 25.4 / 72
    assert max(map(ems, lines)) * millimetres <= sheet.inner_width
    assert len(lines) * 1.42 * millimetres <= sheet.height


def test_eight_digits_can_be_read_from_every_sheet_and_twenty_letters_from_large_ones_only():
    assert all(can_be_read(EIGHT_DIGITS, sheet) for sheet in SHEETS.values())
    assert [code for code, sheet in SHEETS.items() if can_be_read(TWENTY_LETTERS, sheet)] == [
        "24",
        "21",
    ]


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.code)
def test_a_barcode_leaves_white_at_both_sides(sheet):
    width = EIGHT_DIGITS * module_width(EIGHT_DIGITS, sheet)
    assert sheet.width - width >= 20 * module_width(EIGHT_DIGITS, sheet)
