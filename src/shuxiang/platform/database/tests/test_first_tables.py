"""A new database has the tables that all the changes since the first version make."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing, suppress

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from shuxiang.platform.backup import postgres_home
from shuxiang.platform.backup.rows import borrowed

pytestmark = pytest.mark.django_db(transaction=True)

STEP_BY_STEP = """
import django; django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
steps = MigrationExecutor(connection)
steps.migrate(steps.loader.graph.leaf_nodes())
"""
TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON tgfoid = pg_proc.oid"
    " JOIN pg_class ON tgrelid = pg_class.oid"
    " WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace",
}
CHECKS = {
    "sqlite": "SELECT name, substr(sql, instr(sql, 'CONSTRAINT')) FROM sqlite_master"
    " WHERE type = 'table' AND sql LIKE '%CHECK%'",
    "postgresql": "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE contype = 'c' AND connamespace = current_schema()::regnamespace",
}


@pytest.fixture
def other_library(tmp_path):
    """Give the address of an empty database, and what a connection to it needs."""
    if connection.vendor == "sqlite":
        file = tmp_path / "other.sqlite3"
        yield f"sqlite:///{file}", {"NAME": str(file)}
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA step_by_step")
    yield postgres_home._url("step_by_step"), postgres_home._direct(schema="step_by_step")
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA step_by_step CASCADE")


def shape(connection: BaseDatabaseWrapper) -> dict[str, object]:
    """Tell all of a database but its rows and the order of its columns."""
    seen = connection.introspection
    with closing(connection.cursor()) as cursor:
        told: dict[str, object] = {}
        for table in seen.table_names(cursor):
            if table.startswith("sqlite_"):  # what it has counted, once it was asked to
                continue
            columns = seen.get_table_description(cursor, table)
            rules = seen.get_constraints(cursor, table)
            named = (
                str(rule).replace(" ON step_by_step.", " ON public.") for rule in rules.items()
            )
            told[table] = [*sorted(map(str, columns)), *sorted(named)]
        for name, asked in (("triggers", TRIGGERS), ("checks", CHECKS)):
            cursor.execute(asked[connection.vendor])
            told[name] = sorted((name, sorted(rule.split(","))) for name, rule in cursor.fetchall())
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        told["migrations"] = cursor.fetchall()
    return told


def test_a_new_database_is_made_as_its_upgrades_would_leave_it(other_library):
    url, settings = other_library
    environment = os.environ | {"DATABASE_URL": url}
    subprocess.run([sys.executable, "-c", STEP_BY_STEP], env=environment, check=True)
    with borrowed("step_by_step", settings) as other:
        upgraded = shape(other)
    new = shape(connection)
    assert {name for name in new if new[name] != upgraded.get(name)} == set()
    assert new.keys() == upgraded.keys()


@pytest.mark.parametrize("how", ["check_unapplied", "plan"])
def test_who_only_asks_what_is_to_be_made_makes_nothing(other_library, how):
    _url, settings = other_library
    with borrowed("step_by_step", settings) as other, suppress(SystemExit):
        call_command("migrate", database="step_by_step", verbosity=0, **{how: True})
    with borrowed("step_by_step", settings) as other:
        assert "catalogue_copy" not in other.introspection.table_names()
