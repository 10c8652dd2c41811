"""One box for everything: what each scan does, and that nothing else happens."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuxiang.catalogue.models import Standing
from shuxiang.circulation.models import Hold, Loan
from shuxiang.platform.audit.models import Entry
from shuxiang.readers.tests.factories import a_reader
from shuxiang.web.desk.tests.factories import A_MOMENT_AGO, NOW, without_label


def on_hand() -> int:
    return Loan.objects.on_hand().count()


def test_a_card_shows_its_reader_and_the_next_book_is_lent(library, desk):
    card = desk.scan("R90001")
    assert (card.what, card.facts["reader"]) == ("show_reader", str(library.other.pk))
    assert "林书言 五年级3班 17号" in card.panel
    lent = desk.scan("00018001", library.other)
    assert (lent.what, lent.facts["tone"]) == ("circulation.lend", "good")
    assert Loan.objects.on_hand().get().reader == library.other
    assert "已借 1 册" in lent.panel


def test_a_book_that_is_out_comes_back_without_a_card(library, desk):
    library.lend(library.copies[0], library.pupils[0])
    back = desk.scan("00018001")
    assert (back.what, back.status, on_hand()) == ("circulation.take_back", 200, 0)
    assert "待上架 I 架" in back.rows


def test_a_book_that_is_out_with_somebody_else_comes_back_for_them(library, desk):
    library.lend(library.copies[0], library.pupils[0])
    back = desk.scan("00018001", library.other)
    assert "是别人借的，已替他还回" in back.rows
    assert on_hand() == 0


def test_the_student_number_the_full_name_and_initials_find_a_reader(library, desk):
    for typed in ("2022317", "林书言", "lsy", "ＬＳＹ"):
        assert desk.scan(typed).facts["reader"] == str(library.other.pk), typed


def test_two_readers_of_one_name_are_told_apart_by_class_and_seat(library, desk):
    twin = a_reader(library.school, "林书言", school_class=library.school_class, seat=33)
    asked = desk.scan("林书言", library.pupils[0])
    assert asked.what == "choose"
    assert "五年级3班 17号" in asked.rows
    assert "三年级2班 33号" in asked.rows
    assert asked.facts["reader"] == "", "nobody may stay on the screen while two are meant"
    assert desk.scan(person=str(twin.pk)).facts["reader"] == str(twin.pk)


def test_an_isbn_takes_any_copy_without_a_label(library, desk):
    copies = without_label(library.school, "猜猜我有多爱你", "9787533254261", 2)
    lent = desk.scan("978-7-5332-5426-1", library.other)
    assert lent.what == "circulation.lend"
    assert Loan.objects.on_hand().get().copy in copies


def test_an_isbn_that_several_readers_have_out_is_asked_about(library, desk):
    copies = without_label(library.school, "猜猜我有多爱你", "9787533254261", 2)
    library.lend(copies[0], library.pupils[0], A_MOMENT_AGO)
    library.lend(copies[1], library.pupils[1], A_MOMENT_AGO)
    asked = desk.scan("9787533254261")
    assert asked.what == "choose"
    assert "安若溪 借着" in asked.rows
    assert desk.scan("9787533254261", library.pupils[1]).what == "circulation.take_back"
    assert Loan.objects.on_hand().get().reader == library.pupils[0]


def test_returns_only_takes_back_and_never_lends(library, desk):
    back = desk.scan("00018001", mode="returns")
    assert (back.what, on_hand()) == ("circulation.take_back", 0)
    assert "没有记着借出" in back.rows


def test_a_book_for_the_room_is_due_today(library, desk):
    lent = desk.scan("00018001", library.other, mode="in_room")
    loan = Loan.objects.on_hand().get()
    assert (loan.kind, loan.due_on) == ("in_room", NOW.date())
    assert "室内阅览" in lent.rows


def test_a_hold_is_trapped_and_says_who_waits(library, desk):
    library.lend(library.copies[0], library.pupils[0])
    library.hold(library.copies[0].holding, library.other)
    back = desk.scan("00018001")
    assert back.facts["tone"] == "hold"
    assert "放预约架 1 格" in back.rows
    assert "有人预约： 林书言" in back.rows


def test_all_objections_come_at_once_with_their_weight(library, desk):
    library.lend(library.copies[0], library.other)
    library.lend(library.copies[1], library.other)
    library.lend(library.copies[2], library.pupils[0])
    library.hold(library.copies[2].holding, library.pupils[1])
    library.take_back(library.copies[2])
    refused = desk.scan("00018003", library.other)
    assert (refused.what, refused.status) == ("loan_refused", 422)
    assert "可放行 已借 2 册，到了上限 2 册" in refused.rows
    assert "可放行 这种书有 1 人在等" in refused.rows
    assert on_hand() == 2


def test_a_librarian_passes_the_limit_with_a_reason_that_the_audit_keeps(library, desk):
    library.lend(library.copies[0], library.other)
    library.lend(library.copies[1], library.other)
    passed = desk.scan("00018003", library.other, confirmed="limit_reached", why="班主任同意")
    assert passed.what == "circulation.lend"
    assert "放行：班主任同意" in passed.rows
    entry = Entry.objects.get(pk=passed.act)
    assert (entry.details["passed"], entry.details["why"]) == (["limit_reached"], "班主任同意")


def test_what_nobody_may_pass_offers_no_reason(library, desk):
    library.lend(library.copies[0], library.pupils[0])
    Loan.objects.update(reader=library.pupils[1])
    refused = desk.scan("00018001", library.other, mode="in_room")
    assert refused.what == "circulation.take_back", "a book that is out is never lent"


def test_a_lost_book_comes_back_and_is_put_right(library, desk):
    library.lend(library.copies[0], library.pupils[0])
    copy = library.copies[0]
    type(copy).objects.filter(pk=copy.pk).update(standing=Standing.LOST)
    back = desk.scan("00018001")
    copy.refresh_from_db()
    assert copy.standing == Standing.TO_BE_SHELVED
    assert "曾报遗失，现已找回" in back.rows


def test_all_that_a_reader_has_is_renewed_and_what_cannot_be_says_why(library, desk):
    library.lend(library.copies[0], library.other)
    library.lend(library.copies[1], library.other)
    library.hold(library.copies[1].holding, library.pupils[0])
    renewed = desk.post("renew", reader=str(library.other.pk))
    assert "续借 1 册" in renewed.rows
    assert "草房子 · 没有续借：有人预约了，不能续借" in renewed.rows


def test_several_reasons_against_a_renewal_are_told_apart(library, desk):
    library.lend(library.copies[0], library.other)
    desk.post("renew", reader=str(library.other.pk))
    again = desk.post("renew", reader=str(library.other.pk))
    assert "续借次数已用完；从今天算起" in again.rows


def test_undo_puts_a_loan_back_and_its_row_says_so(library, desk):
    lent = desk.scan("00018001", library.other)
    undone = desk.post("undo", entry=str(lent.act), reader=str(library.other.pk))
    assert (undone.act, on_hand()) == (lent.act, 0)
    assert "已撤销" in undone.rows
    assert "已借 0 册" in undone.panel


def test_an_undo_that_something_rests_on_says_what(library, desk):
    lent = desk.scan("00018001", library.other)
    desk.scan("00018001", mode="returns")
    refused = desk.post("undo", entry=str(lent.act))
    assert (refused.what, refused.status) == ("undo_refused", 422)
    assert "后来已还回：请先撤销还书" in refused.rows


def test_an_act_of_another_desk_is_not_undone_here(library, desk):
    entry = library.lend(library.copies[0], library.other, now=NOW)
    assert desk.post("undo", entry=str(entry.pk)).status == 404
    assert on_hand() == 1


def test_a_title_that_is_out_is_held_for_the_reader(library, desk):
    (copy,) = without_label(library.school, "猜猜我有多爱你", "9787533254261")
    library.lend(copy, library.pupils[0], A_MOMENT_AGO)
    out = desk.scan("9787533254261", library.other)
    assert out.what == "all_out"
    assert "替林书言预约" in out.rows
    held = desk.post("hold", holding=str(copy.holding_id), reader=str(library.other.pk))
    assert held.what == "circulation.place_hold"
    assert Hold.objects.get().reader == library.other


def test_a_title_that_is_typed_and_out_can_be_waited_for(library, desk, helpers_desk):
    library.lend(library.copies[0], library.pupils[0])
    asked = desk.scan("城南旧事", library.other)
    assert "2 替林书言预约 城南旧事" in asked.rows
    assert "预约" not in helpers_desk.scan("城南旧事", library.other).rows
    assert "预约" not in desk.scan("草房子", library.other).rows


def test_a_book_without_a_record_is_added_and_then_lent(library, desk):
    unknown = desk.scan("99990001", library.other)
    assert "补录并借出" in unknown.rows
    added = desk.post("book", name="奶奶的旧书", barcode="99990001", reader=str(library.other.pk))
    assert added.what == "book_added"
    lent = desk.scan(copy=added.facts["then-copy"], reader=library.other)
    assert lent.what == "circulation.lend"
    assert "奶奶的旧书" in lent.rows


def test_a_book_without_a_name_is_not_added(library, desk):
    refused = desk.post("book", name=" ", barcode="99990001")
    assert (refused.what, refused.status) == ("book_not_added", 422)


def test_the_rows_of_the_shift_stay_when_the_page_is_opened_again(library, desk, clock):
    desk.scan("00018001", library.other)
    desk.scan("00018002")
    seen = desk.see()
    assert "城南旧事" in seen
    assert "今天在这张台 10:20 起" in seen
    clock.shift(24 * 3600)
    assert "城南旧事" not in desk.see()


def test_each_desk_shows_its_own_rows(library, desk):
    desk.scan("00018001", library.other)
    desk.client.post("/desk/number/", {"number": "2"})
    assert "城南旧事" not in desk.see()
    assert "2 号台" in desk.see()


def test_the_slip_lists_what_a_reader_has_at_home(library, desk):
    library.lend(library.copies[0], library.other)
    assert "城南旧事" in desk.see(f"/desk/slip/{library.other.pk}/")


@pytest.mark.parametrize("path", ["/desk/scan/", "/desk/undo/", "/desk/renew/", "/desk/lock/"])
def test_nothing_is_done_by_get(library, desk, path):
    assert desk.client.get(path).status_code == 405


@pytest.mark.parametrize("out", [0, 1])
def test_r57_a_scan_costs_a_dozen_statements_however_much_is_out(library, desk, out):
    reader, (asked_for, *others) = library.other, library.copies
    for copy in others[:out]:
        library.lend(copy, reader)
    desk.scan("R90001")  # the school's rules are known from now on
    lock = connection.features.has_select_for_update  # SQLite has one writer anyway
    for act in ("circulation.lend", "circulation.take_back"):
        with CaptureQueriesContext(connection) as asked:
            answer = desk.scan(
                asked_for.barcode, reader, mode="both" if "lend" in act else "returns"
            )
        assert answer.what == act
        assert len(asked) <= 12 + lock
