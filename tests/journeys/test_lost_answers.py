"""The server is away, or its answer is lost: nothing is lost, nothing is doubled, and it is said."""

from __future__ import annotations

from playwright.sync_api import expect

from shuxiang.circulation.models import Loan
from shuxiang.platform.audit.models import Entry


def lent() -> int:
    return Loan.objects.count()


def test_r56_scans_wait_for_a_server_that_is_away_and_are_recorded_in_order(library, desk, server):
    server.stop()
    desk.send("R90001")
    desk.send("00018001")
    desk.send("00018002")
    strip = desk.page.locator("[data-strip]")
    expect(strip).to_contain_text("3 笔没有记录")
    expect(desk.rows.filter(has_text="未记录")).to_have_count(3)
    assert lent() == 0
    server.start()
    desk.settled()
    expect(strip).to_be_hidden()
    assert Loan.objects.on_hand().filter(reader=library.other).count() == 2
    desk.sees("借出", "草房子")


def test_r56_a_server_that_dies_between_scan_and_answer_records_once(library, desk, clock):
    desk.card("R90001", "林书言")
    with desk.answers_lost():
        desk.send("00018001")
        desk.sees("未记录")
        assert lent() == 1, "it was recorded, but the desk could not know"
        clock.shift(60)  # by now another scan of the book would take it back
    desk.settled()
    desk.sees("借出", "城南旧事", "12月7日 周一")
    assert lent() == 1
    assert Entry.objects.filter(verb="circulation.take_back").count() == 0


def test_esc_between_waiting_scans_keeps_its_place(library, desk, server):
    server.stop()
    desk.send("R90001")
    desk.send("00018001")
    desk.press("Escape")
    desk.send("R00001")
    desk.send("00018002")
    server.start()
    desk.settled()
    assert Loan.objects.get(copy=library.copies[0]).reader == library.other
    assert Loan.objects.get(copy=library.copies[1]).reader == library.pupils[0]


def test_what_waits_outlives_the_page_and_holds_no_name(library, desk, server):
    desk.card("R90001", "林书言")
    server.stop()
    desk.send("00018001")
    desk.sees("未记录")
    kept = desk.page.evaluate("JSON.stringify(sessionStorage)")
    assert "00018001" in kept
    assert "林书言" not in kept
    server.start()
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.page.reload()
    desk.settled()
    assert Loan.objects.on_hand().get().reader == library.other


def test_leaving_the_page_warns_while_something_waits(library, desk, server):
    server.stop()
    desk.send("00018001")
    desk.sees("未记录")
    with desk.page.expect_event("dialog") as asked:
        desk.page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.accept()
    server.start()


def test_a_server_that_fails_is_asked_again_with_the_same_number(library, desk):
    desk.card("R90001", "林书言")
    sent = []

    def fail_twice(route):
        sent.append(route.request.post_data)
        if len(sent) <= 2:
            route.fulfill(status=500, body="<h1>Server Error</h1>")
        else:
            route.continue_()

    desk.page.route("**/scan/", fail_twice)
    desk.scan("00018001", "借出")
    assert len(sent) == 3
    assert len(set(sent)) == 1
    assert lent() == 1


def test_a_scan_at_which_the_server_always_fails_does_not_stop_the_desk(library, desk):
    def fail_one(route):
        if "00018001" in (route.request.post_data or ""):
            route.fulfill(status=500, body="")
        else:
            route.continue_()

    desk.page.route("**/scan/", fail_one)
    desk.card("R90001", "林书言")
    desk.send("00018001")
    desk.send("00018002")
    desk.settled()
    expect(desk.rows.filter(has_text="服务器三次都没办成")).to_have_count(1)
    desk.sees("借出", "草房子")
    assert lent() == 1


def test_whoever_was_signed_out_is_told_and_the_scan_is_kept(library, desk):
    desk.card("R90001", "林书言")
    desk.page.context.clear_cookies()
    desk.send("00018001")
    expect(desk.page.locator("[data-strip]")).to_contain_text("已退出登录")
    assert lent() == 0
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.sign_in("zhoumin").open()
    desk.settled()
    assert lent() == 1


def test_two_windows_and_one_reader_keep_the_limit(library, desk, sit_down):
    other = sit_down().open()
    for window in (desk, other):
        window.card("R90001", "林书言")
    desk.send("00018001")
    other.send("00018002")
    other.send("00018003")
    desk.send("00018004")
    desk.settled()
    other.settled()
    assert Loan.objects.on_hand().filter(reader=library.other).count() == 2
