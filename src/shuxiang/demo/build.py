"""Build the demo school: the same rows for the same seed and moment, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from random import Random

from django.db import transaction
from django_scopes import scope

from shuxiang.demo import helping, people, play, stock, teaching, times
from shuxiang.demo.moment import terms_around
from shuxiang.demo.stage import NAME, ZONE, Stage, moment
from shuxiang.platform.database.statistics import renew_statistics
from shuxiang.platform.schools.actions import create_school, open_year, restamp
from shuxiang.platform.schools.models import School

GRADES = 6
Progress = Callable[[int, int], None]


class NotEmpty(Exception):
    """The home has a school already; nothing was written."""


@transaction.atomic
def build(*, seed: int, at: datetime, progress: Progress, days: int | None = None) -> School:
    """
    Build the school and live through a term and a half, or the last `days` of it, up to a moment.

    :raises NotEmpty: if there is a school in this home
    """
    if School.objects.exists():
        raise NotEmpty
    before, _ = terms_around(at.astimezone(ZONE).date())
    opening = moment(before.dates.starts_on - timedelta(days=7), time(8, 0))
    school = create_school(name=NAME, by=None, now=opening, code="demo", is_demo=True)
    with scope(school=school):
        stage = _set(school, seed=seed, at=at, now=opening)
        _play(stage, progress, days)
    restamp(school=school, stamp=seed)
    renew_statistics()
    return school


def _set(school: School, *, seed: int, at: datetime, now: datetime) -> Stage:
    """Furnish the school for the first day of the last term."""
    before, present = terms_around(at.astimezone(ZONE).date())
    stage = Stage(
        seed=seed,
        at=at,
        before=before,
        present=present,
        random=Random(seed),
        school=school,
        librarian=people.first_librarian(school, now),
    )
    for year in {before.first_year, present.first_year}:
        open_year(school=school, first_year=year, by=stage.librarian, now=now)
    for cohort in range(present.first_year - GRADES + 1, before.first_year + 1):
        people.enrol(stage, cohort=cohort, now=now)
    people.employ(stage, now=now)
    stock.fill_shelves(stage, before.dates.starts_on - timedelta(days=5))
    ready = moment(before.dates.starts_on - timedelta(days=1), time(15, 0))
    times.govern(stage, now=ready)
    times.open_doors(stage, now=ready)
    times.rotate(stage, times.open_term(stage, before, now=ready), now=ready)
    stock.wear(stage, now=ready)
    return stage


def _play(stage: Stage, progress: Progress, days: int | None) -> None:
    performance = play.begin(stage)
    story = play.days(stage)
    played = story if days is None else story[-days:]
    for number, day in enumerate(played):
        if len(stage.terms) == 1 and day >= stage.present.dates.starts_on:
            _turn_to_present_term(stage, performance)
        play.play_day(performance, day, until=stage.at)
        helping.tick(stage, day)
        teaching.pair(stage, day)
        progress(number + 1, len(played))
    if stage.shown:
        play.wish_of(performance, stage.shown, stage.at - timedelta(minutes=2))
    times.cover_the_present(stage, now=stage.at - timedelta(minutes=1))


def _turn_to_present_term(stage: Stage, performance: play.Play) -> None:
    """A new term: perhaps new pupils, a new rotation, class teachers and their accounts."""
    now = moment(stage.present.dates.starts_on, time(7, 0))
    if stage.present.first_year != stage.before.first_year:
        people.enrol(stage, cohort=stage.present.first_year, now=now)
        for school_class in stage.classes:
            for reader in stage.pupils[school_class.pk]:
                performance.habits.setdefault(reader.pk, performance.random.random())
    people.name_teachers(stage, now=now)
    if stage.shown:
        performance.habits[stage.shown.pk] = play.VERY_KEEN
    term = times.open_term(stage, stage.present, now=now)
    times.rotate(stage, term, now=now)
    helping.appoint(stage, term, day=stage.school.day(now))
    teaching.teach(stage, term, day=stage.school.day(now))
