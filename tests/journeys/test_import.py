"""A school's own lists come in: chosen, understood, looked at row by row, confirmed, brought again."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

SET_OF = 300
"""Books that nothing is wrong with: so many that one sees them come in."""
BOOKS = [
    ["春晖小学图书清册"],
    [],
    ["序号", "题 名", "责任者", "标准书号", "码洋", "贴码"],
    [1, "《星星的种子》", "林知远", "978-7-5327-7881-2", "CNY16.80", "00020001"],
    [2, "海边的图书馆", "周小禾", "９７８７０２０００８７３５", "28.80元", "00020002"],
    [3, "写错书号的书", "钱多多", "9787532778813", 12, "00020003"],
    [4, "丢了数字的书", "孙书亦", "9.78E+12", 15, "00020004"],
    *([4 + n, f"小小科学家 第{n}册", "科学社", "", 10, f"{30000 + n:08}"] for n in range(1, SET_OF + 1)),
    ["合计", None, None, None, "3073.6元", None],
]  # fmt: skip
READERS = [
    ["2026 学年读者名单"],
    ["学生姓名", "学号", "借书证", "所在班级", "借书权限"],
    ["陈一鸣", "00301", "R0301", "三年级", "开通"],
    ["李若水", "00302", "R0302", "六甲", "暂停"],
    ["王子衿", "00303", "R0303", "五(2)班", "开通"],
    ["赵无数", "2.02403E+11", "R0304", "五(2)班", "开通"],
    ["合计", 4, None, None, None],
]


@pytest.fixture
def librarian(newcomer):
    newcomer.arrive()
    newcomer.set_up()
    newcomer.reads("图书馆建好了")
    yield newcomer
    assert newcomer.inspector.found == []


def workbook(path, rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_r12_a_list_of_books_is_looked_at_mended_and_taken_in(librarian, tmp_path):
    file = workbook(tmp_path / "图书清册.xlsx", BOOKS)
    librarian.bring("选择图书表", file)
    sees_what_each_row_would_come_to(librarian)
    says_what_a_column_holds(librarian)
    librarian.press(f"导入 {SET_OF + 3} 行")
    sees_it_come_in(librarian)
    gets_the_refused_row_back(librarian)
    librarian.follow("再导入一张表")
    librarian.page.get_by_label("Excel 或 CSV 文件").set_input_files(file)
    librarian.press("读取表格")
    sees_that_everything_is_here(librarian)


def sees_what_each_row_would_come_to(librarian):
    librarian.reads("导入预览")
    librarian.reads_rows(新增=SET_OF + 2, 存疑=1, 不导入=1)
    librarian.look()
    librarian.page.locator(".sx-chips a", has_text="存疑").click()
    row = librarian.page.get_by_role("row", name="写错书号的书")
    expect(row).to_contain_text("校验")


def says_what_a_column_holds(librarian):
    librarian.follow("有的列没认出来或认错了？点这里指明各列是什么")
    librarian.look()
    librarian.choose("贴码", "条码")
    librarian.press("逐行预览")
    librarian.reads("导入预览")
    expect(librarian.page.locator("main .badge", has_text="贴码")).to_be_visible()


def sees_it_come_in(librarian):
    librarian.reads("可以关掉本页")
    librarian.look()
    expect(librarian.page.get_by_role("heading", name="导入完成")).to_be_visible()
    librarian.reads_figures(新增=SET_OF + 2, 存疑=1, 未导入=1)
    librarian.look()
    librarian.follow("撤回这次导入")
    librarian.reads_figures(将撤走的册数=SET_OF + 3)
    librarian.look()
    librarian.follow("保持不变")


def gets_the_refused_row_back(librarian):
    header, *rows = librarian.downloads("下载这些行")
    (row,) = rows
    assert "丢了数字的书" in row
    assert any("9.78E+12" in str(cell) for cell in row)
    assert "原因" in str(header)


def sees_that_everything_is_here(librarian):
    librarian.reads("没有需要导入的，什么也没有记录。")
    expect(librarian.page.locator("main .badge", has_text="贴码")).to_be_visible()
    librarian.reads_rows(已有=SET_OF + 3, 不导入=1)
    librarian.go_to("书目与馆藏")
    librarian.reads(f"{SET_OF + 3} 册")


def test_r12_a_list_of_readers_brings_its_classes(librarian, tmp_path):
    librarian.bring("选择读者表", workbook(tmp_path / "读者.xlsx", READERS))
    librarian.reads_rows(新增=3, 不导入=1)
    librarian.look()
    librarian.press("导入 3 行")
    expect(librarian.page.get_by_role("heading", name="导入完成")).to_be_visible()
    librarian.follow("去看读者")
    for cells in (
        ("陈一鸣", "三年级", "00301"),
        ("王子衿", "五年级2班", "00303"),
        ("李若水", "六年级甲班", "00302"),
    ):
        row = librarian.page.get_by_role("row", name=cells[0])
        for cell in cells[1:]:
            expect(row).to_contain_text(cell)
    expect(librarian.page.get_by_role("row", name="李若水")).to_contain_text("暂停")


def test_r28_columns_of_a_new_year_that_nobody_knows_are_named_once(librarian, tmp_path):
    rows = [["学生全称", "所在教室", "学籍编码"], ["陈一鸣", "三年级2班", "00301"]]
    for is_known in (False, True):
        librarian.go_to("开学准备")
        librarian.follow("新学年")
        file = workbook(tmp_path / "新学年.xlsx", rows)
        librarian.page.get_by_label("Excel 或 CSV 文件").set_input_files(file)
        librarian.press("读取表格")
        if not is_known:
            librarian.reads("没有找到表头")
            librarian.look()
            for heading, words in zip(rows[0], ("姓名", "班级", "学号（工号）"), strict=True):
                librarian.choose(heading, words)
            librarian.press("核对学生")
        expect(librarian.page.get_by_role("row", name="陈一鸣")).to_contain_text("新生")


@pytest.mark.sqlite
def test_the_page_that_goes_back_to_a_backup(librarian):
    librarian.go_to("备份")
    librarian.press("立即备份")
    librarian.follow("恢复到这一份")
    librarian.reads("现在的数据会在图书馆的电脑上另外保存一份。")
    librarian.look()
