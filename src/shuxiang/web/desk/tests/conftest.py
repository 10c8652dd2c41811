from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.test import Client
from django_scopes import scope

from shuxiang.platform.accounts.models import Account
from shuxiang.web.desk.tests.factories import NOW, OpenLibrary, an_open_library


@dataclass
class Page:
    """The desk's page as its browser sees it: what is asked, and the words of the answer."""

    client: Client
    path: str = "/desk/"
    asked: int = 0

    def post(self, where: str, **fields: Any) -> Any:
        self.asked += 1
        fields = {"nonce": f"n{self.asked}", **fields}
        return self.client.post(f"{self.path}{where}/", fields, headers={"HX-Request": "true"})

    def scan(self, code: str = "", reader: Any = None, **fields: Any) -> Any:
        return self.post("scan", code=code, reader=reader.pk if reader else "", **fields)


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
