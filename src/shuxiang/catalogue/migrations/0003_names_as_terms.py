"""Whole names, main classes and audiences become terms: all cards are thrown away, and filed anew at the start."""

from django.db import migrations, models

FORGET = {
    "sqlite": [
        "INSERT INTO catalogue_terms (catalogue_terms) VALUES ('delete-all')",
        "DELETE FROM catalogue_indexcard",
    ],
    "postgresql": ["TRUNCATE catalogue_indexcard"],
}


def forget(apps, schema_editor):
    for statement in FORGET[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_search_index")]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="indexcard", name="card_by_name"),
        migrations.AddIndex(
            model_name="indexcard",
            index=models.Index(fields=["school", "holding"], name="card_by_holding"),
        ),
        migrations.AddIndex(
            model_name="indexcard",
            index=models.Index(fields=["school", "audience", "holding"], name="card_by_audience"),
        ),
    ]
