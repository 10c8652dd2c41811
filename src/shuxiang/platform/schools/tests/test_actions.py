from datetime import UTC, date, datetime

import pytest
from django_scopes import scope

from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools import actions, queries
from shuxiang.platform.schools.models import SchoolYear

NOW = datetime(2026, 8, 31, 23, 30, tzinfo=UTC)  # 1 September, 7:30 at the school


@pytest.fixture
def school(db):
    school = actions.create_school(name="青禾小学", by=None, now=NOW)
    with scope(school=school):
        yield school


def test_a_new_school_has_the_school_year_of_its_own_day(school):
    year = SchoolYear.objects.get()
    assert (year.first_year, year.starts_on, year.ends_on) == (
        2026,
        date(2026, 9, 1),
        date(2027, 8, 31),
    )


def test_schools_get_codes_of_their_own(school):
    other = actions.create_school(name="松风小学", by=None, now=NOW)
    assert school.code != other.code


def test_a_zone_that_does_not_exist_is_refused(school):
    with pytest.raises(actions.UnknownZone):
        actions.create_school(name="月亮小学", zone="Moon/Tycho", by=None, now=NOW)


def test_a_year_is_opened_once(school):
    first = actions.open_year(school=school, first_year=2027, by=None, now=NOW)
    again = actions.open_year(school=school, first_year=2027, by=None, now=NOW)
    assert first == again
    assert Entry.objects.filter(verb="schools.open_year").count() == 1


def test_a_school_that_becomes_a_nine_year_school_teaches_nine_grades(school):
    changed = actions.change_school(school=school, changes={"kind": "nine_year"}, by=None, now=NOW)
    assert changed.grades == tuple(range(1, 10))


def test_nobody_makes_a_school_a_demo_by_changing_it(school):
    with pytest.raises(KeyError):
        actions.change_school(school=school, changes={"is_demo": True}, by=None, now=NOW)


def test_a_setting_is_its_default_until_the_school_chooses(school):
    assert queries.setting(school, "desk.idle_minutes") == 5
    actions.change_settings(school=school, changes={"desk.idle_minutes": 9}, by=None, now=NOW)
    actions.change_settings(school=school, changes={"desk.idle_minutes": 3}, by=None, now=NOW)
    assert queries.setting(school, "desk.idle_minutes") == 3
    assert queries.settings_of(school)["desk.idle_minutes"] == 3
    assert queries.settings_of(school)["desk.ready_days"] == 5


def test_a_setting_that_the_code_does_not_know_writes_nothing(school):
    changes = {"desk.idle_minutes": 9, "desk.colour": "red"}
    with pytest.raises(queries.UnknownSetting):
        actions.change_settings(school=school, changes=changes, by=None, now=NOW)
    assert queries.setting(school, "desk.idle_minutes") == 5
