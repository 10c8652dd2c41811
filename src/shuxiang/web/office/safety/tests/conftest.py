from __future__ import annotations

import pytest

from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.tests.factories import a_school, an_account


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path / "home"
    settings.MEDIA_ROOT = settings.HOME / "files"
    settings.HOME.mkdir()
    return settings.HOME


@pytest.fixture
def school(transactional_db):
    return a_school()


@pytest.fixture
def signed_in(school, client):
    """Sign somebody of a role in, and give the browser."""

    def signed_in(*roles: Role):
        client.force_login(an_account(school, *roles))
        return client

    return signed_in
