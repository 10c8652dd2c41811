"""Anybody finds a book, narrows what was found, and comes back to it by its address."""

import re
import sys
from urllib.parse import quote

import pytest
from django_scopes import scope

from shuxiang.catalogue.models import Shelf
from shuxiang.catalogue.rules import NewCopy
from shuxiang.catalogue.tests.factories import a_title, take_in
from shuxiang.circulation.models import Loan
from shuxiang.circulation.tests.factories import NOW, a_library, an_account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.schools.actions import change_settings
from shuxiang.readers.models import Reader
from shuxiang.web.opac import facets
from shuxiang.web.opac.views import finding


def found(page):
    hits = re.findall(r'<h2 class="name"><a[^>]*>(.*?)</a>', page)
    return [re.sub(r"<.*?>", "", hit).strip() for hit in hits]


def test_r24_the_first_page_has_one_box_new_books_and_the_classes(look):
    page = look()
    assert "今天想读什么？" in page
    assert page.count('name="q"') == 1
    assert "/catalogue/search?class=K" in page
    assert "无架的书" in page


def popular(page):
    part = page.partition('id="popular"')[2].partition('id="classes"')[0]
    return re.findall(r"<b>(.*?)</b>", part)


def test_r24_what_is_lent_most_stands_on_the_first_page_by_grade_and_without_names(library, look):
    assert "大家爱看" not in look()
    library.lend(copy=2, pupil=1)
    for pupil in (0, 1, 2):
        library.lend(copy=0, pupil=pupil)
        library.take_back(0)
    library.lend(copy=6, pupil=2)
    library.lend(copy=3, pupil=1)
    library.take_back(3)
    library.lend(copy=3, pupil=2)

    assert popular(look()) == ["红楼梦", "哈利·波特与魔法石"]
    assert popular(look("?grade=3")) == popular(look())
    assert "这几周里没有哪本书被这个年级借过两次" in look("?grade=4")
    for odd in ("all", "7", "-1", "x" * 300, "%00"):
        assert popular(look(f"?grade={odd}")) == popular(look())
    assert not any(pupil.name in look() for pupil in library.pupils)


def test_r24_a_pupil_sees_what_the_own_grade_reads(library, look, client):
    account = an_account(library.school, Role.PUPIL)
    Reader.objects.filter(pk=library.pupils[0].pk).update(account=account)
    library.lend(copy=0, pupil=0)
    library.take_back(0)
    library.lend(copy=0, pupil=1)
    Loan.objects.update(grade=4)
    assert popular(look()) == ["红楼梦"]
    client.force_login(account)

    assert popular(look()) == []
    assert popular(look("?grade=all")) == ["红楼梦"]


def test_the_examples_on_the_first_page_find_what_they_promise(look):
    page = look()
    examples = re.findall(r'\?q=([a-z]+)"><kbd>\1</kbd>([^<]+)</a>', page)
    assert examples
    for letters, name in examples:
        assert name in found(look(f"search?q={letters}"))


def test_r24_a_search_names_author_call_number_place_and_how_many_are_in(look):
    page = look(f"search?q={quote('红楼梦')}")
    assert found(page) == ["红楼梦", "红楼梦研究"]
    for said in ("曹雪芹", "I242.4/1", "文学 4", "在架 2 / 2 册", "<mark>红楼梦</mark>研究"):
        assert said in page


def test_without_words_the_newest_stand_first(look):
    assert found(look("search"))[0] == "无架的书"


def test_r24_out_and_elsewhere_have_their_own_shapes(library, look):
    library.lend(copy=2)
    library.copies[3].standing = "in_class_box"
    library.copies[3].save(update_fields=["standing"])
    page = look("search")
    assert '<span class="sx-in out">都借出</span>' in page
    assert "12月7日应还" in page
    assert '<span class="sx-in box">在班级图书箱</span>' in page


def test_what_was_forgiven_is_said_with_a_way_back(look):
    page = look(f"search?q={quote('红搂梦')}")
    assert "没有写作“红搂梦”的书" in page
    assert "exact=1" in page
    assert found(look(f"search?q={quote('红搂梦')}&exact=1")) == []


def test_pinyin_is_said_and_can_be_taken_for_letters(look):
    page = look("search?q=hlm")
    assert "按拼音" in page
    assert found(page)[0] == "红楼梦"
    assert found(look("search?q=hlm&exact=1")) == []


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        ("class=K", ["万历十五年"]), ("audience=d", ["哈利·波特与密室", "哈利·波特与魔法石"]),
        ("class=I&audience=m", ["红楼梦研究"]), ("class=K&in=1", []),
    ],
)  # fmt: skip
def test_r24_a_choice_narrows(library, look, choice, left):
    library.lend(copy=2)
    assert found(look(f"search?{choice}")) == left


def test_r24_a_shelf_narrows_and_the_choice_can_be_taken_off(look):
    shelf = Shelf.objects.get(code="历史 1")
    page = look(f"search?shelf={shelf.pk}&order=title")
    assert found(page) == ["万历十五年"]
    assert 'class="sx-chip" href="?"' in page


def test_the_counts_are_what_each_choice_leaves(library, look):
    library.lend(copy=2)
    page = re.sub(r"<[^>]+>|\s+", " ", look("search"))
    assert re.search(r"马上能借 +5 ", page)
    assert re.search(r" 文学 +4 .* 历史、地理 +1 ", page)
    assert re.search(r"小学高年级、初中 +2 ", page)


def test_choices_that_leave_little_wait_behind_a_word(look, monkeypatch):
    monkeypatch.setattr(facets, "SHOWN", 2)
    assert "<summary>另外 1 项</summary>" in look("search")


@pytest.mark.parametrize(
    ("order", "first"),
    [("newest", "无架的书"), ("call_number", "红楼梦研究"), ("name", "哈利·波特与密室")],
)
def test_r24_an_order_can_be_chosen(look, order, first):
    assert found(look(f"search?order={order}"))[0] == first


def test_what_has_no_call_number_stands_last_on_the_shelf(look):
    assert found(look("search?order=call_number"))[-1] == "无架的书"


def test_every_question_has_an_address_that_keeps_all_of_it(look):
    page = look("search?q=j&order=name")
    assert "?q=j&amp;in=1&amp;order=name" in page


@pytest.mark.parametrize("page", ["-1", "1000000000", "0", "x", "９", "1" * 5000, ""])
def test_a_page_that_is_not_there_is_a_page_all_the_same(look, page):
    assert found(look(f"search?page={page}"))


def test_pages_lead_on_and_a_page_too_far_says_so(look, monkeypatch):
    monkeypatch.setattr(finding, "PAGE", 4)
    first, far = look("search"), look("search?page=77")
    assert 'rel="next" href="?page=2"' in first
    assert len(found(first)) == 4
    assert "没有第 77 页，这是第 2 页。" in far
    assert 'rel="prev"' in far


@pytest.mark.parametrize(
    "choice", ["class=ZZ", "audience=?", "shelf=999", f"shelf={'9' * 40}", "order=best", "in=maybe"]
)
def test_what_an_address_says_and_nobody_knows_is_left_out_and_named(look, choice):
    page = look(f"search?{choice}")
    assert len(found(page)) == 6
    assert "不认得" in page


@pytest.mark.parametrize(
    "typed",
    ['"', "*", "(", "NEAR", "%", "\\", "\x00", "😀", "𠮷", "。，！", "a" * 10_000, "红" * 10_000, "<script>x", "' OR 1=1 --"],
)  # fmt: skip
def test_r24_bad_input_gets_a_page_that_tells_what_to_try(look, typed):
    page = look(f"search?q={quote(typed)}")
    assert "<script>x" not in page
    assert found(page) or "拼音的首字母" in page


def test_nothing_found_offers_the_way_out_of_a_narrowing(look):
    page = look("search?q=hlm&class=K")
    assert "去掉筛选，在全馆里找" in page
    assert 'href="?q=hlm"' in page


def test_r24_a_search_costs_the_same_however_much_is_found(
    look, library, django_assert_num_queries
):
    with django_assert_num_queries(
        8
    ):  # who asks, the school, a setting, shelves, titles, loans, this page
        look("search")
    take_in(library.school, *(NewCopy(title=a_title(f"新书{n}")) for n in range(30)))
    with django_assert_num_queries(8):
        look("search")


def test_the_first_page_costs_the_same_however_much_there_is(
    library, look, django_assert_num_queries
):
    for copy in (0, 0, 1, 1):
        library.lend(copy=copy)
        library.take_back(copy)
    with django_assert_num_queries(9):
        look()


def test_more_than_can_be_ranked_is_said(look, monkeypatch):
    monkeypatch.setattr(sys.modules["shuxiang.catalogue.queries.search"], "MOST", 3)
    assert "这里列出最新的" in look("search")
    assert "种以上" in look("search?q=m")


def test_an_empty_library_says_what_will_be_here(client, db):
    made = a_library(copies=0)
    with scope(school=made.school):
        assert "这里还没有书" in client.get("/catalogue/").content.decode()


def test_a_server_of_several_schools_shows_no_catalogue_to_strangers(client, library):
    a_library(copies=1)
    assert client.get("/catalogue/").headers["Location"] == "/"
    assert client.get("/catalogue/search?q=hlm").headers["Location"] == "/"
    address = f"/catalogue/titles/{library.copies[0].holding_id}/"
    assert client.get(address).headers["Location"] == "/"


def test_the_front_page_has_the_box(client, library):
    page = client.get("/").content.decode()
    assert 'action="/catalogue/search"' in page
    assert 'href="/catalogue/"' in page


def test_readers_find_their_own_books_once_the_school_lets_them(look, library):
    assert "/me/" not in look()
    change_settings(
        school=library.school, changes={"readers.sign_in": True}, by=library.librarian, now=NOW
    )
    assert look().count('href="/me/"') == 2
