import pytest
from django.urls import reverse

from shuxiang.platform.accounts import actions
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.accounts.rules import DEMO_PASSWORD
from shuxiang.platform.audit.models import Entry
from shuxiang.readers.tests.factories import NOW, SECRET, a_school, an_account

SIGN_IN = "/sign-in/"


@pytest.fixture
def zhou(school):
    return an_account(school, Role.LIBRARIAN, username="zhoumin")


def signed_in(client):
    return client.session.get("_auth_user_id")


def try_in(client, username="zhoumin", password=SECRET, **more):
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def test_a_name_and_its_password_open_the_door_and_are_written_down(client, zhou):
    assert try_in(client).status_code == 302
    assert signed_in(client) == str(zhou.pk)
    assert Entry.objects.get(verb="accounts.sign_in").by == zhou


@pytest.mark.parametrize("typed", ["ZhouMin", " zhoumin ", "ｚｈｏｕｍｉｎ"])
def test_a_phone_that_capitalises_and_an_input_method_do_no_harm(client, zhou, typed):
    assert try_in(client, typed).status_code == 302
    assert signed_in(client) == str(zhou.pk)


def test_capitals_give_no_further_tries(client, zhou):
    for number in range(10):
        try_in(client, "zhoumin" if number % 2 else "ZHOUMIN", "guess")
    assert try_in(client, "Zhoumin").status_code == 429


def test_a_wrong_password_says_so_and_keeps_the_name(client, zhou):
    answer = try_in(client, password="guess")
    assert answer.status_code == 422
    assert 'value="zhoumin"' in answer.content.decode()
    assert signed_in(client) is None
    assert not Entry.objects.filter(verb="accounts.sign_in").exists()


@pytest.mark.parametrize(
    ("wanted", "reached"), [("/own/", "/own/"), ("https://evil.example/", "/"), ("//evil", "/")]
)
def test_after_signing_in_the_wanted_page_opens_if_it_is_of_this_house(
    client, school, wanted, reached
):
    an_account(school, Role.DISTRICT, username="zhoumin")
    assert try_in(client, next=wanted)["Location"] == reached


def test_a_name_is_locked_after_ten_wrong_passwords_and_the_page_says_how_long(client, zhou):
    for _ in range(10):
        answer = try_in(client, password="guess")
    assert answer.status_code == 429
    assert "15 分钟" in answer.content.decode()
    assert try_in(client).status_code == 429
    assert signed_in(client) is None


def test_another_name_is_not_locked_with_it(client, zhou):
    an_account(zhou.school, username="heteacher")
    for _ in range(10):
        try_in(client, password="guess")
    assert try_in(client, "heteacher").status_code == 302


def test_who_comes_with_a_one_time_password_chooses_a_new_one_first(client, school):
    issued = actions.add_account(
        school=school, username="he", name="何老师", roles=[Role.LIBRARIAN], by=None, now=NOW
    )
    first = try_in(client, "he", issued.password, next="/office/")["Location"]
    assert first.startswith("/own/")
    new = {"new": "a-new-kite-flies", "again": "a-new-kite-flies", "next": "/office/"}
    assert 'name="next" value="/office/"' in client.get(first).content.decode()
    assert client.post("/own/", new)["Location"] == "/office/"
    assert signed_in(client)
    assert not Account.objects.get(pk=issued.account.pk).must_change_password


def test_the_own_password_page_refuses_a_wrong_old_one_and_a_different_second_one(client, zhou):
    client.force_login(zhou)
    typed = {"old": "guess", "new": "a-new-kite-flies", "again": "a-new-kite-flies"}
    assert client.post("/own/", typed).status_code == 422
    differing = {"old": SECRET, "new": "a-new-kite-flies", "again": "another-kite-flies"}
    assert client.post("/own/", differing).status_code == 422
    assert Account.objects.get(pk=zhou.pk).check_password(SECRET)


def test_a_pin_is_set_on_the_own_page(client, zhou):
    client.force_login(zhou)
    assert (
        client.post(reverse("accounts.set_pin"), {"pin": "1111", "again": "1111"}).status_code
        == 422
    )
    assert (
        client.post(reverse("accounts.set_pin"), {"pin": "4096", "again": "4096"}).status_code
        == 302
    )
    assert Account.objects.get(pk=zhou.pk).has_pin("4096")


def test_a_principal_has_no_pin(client, school):
    client.force_login(an_account(school, Role.PRINCIPAL))
    assert (
        client.post(reverse("accounts.set_pin"), {"pin": "4096", "again": "4096"}).status_code
        == 403
    )


def test_signing_out_is_no_link(client, zhou):
    client.force_login(zhou)
    assert client.get("/sign-out/").status_code == 405
    assert signed_in(client)
    client.post("/sign-out/")
    assert signed_in(client) is None


def test_the_language_is_the_accounts_own(client, zhou):
    client.force_login(zhou)
    assert 'lang="zh-Hans"' in client.get("/").content.decode()
    client.post("/language/", {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get("/").content.decode()
    assert Account.objects.get(pk=zhou.pk).language == "en"


def test_a_stranger_reads_the_language_of_the_cookie_not_of_the_browser(client, school, zhou):
    assert 'lang="zh-Hans"' in client.get("/", headers={"Accept-Language": "en"}).content.decode()
    client.post("/language/", {"language": "en"})
    assert '<html lang="en">' in client.get("/").content.decode()
    client.post("/language/", {"language": "xx"})
    assert '<html lang="en">' in client.get("/").content.decode()


def test_a_demo_school_offers_an_account_a_role_and_a_real_one_none(client, school, zhou):
    assert "zhoumin" not in client.get(SIGN_IN).content.decode()
    assert DEMO_PASSWORD not in client.get(SIGN_IN).content.decode()


def test_the_demo_accounts_open_the_demo_school(client, db):
    demo = a_school("演示小学", is_demo=True)
    actions.add_account(
        school=demo,
        username="yuwen",
        name="何老师",
        roles=[Role.CLASS_TEACHER],
        password=DEMO_PASSWORD,
        by=None,
        now=NOW,
    )
    page = client.get(SIGN_IN).content.decode()
    assert "yuwen" in page
    assert DEMO_PASSWORD in page
    assert try_in(client, "yuwen", DEMO_PASSWORD).status_code == 302
    assert signed_in(client)


def test_the_demo_password_opens_no_real_school(client, zhou):
    zhou.set_password(DEMO_PASSWORD)
    zhou.save()
    assert try_in(client, password=DEMO_PASSWORD).status_code == 422
    assert signed_in(client) is None
