from datetime import time

import time_machine
from django_scopes import scope

from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.tests.factories import NOW, a_school, an_account
from shuxiang.timetable.actions import change_opening_hours
from shuxiang.timetable.rules import Hours


def opening(school, opens_at, closes_at):
    hours = Hours(weekday=0, opens_at=time(opens_at), closes_at=time(closes_at))
    change_opening_hours(school=school, wanted=[hours], by=None, now=NOW)


def hall(client):
    with time_machine.travel(NOW, tick=False):
        return client.get("/")


def test_anybody_reads_whose_library_this_is(client, school):
    an_account(school)
    answer = hall(client)
    assert answer.status_code == 200
    assert "青禾小学" in answer.content.decode()
    assert "/sign-in/" in answer.content.decode()


def test_an_open_library_says_until_when(client, school):
    an_account(school)
    opening(school, 8, 17)
    assert "17:00" in hall(client).content.decode()


def test_a_closed_library_says_when_it_opens_next(client, school):
    an_account(school)
    opening(school, 12, 13)
    page = hall(client).content.decode()
    assert "12:00" in page
    assert "今天" in page


def test_the_doors_are_those_that_the_account_may_open(client, school):
    with time_machine.travel(NOW, tick=False):
        client.force_login(an_account(school, Role.SCHOOL_ADMIN, name="江校"))
    page = hall(client).content.decode()
    assert "江校" in page
    assert "/office/accounts/" in page
    assert "/desk/" not in page


def test_a_role_without_a_page_is_not_told_to_ask_for_a_role(client, school):
    with time_machine.travel(NOW, tick=False):
        client.force_login(an_account(school, Role.PUPIL))
    page = hall(client).content.decode()
    assert "“学生”这个角色目前还没有可以打开的页面。" in page
    assert "加上角色" not in page


def test_a_server_with_several_schools_names_none_to_strangers(client, school):
    an_account(school)
    other = a_school("松风小学")
    with scope(school=other):
        an_account(other)
    page = hall(client).content.decode()
    assert "青禾小学" not in page
    assert "松风小学" not in page


def test_the_page_costs_few_queries(client, school, django_assert_max_num_queries):
    an_account(school)
    with django_assert_max_num_queries(5):
        hall(client)


def test_the_coming_week_shows_its_hours_and_its_closed_days(client, school):
    an_account(school)
    opening(school, 12, 13)
    page = hall(client).content.decode()
    assert page.count("12:00–13:00") == 1
    assert page.count("闭馆") == 7  # six days of the week, and now
