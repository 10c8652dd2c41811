"""A browser, a server with a school behind it, and somebody who sits down at a desk."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django_scopes import scope
from playwright.sync_api import Browser, expect, sync_playwright

from shuxiang.web.desk.tests.factories import NOW, OpenLibrary, an_open_library
from tests.journeys.desks import PATIENCE, Desk
from tests.journeys.librarian import Librarian
from tests.journeys.server import Server
from tests.serving import Terminal, chromium

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--no-first-run"]
WIDE = (1366, 768)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps a loop in this thread, in which Django would not ask the database, and
    # has other connections than before: those would stay open, and a restore found the file in use.
    connections.close_all()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show with a failure what stood on the screens."""
    report = yield
    browser = getattr(item, "funcargs", {}).get("browser")
    if report.when == "call" and report.failed and browser:
        for page in (page for context in browser.contexts for page in context.pages):
            words = page.locator("body").inner_text(timeout=PATIENCE)
            report.sections.append((f"on the screen: {page.url}", words))
    return report


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a database for one more library; none where each home has its own file."""
    engine = settings.DATABASES["default"]
    if "postgresql" not in engine["ENGINE"]:
        yield ""
        return
    from psycopg import connect  # only where PostgreSQL is used
    from psycopg.sql import SQL, Identifier

    name, reached = f"journey_{uuid4().hex}", f"host={quote(engine['HOST'], safe='')}"
    place = f"postgres://{engine['USER']}:{quote(engine['PASSWORD'])}@:{engine['PORT']}"
    with connect(f"{place}/postgres?{reached}", autocommit=True) as database:
        database.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield f"{place}/{name}?{reached}"
        database.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@pytest.fixture
def newcomer(browser: Browser, tmp_path: Path, empty_database: str) -> Iterator[Librarian]:
    """Somebody before a library that has just been opened for the first time."""
    terminal = Terminal(tmp_path / "home", database_url=empty_database)
    context = browser.new_context(locale="zh-CN", accept_downloads=True)
    yield Librarian(context.new_page(), terminal)
    context.close()
    terminal.close()


@pytest.fixture
def server(transactional_db: None) -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def clock() -> Iterator[Any]:
    """The server's clock: a Monday at 10:20, in the third lesson."""
    with time_machine.travel(NOW, tick=True) as moved:
        yield moved


@pytest.fixture
def library(server: Server, clock: Any) -> Iterator[OpenLibrary]:
    """A class of 40 that has its turn now, and 100 books."""
    made = an_open_library(pupils=40, copies=100)
    with scope(school=made.school):
        yield made


@pytest.fixture
def sit_down(browser: Browser, server: Server) -> Iterator[Callable[..., Desk]]:
    """Open a window and sign in; a fault of the page's own scripts fails the test."""
    desks: list[Desk] = []

    def open_window(
        username: str = "zhoumin", *, size: tuple[int, int] = WIDE, **window: object
    ) -> Desk:
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, **window)  # type: ignore[arg-type]
        desks.append(Desk(context.new_page(), server.url).sign_in(username))
        return desks[-1]

    yield open_window
    said = [word for desk in desks for word in desk.said]
    for desk in desks:
        desk.page.context.close()
    assert said == []


@pytest.fixture
def desk(library: OpenLibrary, sit_down: Callable[..., Desk]) -> Desk:
    return sit_down().open()
