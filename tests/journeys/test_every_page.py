"""Every page of every role can be used by everybody, and no page calls another machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django_scopes import scope
from playwright.sync_api import BrowserContext

from shuxiang.circulation.actions import trust_clock
from shuxiang.circulation.tests.factories import NOW
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.worker import run
from tests.journeys.inspector import Inspector
from tests.roles.test_matrix import Line, lines
from tests.roles.world import World, a_world

BACKEND = "shuxiang.platform.accounts.backends.AccountBackend"
LONG_AGO = NOW - timedelta(days=30)
NOBODY = "nobody"
OFFICE_ALONE = (Role.PRINCIPAL, Role.SCHOOL_ADMIN, Role.DISTRICT)
PARTS = {Role.LIBRARIAN: 4}
"""Who opens most is looked at in parts, which several workers share."""
FRONT = "/"
NO_PAGE = {
    # files and what is no page
    "/catalogue/titles/<int:pk>/book.json",
    "/catalogue/titles/<int:pk>/book.ris",
    "/catalogue/titles/<int:pk>/book.txt",
    "/healthz",
    "/office/backups/<str:name>/download",
    "/office/helpers/badges.pdf",
    "/office/helpers/certificates.pdf",
    "/office/imports/<int:pk>/refused.xlsx",
    "/office/imports/new/<list_of:kind>/list.xlsx",
    "/office/orientation/rules/poster.pdf",
    "/office/printing/cards.pdf",
    "/office/printing/cards.png",
    "/office/printing/labels.pdf",
    "/office/printing/labels.png",
    "/office/readers/<int:pk>/photo/",
    "/office/times/rotation.xlsx",
    "/office/times/turns/<int:pk>/places",
    "/rotation/<str:secret>.ics",
    # a part of a page, which that page asks for
    "/desk/nobody/",
    "/desk/visit/<int:visit_id>/since/<int:entry_id>/",
    "/office/imports/<int:pk>/progress/",
    "/office/helpers/roster/<int:pk>/progress",
    "/office/times/proposals/<int:pk>/progress",
    # leads on
    "/office/",
    # pages of another state of the library, which other journeys come through
    "/me/helping/test/",
    "/me/pin/",
    "/set-up/",
    "/office/backups/<str:name>/restore",
    "/office/backups/restoring",
    "/office/imports/<int:pk>/take-back/",
    "/office/late/recall/classes/<int:pk>/clearance/",
    "/office/years/columns/",
}


@pytest.fixture
def world(server) -> Iterator[World]:
    """A school with one of everything, a late book, a waiting reader and a list to look at."""
    with time_machine.travel(NOW, tick=True):
        made = a_world()
        with scope(school=made.library.school):
            trust_clock(school=made.library.school, by=made.library.librarian, now=LONG_AGO)
            made.library.lend(copy=1, pupil=1, now=LONG_AGO)
            made.library.place_hold(copy=1, pupil=0)
            run(Job.objects.get(pk=made.things["job"]), clock=lambda: NOW)
        yield made


def pages_of(role: str) -> list[Line]:
    """List what is looked at as a role: what is open to anyone as nobody, and the front page as all.

    What the principal and both administrators open as the librarian does is looked at once.
    """
    own = {role, "anyone"} if role == NOBODY else {role}
    seen = {Role.LIBRARIAN} if role in OFFICE_ALONE else set()
    return [
        line
        for line in lines()
        if "get" in line.methods
        and ((own & line.who and not seen & line.who) or line.address == FRONT)
    ]


def let_in(context: BrowserContext, account: Account, root: str) -> None:
    """Give a window the session of an account."""
    client = Client()
    client.force_login(account, BACKEND)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": root}])


@pytest.mark.parametrize(
    ("role", "part"), [(role, n) for role in (NOBODY, *Role) for n in range(PARTS.get(role, 1))]
)
def test_every_page_can_be_used_by_everybody(server, browser, world, role, part):
    context = browser.new_context()
    if role != NOBODY:
        let_in(context, world.people[role], server.url)
    inspector = Inspector(context.new_page(), server.url)
    for line in pages_of(role)[part :: PARTS.get(role, 1)]:
        if line.address in NO_PAGE:
            continue
        inspector.open(line.url(world))
    context.close()
    assert inspector.found == []


def test_what_is_called_no_page_is_an_address():
    assert {line.address for line in lines()} >= NO_PAGE
