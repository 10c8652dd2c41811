from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection

from shuxiang.platform.backup import folders
from shuxiang.platform.schools import actions as schools

NOW = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)  # 10:20 at the school


@pytest.fixture
def home(tmp_path, settings):
    settings.HOME = tmp_path / "home"
    settings.MEDIA_ROOT = settings.HOME / "files"
    settings.HOME.mkdir()
    return settings.HOME


@pytest.fixture
def school(transactional_db, home):
    return schools.create_school(name="青禾小学", by=None, now=NOW)


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "U 盘" / "备份"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def is_sqlite():
    return connection.vendor == "sqlite"


@pytest.fixture
def choose(school):
    """Let backups go to a folder, without asking whether it can take them."""
    from django_scopes import scope

    def choose(folder):
        with scope(school=school):
            schools.change_settings(
                school=school, changes={folders.SETTING: str(folder)}, by=None, now=NOW
            )

    return choose
