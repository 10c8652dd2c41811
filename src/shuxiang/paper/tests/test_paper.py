"""Labels and cards as they come out of the printer."""

from __future__ import annotations

from collections import Counter

import pytest

from shuxiang.paper import faces
from shuxiang.paper.cards import ReaderCard, Wording, reader_cards
from shuxiang.paper.labels import CopyLabel, Wish, copy_labels, count, unreadable
from shuxiang.paper.press import FacesMissing, NotPrinted, Paper, picture, print_pdf, set_pages
from shuxiang.paper.rules import CARDS, POINT, SHEETS, ems
from shuxiang.paper.tests.reading import ink, pictures, scanned

HOSTILE = [
    '#panic("x")',
    '"]) #sys.inputs',
    "\\u{22} \\ $x$ *粗* _斜_ `码` <标签> @引用 // 注",
    "𠮷野家的猫",
    "书" * 200,
    "hàn yǔ pīn yīn 汉语拼音 ǖǘǚǜ",
    "{paper.title}",
    "= 标题\n- 列表\r\n\t+ 一",
    "\u202e反\u200b向\x07",
]
WORDS = Wording(school="石桥小学", heading="借书证", found="拾到请交学校图书馆")
HEIGHT_OF_A_TITLE = 3.5


def labels_for(codes, name="城南旧事", call_number="I247.5/12"):
    return [CopyLabel(code, name, call_number) for code in codes]


def wish(sheet="40", **facts):
    return Wish(sheet=SHEETS[sheet], school="石桥小学图书馆", **facts)


def numbers(count):
    return [f"{number:08d}" for number in range(1, count + 1)]


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_barcode_of_every_sheet_can_be_scanned(sheet):
    codes = numbers(SHEETS[sheet].fields + 2)
    paper = copy_labels(labels_for(codes), wish(sheet, spines=False), title="书标")
    assert scanned(paper) == Counter(codes)


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_kind_of_number_that_is_called_readable_is(sheet):
    kinds = ["0001", "1234567", "TSG0000123", "G-2019/001", "T0000001", "A1B2C3D4E5F6G7", "AB" * 12]
    failing = set(unreadable(labels_for(kinds), SHEETS[sheet]))
    readable = [code for code in kinds if code not in failing]
    paper = copy_labels(labels_for(readable), wish(sheet, spines=False), title="书标")
    assert len(readable) >= 5
    assert scanned(paper) == Counter(readable)


def test_a_number_that_no_barcode_can_hold_is_told_and_printed_in_letters_only():
    labels = labels_for(["图书0001", "00000002"])
    assert unreadable(labels, SHEETS["24"]) == ["图书0001"]
    assert scanned(copy_labels(labels, wish("24"), title="书标")) == Counter(["00000002"])


def test_a_copy_gets_its_two_barcodes_and_its_spine_side_by_side():
    labels = labels_for(["00000001", "00000002"])
    paper = copy_labels(labels, wish(barcodes=2), title="书标")
    kinds = [sticker["kind"] for sticker in paper.pages[0]]
    assert kinds == ["bars", "bars", "spine"] * 2
    assert scanned(paper) == Counter({"00000001": 2, "00000002": 2})
    assert count(labels, wish(barcodes=2)) == 6


def test_a_copy_without_a_number_gets_no_barcode_and_one_without_a_class_no_spine():
    labels = [CopyLabel("", "甲", "I247.5/1"), CopyLabel("00000002", "乙")]
    paper = copy_labels(labels, wish(), title="书标")
    assert [sticker["kind"] for sticker in paper.pages[0]] == ["spine", "bars"]
    assert count(labels, wish()) == 2


def test_labels_that_are_used_up_stay_white():
    sheet = SHEETS["65"]
    paper = copy_labels(labels_for(["00000001"]), wish("65", start=8, spines=False), title="书标")
    (page,) = pictures(paper)
    inked = [
        field
        for field in range(sheet.fields)
        if ink(page, *sheet.corner(field), sheet.width, sheet.height)
    ]
    assert inked == [7]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_stands_in_a_record_is_printed_and_never_run(text):
    label = CopyLabel("00000001", text, f"I247.5/{text[:6]}", volume=text[:3])
    asked = Wish(sheet=SHEETS["24"], school=text, outlines=True)
    assert scanned(copy_labels([label], asked, title=text)) == Counter(["00000001"])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_long_or_hostile_title_stays_on_its_label(text):
    sheet = SHEETS["65"]
    paper = copy_labels(
        [CopyLabel("00000001", text)], wish("65", start=2, spines=False), title="书标"
    )
    (page,) = pictures(paper)
    (sticker,) = paper.pages[0]
    assert ems(sticker["name"]) * paper.values["small"] * POINT <= sheet.inner_width
    x, y = sheet.corner(1)
    all_ink = ink(page, 0, 0, 210, 297)
    assert ink(page, x, y, sheet.width, sheet.height) == all_ink
    assert ink(page, x, y + sheet.height - HEIGHT_OF_A_TITLE, sheet.width, HEIGHT_OF_A_TITLE)


def test_cards_can_be_scanned_and_bear_cut_marks():
    cards = [ReaderCard(f"2024{seat:04d}", "林书言", "2024级2班") for seat in range(1, 13)]
    paper = reader_cards(cards, WORDS, title="借书证")
    assert [len(page) for page in paper.pages] == [10, 2]
    assert scanned(paper) == Counter(card.code for card in cards)
    page = pictures(paper)[0]
    beside = CARDS.left - 6
    assert all(
        ink(page, beside, CARDS.top + row * CARDS.height - 0.5, 4, 1)
        for row in range(CARDS.rows + 1)
    )


@pytest.mark.parametrize("name", [*HOSTILE, "阿卜杜热西提·买买提江·吐尔逊江"])
def test_any_name_stays_on_its_card(name):
    paper = reader_cards([ReaderCard("20240001", name, name)], WORDS, title=name)
    (page,) = pictures(paper)
    assert scanned(paper) == Counter(["20240001"])
    right_of_it = CARDS.corner(1)[0] + 0.5
    assert not ink(page, right_of_it, CARDS.top + 0.5, CARDS.width - 1, CARDS.height - 1)


def test_a_run_becomes_one_pdf_and_one_picture():
    paper = copy_labels(labels_for(numbers(90)), wish("65"), title="书标")
    pdf = print_pdf(paper)
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") == 3 or pdf.count(b"/Type/Page/") == 3
    assert picture(paper).startswith(b"\x89PNG")


def test_a_fault_of_a_layout_is_told():
    with pytest.raises(NotPrinted):
        set_pages("labels", Paper("labels", "", {}, [[{}]]).text(), "pdf")


def test_without_its_typefaces_nothing_is_printed(monkeypatch, tmp_path):
    monkeypatch.setattr(faces, "FOLDER", tmp_path)
    paper = copy_labels(labels_for(["00000001"]), wish(), title="书标")
    with pytest.raises(FacesMissing, match="NotoSansSC-Regular"):
        print_pdf(paper)


def test_signs_that_the_typeface_has_not_are_named():
    assert faces.lacking("草房子 hàn 𠮷 བ") == "བ𠮷"
