"""What a column can hold, and what schools and other systems write above it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from shuxiang.formats.text import match_key


class Kind(StrEnum):
    """What a file brings."""

    BOOKS = "books"
    READERS = "readers"


class BookField(StrEnum):
    NAME = "name"
    SUBTITLE = "subtitle"
    VOLUME = "volume"
    ISBN = "isbn"
    AUTHOR = "author"
    TRANSLATOR = "translator"
    PUBLISHER = "publisher"
    PLACE = "place"
    PUBLISHED = "published"
    MONTH = "month"
    EDITION = "edition"
    PAGES = "pages"
    PRICE = "price"
    SERIES = "series"
    LANGUAGE = "language"
    SUBJECTS = "subjects"
    SUMMARY = "summary"
    NOTE = "note"
    COPIES = "copies"
    BARCODE = "barcode"
    ACCESSION_NUMBER = "accession_number"
    CALL_NUMBER = "call_number"
    CLC = "clc"
    BOOK_NUMBER = "book_number"
    SHELF = "shelf"
    COLLECTION = "collection"


class ReaderField(StrEnum):
    NAME = "name"
    NUMBER = "number"
    CARD = "card"
    CLASS = "class"
    GRADE = "grade"
    CATEGORY = "category"
    SEAT = "seat"
    LIMIT = "limit"
    PERMISSION = "permission"


IGNORED = ""
"""A column that is known and not taken in."""

_BOOK_WORDS: Mapping[str, str] = {
    BookField.NAME: "书名 题名 图书名称 书籍名称 图书名 书刊名 书刊名称 书目名称 正题名 正书名 书籍名 名称 图书题名 题名与责任者 文献名称 书本名称 教材名称 书目 title 书名题名 图书书名 主题名 name",
    BookField.SUBTITLE: "副书名 副题名 副标题 其他题名信息 subtitle",
    BookField.VOLUME: "卷册 分册 卷次 册次 分卷号 卷册号 分册号 卷号 辑 volume",
    BookField.ISBN: "isbn isbn号 isbn码 国际标准书号 标准书号 书号 isbn13 isbn10 国际书号 isbn书号 isbn编号 标准号 图书isbn 书籍isbn 标准编号",
    BookField.AUTHOR: "作者 著者 责任者 第一责任者 编著者 著作者 作者译者 主要责任者 责任说明 编者 主编 著译者 编著 图书作者 author authors 第一作者 作者姓名",
    BookField.TRANSLATOR: "译者 翻译者 翻译 translator",
    BookField.PUBLISHER: "出版社 出版者 出版单位 出版社名称 出版发行者 出版机构 出版商 publisher press",
    BookField.PLACE: "出版地 出版地点 place",
    BookField.PUBLISHED: "出版日期 出版年 出版时间 出版年月 出版年份 年代 出版年代 版年 editiondate pubyear pubdate publicationdate year",
    BookField.MONTH: "出版月 出版月份 pubmonth",
    BookField.EDITION: "版次 版本 版本项 版别 edition",
    BookField.PAGES: "页数 页码 总页数 页 pages",
    BookField.PRICE: "价格 定价 单价 书价 图书价格 图书定价 原价 标价 单册价 流通单册价 售价 码洋单价 获得方式 price pricecny",
    BookField.SERIES: "丛书 丛书名 丛编 丛编题名 丛书项 系列 系列名 套书名 series",
    BookField.LANGUAGE: "语种 语言 文种 language",
    BookField.SUBJECTS: "主题词 主题 关键词 标签 主题标目 主题名称 subject subjects keywords",
    BookField.SUMMARY: "内容简介 简介 摘要 内容提要 提要 内容摘要 图书简介 summary",
    BookField.NOTE: "备注 附注 说明 注 note notes remark",
    BookField.COPIES: "册数 数量 复本数 复本 本数 馆藏本数 馆藏册数 馆藏数量 藏书数量 复本量 图书数量 库存 库存数量 册 总册数 馆藏数 馆藏复本 册数本 入库数量 quantity copies count",
    BookField.BARCODE: "条码 条码号 条形码 图书条码 图书条码号 图书条形码 馆藏条码 馆藏条码号 条形码号 馆藏条形码 书籍条码 册条码 条码编号 barcode",
    BookField.ACCESSION_NUMBER: "登录号 登记号 财产号 个别登记号 个别登录号 登录编号 总登记号 总登录号 资产编号 登记编号 图书登记号 图书登录号 财产登记号 个别登记编号 图书编号 编号 accessionnumber accession",
    BookField.CALL_NUMBER: "索书号 索取号 排架号 书标号 索书 callnumber",
    BookField.CLC: "分类号 中图分类号 中图法分类号 类号 图书分类号 中图法 分类代码 分类 图书分类 类别 图书类别 clc",
    BookField.BOOK_NUMBER: "种次号 书次号 著者号 种次",
    BookField.SHELF: "位置 书籍位置 架位 书架 架位号 馆藏位置 存放位置 排架位置 书架号 馆藏地点 馆藏地 存放地点 藏书地点 所在位置 图书位置 书架位置 柜号 书柜 架号 location shelf",
    BookField.COLLECTION: "藏书区 馆藏区 藏书室 馆藏部门 典藏地 典藏库 书库 专架 馆藏类型 collection",
    IGNORED: "原因 whynot 序号 序 编目员 录入员 入库日期 入库时间 登记日期 主题 主题词 关键词 标签 评分 评价人数 装帧 开本 尺寸 总价 金额 码洋 合计金额 小计 折扣 实洋 供应商 书商 来源 状态 馆藏状态 借阅次数 图片 封面 binding genretags doubanid source mainland juvenilehint index no id",
}
_READER_WORDS: Mapping[str, str] = {
    ReaderField.NAME: "姓名 名字 读者姓名 学生姓名 教师姓名 读者 学生 教师 教师名 借阅人 借书人 name",
    ReaderField.NUMBER: "学号 学生编号 工号 教工号 职工号 编号 校内学号 学生学号 学生号 教师编号 教职工号 人员编号 studentnumber",
    ReaderField.CARD: "借书号 借书证号 借书证 读者证号 读者证 证号 卡号 借阅证号 借阅证 借阅号 读者号 读者编号 读者条码 读者条码号 条码号 条形码 条码 图书证号 一卡通号 证件条码 借书卡号 card cardnumber",
    ReaderField.CLASS: "班级 单位 所在班级 所在班 班 所属班级 班级名称 部门 年级班级 年班 读者单位 所在单位 所属部门 行政班 class",
    ReaderField.GRADE: "年级 所在年级 级部 grade",
    ReaderField.CATEGORY: "读者类型 读者类别 读者级别 身份 类型 类别 人员类别 人员类型 category",
    ReaderField.SEAT: "座号 座位号 班内序号 班内号 班级序号 座次号 seat",
    ReaderField.LIMIT: "借书额度 额度 可借册数 可借数 借阅册数 最大借书量 限借册数 可借数量 最大可借数 借书册数 借阅数量 可借本数 借阅额度 限额 limit",
    ReaderField.PERMISSION: "借书权限 权限 状态 借阅状态 证件状态 读者状态 借阅权限 证状态 借书证状态 status",
    IGNORED: "原因 whynot 序号 序 性别 出生日期 生日 民族 电话 手机 手机号 联系电话 家长电话 住址 家庭住址 地址 邮箱 备注 学籍号 全国学籍号 学籍辅号 身份证 身份证号 身份证件号 办证日期 有效期 押金 照片 班主任 gender sex",
}


def _table(words: Mapping[str, str]) -> Mapping[str, str]:
    return {match_key(word): field for field, line in words.items() for word in line.split()}


LOAN_WORDS = frozenset(
    match_key(word)
    for word in [
        "借书日期",
        "借阅日期",
        "借出日期",
        "借书时间",
        "借阅时间",
        "借出时间",
        "还书日期",
        "归还日期",
        "还书时间",
        "归还时间",
        "应还日期",
        "应还时间",
        "到期日期",
        "借阅人",
        "借书人",
        "借阅天数",
        "datetime",
        "readerid",
        "action",
        "duedays",
        "duedate",
    ]
)
"""What stands above a list of loans, which has names of books in it and is no list of the stock."""

WORDS: Mapping[Kind, Mapping[str, str]] = {
    Kind.BOOKS: {**dict.fromkeys(LOAN_WORDS, IGNORED), **_table(_BOOK_WORDS)},
    Kind.READERS: _table(_READER_WORDS),
}
FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.BOOKS: tuple(BookField),
    Kind.READERS: tuple(ReaderField),
}
NEEDED: Mapping[Kind, str] = {Kind.BOOKS: BookField.NAME, Kind.READERS: ReaderField.NAME}

_LONGEST_HEADER = 24
_BRACKETED = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")


def header_key(text: str) -> str:
    """Give what spellings of one header share: 定价（元） and 定 价* are 定价."""
    bare = _BRACKETED.sub("", text)
    return match_key(bare) or match_key(text)


def field_of(kind: Kind, text: str, *, learned: Mapping[str, str]) -> str | None:
    """Tell which field a header names, `IGNORED` if none is wanted, None if it is unknown.

    `learned` is what somebody at this school once said by hand, by header key.
    """
    if not text or len(text) > _LONGEST_HEADER:
        return None
    key = header_key(text)
    return learned.get(key, WORDS[kind].get(key))
