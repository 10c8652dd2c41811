"""A pupil finds a book on a telephone, comes back to what was found, and has it held."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from urllib.parse import parse_qsl, quote, urljoin, urlsplit

import pytest
import time_machine
from django.test import Client
from django_scopes import scope
from playwright.sync_api import Page, expect

from shuxiang.catalogue.models import Holding, Shelf, Title
from shuxiang.circulation.models import Hold
from shuxiang.demo.build import build
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.models import Reader
from shuxiang.readers.tests.factories import SECRET, an_account
from shuxiang.web.desk.tests.factories import NOW
from tests.journeys.inspector import PHONE, Inspector

FOUND = ".opac-hits .name a"


@pytest.fixture
def reader(library) -> Reader:
    """A pupil who signs in as lilei; the book that she would like is out."""
    made: Reader = library.pupils[7]
    made.account = an_account(library.school, Role.PUPIL, name=made.name, username="lilei")
    made.save(update_fields=["account"])
    for copy in (library.copies[0], library.copies[2]):
        library.lend(copy, library.other)
    return made


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def phone(request, browser, server, reader) -> Iterator[Page]:
    size = {"width": PHONE[0], "height": PHONE[1]}
    context = browser.new_context(
        viewport=size, locale="zh-CN", base_url=server.url, java_script_enabled=request.param
    )
    yield context.new_page()
    context.close()


def search(page: Page, text: str) -> None:
    box = page.get_by_role("searchbox", name="找书").locator("visible=true")
    box.fill(text)
    box.press("Enter")
    page.wait_for_url("**/catalogue/search?*")


def test_r24_from_the_search_on_a_phone_to_the_hold(phone, reader):
    phone.goto("/catalogue/")
    search(phone, "cnjs")
    expect(phone.get_by_text("按拼音")).to_be_visible()
    phone.locator(FOUND).first.click()
    expect(phone.get_by_role("heading", name="城南旧事", level=1)).to_be_visible()
    expect(phone.get_by_label("到哪里拿").get_by_text("都借出")).to_be_visible()
    phone.get_by_role("link", name="登录后预约").click()
    phone.get_by_label("用户名").fill("lilei")
    phone.get_by_label("密码", exact=True).fill(SECRET)
    phone.get_by_role("main").get_by_role("button", name="登录").click()
    phone.get_by_role("button", name="预约，留一册给我").click()
    expect(phone.get_by_text("《城南旧事》预约好了，你排第一。")).to_be_visible()
    assert Hold.objects.get().reader == reader
    phone.reload()
    expect(phone.get_by_text("你预约了，排第一")).to_be_visible()
    assert Hold.objects.count() == 1


def test_r24_what_was_found_has_an_address_and_the_way_back_leads_to_it(phone):
    phone.goto("/catalogue/search?class=I&order=call_number")
    phone.locator(".opac-narrow > summary").click()
    phone.locator(".opac-narrow").get_by_role("link", name="马上能借").click()
    phone.get_by_role("link", name="下一页").click()
    there, names = phone.url, phone.locator(FOUND).all_inner_texts()
    assert {"class=I", "in=1", "order=call_number", "page=2"} <= set(
        urlsplit(there).query.split("&")
    )
    phone.locator(FOUND).first.click()
    expect(phone.get_by_label("到哪里拿")).to_be_visible()
    phone.go_back()
    assert (phone.url, phone.locator(FOUND).all_inner_texts()) == (there, names)
    phone.goto(there)
    assert phone.locator(FOUND).all_inner_texts() == names
    phone.locator(".opac-chips .sx-chip", has_text="马上能借").click()
    assert "in=1" not in phone.url


def test_every_state_of_the_catalogue_can_be_used_by_everybody(browser, server, reader):
    context = browser.new_context(locale="zh-CN")
    inspector = Inspector(context.new_page(), server.url)
    shelf = Shelf.objects.get(code="Q")
    for address in (
        f"?q={quote('城楠旧事')}",
        f"?shelf={shelf.pk}&class=Q&in=1&order=name&page=9",
        "?q=xyzzyqq&class=I&audience=zz",
        "?q=cnjs&exact=1",
    ):
        inspector.open(f"/catalogue/search{address}")
    context.close()
    assert inspector.found == []


OF_A_KIND = 4
"""Searches, files and narrowed lists differ in their words alone: so many of each kind are opened."""
EVERY_ONE = re.compile(r"/catalogue/titles/n/|/catalogue/search\?page|[^?]*/")
LINK = re.compile(r'<a\s[^>]*?href="([^"]+)"')
SAYS_WHO_IS_WHO = "/sign-in/"
"""The demo school names on such pages whom one may sign in as; no other school does."""
PARTS = re.compile(r"""[<>"']""")


class Stranger:
    """Somebody who has not signed in and follows every link there is."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)
        self.seen: Counter[str] = Counter()
        self.waiting = ["/"]
        self.known = {"/"}
        self.faults: list[str] = []
        self.read: set[str] = set()

    def walk(self) -> None:
        while self.waiting:
            address = self.waiting.pop()
            kind = kind_of(address)
            if self.seen[kind] < OF_A_KIND or EVERY_ONE.fullmatch(kind):
                self.seen[kind] += 1
                self.open(address)

    def open(self, address: str) -> None:
        answer = self.client.get(address)
        if answer.status_code not in (200, 302):
            self.faults.append(f"{address}: {answer.status_code}")
        page = answer.content.decode()
        if SAYS_WHO_IS_WHO not in address:
            self.read.update(PARTS.split(page))
        links = {urljoin(address, html.unescape(link)) for link in LINK.findall(page)}
        here = {link.partition("#")[0] for link in links if link.startswith("/")}
        self.waiting += sorted(here - self.known)
        self.known |= here


def kind_of(address: str) -> str:
    """Tell links apart by what they do."""
    parts = urlsplit(address)
    path = re.sub(r"\d+", "n", parts.path)
    return f"{path}?{'&'.join(name for name, _ in parse_qsl(parts.query))}" if parts.query else path


@pytest.mark.django_db
def test_r24_a_stranger_who_follows_every_link_meets_no_error_and_no_reader():
    with time_machine.travel(NOW, tick=False):
        school = build(seed=1, at=NOW, progress=lambda done, total: None, days=2)
        stranger = Stranger()
        stranger.walk()
    with scope(school=school):
        titles = stranger.seen["/catalogue/titles/n/"]
        assert titles == Holding.objects.count()
        books = "\n".join(chain(*Title.objects.values_list("name", "author", "series")))
        people = {*Reader.objects.values_list("name", flat=True)}
    people |= {*Account.objects.values_list("name", flat=True)}
    said = "\n".join(stranger.read)
    assert stranger.faults == []
    assert [name for name in people if name in said and name not in books] == []
