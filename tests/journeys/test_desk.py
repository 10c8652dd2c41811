"""A day at the desk: lend, return, pass, hold, undo, renew, lock."""

from __future__ import annotations

from playwright.sync_api import expect

from shuxiang.circulation.models import Hold, Loan
from shuxiang.platform.audit.models import Entry
from shuxiang.web.desk.tests.factories import PIN


def on_hand() -> int:
    return Loan.objects.on_hand().count()


def test_r57_a_loan_is_one_scan_of_the_card_and_one_of_the_book(library, desk):
    desk.card("R90001", "林书言")
    expect(desk.page.locator("[data-next-words]")).to_have_text("借给 林书言")
    desk.scan("00018001", "城南旧事")
    desk.sees("借出", "12月7日 周一")
    desk.press("Escape")
    desk.scan("00018001", "还回")
    assert on_hand() == 0


def test_a_refused_loan_is_confirmed_with_a_reason_and_one_key(library, desk):
    library.lend(library.copies[0], library.other)
    library.lend(library.copies[1], library.other)
    desk.card("R90001", "林书言")
    desk.scan("00018003", "未借出")
    desk.sees("已借 2 册，到了上限 2 册")
    desk.press("2")
    expect(desk.newest.get_by_role("button", name="班主任同意")).to_have_attribute(
        "aria-pressed", "true"
    )
    desk.press("F8")
    desk.sees("借出", "放行：班主任同意")
    assert on_hand() == 3
    assert Entry.objects.get(verb="circulation.lend", place="1").details["why"] == "班主任同意"


def test_a_refused_loan_is_left_by_esc_and_the_reader_stays(library, desk):
    library.lend(library.copies[0], library.other)
    library.lend(library.copies[1], library.other)
    desk.card("R90001", "林书言")
    desk.scan("00018003", "未借出")
    desk.press("Escape")
    expect(desk.newest.get_by_role("button")).to_have_count(0)
    expect(desk.reader).to_have_text("林书言")
    desk.press("Escape")
    expect(desk.page.get_by_text("请扫读者证")).to_be_visible()
    assert on_hand() == 2


def test_a_reason_of_ones_own_is_typed(library, desk):
    library.lend(library.copies[0], library.other)
    library.lend(library.copies[1], library.other)
    desk.card("R90001", "林书言")
    desk.scan("00018003", "未借出")
    desk.press("4")
    expect(desk.page.get_by_label("其他理由")).to_be_focused()
    desk.page.keyboard.insert_text("校长特批")
    desk.press("F8")
    desk.sees("放行：校长特批")


def test_a_helper_calls_the_librarian_who_types_a_pin(library, sit_down):
    library.lend(library.copies[0], library.other)
    library.lend(library.copies[1], library.other)
    desk = sit_down("shenzhixia").open()
    desk.card("R90001", "林书言")
    desk.scan("00018003", "请图书馆老师放行")
    desk.press("F8")
    expect(desk.page.get_by_label("PIN 码或密码")).to_be_focused()
    desk.page.keyboard.type("9999\n")
    desk.sees("PIN 码或密码不对，没有借出")
    expect(desk.page.get_by_label("PIN 码或密码")).to_be_focused()
    desk.page.keyboard.type(f"{PIN}\n")
    desk.sees("周敏放行")
    expect(desk.box).to_be_focused()
    entry = Entry.objects.get(verb="circulation.lend", place="1")
    assert (entry.by, entry.approved_by) == (library.helper, library.librarian)


def test_a_hold_is_trapped_and_fetched(library, desk):
    library.lend(library.copies[0], library.pupils[0])
    library.hold(library.copies[0].holding, library.other)
    desk.scan("00018001", "放预约架 1 格")
    desk.sees("有人预约", "林书言", "不要上架")
    desk.card("R90001", "林书言")
    expect(desk.page.get_by_text("到了，预约架 1 格")).to_be_visible()
    desk.scan("00018001", "借出")
    assert Hold.objects.get().state == "filled"


def test_the_last_scan_is_undone_by_a_key_and_any_row_by_its_button(library, desk):
    desk.card("R90001", "林书言")
    desk.scan("00018001", "城南旧事")
    desk.scan("00018002", "草房子")
    desk.press("F7")
    desk.sees("已撤销", "草房子")
    desk.press("F7")
    expect(desk.rows.nth(1)).to_contain_text("已撤销")
    assert on_hand() == 0
    expect(desk.box).to_be_focused()


def test_everything_is_renewed_by_a_key(library, desk):
    library.lend(library.copies[0], library.other)
    desk.card("R90001", "林书言")
    desk.press("F2")
    desk.sees("续借 1 册")
    assert Loan.objects.get().renewals == 1


def test_a_reader_without_a_card_is_chosen_by_a_digit(library, desk):
    desk.send("lsy")
    expect(desk.reader).to_have_text("林书言")
    desk.press("Escape")
    desk.scan("l", "请选")
    desk.press("1")
    expect(desk.reader).to_be_visible()
    desk.scan("00018001", "借出")


def test_a_book_without_a_record_is_added_and_lent_in_one_go(library, desk):
    desk.card("R90001", "林书言")
    desk.scan("9787544270878", "不认得")
    desk.press("1")
    expect(desk.page.get_by_label("书名")).to_be_focused()
    desk.page.keyboard.insert_text("奶奶的旧书")
    desk.press("Enter")
    desk.sees("应还", "奶奶的旧书")
    expect(desk.box).to_be_focused()
    assert on_hand() == 1


def test_ways_of_working_change_by_keys(library, desk):
    desk.press("F3")
    expect(desk.page.locator("[data-mode=returns]")).to_have_attribute("aria-pressed", "true")
    desk.scan("00018001", "还回")
    desk.press("F3")
    desk.card("R90001", "林书言")
    desk.page.wait_for_timeout(400)  # a Tab sooner than that would be the scanner's
    desk.press("Tab")
    expect(desk.page.locator("[data-next-words]")).to_have_text("林书言 室内阅览")
    desk.scan("00018001", "室内阅览")


def test_two_readers_are_parted_by_a_line(library, desk):
    desk.card("R00001", "安若溪")
    desk.scan("00018001", "城南旧事")
    desk.card("R90001", "林书言")
    expect(desk.page.locator(".sx-divide")).to_contain_text("上一位：三年级2班 安若溪")
    desk.scan("00018002", "草房子")
    expect(desk.newest).to_have_class("sx-act lent is-latest is-theirs")


def test_the_rows_stay_when_the_page_is_opened_again(library, desk):
    desk.card("R90001", "林书言")
    desk.scan("00018001", "城南旧事")
    desk.page.reload()
    desk.sees("城南旧事", "林书言")


def test_a_desk_that_nobody_uses_locks_and_keeps_its_rows(library, sit_down):
    desk = sit_down()
    desk.page.clock.install()
    desk.open()
    desk.card("R90001", "林书言")
    desk.scan("00018001", "城南旧事")
    desk.page.clock.fast_forward("06:00")
    expect(desk.page.get_by_role("heading", name="流通台已锁")).to_be_visible()
    expect(desk.reader).to_have_count(0)
    desk.sees("城南旧事")
    expect(desk.box).to_be_disabled()
    expect(desk.page.get_by_label("PIN 码或密码")).to_be_focused()
    desk.page.keyboard.type("0000\n")
    expect(desk.page.locator("main").get_by_role("alert")).to_contain_text("仍然锁着")
    desk.page.get_by_label("PIN 码或密码").fill(PIN)
    desk.press("Enter")
    expect(desk.box).to_be_focused()
    desk.scan("00018001", "还回")
