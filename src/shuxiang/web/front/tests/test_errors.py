import psycopg
import pytest
from django.db import OperationalError
from django.test import Client

from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.tests.factories import an_account

NOTHING_RECORDED = "没有记录"


@pytest.fixture
def zhou(school):
    return an_account(school, Role.LIBRARIAN)


def test_an_address_without_a_page_says_what_to_do(client, zhou):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "青禾小学" in answer.content.decode()


def test_what_the_role_does_not_include_says_that_nothing_was_recorded(client, school):
    client.force_login(an_account(school, Role.PRINCIPAL))
    answer = client.post("/own/pin/", {})
    assert answer.status_code == 403
    assert NOTHING_RECORDED in answer.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_every_role_is_told_in_a_page_of_its_own(client, school, role):
    client.force_login(an_account(school, role))
    closed = "/me/pin/" if role is Role.SCHOOL_ADMIN else "/office/accounts/"
    for address, status in (("/nowhere/", 404), (closed, 403)):
        answer = client.get(address)
        assert answer.status_code == status
        assert "<h1" in answer.content.decode()


def test_a_form_that_is_too_old_says_that_nothing_was_recorded(zhou):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert NOTHING_RECORDED in answer.content.decode()


def test_a_form_that_is_too_big_is_told_apart(client, zhou, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    answer = client.post("/sign-in/", {f"f{n}": "1" for n in range(9)})
    assert answer.status_code == 413
    assert NOTHING_RECORDED in answer.content.decode()


def test_a_host_that_is_not_ours_gets_a_plain_refusal(client, zhou):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_failure_is_told_without_asking_the_database(client, zhou, monkeypatch):
    from shuxiang.web.front import hall

    client.raise_request_exception = False

    def fall(*_):
        raise RuntimeError

    monkeypatch.setattr(hall, "open_state", fall)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "RuntimeError" not in answer.content.decode()


def test_a_database_that_is_away_is_waited_for_by_the_desk(client, zhou, monkeypatch):
    from shuxiang.web.front import hall

    client.raise_request_exception = False

    def away(*_):
        raise OperationalError("refused") from psycopg.OperationalError("connection refused")

    monkeypatch.setattr(hall, "open_state", away)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "暂时连不上图书馆的数据" in answer.content.decode()


@pytest.mark.parametrize("words", ["database or disk is full", "no such column: x"])
def test_what_waiting_does_not_mend_is_no_database_that_is_away(client, zhou, monkeypatch, words):
    from shuxiang.web.front import hall

    client.raise_request_exception = False

    def fail(*_):
        raise OperationalError(words)

    monkeypatch.setattr(hall, "open_state", fail)
    assert client.get("/").status_code == 500
