import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from shuxiang.platform.accounts import actions, queries
from shuxiang.platform.accounts.models import Account, HeldRole
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.accounts.rules import DEMO_PASSWORD
from shuxiang.platform.accounts.tests.moment import NOW, SECRET
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.actions import create_school


def add(school, username="heteacher", roles=(Role.CLASS_TEACHER,), **more):
    return actions.add_account(
        school=school,
        username=username,
        name="何老师",
        roles=roles,
        by=None,
        now=NOW,
        **more,
    )


def opens(username, password):
    return authenticate(RequestFactory().post("/"), username=username, password=password)


def test_a_new_account_gets_a_password_for_one_sign_in(school):
    issued = add(school)
    assert opens("heteacher", issued.password) == issued.account
    assert issued.account.must_change_password
    assert issued.password not in str(Entry.objects.get(verb="accounts.add_account").details)


def test_two_accounts_never_share_a_name_whatever_its_capitals(school):
    add(school)
    with pytest.raises(actions.UsernameTaken):
        add(school, "HeTeacher")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(username="heteacher", created_at=NOW)


@pytest.mark.parametrize("username", ["", "a", "何 老师", "a" * 61, "<b>"])
def test_a_name_that_nobody_could_type_is_refused(school, username):
    with pytest.raises(actions.UsernameUnfit):
        add(school, username)


def test_one_person_may_hold_two_roles(school):
    account = add(school, roles=[Role.LIBRARIAN, Role.CLASS_TEACHER]).account
    assert account.has_perm("circulation.lend")
    assert account.has_perm("circulation.see_class_loans")
    assert not account.has_perm("accounts.add_account")


def test_roles_given_anew_take_the_place_of_the_old_ones(school, admin):
    account = add(school, roles=[Role.LIBRARIAN]).account
    changed = actions.change_account(
        account=account, changes={}, roles=[Role.PRINCIPAL], by=admin, now=NOW
    )
    assert changed.roles == {Role.PRINCIPAL}
    assert HeldRole.objects.get(account=account).role == "principal"


def test_a_school_keeps_its_last_administrator(school, admin):
    for change in ({"changes": {"is_active": False}}, {"changes": {}, "roles": [Role.LIBRARIAN]}):
        with pytest.raises(actions.LastAdministrator):
            actions.change_account(account=admin, by=admin, now=NOW, **change)
    assert Account.objects.get(pk=admin.pk).has_perm("accounts.add_account")


def test_who_is_shut_out_is_signed_out_everywhere(school, admin, client):
    account = add(school, password=SECRET).account
    client.force_login(account)
    changed = {"is_active": False}
    actions.change_account(account=account, changes=changed, by=admin, now=NOW)
    actions.change_account(account=account, changes={"is_active": True}, by=admin, now=NOW)
    assert client.session.get("_auth_user_id") is None
    assert opens("heteacher", SECRET) == account


def test_a_new_password_shuts_the_old_one_out(school, admin):
    account = add(school, password=SECRET).account
    issued = actions.set_password(account=account, by=admin, now=NOW)
    assert opens("heteacher", SECRET) is None
    assert opens("heteacher", issued.password).must_change_password


def test_the_own_password_changes_for_who_knows_it(school, admin):
    with pytest.raises(actions.WrongPassword):
        actions.change_own_password(account=admin, old="guess", new="a-new-kite-flies", now=NOW)
    actions.change_own_password(account=admin, old=SECRET, new="a-new-kite-flies", now=NOW)
    assert opens("zhoumin", "a-new-kite-flies") == admin


def test_a_one_time_password_is_changed_without_typing_it_again(school):
    account = add(school).account
    changed = actions.change_own_password(account=account, old="", new="a-new-kite-flies", now=NOW)
    assert not changed.must_change_password


@pytest.mark.parametrize("weak", ["short", "1985031277", "password", "zhoumin-2026"])
def test_a_password_that_is_no_secret_is_refused(school, admin, weak):
    with pytest.raises(ValidationError):
        actions.change_own_password(account=admin, old=SECRET, new=weak, now=NOW)
    assert opens("zhoumin", SECRET) == admin


def test_the_demo_password_opens_a_demo_school_only(school, admin):
    with pytest.raises(actions.PasswordIsPublic):
        actions.change_own_password(account=admin, old=SECRET, new=DEMO_PASSWORD, now=NOW)
    admin.set_password(DEMO_PASSWORD)
    admin.save()
    assert opens("zhoumin", DEMO_PASSWORD) is None
    demo = create_school(name="演示小学", is_demo=True, by=None, now=NOW)
    account = add(demo, password=DEMO_PASSWORD).account
    assert opens("heteacher", DEMO_PASSWORD) == account
    assert not account.must_change_password


@pytest.mark.parametrize("pin", ["123", "1111", "2345", "8765", "12a4", "１２３５", "123456789"])
def test_a_pin_that_anybody_guesses_is_refused(school, admin, pin):
    with pytest.raises(actions.PinUnfit):
        actions.set_pin(account=admin, pin=pin, by=admin, now=NOW)


def test_a_pin_is_kept_as_a_hash(school, admin):
    changed = actions.set_pin(account=admin, pin="4096", by=admin, now=NOW)
    assert changed.has_pin("4096")
    assert not changed.has_pin("4097")
    assert "4096" not in changed.pin


def test_a_demo_school_shows_one_account_a_role_and_a_real_one_none(school, admin):
    demo = create_school(name="演示小学", is_demo=True, by=None, now=NOW)
    for username, role in [("yuwen", Role.CLASS_TEACHER), ("zhou", Role.LIBRARIAN)]:
        add(demo, username, [role], password=DEMO_PASSWORD)
    add(demo, "shuxue", [Role.CLASS_TEACHER], password=DEMO_PASSWORD)
    assert [each.username for each in queries.demo_accounts(demo)] == ["yuwen", "zhou"]
    assert queries.demo_accounts(school) == []


def test_a_school_does_not_find_anothers_account(school, admin):
    other = create_school(name="松风小学", by=None, now=NOW)
    assert queries.account_of(other, admin.pk) is None
    assert list(queries.see_accounts(other, "周敏")) == []
