import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("schools", "0002_school_stamp"),
    ]

    operations = [
        migrations.CreateModel(
            name="PinTries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("count", models.PositiveSmallIntegerField()),
                ("last_at", models.DateTimeField()),
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
                "verbose_name_plural": "pin tries",
                "constraints": [
                    models.UniqueConstraint(fields=("school", "key"), name="one_count_of_tries")
                ],
            },
        ),
    ]
