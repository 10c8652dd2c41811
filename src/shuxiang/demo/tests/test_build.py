"""The demo school: believable, in order, and the same whenever it is built."""

from datetime import datetime

import pytest
from django.apps import apps
from django.core import serializers
from django_scopes import scope, scopes_disabled

from shuxiang.catalogue import queries as catalogue
from shuxiang.circulation import queries as circulation
from shuxiang.demo.build import NotEmpty, build
from shuxiang.demo.stage import ZONE
from shuxiang.platform.schools.models import School
from shuxiang.timetable.models import OpeningHours
from shuxiang.timetable.queries import turns_on

MONDAY = datetime(2026, 11, 23, 10, 20, tzinfo=ZONE)
SUNDAY_NIGHT = datetime(2026, 8, 16, 23, 50, tzinfo=ZONE)


def built(at, seed=1):
    return build(seed=seed, at=at, progress=lambda done, total: None, days=2)


def every_row():
    rooms = [app for app in apps.get_app_configs() if app.name.startswith("shuxiang.")]
    with scopes_disabled():
        return [
            serializers.serialize("json", model._base_manager.order_by("pk"))
            for room in rooms
            for model in room.get_models()
        ]


@pytest.mark.django_db(transaction=True, reset_sequences=True)
@pytest.mark.parametrize("run", ["first", "again"])
def test_the_same_moment_gives_the_same_school_row_for_row(run, rows_of_first_run):
    built(MONDAY)
    rows = every_row()
    assert rows_of_first_run.setdefault("rows", rows) == rows


@pytest.fixture(scope="module")
def rows_of_first_run():
    return {}


@pytest.mark.django_db
@pytest.mark.parametrize("at", [MONDAY, SUNDAY_NIGHT])
def test_the_demo_is_whole_and_a_class_is_due_now_whatever_the_hour(at):
    school = built(at)
    with scope(school=school):
        due = turns_on(school, school.day(at))
        local = at.time()
        assert any(turn.period.starts_at <= local <= turn.period.ends_at for turn in due)
        assert OpeningHours.objects.filter(weekday=at.weekday()).exists()
        assert catalogue.broken_invariants(school) == []
        assert circulation.broken_invariants(school) == []


@pytest.mark.django_db
def test_a_demo_is_never_built_over_a_school():
    School.objects.create(name="石桥小学", code="shiqiao", created_at=MONDAY)
    with pytest.raises(NotEmpty):
        built(MONDAY)
