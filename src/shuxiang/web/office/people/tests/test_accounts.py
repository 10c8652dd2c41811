import pytest
from django.urls import reverse
from django_scopes import scope

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import setting
from shuxiang.readers.tests.factories import a_school, an_account


def at(name, *keys):
    return reverse(f"accounts.{name}", args=keys)


def test_a_new_account_shows_its_password_once(office, school, client):
    typed = {"name": "何文", "username": "hewen", "roles": ["class_teacher"]}
    shown = office.post(at("add_account"), typed)
    account = Account.objects.get(username="hewen")
    password = shown.context["issued"].password
    assert password in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert account.check_password(password)
    assert password not in office.get(at("see_accounts")).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"username": "zhoumin"}, {"username": "he wen"}, {"roles": []}, {"name": ""}]
)
def test_an_account_that_cannot_be_is_refused(office, school, wrong):
    typed = {"name": "何文", "username": "hewen", "roles": ["class_teacher"], **wrong}
    assert office.post(at("add_account"), typed).status_code == 422
    assert Account.objects.count() == 1


def test_nobody_gives_the_role_of_the_district(office, school):
    typed = {"name": "何文", "username": "hewen", "roles": ["district"]}
    assert office.post(at("add_account"), typed).status_code == 422


def test_roles_change_and_an_account_goes_out_of_use(office, school):
    he = an_account(school, Role.CLASS_TEACHER, name="何文")
    office.post(at("change_account", he.pk), {"name": "何文", "roles": ["librarian"]})
    changed = Account.objects.get(pk=he.pk)
    assert changed.roles == {Role.LIBRARIAN}
    assert not changed.is_active


def test_the_last_administrator_stays(office, school, zhou):
    answer = office.post(at("change_account", zhou.pk), {"name": "周敏", "roles": ["librarian"]})
    assert answer.status_code == 422
    assert Account.objects.get(pk=zhou.pk).is_active


def test_a_new_password_is_given_by_a_button_not_by_a_link(office, school):
    he = an_account(school, Role.CLASS_TEACHER)
    assert office.get(at("set_password", he.pk)).status_code == 405
    shown = office.post(at("set_password", he.pk))
    assert Account.objects.get(pk=he.pk).check_password(shown.context["issued"].password)


def test_an_account_of_another_school_is_not_there(office, school):
    other = a_school("松风小学")
    with scope(school=other):
        elsewhere = an_account(other)
    assert office.get(at("change_account", elsewhere.pk)).status_code == 404
    assert office.post(at("set_password", elsewhere.pk)).status_code == 404


def test_a_librarian_gives_no_accounts(client, school):
    client.force_login(an_account(school, Role.LIBRARIAN))
    assert client.get(at("see_accounts")).status_code == 403
    assert client.post(at("add_account"), {}).status_code == 403


def test_the_list_costs_a_fixed_number_of_queries(office, school, django_assert_max_num_queries):
    for _ in range(20):
        an_account(school, Role.CLASS_TEACHER)
    with django_assert_max_num_queries(9):
        office.get(at("see_accounts"))


def test_settings_hold_from_the_moment_they_are_saved(office, school):
    typed = {
        "desk__idle_minutes": "9",
        "desk__ready_days": "5",
        "desk__confirm_reasons": "班主任同意\n\n假期借阅\n",
        "catalogue__accession_digits": "8",
    }
    assert office.post(reverse("schools.change_settings"), typed).status_code == 302
    assert setting(school, "desk.idle_minutes") == 9
    assert setting(school, "desk.confirm_reasons") == ["班主任同意", "假期借阅"]
    entry = Entry.objects.get(verb="schools.change_settings")
    assert set(entry.details["changed"]) == {"desk.idle_minutes", "desk.confirm_reasons"}


@pytest.mark.parametrize(
    "wrong", [{"desk__idle_minutes": "0"}, {"desk__confirm_reasons": "一\n二\n三\n四\n五"}]
)
def test_settings_that_cannot_be_change_nothing(office, school, wrong):
    typed = {
        "desk__idle_minutes": "9",
        "desk__ready_days": "5",
        "desk__confirm_reasons": "一",
        "catalogue__accession_digits": "8",
        **wrong,
    }
    assert office.post(reverse("schools.change_settings"), typed).status_code == 422
    assert setting(school, "desk.idle_minutes") == 5


def test_the_school_changes_its_name(office, school):
    typed = {"name": "青禾实验小学", "kind": "primary", "primary_years": "6"}
    address = reverse("schools.change_school")
    assert office.post(address, {**typed, "zone": "Moon/Tycho"}).status_code == 422
    assert office.post(address, {**typed, "zone": "Asia/Shanghai"}).status_code == 302
    assert School.objects.get().name == "青禾实验小学"
