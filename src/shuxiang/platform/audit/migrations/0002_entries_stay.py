"""What is written in the audit is neither changed nor deleted: the database itself refuses."""

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER audit_entry_is_not_{act}d BEFORE {act.upper()} ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'audit entries are never {act}d'); END"""
    for act in ("update", "delete")
]
POSTGRESQL = [
    """CREATE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE integrity_constraint_violation
       USING MESSAGE = 'audit entries are never changed'; END $$""",
    """CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_stays()""",
]
TAKE_BACK = {
    "sqlite": [
        "DROP TRIGGER audit_entry_is_not_updated",
        "DROP TRIGGER audit_entry_is_not_deleted",
    ],
    "postgresql": [
        "DROP TRIGGER audit_entry_stays ON audit_entry",
        "DROP FUNCTION audit_entry_stays()",
    ],
}


def guard(apps, schema_editor):
    wanted = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in wanted:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in TAKE_BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
