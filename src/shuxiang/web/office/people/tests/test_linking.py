"""What the office shows of accounts and the readers that they are."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django_scopes import scope

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import reader_of
from shuxiang.readers.tests.factories import a_class, a_reader, a_school, an_account


def at(name, *keys):
    return reverse(f"readers.{name}", args=keys)


def test_an_account_is_opened_from_the_readers_page_and_its_password_shown_once(office, school):
    pupil = a_reader(school, "陈小满", number="2024017")
    assert at("open_account", pupil.pk) in office.get(at("see_reader", pupil.pk)).content.decode()
    assert 'value="2024017"' in office.get(at("open_account", pupil.pk)).content.decode()
    shown = office.post(at("open_account", pupil.pk), {"username": "2024017"})
    assert shown.context["issued"].password in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    account = Account.objects.get(username="2024017")
    assert account.roles == {Role.PUPIL}
    assert reader_of(account) == pupil
    page = office.get(at("see_reader", pupil.pk)).content.decode()
    assert "2024017" in page
    assert at("open_account", pupil.pk) not in page


@pytest.mark.parametrize("username", ["zhoumin", "a b", ""])
def test_a_name_that_nobody_can_sign_in_with_is_refused(office, school, username):
    pupil = a_reader(school)
    answer = office.post(at("open_account", pupil.pk), {"username": username})
    assert answer.status_code == 422
    assert Reader.objects.get().account is None


def test_the_administrator_finds_the_reader_that_an_account_is(office, school):
    pupil = a_reader(school, "何文", school_class=a_class(school))
    a_reader(school, "陈小满")
    helper = an_account(school, Role.HELPER, name="何文")
    account_page = reverse("accounts.change_account", args=[helper.pk])
    assert at("link_account", helper.pk) in office.get(account_page).content.decode()
    page = office.get(at("link_account", helper.pk)).content.decode()
    assert "三年级2班" in page or "三(2)班" in page
    assert "陈小满" not in page
    office.post(at("link_account", helper.pk), {"reader": pupil.pk})
    assert reader_of(helper) == pupil
    assert "何文" in office.get(account_page).content.decode()
    office.post(at("link_account", helper.pk), {"reader": ""})
    assert reader_of(helper) is None


def test_a_reader_of_another_school_is_not_there(office, school):
    other = a_school("松风小学")
    with scope(school=other):
        stranger = a_reader(other)
    helper = an_account(school, Role.HELPER)
    for key in (stranger.pk, "x"):
        answer = office.post(at("link_account", helper.pk), {"reader": key})
        assert answer.status_code == 404


def test_a_librarian_opens_accounts_for_readers_and_links_no_others(client, school):
    client.force_login(an_account(school, Role.LIBRARIAN))
    pupil, helper = a_reader(school), an_account(school, Role.HELPER)
    assert client.get(at("open_account", pupil.pk)).status_code == 200
    assert client.get(at("link_account", helper.pk)).status_code == 403
