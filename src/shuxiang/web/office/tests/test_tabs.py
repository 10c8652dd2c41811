"""Of the tabs above a page the one that is open is marked, and no other."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from django_scopes import scope

from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.tests.factories import a_school, an_account
from shuxiang.timetable.rules import TermDates
from shuxiang.timetable.tests.factories import a_term

TABS = re.compile(r'<nav class="sx-tabs.*?</nav>', re.DOTALL)
TAB = re.compile(r'<a\s+href="([^"]*)"\s+aria-current="page"')
PAGES = [
    *(f"timetable.see_{what}" for what in ("timetable", "terms")),
    "catalogue.see_catalogue",
    "backup.see",
    "circulation.to_forget",
    "schools.change_settings",
    "schools.change_school",
]


def tabbed_pages(browser):
    """Follow the tabs of each page to the pages beside it."""
    pages = {reverse(name) for name in PAGES}
    for address in sorted(pages):
        for tabs in TABS.findall(browser.get(address).content.decode()):
            pages |= set(re.findall(r'href="([^"?]+)"', tabs))
    return sorted(pages)


@pytest.mark.django_db
def test_the_open_tab_is_marked_and_no_other(client):
    school = a_school()
    with scope(school=school):
        client.force_login(an_account(school, Role.LIBRARIAN, Role.SCHOOL_ADMIN))
        a_term(school, TermDates(starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 22)))
        found = {
            address: [
                TAB.findall(tabs) for tabs in TABS.findall(client.get(address).content.decode())
            ]
            for address in tabbed_pages(client)
        }
    assert len(found) > 12
    wrong = {
        address: marked
        for address, marked in found.items()
        if not marked or [len(each) for each in marked] != [1] * len(marked)
    }
    assert wrong == {}
    assert [
        a for a, marked in found.items() if a not in [one for each in marked for one in each]
    ] == []
