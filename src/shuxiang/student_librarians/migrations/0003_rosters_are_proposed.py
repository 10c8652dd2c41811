"""A roster waits for a decision; those that were made before had none to wait for."""

from django.db import migrations, models


def say_what_became_of_them(apps, schema_editor):
    Roster = apps.get_model("student_librarians", "Roster")
    for roster in Roster._base_manager.all():
        roster.state = "accepted" if roster.accepted_at else "failed"
        roster.answer["gap"] = roster.answer.get("gap", 0) / 100
        roster.save(update_fields=["state", "answer"])


class Migration(migrations.Migration):
    dependencies = [
        ("student_librarians", "0002_duties"),
    ]

    operations = [
        migrations.RenameField("roster", "placed_at", "accepted_at"),
        migrations.AlterField("roster", "accepted_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "roster",
            "state",
            models.CharField(
                choices=[
                    ("solving", "being solved"),
                    ("ready", "waits for a decision"),
                    ("impossible", "cannot be"),
                    ("failed", "not found"),
                    ("accepted", "accepted"),
                    ("set_aside", "set aside"),
                    ("taken_back", "taken back"),
                ],
                default="solving",
                max_length=10,
            ),
        ),
        migrations.AddField("roster", "puts", models.JSONField(default=list)),
        migrations.AddField("roster", "before", models.JSONField(default=list)),
        migrations.AddField("roster", "stop_asked_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(say_what_became_of_them, migrations.RunPython.noop),
    ]
