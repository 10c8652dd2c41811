from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django_scopes import scope

from shuxiang.circulation.actions import enrol_kiosk
from shuxiang.circulation.models import Kiosk
from shuxiang.platform.schools.actions import change_settings
from shuxiang.web.desk.tests.factories import NOW, OpenLibrary, an_open_library


class Answer:
    """What came back: its code, its words, and the proof of whose card it was."""

    def __init__(self, response: Any) -> None:
        self.status = response.status_code
        self.html = response.content.decode()
        root = re.search(r"<div\s+data-answer=[^>]*>", self.html)
        self.facts = dict(re.findall(r'data-([a-z-]+)="([^"]*)"', root[0])) if root else {}
        self.what, self.tone = self.facts.get("answer", ""), self.facts.get("tone", "")
        self.card = unescape(self.facts.get("reader", ""))
        rows, _, side = self.html.partition('id="next"')
        self.rows, self.side = plain(rows), plain("<div " + side)


def plain(html: str) -> str:
    html = re.sub(r"<svg.*?</svg>|<template.*?</template>", "", html, flags=re.DOTALL)
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", html).split()))


@dataclass
class Device:
    """A kiosk's page as its browser sees it."""

    client: Client
    kiosk: Kiosk
    asked: int = 0

    def scan(self, code: str, card: str = "", nonce: str = "") -> Answer:
        """Scan a label; `card` is what the page keeps of the card before."""
        self.asked += 1
        fields = {"code": code, "reader": card, "nonce": nonce or f"k{id(self)}-{self.asked}"}
        return Answer(self.client.post("/kiosk/scan/", fields))


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=True) as moved:
        yield moved


@pytest.fixture
def library(db: None) -> Iterator[OpenLibrary]:
    made = an_open_library()
    with scope(school=made.school):
        change_settings(
            school=made.school, changes={"kiosk.open": True}, by=made.librarian, now=NOW
        )
        yield made


def another_device(library: OpenLibrary, name: str) -> Device:
    kiosk, token = enrol_kiosk(school=library.school, name=name, by=library.librarian, now=NOW)
    client = Client()
    client.cookies["kiosk"] = token
    return Device(client, kiosk)


@pytest.fixture
def device(library: OpenLibrary) -> Device:
    return another_device(library, "门口")
