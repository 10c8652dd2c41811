import pytest
from django.conf import settings

from shuxiang.platform import set_up
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.readers.tests.factories import a_school, an_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
PAGE = "/set-up/"


def typed(**other):
    return {
        "code": set_up.open_code(settings.HOME),
        "school": "青禾小学",
        "kind": "primary",
        "primary_years": "6",
        "first_starts_on": "2026-09-01",
        "first_ends_on": "2027-01-22",
        "second_starts_on": "2027-02-22",
        "second_ends_on": "2027-07-09",
        "name": "周敏",
        "username": "zhoumin",
        "password": "kite-over-the-river",
        "again": "kite-over-the-river",
        **other,
    }


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/office/", "/desk/", "/nowhere/"])
def test_every_page_of_an_empty_home_leads_to_the_set_up_page(client, address):
    assert client.get(address)["Location"] == PAGE


def test_an_empty_home_answers_whoever_watches_the_server(client):
    assert client.get("/healthz").status_code == 200


def test_the_code_opens_the_library_and_is_gone(client):
    page = typed()
    answer = client.post(PAGE, page)
    assert answer.status_code == 302
    account = Account.objects.get()
    assert client.session["_auth_user_id"] == str(account.pk)
    assert account.school == School.objects.get(name="青禾小学")
    assert not set_up.matches(settings.HOME, page["code"])


def test_the_page_is_dead_afterwards(client, school):
    an_account(school)
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, typed()).status_code == 404
    assert School.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "WRONG"}, "code"),
        ({"again": "another-kite"}, "again"),
        ({"password": "12345678", "again": "12345678"}, "password"),
        ({"password": "shuxiang-demo", "again": "shuxiang-demo"}, "password"),
        ({"username": "zhou min"}, "username"),
        ({"first_ends_on": "2026-08-01"}, "first_starts_on"),
        ({"second_starts_on": "nonsense"}, "second_starts_on"),
        ({"school": ""}, "school"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(client, wrong, field):
    answer = client.post(PAGE, typed(**wrong))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert not School.objects.exists()
    assert not Account.objects.exists()


def test_without_a_code_nobody_sets_up(client):
    assert client.post(PAGE, typed() | {"code": ""}).status_code == 422
    set_up.close_code(settings.HOME)
    answer = client.post(PAGE, {**typed(), "code": "ABCDEFGH"})
    assert answer.status_code == 422
    assert not School.objects.exists()


def test_guessing_the_code_is_slowed_down(client):
    for _ in range(10):
        assert client.post(PAGE, typed(code="WRONG")).status_code == 422
    assert client.post(PAGE, typed()).status_code == 429
    assert not School.objects.exists()


def test_a_school_that_was_imported_first_is_set_up_with_its_name(client):
    a_school("本校小学")
    assert "本校小学" in client.get(PAGE).content.decode()
    client.post(PAGE, typed())
    assert School.objects.get().name == "青禾小学"
