"""Readers find books as they type."""

from __future__ import annotations

import sys

import pytest
from django.db import connection
from django_scopes import scope

from shuxiang.catalogue import actions
from shuxiang.catalogue.models import Holding, IndexCard
from shuxiang.catalogue.queries import Narrowing, as_listed, fetch, listed, search
from shuxiang.catalogue.queries.filing import wrongly_filed
from shuxiang.catalogue.rules import NewContributor, NewCopy
from shuxiang.catalogue.rules.searching import Way, questions
from shuxiang.catalogue.tests.factories import NOW, a_school, a_title, take_in, with_isbn
from shuxiang.formats.search import read

BOOKS = (
    a_title("红楼梦", author="曹雪芹, 高鹗著", publisher="人民文学出版社", clc="I242.4"),
    a_title("红楼梦研究", author="俞平伯", clc="I207.411"),
    a_title("读红楼梦随笔", author="无名", clc="I207.411"),
    a_title("城南旧事", author="林海音", numbers=with_isbn("9787500794202")),
    a_title(
        "曾国藩家书", author="曾国藩", contributors=(NewContributor("曾国藩", "著"),), clc="K827"
    ),
    a_title("哈利·波特与魔法石", author="[英] J.K.罗琳", series="哈利·波特", series_number="1"),
    a_title("哈利·波特与密室", author="[英] J.K.罗琳", series="哈利·波特", series_number="2"),
    a_title("三国演义", volume="上册", author="罗贯中", clc="I242.4"),
    a_title("三国演义", volume="下册", author="罗贯中", clc="I242.4", year=1990),
    a_title("C++ 程序设计", author="谭浩强", clc="TP312"),
    a_title("C程序设计", author="谭浩强", clc="TP312", subjects="C语言 教材"),
    a_title("长征", author="王树增", clc="I25"),
    a_title("The Secret Garden", author="Frances Burnett", clc="I561"),
    a_title("没头脑和不高兴", author="任溶溶", clc="I287"),
    a_title("欲望小说", author="小池真理子", clc="I313"),
    a_title("小王子", author="圣埃克苏佩里", clc="I565"),
    a_title("𠮷野家的猫", author="山田", clc="I313"),
)


@pytest.fixture
def library(db):
    school = a_school()
    with scope(school=school):
        take_in(
            school,
            *(NewCopy(title=title, barcode=f"S{n:04d}") for n, title in enumerate(BOOKS)),
        )
        yield school


def names(school, text, **choice):
    hits = search(school=school, text=text, narrowing=Narrowing(**choice))
    return [f"{h.title.name}{h.title.volume}" for h in fetch(school, hits.holdings)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("红楼梦", "红楼梦"), ("紅樓夢", "红楼梦"), ("《红楼梦》", "红楼梦"), ("hlm", "红楼梦"), ("hl m", "红楼梦"),
        ("hongloumeng", "红楼梦"), ("hong lou meng", "红楼梦"), ("honglm", "红楼梦"), ("红lm", "红楼梦"), ("红楼梦 曹雪芹", "红楼梦"),
        ("曹雪芹", "红楼梦"), ("caoxueqin", "红楼梦"), ("红楼梦曹雪芹", "红楼梦"), ("红搂梦", "红楼梦"), ("红楼门", "红楼梦"),
        ("9787500794202", "城南旧事"), ("978-7-5007-9420-2", "城南旧事"), ("7500794207", "城南旧事"), ("ISBN 978-7-5007-9420-2", "城南旧事"),
        ("城南", "城南旧事"), ("旧事", "城南旧事"), ("cnjs", "城南旧事"), ("chengnanjiushi", "城南旧事"), ("chengnanjiushii", "城南旧事"),
        ("chegnnanjiushi", "城南旧事"), ("zengguofan", "曾国藩家书"), ("cengguofan", "曾国藩家书"), ("zgf", "曾国藩家书"),
        ("哈利波特 2", "哈利·波特与密室"), ("哈利波特与密室", "哈利·波特与密室"), ("哈利·波特与魔法石", "哈利·波特与魔法石"), ("三国演义 下册", "三国演义下册"),
        ("三国演义 下", "三国演义下册"), ("C++", "C++ 程序设计"), ("c程序设计", "C程序设计"), ("C语言", "C程序设计"), ("changzheng", "长征"),
        ("zhangzheng", "长征"), ("secret garden", "The Secret Garden"), ("garden", "The Secret Garden"), ("I207.411", "红楼梦研究"),
        ("meitounao", "没头脑和不高兴"), ("没头恼和不高兴", "没头脑和不高兴"), ("没头脑不高兴", "没头脑和不高兴"), ("𠮷", "𠮷野家的猫"), ("s0003", "城南旧事"),
        ("人民文学 红楼", "红楼梦"), ("红lou梦", "红楼梦"), ("城nan旧s", "城南旧事"), ("小wang子", "小王子"), ("猫", "𠮷野家的猫"),
    ],
)  # fmt: skip
def test_r24_a_title_is_found_as_one_types_it(library, typed, first):
    assert names(library, typed)[:1] == [first]


def test_r24_the_book_comes_before_books_about_it(library):
    assert names(library, "红楼梦") == ["红楼梦", "红楼梦研究", "读红楼梦随笔"]


@pytest.mark.parametrize(
    "typed",
    ['"', "*", "(", ")", "%", "\\", "\x00", "。，！", "😀", "'", ":*", "-", "''", '"" OR ""', "^", "|", "&", "!", "<->"],
)  # fmt: skip
def test_signs_alone_find_nothing_and_break_nothing(library, typed):
    assert names(library, typed) == []


@pytest.mark.parametrize(
    "typed",
    ["NEAR", "红楼 AND", "NOT 红楼梦x", "红" * 10_000, "a" * 10_000, 'x" OR "1', "x' | 'y", "terms: x", "a:b*", "红\x00楼梦", "9.78E+12"],
)  # fmt: skip
def test_what_a_database_would_understand_is_only_text(library, typed):
    names(library, typed)


def test_a_long_question_is_asked_once_as_it_stands(library):
    pasted = "".join(chr(0x4E00 + 7 * at) for at in range(100))
    assert len(list(questions(pasted, read(pasted)))) == 1
    assert names(library, pasted) == []


def test_what_was_forgiven_is_said(library):
    assert search(school=library, text="红楼梦").way is Way.TYPED
    assert search(school=library, text="honglm").way is Way.SPOKEN
    assert search(school=library, text="红搂梦").way is Way.SOUND
    assert search(school=library, text="没头恼和不高心").way is Way.SOUND
    assert search(school=library, text="没头脑不高兴").way is Way.NEARLY
    assert search(school=library, text="红楼梦 王朔").way is Way.SOME_WORDS


def test_a_choice_narrows_and_the_counts_tell_before(library):
    hits = search(school=library, text="红楼梦")
    assert hits.main_classes == {"I": 3}
    assert names(library, "曾国藩", main_class="K") == ["曾国藩家书"]
    assert names(library, "曾国藩", main_class="I") == []


def test_another_schools_books_are_not_found(library):
    other = a_school("别的学校")
    with scope(school=other):
        take_in(other, NewCopy(title=a_title("红楼梦外传")))
        assert names(other, "红楼梦") == ["红楼梦外传"]
    assert "红楼梦外传" not in names(library, "红楼梦")


def test_a_changed_title_is_found_by_its_new_name_alone(library):
    holding = Holding.objects.get(title__name="城南旧事")
    actions.change_title(holding=holding, changes={"name": "城北新事"}, by=None, now=NOW)
    assert names(library, "城北新事") == ["城北新事"]
    assert names(library, "城南") == []
    assert wrongly_filed(library).count == 0


@pytest.mark.parametrize("typed", ["小王子", "xiaowangzi", "xwz"])
def test_of_too_many_titles_the_one_that_is_called_so_comes_first(library, monkeypatch, typed):
    monkeypatch.setattr(sys.modules["shuxiang.catalogue.queries.search"], "MOST", 2)
    about = [NewCopy(title=a_title(f"{name}小王子")) for name in ("走近", "读懂", "漫画")]
    take_in(library, *about, NewCopy(title=a_title("小王子", author="佚名")))
    hits = search(school=library, text=typed)
    assert hits.is_broad
    assert [h.title.name for h in fetch(library, hits.holdings)] == ["小王子", "小王子"]


def test_what_a_list_shows_of_a_title_equals_its_twin(library):
    own = {"name": "城北新事", "year": 2020, "summary": "英子", "price": "12.50"}
    there = Holding.objects.filter(title__name="城南旧事")
    there.update(changes=own, clc="I207", call_number="I207/1")
    holdings = list(Holding.objects.select_related("title").order_by("-pk"))
    said = listed(library, [holding.pk for holding in holdings])
    assert said == [as_listed(holding) for holding in holdings]
    assert "城北新事" in {title.name for title in said}


def test_a_title_without_its_terms_is_noticed(library):
    card = IndexCard.objects.get(name="城南旧事")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM catalogue_terms WHERE rowid = %s", [card.pk])
        else:
            cursor.execute(
                "UPDATE catalogue_indexcard SET terms = '' WHERE holding_id = %s", [card.pk]
            )
    assert wrongly_filed(library).examples == (str(card.pk),)
    card.delete()
    assert actions.index_lacking() == 1
    assert wrongly_filed(library).count == 0
