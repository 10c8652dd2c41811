"""A pupil's whole way to the desk: named, trained, tested, appointed, on duty, judged."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from shuxiang.circulation.tests.factories import TODAY
from shuxiang.student_librarians.models import Exam
from shuxiang.student_librarians.tests.factories import all_right
from tests.journeys.desks import Desk

OWN = "guan-li-yuan-7"


def test_r30_r35_from_the_nomination_to_the_certificate(library, sit_down, browser):
    pupil = library.pupils[6]
    window = sit_down()
    names_and_trains(window, library, pupil)
    is_tested_and_appointed(window, pupil)
    password = opens_the_desk(window)
    puts_on_duty(window, pupil)
    works_at_the_desk(browser, window.root, library, password)
    judges(window, pupil)


def test_both_weeks_beside_a_roster_stand_on_one_line_of_a_phone(library, sit_down):
    window = sit_down(size=(390, 844))
    page = window.page
    page.goto(f"{window.root}/office/helpers/roster")
    before, after = (page.get_by_role("link", name=name) for name in ("上一周", "下一周"))
    assert before.bounding_box()["y"] == after.bounding_box()["y"]


def names_and_trains(window, library, pupil):
    page = window.page
    page.goto(f"{window.root}/office/helpers/")
    page.get_by_role("link", name="提名学生").first.click()
    page.get_by_label("班级").select_option("三年级2班")
    page.get_by_role("button", name="查看").click()
    page.locator("[name=reader]").select_option(str(pupil.pk))
    page.get_by_label("提名理由").fill("细心")
    page.get_by_role("button", name="提名这名学生").click()
    page.get_by_role("link", name="小馆员").last.click()
    page.get_by_role("link", name="培训").click()
    page.locator("[name=on]").fill(TODAY.isoformat())
    page.locator("[name=topic]").fill("借书还书")
    page.get_by_role("button", name="登记一次培训").click()
    page.get_by_role("rowheader").get_by_role("link").click()
    page.get_by_label(pupil.name).check()
    page.get_by_role("button", name="这些人到了").click()


def is_tested_and_appointed(window, pupil):
    page = window.page
    page.goto(f"{window.root}/office/helpers/")
    page.get_by_role("link", name=pupil.name).click()
    page.get_by_role("button", name="在这里考核").click()
    for number, right in enumerate(all_right(Exam.objects.get()), start=1):
        page.locator(f"[name=q{number}]").nth(right).check()
    page.get_by_role("button", name="交卷").click()
    expect(page.get_by_text("10 题答对 10 题").first).to_be_visible()
    page.get_by_role("link", name="回到这名学生").click()
    page.get_by_role("button", name="聘任").click()
    page.get_by_label("三年级2班").check()
    page.get_by_role("button", name="按此执行").click()


def opens_the_desk(window):
    """Give the pupil a user name, and read the password that is shown once."""
    page = window.page
    page.get_by_label("用户名").fill("xiaoguan7")
    page.get_by_role("button", name="给登录账号").click()
    return page.locator(".sx-notice .code").nth(1).inner_text()


def puts_on_duty(window, pupil):
    page = window.page
    page.get_by_role("link", name="小馆员").last.click()
    page.get_by_role("link", name="值日时段").click()
    page.get_by_role("link", name="添加值日时段").first.click()
    page.get_by_label("星期一").check()
    page.get_by_label("名称").fill("大课间")
    page.get_by_label("开始").fill("10:00")
    page.get_by_label("结束").fill("11:00")
    page.get_by_role("button", name="保存值日时段").click()
    page.goto(f"{window.root}/office/helpers/duty/{TODAY.isoformat()}")
    page.get_by_role("button", name="安排值日").click()
    page.locator("#code").fill(pupil.card)
    window.press("Enter")
    expect(page.get_by_text(f"{pupil.name} 已到岗")).to_be_visible()


def works_at_the_desk(browser, root, library, password):
    """Sign in alone, lend a book to the own class, and touch no other."""
    context = browser.new_context(locale="zh-CN")
    desk = Desk(context.new_page(), root)
    page = desk.page
    page.goto(f"{root}/sign-in/")
    page.locator("[name=username]").fill("xiaoguan7")
    page.locator("[name=password]").fill(password)
    desk.press("Enter")
    for label in ("新密码", "再输一遍新密码"):
        page.get_by_label(label, exact=True).fill(OWN)
    desk.press("Enter")
    expect(page.get_by_text("新密码")).to_have_count(0)
    desk.open()
    desk.card("R00001", library.pupils[0].name)
    desk.scan("00018001", "借出")
    expect(page.locator("#reader")).not_to_contain_text("城南旧事")
    desk.scan("R90001", "不归你服务")
    assert desk.said == []
    context.close()


def judges(window, pupil):
    page = window.page
    page.goto(f"{window.root}/office/helpers/evaluation")
    row = page.get_by_role("row", name=re.compile(pupil.name))
    expect(row).to_contain_text("1 / 1")
    expect(row).to_contain_text("1 册次")
    row.get_by_label("满分 100").fill("95")
    row.get_by_label("证书").select_option(index=1)
    page.get_by_role("button", name="保存评分和证书").click()
    expect(page.get_by_text("评分和证书已保存")).to_be_visible()
    expect(page.get_by_role("link", name="打印证书")).to_be_visible()
