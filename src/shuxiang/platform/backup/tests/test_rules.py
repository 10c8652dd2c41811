from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuxiang.platform.backup import rules
from shuxiang.platform.backup.rules import Engine, Kept, Manifest, Member, SchoolMark, Why

TODAY = date(2026, 11, 23)
OURS = SchoolMark(id=1, created_at="2026-09-01T00:00:00+00:00", code="qinghe", name="青禾小学")
THEIRS = replace(OURS, created_at="2025-09-01T00:00:00+00:00")
MANIFEST = Manifest(
    format=1,
    made_at=datetime(2026, 11, 23, 2, 20, tzinfo=UTC),
    why=Why.DAILY,
    version="0.1.0",
    engine=Engine.SQLITE,
    migrations={"schools": ("0001_initial",)},
    schools=(OURS,),
    counts={"circulation_loan": 40_000},
    members={"database.sqlite3": Member(size=9, sha256="ab")},
)


def kept(day: date, hour: int = 16, why: Why = Why.DAILY) -> Kept:
    moment = datetime.combine(day, time(hour), UTC)
    return Kept(name=f"{moment:%Y%m%d-%H}", on=day, made_at=moment, why=why)


def days(count: int) -> list[Kept]:
    return [kept(TODAY - timedelta(days=back)) for back in range(count)]


def stays(backups: list[Kept]) -> list[str]:
    gone = rules.to_remove(backups, today=TODAY)
    return [backup.name for backup in backups if backup.name not in gone]


def test_a_manifest_reads_back_as_it_was_written():
    assert rules.from_json(rules.to_json(MANIFEST)) == MANIFEST


@given(st.text() | st.sampled_from(["{}", "[]", "null", '{"format": 1}', "1"]))
def test_any_other_text_is_no_manifest(text):
    with pytest.raises(rules.ManifestUnreadable):
        rules.from_json(text)


def test_two_years_of_days_leave_seven_days_four_weeks_and_twelve_months():
    left = stays(days(730))
    assert left[:7] == [b.name for b in days(7)]
    assert left[7:] == [
        "20261115-16",  # the Sundays that end two weeks more: two weeks are among the days
        "20261108-16",
        *(f"2026{m:02}{d}-16" for m, d in [(10, 31), (9, 30), (8, 31), (7, 31), (6, 30), (5, 31)]),
        *(f"2026{m:02}{d}-16" for m, d in [(4, 30), (3, 31), (2, 28), (1, 31)]),
        "20251231-16",
    ]


def test_of_one_day_the_last_stays_but_today_all_stay():
    yesterday = TODAY - timedelta(days=1)
    backups = [kept(TODAY, 9), kept(TODAY, 10), kept(yesterday, 9), kept(yesterday, 10)]
    assert stays(backups) == ["20261123-09", "20261123-10", "20261122-10"]


def test_the_backup_before_an_import_stays_beside_that_of_the_evening():
    yesterday = TODAY - timedelta(days=1)
    assert stays([kept(yesterday, 9, Why.BEFORE_IMPORT), kept(yesterday, 16)]) == [
        "20261122-09",
        "20261122-16",
    ]


def test_a_clock_set_back_removes_no_backup_that_seems_to_be_of_the_future():
    ahead = [kept(TODAY + timedelta(days=back)) for back in range(1, 60)]
    assert len(stays(ahead)) == len(ahead)


@given(st.lists(st.dates(date(2020, 1, 1), TODAY), unique=True, min_size=1))
def test_the_newest_backup_always_stays(found):
    backups = [kept(day) for day in found]
    assert kept(max(found)).name in stays(backups)


@pytest.mark.parametrize(
    ("known", "is_newer"),
    [
        ({"schools": ["0001_initial"]}, False),
        ({"schools": ["0001_initial", "0002_more"], "jobs": ["0001_initial"]}, False),
        ({"schools": []}, True),
        ({}, True),
    ],
)
def test_a_backup_is_newer_if_it_has_seen_a_migration_that_is_unknown_here(known, is_newer):
    assert rules.is_newer(MANIFEST, known=known) is is_newer


def test_a_backup_of_a_later_format_is_newer():
    known = {"schools": ["0001_initial"]}
    assert rules.is_newer(replace(MANIFEST, format=rules.FORMAT + 1), known=known)


def test_a_school_is_known_by_its_first_day_not_by_its_name():
    renamed = replace(OURS, name="青禾实验小学", code="qhsy")
    assert not rules.is_of_another_school(MANIFEST, here=[renamed])
    assert rules.is_of_another_school(MANIFEST, here=[THEIRS])
    assert not rules.is_of_another_school(MANIFEST, here=[])


@pytest.mark.parametrize(
    ("ago", "is_late"),
    [
        (timedelta(days=3), False),
        (timedelta(days=3, seconds=1), True),
        (timedelta(days=-4), True),
    ],
)
def test_after_three_days_it_is_late(ago, is_late):
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert rules.is_late(now - ago, now=now) is is_late


def test_never_is_late():
    assert rules.is_late(None, now=datetime(2026, 11, 23, tzinfo=UTC))
