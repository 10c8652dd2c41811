"""A desk that nobody uses locks itself; nothing can be recorded until its owner opens it."""

from __future__ import annotations

from shuxiang.circulation.models import Loan
from shuxiang.platform.schools.actions import change_settings
from shuxiang.readers.models import Reader
from shuxiang.readers.tests.factories import SECRET
from shuxiang.web.desk.tests.factories import NOW, PIN


def test_a_locked_desk_records_nothing_and_keeps_its_rows(library, desk):
    desk.scan("00018001", library.other)
    desk.post("lock")
    refused = desk.scan("00018002", library.other)
    assert (refused.what, refused.status) == ("locked", 423)
    assert Loan.objects.count() == 1
    seen = desk.see()
    assert "流通台已锁" in seen
    assert "城南旧事" in seen


def test_every_act_is_closed_while_the_desk_is_locked(library, desk):
    desk.post("lock")
    for where in ("renew", "undo", "hold", "book", "clock"):
        assert desk.post(where, reader=str(library.other.pk)).status == 423, where


def test_nobody_walks_from_a_locked_desk_into_the_office(library, desk):
    desk.post("lock")
    for path in ("/office/readers/", f"/desk/slip/{library.other.pk}/", "/desk/visit/", "/own/"):
        answer = desk.client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/"), path
    before = Reader.objects.count()
    desk.client.post("/office/readers/new/", {"name": "张三"})
    assert Reader.objects.count() == before
    assert desk.client.post("/sign-out/").status_code == 302


def test_its_owner_opens_it_with_a_pin_or_the_password(library, desk):
    for secret in (PIN, SECRET):
        desk.post("lock")
        assert desk.post("unlock", password=secret).status == 200
        assert desk.scan("R90001").status == 200


def test_a_wrong_pin_leaves_it_locked(library, desk):
    desk.post("lock")
    wrong = desk.post("unlock", password="9999")
    assert wrong.status == 422
    assert "流通台仍然锁着" in wrong.panel
    assert desk.scan("R90001").status == 423


def test_it_locks_by_itself_after_the_minutes_that_the_school_chose(library, desk, clock):
    clock.shift(4 * 60)
    assert desk.scan("R90001").status == 200
    clock.shift(7 * 60)
    assert desk.scan("R90001").status == 423


def test_the_school_chooses_the_minutes(library, desk, clock):
    change_settings(
        school=library.school,
        changes={"desk.idle_minutes": 30},
        by=library.librarian,
        now=NOW,
    )
    desk.see()
    clock.shift(25 * 60)
    assert desk.scan("R90001").status == 200


def test_a_visit_that_is_watched_by_the_other_device_locks_all_the_same(library, desk, clock):
    opened = desk.client.post("/desk/visit/open/", {"school_class": library.school_class.pk})
    for _ in range(8):
        clock.shift(60)
        desk.client.get(f"{opened.url}since/0/")
    assert desk.post(f"{opened.url}scan/", code="00018001").status == 423
