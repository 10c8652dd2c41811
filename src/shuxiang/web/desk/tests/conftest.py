from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.test import Client
from django_scopes import scope

from shuxiang.platform.accounts.models import Account
from shuxiang.web.desk.tests.factories import NOW, OpenLibrary, an_open_library


class Answer:
    """What came back: its code, its words, and who is on the screen."""

    def __init__(self, response: Any) -> None:
        self.status = response.status_code
        self.html = response.content.decode()
        root = re.search(r"<div\s+data-answer=[^>]*>", self.html)
        self.facts = dict(re.findall(r'data-([a-z-]+)="([^"]*)"', root[0])) if root else {}
        self.what = self.facts.get("answer", "")
        rows, _, panel = self.html.partition("<aside")
        self.rows, self.panel = _plain(rows), _plain("<aside" + panel)

    @property
    def act(self) -> int:
        """The number of the act that the answer's row stands for."""
        found = re.search(r'data-act="(\d+)"', self.html)
        assert found, self.html
        return int(found[1])


def _plain(html: str) -> str:
    html = re.sub(r"<svg.*?</svg>|<template.*?</template>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@dataclass
class Page:
    """The desk's page as its browser sees it: what is asked, and the words of the answer."""

    client: Client
    path: str = "/desk/"
    asked: int = 0

    def post(self, where: str, **fields: Any) -> Answer:
        self.asked += 1
        fields = {"nonce": f"n{id(self)}-{self.asked}", **fields}
        path = where if where.startswith("/") else f"{self.path}{where}/"
        return Answer(self.client.post(path, fields, headers={"HX-Request": "true"}))

    def scan(self, code: str = "", reader: Any = None, **fields: Any) -> Answer:
        """Scan a label while a reader is on the screen."""
        return self.post("scan", code=code, reader=reader.pk if reader else "", **fields)

    def see(self, path: str = "/desk/") -> str:
        return _plain(self.client.get(path).content.decode())


@pytest.fixture(autouse=True)
def _clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=True) as clock:
        yield clock


@pytest.fixture
def clock(_clock: Any) -> Any:
    return _clock


@pytest.fixture
def library(db: None) -> Iterator[OpenLibrary]:
    made = an_open_library()
    with scope(school=made.school):
        yield made


def page_of(account: Account) -> Page:
    client = Client()
    client.force_login(account)
    client.get("/desk/")
    return Page(client)


@pytest.fixture
def desk(library: OpenLibrary) -> Page:
    return page_of(library.librarian)


@pytest.fixture
def helpers_desk(library: OpenLibrary) -> Page:
    return page_of(library.helper)
