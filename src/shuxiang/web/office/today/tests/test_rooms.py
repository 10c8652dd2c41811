"""What stands at the left of every page of the office."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from shuxiang.circulation.tests.factories import an_account
from shuxiang.platform.accounts.roles import Role
from shuxiang.web.office import nav


def entries(page):
    """Read the entries in front, and those behind the heading."""
    rooms = page.partition('<header class="sx-rooms">')[2].partition("</nav>")[0]
    front, _, behind = rooms.partition("<details>")
    return [re.findall(r'<a href="(/[^"]+)"', part) for part in (front, behind)]


def test_what_is_seldom_needed_stands_behind_one_heading_and_the_open_room_in_front(
    office, library
):
    page = office.get(reverse("schools.change_settings")).content.decode()
    front, behind = entries(page)
    assert len(front) <= nav.MOST
    assert front[-1] == reverse("schools.change_settings")
    assert {reverse("jobs.see_jobs"), reverse("backup.see")} <= set(behind)
    assert "设置与工具" in page


@pytest.mark.parametrize("role", [Role.SCHOOL_ADMIN, Role.PRINCIPAL])
def test_few_rooms_all_stand_in_front(client, library, role):
    client.force_login(an_account(library.school, role))
    page = client.get("/office/", follow=True).content.decode()
    front, behind = entries(page)
    assert front
    assert behind == []
