"""What the gallery shows: invented people and lessons, real titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict

from shuxiang.web.components.drawn import Choice

COVERS = [
    ("红楼梦", "曹雪芹", "I242.4"),
    ("安徒生童话", "安徒生", "I534.88"),
    ("海底两万里", "儒勒·凡尔纳", "I565.44"),
    ("小狗钱钱", "博多·舍费尔", "F830.59"),
    ("狼王梦", "沈石溪", "I287.45"),
    ("城南旧事", "林海音", "I246.7"),
    ("上下五千年", "林汉达", "K209"),
    ("万历十五年", "黄仁宇", "K248.3"),
    ("昆虫记", "法布尔", "Q96-49"),
    ("时间简史", "霍金", "P159-49"),
    ("数学之美", "吴军", "O1-49"),
    ("从一到无穷大", "伽莫夫", "N49"),
    ("父与子全集", "卜劳恩", "J238.2"),
    ("论语译注", "杨伯峻", "B222.22"),
    ("中国少年儿童百科全书", "林崇德", "Z228.1"),
    ("好饿的毛毛虫", "艾瑞·卡尔", "I712.85"),
    ("猜猜我有多爱你", "山姆·麦克布雷尼", "I561.85"),
    ("大卫，不可以", "大卫·香农", "I712.85"),
    ("爷爷一定有办法", "菲比·吉尔曼", "I711.85"),
    ("哈利·波特与魔法石", "J.K.罗琳", "I561.84"),
    ("夏洛的网", "E.B.怀特", "I712.84"),
    ("Charlotte's Web", "E. B. White", "I712.84"),
    ("三体", "刘慈欣", "I247.55"),
    ("写给儿童的世界历史：从两河流域到地中海", "陈卫平", "K109"),
    ("窗边的小豆豆", "黑柳彻子", "I313.85"),
    ("中国少年儿童百科全书（自然·环境卷，修订版）", "林崇德", "N61"),
    ("西游记（上、中、下）", "吴承恩", "I242.4"),
]
CHOICES = [
    Choice("文学", 128, "#", is_chosen=True),
    Choice("历史、地理", 36, "#"),
    Choice("数理化学", 12, "#"),
]
MORE_CHOICES = [Choice("艺术", 5, "#"), Choice("天文、地球科学", 2, "#")]
SWATCHES = [
    ("paper", "纸"), ("surface", "面"), ("sunken", "凹"), ("ink", "墨"), ("ink-2", "次墨"), ("ink-3", "淡墨"),
    ("seal", "朱砂 印与拒"), ("pine", "松 成"), ("amber", "琥珀 待"), ("indigo", "靛 还与链接"),
    ("g1", "一年级"), ("g2", "二年级"), ("g3", "三年级"), ("g4", "四年级"), ("g5", "五年级"), ("g6", "六年级"),
]  # fmt: skip
PEOPLE = [
    ("米粒", 1, "一年级3班"),
    ("骆一川", 2, "二年级1班"),
    ("顾一诺", 3, "三年级2班"),
    ("许可", 4, "四年级3班"),
    ("林书言", 5, "五年级3班"),
    ("欧阳予安", 6, "六年级2班"),
]
PUPILS = [
    ("1", "安若溪", "lent", "借了 2 册", False),
    ("5", "程思远", "back", "还了，没借", False),
    ("13", "高梓萱", "kept", "续借 1 册", False),
    ("17", "何俊熙", "late", "逾期 5 天", False),
    ("7", "邓子谦", "away", "请假", False),
    ("20", "蒋承宇", "now", "正在借", True),
    ("25", "陆清和", "todo", "还没还", False),
    ("26", "迪丽努尔·买买提", "back", "已还 2 册", False),
]
REGISTER = [
    ("I 文学", "3,410", "6,128", "128,440.50", "51.1%"),
    ("K 历史、地理", "620", "1,004", "27,815.00", "8.4%"),
    ("N–Q 自然科学", "1,080", "1,762", "49,306.20", "14.7%"),
    ("J 艺术", "744", "1,120", "30,202.80", "9.3%"),
]
VISIT = [("good", 14), ("info", 3), ("wait", 2), ("bad", 2), ("none", 2), ("todo", 17)]
SHELVES = [("文学 I", 46), ("绘本", 31), ("艺术 J", 12), ("历史 K", 9), ("自然 N–Q", 7)]
ICONS = ["home", "barcode", "books", "users", "calendar", "settings", "printer", "search", "check"]
LONG_LIST = 612


@dataclass(frozen=True)
class Room:
    """One door of the office, as the navigation wants it."""

    name: str
    label: str
    icon: str
    url: str = "#"
    count: int = 0


ROOMS = [
    Room("today", "今天", "home"),
    Room("desk", "流通台", "barcode"),
    Room("books", "书目与馆藏", "books"),
    Room("readers", "读者", "users"),
    Room("timetable", "轮流表", "calendar", count=2),
    Room("settings", "设置", "settings"),
]


class BookForm(forms.Form):
    """Every kind of field once, one of them filled in wrongly."""

    title = forms.CharField(label="书名")
    isbn = forms.CharField(label="ISBN", help_text="扫书背后的条码最快。")
    clc = forms.CharField(
        label="分类号",
        required=False,
        help_text="中图法，建议 I246.7",
        widget=forms.TextInput(attrs={"placeholder": "写词也行，如 小说"}),
    )
    grade = forms.ChoiceField(label="年级", choices=[("5", "五年级"), ("6", "六年级")])
    bought_on = forms.DateField(
        label="购入日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    copies = forms.IntegerField(label="册数", min_value=1)
    kind = forms.ChoiceField(
        label="来源",
        choices=[("bought", "购买"), ("given", "捐赠"), ("moved", "调拨")],
        widget=forms.RadioSelect,
    )
    on_shelf = forms.BooleanField(label="登记后马上上架", required=False)
    note = forms.CharField(label="附注", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_isbn(self) -> str:
        isbn: str = self.cleaned_data["isbn"]
        raise forms.ValidationError(f"少一位：写了 {len(isbn)} 位，应是 13 位数字。")


class ListForm(forms.Form):
    """What narrows a list."""

    words = forms.CharField(label="姓名、拼音或学号", required=False)
    grade = forms.ChoiceField(
        label="年级", choices=[("", "全部年级"), ("3", "三年级")], required=False
    )


def filled_in_wrongly() -> BookForm:
    """Return a form that comes back with an error."""
    return BookForm(
        {
            "title": "城南旧事",
            "isbn": "978702006691",
            "grade": "5",
            "bought_on": "2026-11-06",
            "copies": "3",
            "kind": "bought",
            "on_shelf": "on",
        }
    )


def everything(query: QueryDict) -> dict[str, Any]:
    """Return what the gallery's template shows."""
    number = query.get("page", "4")
    pages = Paginator(range(LONG_LIST), 20)
    return {
        "rooms": ROOMS,
        "icons": ICONS,
        "covers": COVERS,
        "choices": CHOICES,
        "more_choices": MORE_CHOICES,
        "swatches": SWATCHES,
        "people": PEOPLE,
        "pupils": PUPILS,
        "register": REGISTER,
        "visit": VISIT,
        "shelves": SHELVES,
        "book_form": filled_in_wrongly(),
        "list_form": ListForm(),
        "page": pages.get_page(number),
    }
