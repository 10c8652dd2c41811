"""From an empty home to the first loan: after `serve` nobody needs the terminal any more."""

from __future__ import annotations

from playwright.sync_api import expect


def test_from_an_empty_home_to_the_first_loan(newcomer):
    newcomer.arrive()
    sets_the_library_up(newcomer)
    enters_a_class_and_a_pupil(newcomer)
    takes_in_a_book(newcomer)
    says_when_it_is_open(newcomer)
    gives_the_class_its_turn(newcomer)
    lends_and_takes_back(newcomer)
    assert newcomer.inspector.found == []
    assert newcomer.page.request.get(f"{newcomer.root}/set-up/").status == 404


def sets_the_library_up(newcomer):
    page = newcomer.page
    expect(page.get_by_role("heading", name="建立图书馆")).to_be_visible()
    newcomer.look()
    newcomer.set_up(code="AAAA-AAAA")
    newcomer.reads("安装码不对。请到启动书香的窗口里核对。")
    newcomer.look()
    newcomer.set_up(password="1985031277")
    newcomer.reads("密码不能全是数字，请加上字母或词语。")
    newcomer.set_up()
    newcomer.reads("图书馆建好了。接下来录入班级、读者和图书。")
    expect(page.get_by_role("heading", name="从这里开始")).to_be_visible()
    newcomer.look()


def enters_a_class_and_a_pupil(newcomer):
    newcomer.follow("先填这个")
    newcomer.reads("还没有班级")
    newcomer.look()
    newcomer.follow("添加班级")
    newcomer.choose("年级", "三年级")
    newcomer.page.get_by_label("班级").fill("1-2")
    newcomer.press("添加班级")
    newcomer.reads("已添加：三年级1班、三年级2班。")
    newcomer.follow("三年级2班")
    newcomer.reads("这个班还没有人")
    newcomer.look()
    newcomer.follow("添加读者")
    newcomer.fill("姓名", "林小满")
    newcomer.press("添加读者")
    newcomer.follow("发证")
    newcomer.fill("读者证号", "K0001")
    newcomer.page.keyboard.press("Enter")
    newcomer.reads("读者证 K0001 从现在起可用。")


def takes_in_a_book(newcomer):
    page = newcomer.page
    newcomer.go_to("今天")
    newcomer.follow("图书")
    newcomer.reads("还没有书")
    expect(page.get_by_role("link", name="导入图书")).to_be_visible()
    newcomer.look()
    newcomer.follow("架位与藏书区")
    newcomer.follow("加架位")
    newcomer.fill("代号", "A1")
    newcomer.press("保存")
    newcomer.reads("架位 A1 已登记。")
    newcomer.follow("登记新书")
    newcomer.follow("开一批")
    newcomer.look()
    newcomer.press("开批并登记新书")
    newcomer.reads("请扫第一本书。")
    scans_the_isbn_and_the_label(newcomer)


def scans_the_isbn_and_the_label(newcomer):
    page = newcomer.page
    page.keyboard.type("9787544270878\n", delay=5)
    newcomer.fill("书名", "大林和小林")
    newcomer.look()
    newcomer.choose("架位", "A1")
    page.get_by_label("条码").click()
    page.keyboard.type("00018001\n", delay=5)
    page.keyboard.press("F9")
    newcomer.reads("已登记《大林和小林》")


def says_when_it_is_open(newcomer):
    newcomer.go_to("今天")
    newcomer.reads("没有逾期的书。")
    newcomer.look()
    newcomer.follow("开放时间")
    newcomer.reads("还没有开放时间")
    newcomer.follow("添加开放时间")
    newcomer.fill("开馆钟点", "08:00")
    newcomer.fill("闭馆钟点", "16:30")
    newcomer.press("保存开放时间")
    newcomer.reads("已填好 5 天的开放时间。")


def gives_the_class_its_turn(newcomer):
    newcomer.follow("到馆时段")
    newcomer.press("开出周一第3节")
    newcomer.reads("新增了 1 个时段。")
    newcomer.follow("轮流安排表")
    newcomer.page.get_by_label("给周一第3节排一个班").first.click()
    newcomer.page.get_by_label("班级", exact=True).select_option(label="三年级2班")
    newcomer.press("排进去")
    newcomer.reads("三年级2班已排在周一第3节，每周。")
    newcomer.look()


def lends_and_takes_back(newcomer):
    page = newcomer.page
    newcomer.go_to("流通台")
    expect(page.locator("[data-box]")).to_be_focused()
    page.keyboard.type("K0001\n", delay=5)
    expect(page.locator("#reader .name")).to_have_text("林小满")
    page.keyboard.type("00018001\n", delay=5)
    newest = page.locator("[data-rows] > .sx-act >> nth=0")
    expect(newest).to_contain_text("大林和小林")
    expect(newest).to_contain_text("借出")
    expect(page.locator("#reader")).to_contain_text("已借 1 册")
    newcomer.look()
    page.keyboard.press("Escape")
    page.keyboard.type("00018001\n", delay=5)
    expect(newest).to_contain_text("还回")
