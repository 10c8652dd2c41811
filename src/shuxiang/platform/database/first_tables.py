"""The tables of a database that has none: made as they stand in the end, not change by change."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor


def lacks_tables(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether nothing has been made in a database yet."""
    return not connection.introspection.table_names()


def make_tables(
    connection: BaseDatabaseWrapper, *, only: Iterable[tuple[str, str]] | None = None
) -> None:
    """
    Bring an empty database to where the migrations lead, to all or to some (app, name); at once or not at all.

    Their own statements run in their order when all tables are there. Columns that a later
    migration added stand where the model names them, not at the end.
    """
    executor = MigrationExecutor(connection)
    kept = None if only is None else set(only)
    plan = [
        migration
        for migration, _back in executor.migration_plan(
            executor.loader.graph.leaf_nodes(), clean_start=True
        )
        if kept is None or (migration.app_label, migration.name) in kept
    ]
    state = executor.loader.project_state([_key(migration) for migration in plan])
    with connection.schema_editor() as editor:
        editor.create_model(executor.recorder.Migration)
        for model in state.apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for migration in plan:
            for step in migration.operations:
                if isinstance(step, RunPython | RunSQL):
                    step.database_forwards(migration.app_label, editor, state, state)
            executor.recorder.record_applied(*_key(migration))


def _key(migration: Migration) -> tuple[str, str]:
    return migration.app_label, migration.name
