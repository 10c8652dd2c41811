"""An appointed helper: only for the classes and hours given, and nothing but lend, return, shelve."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.test import Client

from shuxiang.catalogue.models import Copy, Standing
from shuxiang.circulation.models import Loan
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.actions import change_settings
from shuxiang.readers.actions import link_account, restrict
from shuxiang.readers.tests.factories import a_reader
from shuxiang.student_librarians import actions, queries
from shuxiang.student_librarians.tests.factories import a_shift, an_appointed_helper
from shuxiang.timetable.models import Term
from shuxiang.web.desk.tests.conftest import page_of
from shuxiang.web.desk.tests.factories import EARLIER, NOW


@pytest.fixture
def post(library):
    """The helper is a pupil of the class that comes now, appointed for it from 10 to 11 on Mondays."""
    reader = a_reader(library.school, "沈知夏", school_class=library.school_class, card="R00099")
    by = library.librarian
    link_account(account=library.helper, reader=reader, by=by, now=NOW)
    post = an_appointed_helper(reader, Term.objects.get(), by=by, now=NOW)
    shift = a_shift(library.school, now=NOW)
    actions.change_post(
        post=post, work="desk", classes=[library.school_class], shifts=[shift], by=by, now=NOW
    )
    return post


@pytest.fixture
def helpers_desk(library, post):
    return page_of(library.helper)


def written():
    return Entry.objects.filter(verb__startswith="circulation.").count()


def test_r35_an_appointed_helper_lends_and_takes_back_under_the_own_name(library, helpers_desk):
    assert helpers_desk.scan("00018001", library.pupils[0]).what == "circulation.lend"
    assert helpers_desk.scan("00018001").what == "circulation.take_back"
    assert {entry.by for entry in Entry.objects.order_by("-pk")[:2]} == {library.helper}


def test_the_desk_leads_an_appointed_helper_to_the_own_turns(library, client, post):
    shown = []
    for account in (library.helper, library.librarian):
        client.force_login(account, "shuxiang.platform.accounts.backends.AccountBackend")
        shown.append(" ".join(client.get("/desk/").content.decode().split()))
    helper, librarian = shown
    assert ("我的值日和换班" in helper, "我的值日和换班" in librarian) == (True, False)
    assert (">F8<" in helper, ">F8<" in librarian) == (False, True)
    assert ("放行</span>" in helper, "放行</span>" in librarian) == (False, True)
    actions.end_post(post=post, why="", by=library.librarian, now=NOW)
    client.force_login(library.helper, "shuxiang.platform.accounts.backends.AccountBackend")
    assert "我的值日和换班" not in client.get("/desk/").content.decode()


def test_the_panel_of_nobody_tells_a_helper_nothing_of_passing(library, client):
    for account, told in ((library.helper, False), (library.librarian, True)):
        client.force_login(account, "shuxiang.platform.accounts.backends.AccountBackend")
        assert ("放行" in client.get("/desk/nobody/").content.decode()) is told


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"code": "R90001"}, "不归你服务"),
        ({"code": "林书言"}, "不归你服务"),
        ({"code": "00018003", "reader": "other"}, "不归你服务"),
        ({"person": "other"}, "不归你服务"),
        ({"code": "00018001"}, "借给了你不服务的班级"),
    ],
    ids=["card", "name", "on the screen", "chosen", "a book that comes back"],
)
def test_r35_a_class_that_is_not_served_is_not_touched(library, helpers_desk, fields, words):
    library.lend(library.copies[0], library.other)
    before = written()
    for name, value in fields.items():
        fields[name] = str(library.other.pk) if value == "other" else value
    answer = helpers_desk.post("scan", **fields)
    assert answer.status == 422
    assert words in answer.rows
    assert "林书言" not in answer.html.replace("“林书言”", "")
    assert (written(), Loan.objects.on_hand().count()) == (before, 1)


def test_r35_a_card_of_another_class_puts_the_reader_before_aside(library, helpers_desk):
    before = helpers_desk.scan(library.pupils[0].card)
    assert before.facts["reader"] == str(library.pupils[0].pk)
    other = helpers_desk.scan("R90001", library.pupils[0])
    assert (other.facts["answer"], other.facts["reader"]) == ("not_your_class", "")


def test_r35_outside_the_hours_a_clear_sentence_and_nothing_recorded(library, post, clock):
    clock.shift(timedelta(minutes=55))
    helpers_desk = page_of(library.helper)
    answer = helpers_desk.scan("00018001", library.pupils[0])
    assert "现在不是你值日的时间" in answer.rows
    assert "周一 10:00–11:00" in answer.rows
    assert Loan.objects.count() == 0
    assert "现在不是你值日的时间" in helpers_desk.see()
    assert helpers_desk.client.get("/desk/visit/").status_code == 302


def test_r35_before_and_after_the_appointment_the_desk_is_shut(library, post, helpers_desk):
    actions.end_post(post=post, by=library.librarian, now=NOW)
    assert helpers_desk.client.get("/desk/").status_code == 403, "the role went with it"
    library.helper.held_roles.create(role="helper")
    answer = helpers_desk.scan("00018001", library.pupils[0])
    assert "你的任职现在不生效" in answer.rows
    assert Loan.objects.count() == 0


def test_r35_who_has_the_role_alone_is_shut_out_only_by_the_first_appointment(
    library, desk, request
):
    alone = page_of(library.helper)
    assert alone.scan("00018001", library.other).what == "circulation.lend"
    an_appointed_helper(library.pupils[0], Term.objects.get(), by=library.librarian, now=NOW)
    assert "没有被聘为小馆员" in alone.scan("00018002", library.other).rows
    change_settings(school=library.school, changes={queries.BY_ROLE: True}, by=None, now=NOW)
    assert alone.scan("00018002", library.other).what == "circulation.lend"


@pytest.mark.parametrize("where", ["renew", "hold", "book", "clock"])
def test_r35_nothing_else_than_lend_return_and_shelve(library, helpers_desk, where):
    library.lend(library.copies[0], library.pupils[0])
    before = written()
    answer = helpers_desk.post(where, reader=str(library.pupils[0].pk))
    assert answer.status in {403, 422}
    assert written() == before
    assert 'data-does="renew"' not in helpers_desk.client.get("/desk/").content.decode()


def test_r35_no_page_of_a_helper_names_a_title_that_is_out(library, helpers_desk, desk):
    """Of what is out with others only numbers are seen, wherever the helper looks."""
    library.lend(library.copies[0], library.pupils[0], EARLIER - timedelta(days=30))
    library.lend(library.copies[1], library.pupils[1])
    library.hold(library.copies[1].holding, library.pupils[0])
    restrict(
        reader=library.pupils[0],
        why="家里有事",
        from_on=NOW.date(),
        until_on=None,
        by=None,
        now=NOW,
    )
    desk.scan("00018004", library.pupils[2])
    client = helpers_desk.client
    client.post("/desk/visit/open/", {"school_class": library.school_class.pk})
    visit = library.school_class.visits.get()
    pages = ("/desk/", "/desk/nobody/", "/desk/shelve/", "/desk/visit/")
    parts = (
        f"/desk/visit/{visit.pk}/",
        f"/desk/visit/{visit.pk}/list/",
        f"/desk/visit/{visit.pk}/since/0/",
    )
    seen = [client.get(path).content.decode() for path in (*pages, *parts)]
    seen += [helpers_desk.scan(code).html for code in ("R00001", "R00002", "R00003", "安若溪")]
    seen.append(helpers_desk.scan("00018003", library.pupils[0]).html)
    seen.append(helpers_desk.post(f"/desk/visit/{visit.pk}/scan/", code="R00001").html)
    for html in seen:
        for secret in ("城南旧事", "草房子", "三毛流浪记", "家里有事", "30 天", "<img"):
            assert secret not in html, (secret, html)
    assert "有书逾期" in seen[-2]


def test_r35_no_visit_of_a_class_that_is_not_served(library, helpers_desk, desk):
    other = {"school_class": library.other_class.pk}
    assert helpers_desk.client.post("/desk/visit/open/", other).status_code == 403
    desk.client.post("/desk/visit/open/", other)
    visit = library.other_class.visits.get()
    for path in ("", "list/", "since/0/"):
        assert helpers_desk.client.get(f"/desk/visit/{visit.pk}/{path}").status_code == 403
    choice = helpers_desk.see("/desk/visit/")
    assert "五年级3班" not in choice
    assert "三年级2班" in choice


def test_r35_a_helper_shelves_by_scan(library, helpers_desk):
    copy = library.copies[0]
    library.lend(copy, library.pupils[0])
    out = helpers_desk.post("shelve", code="00018001")
    assert (out.status, "还在借出状态" in out.html) == (422, True)
    library.take_back(copy, NOW)
    for _ in range(2):
        shelved = helpers_desk.post("shelve", code="00018001", nonce="once")
        assert shelved.status == 200
    assert Copy.objects.get(pk=copy.pk).standing == Standing.ON_SHELF
    assert Entry.objects.get(verb="catalogue.put_on_shelf").by == library.helper
    again = helpers_desk.post("shelve", code="00018001")
    assert "已经在架" in again.html


def test_r35_a_scan_of_a_helper_asks_a_fixed_number_of_questions_more(
    library, helpers_desk, desk, django_assert_max_num_queries
):
    with django_assert_max_num_queries(30):
        helpers_desk.scan("00018001", library.pupils[0])


def test_nobody_who_has_not_signed_in_shelves(library):
    assert Client().post("/desk/shelve/", {"code": "00018001"}).status_code == 302


def test_a_helper_with_no_hours_said_helps_whenever_it_is_open(library, post):
    actions.change_post(
        post=post, work="desk", classes=[], shifts=[], by=library.librarian, now=NOW
    )
    a_shift(library.school, now=NOW, starts_at=time(12), ends_at=time(13))
    answer = page_of(library.helper).scan("00018001", library.other)
    assert answer.what == "circulation.lend"
