"""Readers who sign in: their account knows them, with the least that it needs."""

from __future__ import annotations

import pytest

from shuxiang.platform.accounts.actions import UsernameTaken
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.models import Entry
from shuxiang.readers import actions
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import reader_of
from shuxiang.readers.tests.factories import NOW, TODAY, a_reader, an_account


def opened(reader, librarian, username="xiaoman"):
    return actions.open_account(reader=reader, username=username, by=librarian, now=NOW)


@pytest.mark.parametrize(
    ("category", "role"), [("pupil", Role.PUPIL), ("teacher", Role.CLASS_TEACHER)]
)
def test_an_account_opened_for_a_reader_has_the_least_role_and_knows_its_reader(
    school, librarian, category, role
):
    reader = a_reader(school, category=category)
    issued = opened(reader, librarian)
    assert issued.account.roles == {role}
    assert issued.account.must_change_password
    assert reader_of(issued.account) == reader
    assert Entry.objects.filter(verb="readers.open_account").count() == 1


@pytest.mark.parametrize("category", ["staff", "class"])
def test_other_roles_are_the_administrators_to_give(school, librarian, category):
    with pytest.raises(actions.NoAccountForThese):
        opened(a_reader(school, category=category), librarian)


def test_a_reader_has_one_account(school, librarian):
    reader = a_reader(school)
    opened(reader, librarian)
    with pytest.raises(actions.HasAccount):
        opened(reader, librarian, username="other")
    with pytest.raises(UsernameTaken):
        opened(a_reader(school, "何青"), librarian)


def test_an_account_is_said_to_be_another_readers_and_nobodys_again(school, librarian):
    first, second = a_reader(school), a_reader(school, "何青")
    account = an_account(school, Role.HELPER)
    for reader in (first, second):
        actions.link_account(account=account, reader=reader, by=librarian, now=NOW)
    assert reader_of(account) == second
    actions.link_account(account=account, reader=None, by=librarian, now=NOW)
    assert reader_of(account) is None
    assert not Reader.objects.exclude(account=None).exists()


def test_an_account_does_not_take_a_reader_from_another(school, librarian):
    reader = a_reader(school)
    opened(reader, librarian)
    account = an_account(school, Role.HELPER)
    with pytest.raises(actions.HasAccount):
        actions.link_account(account=account, reader=reader, by=librarian, now=NOW)


def test_who_leaves_signs_in_no_more_until_coming_back(school, librarian):
    reader = a_reader(school)
    account = opened(reader, librarian).account
    actions.leave(reader=reader, on=TODAY, by=librarian, now=NOW)
    assert not Account.objects.get(pk=account.pk).is_active
    actions.come_back(reader=reader, school_class=None, on=TODAY, by=librarian, now=NOW)
    assert Account.objects.get(pk=account.pk).is_active


def test_the_account_of_a_librarian_who_leaves_is_the_administrators_to_close(school, librarian):
    reader = a_reader(school, category="teacher")
    actions.link_account(account=librarian, reader=reader, by=librarian, now=NOW)
    actions.leave(reader=reader, on=TODAY, by=librarian, now=NOW)
    assert Account.objects.get(pk=librarian.pk).is_active
