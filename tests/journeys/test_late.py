"""Late books are chased, and at the end of term a class comes to zero."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from shuxiang.circulation.models import Loan
from shuxiang.circulation.tests.factories import TODAY
from shuxiang.timetable.models import Term
from shuxiang.web.desk.tests.factories import EARLIER


def test_r06_r08_from_a_slip_to_the_record_and_from_a_late_book_to_a_class_that_is_clear(
    library, sit_down
):
    Term.objects.update(recall_on=TODAY + timedelta(days=4))
    for seat in (0, 1):
        library.lend(library.copies[seat], library.pupils[seat])
    Loan.objects.update(due_on=TODAY - timedelta(days=3))
    window = sit_down()
    page, name = window.page, library.pupils[0].name

    page.goto(f"{window.root}/office/late/")
    page.get_by_role("link", name="打印今天的催还单（2 张）").click()
    expect(page.locator(".slip")).to_have_count(2)
    expect(page.get_by_text(name)).to_be_visible()
    page.get_by_role("link", name="返回").click()
    page.get_by_role("button", name="已告知").click()
    expect(page.get_by_text("已记下：借书人本人，催还单，2 册。")).to_be_visible()
    expect(page.get_by_text("该告知的都告知了")).to_be_visible()
    page.get_by_role("link", name="告知记录").click()
    expect(page.get_by_role("row", name="三年级2班")).to_contain_text("周敏")

    page.get_by_role("link", name="期末催还").click()
    expect(page.get_by_role("row", name="三年级2班")).to_contain_text("2")
    library.take_back(library.copies[0], EARLIER + timedelta(minutes=1))
    page.get_by_role("link", name="三年级2班").click()
    page.get_by_role("checkbox").check()
    page.get_by_label("结束日期").fill("2027-03-01")
    page.get_by_label("原因").fill("假期阅读")
    page.get_by_role("button", name="准许假期续借").click()
    page.get_by_role("link", name="清还证明").click()
    expect(page.get_by_role("heading", name="图书清还证明")).to_be_visible()
    expect(page.get_by_text("另有 1 册经图书室同意假期续借")).to_be_visible()
