"""Rows about books as schools write them, and what is decided about each."""

from __future__ import annotations

import pytest

from shuxiang.catalogue.rules import identity
from shuxiang.interop.excel.book_rows import BookRow, read_table
from shuxiang.interop.excel.books import KnownCopy, Stock, plan_books
from shuxiang.interop.excel.fields import Kind
from shuxiang.interop.excel.headers import tables_of
from shuxiang.interop.excel.sheets import Merge, filled
from shuxiang.interop.excel.verdicts import Reason, Verdict, Where

ISBN, OTHER_ISBN = "9787532778812", "9787020008735"


def rows(header, *lines, merges=()):
    sheet = filled(name="图书", grid=[header, *map(list, lines)], merges=merges)
    return [
        row for table in tables_of(sheet, kind=Kind.BOOKS, learned={}) for row in read_table(table)
    ]


def row(header, line):
    (one,) = rows(["书名", *header], ["星星的种子", *line])
    return one


def reasons(why):
    return [one.reason for one in why]


@pytest.mark.parametrize(
    ("written", "name", "volume"),
    [
        ("《星星的种子》", "星星的种子", ""),
        (" 《星星的种子》 ", "星星的种子", ""),
        ("《星星的种子》（上册）", "星星的种子", "上册"),
        ("《星星的种子》第二册", "星星的种子", "第二册"),
        ("《星星的种子》导读", "《星星的种子》导读", ""),
        ("《读《星星的种子》有感》", "读《星星的种子》有感", ""),
        ("星星&#183;种子", "星星·种子", ""),
        ("Ｃ语言，第２版", "C语言，第2版", ""),
        ("星星\n的 种子", "星星 的 种子", ""),
    ],
)
def test_a_name_is_freed_of_marks_and_tidied(written, name, volume):
    (one,) = rows(["书名", "作者"], [written, ""])
    assert (one.name, one.volume) == (name, volume)


@pytest.mark.parametrize(
    "written",
    [
        "9787532778812",
        9787532778812.0,
        "978-7-5327-7881-2",
        "ＩＳＢＮ９７８７５３２７７８８１２",
        "7-5327-7881-9",
    ],
)
def test_an_isbn_is_read_however_it_is_written(written):
    assert row(["ISBN"], [written]).isbns == (ISBN,)


@pytest.mark.parametrize("written", ["9.78E+12", "9.78753E+12", 9787532000000.0])
def test_an_isbn_that_lost_digits_is_refused_and_not_guessed(written):
    one = row(["ISBN"], [written])
    assert reasons(one.faults) == [Reason.LOST_DIGITS]


def test_several_isbns_are_all_kept():
    assert row(["ISBN"], [f"{ISBN}; {OTHER_ISBN}"]).isbns == (ISBN, OTHER_ISBN)


@pytest.mark.parametrize(
    ("written", "doubt"),
    [("9787532778813", Reason.ISBN_CHECK_DIGIT), ("1234", Reason.ISBN_LENGTH)],
)
def test_a_wrong_isbn_is_kept_and_marked(written, doubt):
    one = row(["ISBN"], [written])
    assert [(number.kind, number.value) for number in one.numbers] == [("wrong", written)]
    assert reasons(one.doubts) == [doubt]


@pytest.mark.parametrize("written", ["", "无", "nan", "见版权页"])
def test_words_in_place_of_an_isbn_are_no_isbn(written):
    one = row(["ISBN"], [written])
    assert (one.numbers, one.doubts) == ((), ())


@pytest.mark.parametrize(
    ("written", "copies", "fen"),
    [
        ("CNY16.80", "2", 1680), ("28.80元", "2", 2880), ("￥4.5", "1", 450), (16.8, 1, 1680), ("定价：12", 1, 1200),
        ("", 1, None), ("20.00(全2册)", 2, 1000),
    ],
)  # fmt: skip
def test_a_price_is_that_of_one_copy(written, copies, fen):
    one = row(["定价", "册数"], [written, copies])
    assert (one.price_fen, one.doubts) == (fen, ())


def test_a_price_times_a_number_brings_that_many_copies():
    one = row(["定价"], ["16.8*2"])
    assert (one.price_fen, one.copies) == (1680, 2)


@pytest.mark.parametrize(
    ("written", "doubt"),
    [("USD 12", Reason.PRICE_FOREIGN), ("见封底", Reason.PRICE_UNREADABLE)],
)
def test_a_price_that_is_none_is_marked(written, doubt):
    one = row(["定价"], [written])
    assert (one.price_fen, reasons(one.doubts)) == (None, [doubt])


def test_a_price_merged_over_a_set_is_shared_out():
    found = rows(
        ["书名", "定价"], ["风车 上", "30元"], ["风车 下", None], merges=(Merge(1, 1, 2, 1),)
    )
    assert [one.price_fen for one in found] == [1500, 1500]
    assert [reasons(one.doubts) for one in found] == [[Reason.PRICE_FOR_SET]] * 2


@pytest.mark.parametrize(
    ("written", "copies", "fault"),
    [
        (5.0, 5, None), ("5册", 5, None), ("三", 3, None), ("", 1, None), ("nan", 1, None),
        ("0", 1, Reason.NO_COPIES), ("若干", 1, Reason.COPIES_UNREADABLE), ("-2", 1, Reason.COPIES_UNREADABLE),
        (9787532778812.0, 1, Reason.TOO_MANY_COPIES),
    ],
)  # fmt: skip
def test_a_number_of_copies_is_read_or_refused(written, copies, fault):
    one = row(["册数"], [written])
    assert (one.copies, reasons(one.faults)) == (copies, [fault] if fault else [])


def test_a_range_of_numbers_names_every_copy():
    one = row(["册数", "登录号"], [3, "00121-00123"])
    assert one.accession_numbers == ("00121", "00122", "00123")


@pytest.mark.parametrize(
    ("written", "year"),
    [("1999重印", 1999), ("2011-03-01 00:00:00", 2011), ("2008.8", 2008), ("201109", 2011), (40603.0, 2011), ("不详", None)],
)  # fmt: skip
def test_a_year_is_found_in_every_date(written, year):
    assert row(["出版日期"], [written]).year == year


def test_a_call_number_without_book_number_is_a_class_alone():
    one = row(["索书号"], ["I287.5 "])
    assert (one.clc, one.call_number) == ("I287.5", "")


def test_class_and_book_number_in_two_columns_are_a_call_number():
    one = row(["分类号", "种次号"], ["I287.5", "12"])
    assert (one.clc, one.call_number) == ("I287.5", "I287.5/12")


# What is decided


def book(number=2, name="星星的种子", **more):
    return BookRow(where=Where("图书", number), name=name, **more)


def has(title=1, copies=1, *, name="星星的种子", isbns=(), **more):
    """Make a stock that has one title, and so many copies of it."""
    known = [
        KnownCopy(
            pk=n,
            title=title,
            barcode=more.get("barcode", ""),
            accession_number=f"0000{n}",
            shelf=more.get("shelf", ""),
            collection="",
            price_fen=more.get("price_fen"),
            is_withdrawn=more.get("is_withdrawn", False),
        )
        for n in range(1, copies + 1)
    ]
    return Stock(
        by_barcode={one.barcode: one for one in known if one.barcode},
        by_number={one.accession_number: one for one in known},
        titles={title: identity(name=name, isbns=isbns, author=more.get("author", ""))},
        counts={title: copies},
    )


def plans(*books, stock=None, **choices):
    return list(plan_books(books, stock=stock or Stock(), **choices))


def verdicts(*books, **more):
    return [plan.verdict for plan in plans(*books, **more)]


def test_a_book_that_nobody_has_is_new():
    (plan,) = plans(book(copies=3))
    assert (plan.verdict, len(plan.new_copies)) == (Verdict.NEW, 3)


def test_the_same_rows_again_are_the_same():
    assert verdicts(book(2, copies=2), book(3), stock=has(copies=3)) == [Verdict.SAME] * 2


def test_more_copies_than_there_are_bring_the_difference():
    (plan,) = plans(book(copies=5), stock=has(copies=3))
    assert (plan.verdict, len(plan.new_copies)) == (Verdict.CHANGED, 2)


def test_further_copies_are_a_choice():
    (plan,) = plans(book(copies=3), stock=has(copies=3), further_copies=True)
    assert (plan.verdict, len(plan.new_copies)) == (Verdict.NEW, 3)


def test_an_old_list_does_not_bring_withdrawn_copies_back():
    assert verdicts(book(), stock=has(is_withdrawn=True)) == [Verdict.SAME]


def test_one_isbn_on_different_titles_makes_two_titles_that_are_marked():
    found = plans(book(2, numbers=()), book(3, "河边的磨坊"))
    assert [plan.verdict for plan in found] == [Verdict.NEW, Verdict.NEW]
    from shuxiang.catalogue.rules import NewNumber

    same = (NewNumber("isbn", ISBN),)
    found = plans(book(2, numbers=same), book(3, "河边的磨坊", numbers=same))
    assert [plan.verdict for plan in found] == [Verdict.DOUBTFUL] * 2
    assert [plan.why[0] for plan in found] == [
        (Reason.SHARED_ISBN, "河边的磨坊"),
        (Reason.SHARED_ISBN, "星星的种子"),
    ]


def test_one_barcode_on_two_books_refuses_both():
    found = plans(book(2, barcodes=("B1",)), book(3, "河边的磨坊", barcodes=("B1",)))
    assert [reasons(plan.why) for plan in found] == [[Reason.CODE_TWICE]] * 2


def test_a_line_that_is_there_twice_comes_in_once():
    found = plans(book(2, barcodes=("B1",)), book(3, barcodes=("B1",)))
    assert [plan.verdict for plan in found] == [Verdict.NEW, Verdict.SAME]


def test_a_barcode_of_another_book_a_card_or_a_withdrawn_copy_is_refused():
    stock = has(name="河边的磨坊", barcode="B1")
    assert reasons(plans(book(barcodes=("B1",)), stock=stock)[0].why) == [Reason.CODE_ON_OTHER_BOOK]
    cards = Stock(cards=frozenset({"B1"}))
    assert reasons(plans(book(barcodes=("B1",)), stock=cards)[0].why) == [Reason.CODE_IS_A_CARD]
    gone = has(barcode="B1", is_withdrawn=True)
    assert reasons(plans(book(barcodes=("B1",)), stock=gone)[0].why) == [Reason.WITHDRAWN]


def test_a_known_copy_tells_what_has_changed():
    stock = has(barcode="B1", shelf="1", price_fen=1000)
    (plan,) = plans(book(barcodes=("B1",), shelf="2", price_fen=1200), stock=stock)
    assert plan.verdict is Verdict.CHANGED
    assert plan.changes == ((1, {"shelf": "2", "price_fen": 1200}),)


def test_what_a_file_leaves_empty_is_not_changed():
    stock = has(barcode="B1", shelf="1", price_fen=1000)
    assert verdicts(book(barcodes=("B1",)), stock=stock) == [Verdict.SAME]


def test_a_copy_found_by_its_accession_number_gets_its_barcode():
    (plan,) = plans(book(accession_numbers=("00001",), barcodes=("B9",)), stock=has())
    assert plan.changes == ((1, {"barcode": "B9"}),)


def test_a_call_number_of_another_title_is_marked():
    found = plans(book(2, call_number="I1/1"), book(3, "河边的磨坊", call_number="I1/1"))
    assert [reasons(plan.why) for plan in found] == [[], [Reason.CALL_NUMBER_SHARED]]


def test_more_numbers_than_copies_are_refused():
    one = row(["册数", "条码号"], [1, "B1;B2"])
    assert reasons(one.faults) == [Reason.MORE_CODES_THAN_COPIES]


def test_fewer_barcodes_than_copies_leave_copies_without_label():
    one = row(["册数", "条码号"], [3, "B1"])
    (plan,) = plans(one)
    assert plan.new_copies == (("B1", ""), ("", ""), ("", ""))
    assert plan.verdict is Verdict.DOUBTFUL
