"""The search index: cards for both databases, terms where each has its own kind of index."""

import django.db.models.deletion
from django.db import migrations, models

# No copy of the terms is kept (content=''); "ascii" takes every character beyond ASCII as part of a term.
MAKE = {
    "sqlite": [
        """CREATE VIRTUAL TABLE catalogue_terms USING fts5(
        terms, content='', contentless_delete=1, detail=none, prefix='1 2', tokenize='ascii')""",
        """CREATE TRIGGER a_card_takes_its_terms_along AFTER DELETE ON catalogue_indexcard
        BEGIN DELETE FROM catalogue_terms WHERE rowid = old.holding_id; END""",
    ],
    "postgresql": [
        # By the characters' own numbers, whatever the town the server stands in sorts by.
        'ALTER TABLE catalogue_indexcard ALTER COLUMN name TYPE varchar(300) COLLATE "C"',
        "ALTER TABLE catalogue_indexcard ADD COLUMN terms tsvector NOT NULL DEFAULT ''::tsvector",
        "CREATE INDEX catalogue_indexcard_terms ON catalogue_indexcard USING gin (terms)",
    ],
}
TAKE_BACK = {
    "sqlite": ["DROP TRIGGER a_card_takes_its_terms_along", "DROP TABLE catalogue_terms"],
    "postgresql": [
        "DROP INDEX catalogue_indexcard_terms",
        "ALTER TABLE catalogue_indexcard DROP COLUMN terms",
    ],
}


def make(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def take_back(apps, schema_editor):
    for statement in TAKE_BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
        ("schools", "0002_school_stamp"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndexCard",
            fields=[
                (
                    "holding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="index_card",
                        serialize=False,
                        to="catalogue.holding",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=300)),
                ("volume", models.CharField(blank=True, max_length=80)),
                ("people", models.CharField(blank=True, max_length=300)),
                ("series", models.CharField(blank=True, max_length=200)),
                ("sounds", models.CharField(blank=True, max_length=600)),
                ("people_sounds", models.CharField(blank=True, max_length=600)),
                ("spoken", models.CharField(blank=True, max_length=600)),
                ("main_class", models.CharField(blank=True, max_length=2)),
                (
                    "audience",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not said"),
                            ("b", "Up to 5 years"),
                            ("c", "5 to 10 years"),
                            ("d", "9 to 14 years"),
                            ("e", "14 to 20 years"),
                            ("m", "Adults"),
                            ("k", "Scholars"),
                            ("t", "Teachers"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.school",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["school", "name"], name="card_by_name"),
                    models.Index(fields=["school", "main_class", "holding"], name="card_by_class"),
                ],
            },
        ),
        migrations.AddField(
            model_name="title",
            name="subjects",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.RemoveField(model_name="title", name="pinyin"),
        migrations.RunPython(make, take_back),
    ]
