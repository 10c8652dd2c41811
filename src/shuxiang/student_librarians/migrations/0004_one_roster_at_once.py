from django.db import migrations, models


class Migration(migrations.Migration):
    """Of its own: PostgreSQL builds no index on rows that were changed in the same transaction."""

    dependencies = [
        ("student_librarians", "0003_rosters_are_proposed"),
    ]

    operations = [
        migrations.AddConstraint(
            "roster",
            models.UniqueConstraint(
                condition=models.Q(("state", "solving")),
                fields=("term",),
                name="one_roster_is_solved_at_once",
            ),
        ),
    ]
