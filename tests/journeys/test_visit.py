"""A class comes to the library, with one scanner or with two devices."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from shuxiang.circulation.models import Loan, Visit
from shuxiang.web.desk.tests.factories import EARLIER


@pytest.fixture
def class_with_books(library):
    """Each of the 40 pupils has a book out."""
    for seat, pupil in enumerate(library.pupils):
        library.lend(library.copies[seat], pupil, EARLIER + timedelta(seconds=seat))
    return library


def open_visit(desk):
    desk.page.goto(f"{desk.root}/desk/visit/")
    begin, go_on = (desk.page.get_by_text(words, exact=True) for words in ("开始", "接着办"))
    go_on.or_(begin).first.click()
    desk.page.wait_for_url("**/visit/*/")
    expect(desk.box).to_be_focused()
    return desk


def test_r02_a_class_of_forty_returns_and_borrows(class_with_books, sit_down):
    library, desk = class_with_books, open_visit(sit_down())
    for copy in reversed(library.copies[:40]):
        desk.send(copy.barcode)
    desk.settled()
    expect(desk.page.locator(".desk-pile")).to_contain_text("40 / 40 册已还回")
    desk.press("Tab")
    for seat, pupil in enumerate(library.pupils[:38]):
        desk.send(pupil.card)
        desk.send(library.copies[40 + seat].barcode)
    desk.settled()
    expect(desk.page.locator(".sx-pupil.lent")).to_have_count(38)
    desk.press("ArrowRight")
    expect(desk.page.locator(".sx-pupil[aria-current=true]")).to_contain_text("赵天佑")
    desk.press("F5")
    expect(desk.page.locator(".sx-pupil.away")).to_contain_text("赵天佑")
    desk.press("F10")
    desk.page.wait_for_url("**/list/")
    desk.press("F10")
    expect(desk.page.get_by_text("书归位、桌椅整齐：是")).to_be_visible()
    visit = Visit.objects.get()
    assert visit.closed_at is not None
    assert Loan.objects.on_hand().filter(visit=visit).count() == 38


def test_who_is_not_of_the_class_is_told_before_the_book(class_with_books, sit_down):
    desk, here = open_visit(sit_down()), "[data-now-here]"
    desk.press("Tab")
    desk.send("R00001")
    desk.settled()
    expect(desk.page.locator(here)).not_to_contain_text("不是这个班的")
    desk.send(class_with_books.other.card)
    desk.settled()
    name = class_with_books.other.name
    expect(desk.page.locator(here)).to_have_text(f"{name}（不是这个班的）")


def test_forty_names_fit_without_scrolling(class_with_books, sit_down):
    desk = open_visit(sit_down())
    desk.press("Tab")
    expect(desk.page.locator(".sx-pupil")).to_have_count(40)
    desk.send("R00001")
    desk.scan("00018041", "借出")
    for names in (desk.page.locator("[data-pupils]"), desk.page.locator(".work")):
        assert names.evaluate("it => it.scrollHeight <= it.clientHeight + 12")
    last = desk.page.locator(".sx-pupil").last.bounding_box()
    keys = desk.page.locator(".sx-keys").bounding_box()
    assert last["y"] + last["height"] <= keys["y"]


def test_a_class_is_seen_by_its_faces(class_with_books, sit_down):
    class_with_books.photograph(0, 1, 38)
    desk = open_visit(sit_down())
    desk.press("Tab")
    faces = desk.page.locator(".sx-pupil.has-photo img")
    expect(faces).to_have_count(3)
    for face in faces.all():
        assert face.evaluate("it => it.decode().then(() => it.naturalWidth)") == 240
    desk.send("R00001")
    desk.scan("00018041", "借出")
    expect(desk.page.locator(".sx-pupil.has-photo.lent")).to_have_count(1)


def test_two_devices_at_once_see_each_others_rows(class_with_books, sit_down):
    desk, tablet = open_visit(sit_down()), open_visit(sit_down("shenzhixia", size=(768, 1024)))
    desk.scan("00018001", "城南旧事")
    tablet.sees("城南旧事")
    expect(tablet.page.locator(".desk-pile")).to_contain_text("1 / 40 册已还回")
    expect(tablet.page.get_by_text("另一台设备在帮忙")).to_be_visible()
    tablet.press("Tab")
    tablet.send("R00001")
    tablet.scan("00018041", "借出")
    desk.press("Tab")
    expect(desk.page.locator(".sx-pupil.lent")).to_contain_text("安若溪")
    assert Visit.objects.count() == 1


def test_two_devices_keep_one_pupils_limit(class_with_books, sit_down):
    desk, tablet = open_visit(sit_down()), open_visit(sit_down("shenzhixia"))
    for device in (desk, tablet):
        device.press("Tab")
        device.send("R00001")
        expect(device.page.locator(".sx-pupil[aria-current=true]")).to_contain_text("安若溪")
    desk.send("00018041")
    tablet.send("00018042")
    desk.settled()
    tablet.settled()
    assert Loan.objects.on_hand().filter(reader=class_with_books.pupils[0]).count() == 2


def test_a_pupil_is_tapped_and_the_refused_book_passed(class_with_books, sit_down):
    desk = open_visit(sit_down())
    desk.press("Tab")
    desk.page.locator(".sx-pupil", has_text="曹亦凡").click()
    expect(desk.box).to_be_focused()
    desk.scan("00018041", "借出")
    desk.scan("00018042", "未借出")
    desk.press("F8")
    desk.sees("借出", "放行：班级活动要用")
    desk.press("F7")
    desk.sees("已撤销")


def test_a_pupil_keeps_the_book(class_with_books, sit_down):
    desk = open_visit(sit_down())
    desk.press("Tab", "ArrowRight", "F2")
    desk.sees("续借 1 册")
    expect(desk.page.locator(".sx-pupil.kept")).to_contain_text("安若溪")


def test_the_class_teacher_reads_the_list(class_with_books, sit_down):
    desk = open_visit(sit_down())
    path = desk.page.url.removeprefix(desk.root)
    desk.press("Tab")
    desk.send("R00002")
    desk.scan("00018041", "借出")
    teacher = sit_down("chensimin")
    teacher.page.goto(f"{teacher.root}/desk/visit/")
    teacher.page.get_by_role("link", name="看名单").click()
    expect(teacher.page.get_by_role("row", name="白景行").first).to_contain_text("借了 1 册")
    assert teacher.page.goto(teacher.root + path).status == 403
