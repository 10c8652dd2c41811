"""Every address × method × role × own, other class, other school, from the table `matrix.txt`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver

from shuxiang.circulation.tests.factories import NOW
from shuxiang.platform.accounts.roles import Role
from shuxiang.web.front import errors
from tests.roles.world import World, a_world

MATRIX = Path(__file__).parent / "matrix.txt"
METHODS = ("get", "post", "put", "patch", "delete")
SHUT = {403, 404}
NOT_MADE = ("backup", "job", "-")
"""Things that the world only half has: a page of them may say that there is none."""
TO_SIGN_IN = "/sign-in/"


@dataclass(frozen=True)
class Line:
    address: str
    methods: frozenset[str]
    thing: str
    who: frozenset[str]

    def url(self, world: World) -> str:
        keys = world.things.get(self.thing, ())
        url = self.address
        for key in keys if isinstance(keys, tuple) else (keys,):
            before, _, rest = url.partition("<")
            url = before + str(key) + rest.partition(">")[2]
        return url


def lines() -> list[Line]:
    read = []
    for row in MATRIX.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            address, methods, thing, *who = row.split()
            read.append(Line(address, frozenset(methods.split(",")), thing, frozenset(who)))
    return read


def addresses(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern)


def ask(client: Client, method: str, url: str) -> int:
    """Send one request and take back what it did; tell how it was answered."""
    cookies = SimpleCookie({name: one.value for name, one in client.cookies.items()})
    with transaction.atomic():
        answer = getattr(client, method)(url)
        transaction.set_rollback(True)
    client.cookies = cookies  # a sign-out is taken back too
    if answer.status_code in (302, 303) and TO_SIGN_IN in answer.headers["Location"]:
        return 401
    if answer.status_code == 401 or "HX-Redirect" in answer.headers:
        return 401
    return int(answer.status_code)


@pytest.fixture
def worlds(db):
    with time_machine.travel(NOW, tick=True):  # in the hours of the appointed helper
        yield a_world(), a_world()


def _bare(_request: HttpRequest, status: int, *_said: str, **_more: object) -> HttpResponse:
    return HttpResponse(status=status)


@pytest.fixture
def clients(worlds, monkeypatch):
    monkeypatch.setattr(errors, "_page", _bare)  # two thousand refusals; others look at the pages
    signed_in = {"nobody": Client()}
    for role, account in worlds[0].people.items():
        signed_in[role] = Client()
        signed_in[role].force_login(account, "shuxiang.platform.accounts.backends.AccountBackend")
    for client in signed_in.values():
        client.raise_request_exception = False
    return signed_in


def test_every_address_has_a_line_and_every_line_an_address():
    assert {line.address for line in lines()} == set(addresses(get_resolver()))


def test_r58_each_role_opens_what_the_table_says_and_nothing_else(worlds, clients):
    wrong = []
    for line in lines():
        url = line.url(worlds[0])
        for who, client in clients.items():
            for method in sorted(line.methods):
                status = ask(client, method, url)
                may = "anyone" in line.who or who in line.who
                shut = status == 401 if who == "nobody" else status in SHUT | {401}
                absent = status == 404 and (method == "post" or line.thing in NOT_MADE)
                if status >= 500 or (may and shut and not absent) or (not may and not shut):
                    wrong.append(f"{method} {line.address} as {who}: {status}")
    assert wrong == []


def test_a_method_that_the_table_does_not_name_is_refused(clients, worlds):
    wrong = []
    for line in lines():
        url = line.url(worlds[0])
        roles = line.who & set(clients) or {"librarian"}
        for method in set(METHODS) - line.methods:
            status = ask(clients[sorted(roles)[0]], method, url)
            if status not in {405, *SHUT}:
                wrong.append(f"{method} {line.address}: {status}")
    assert wrong == []


def test_r58_nobody_reaches_into_another_school(clients, worlds):
    wrong = []
    for line in lines():
        if line.thing in ("-", "kind", "backup", "day"):
            continue
        for who in sorted(line.who - {"anyone"}):
            for method in sorted(line.methods):
                status = ask(clients[who], method, line.url(worlds[1]))
                if status not in SHUT:
                    wrong.append(f"{method} {line.address} of another school as {who}: {status}")
    assert wrong == []


def test_r58_a_class_teacher_reaches_into_no_other_class(clients, worlds):
    own, other = worlds[0].things["class"], worlds[0].things["other class"]
    teacher = clients[Role.CLASS_TEACHER.value]
    for page in (
        "/office/my-classes/{}/",
        "/office/late/classes/{}/",
        "/office/late/classes/{}/slips/",
        "/office/late/recall/classes/{}/",
        "/office/borrowing/classes/{}/",
    ):
        assert ask(teacher, "get", page.format(own)) == 200
        assert ask(teacher, "get", page.format(other)) in SHUT
