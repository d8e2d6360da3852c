import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_initial"),
        ("orgs", "0002_resolved_words"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correspondent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organ_id", models.CharField(max_length=60, unique=True, verbose_name="Organ id")),
                ("name", models.CharField(max_length=250, verbose_name="Name")),
                (
                    "unit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="correspondent",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "correspondent",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("direction", models.CharField(choices=[("in", "came in"), ("out", "went out")], max_length=3)),
                ("document_key", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("state", models.CharField(blank=True, max_length=2)),
                ("recall_reason", models.CharField(blank=True, max_length=500)),
                (
                    "correspondent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="dispatches",
                        to="exchange.correspondent",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dispatches", to="documents.document"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="dispatches", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["document_key"], name="dispatch_key")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "correspondent", "direction", "document_key"), name="one_dispatch_per_document"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DispatchState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=2)),
                ("description", models.CharField(blank=True, max_length=500)),
                ("told_by_us", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="states", to="exchange.dispatch"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
    ]
