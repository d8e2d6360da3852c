import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0004_journal_and_succession"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reorganisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=250)),
                (
                    "decision",
                    models.CharField(blank=True, help_text="the symbol of the decision document", max_length=80),
                ),
                ("decision_on", models.DateField(blank=True, help_text="the day of the decision document", null=True)),
                ("effective_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "waits for approval"),
                            ("returned", "returned"),
                            ("approved", "approved, waits for its day"),
                            ("carried_out", "carried out"),
                            ("taken_back", "taken back"),
                            ("set_aside", "set aside"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("prepared_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, help_text="why it was returned, taken back or set aside")),
                ("tried_at", models.DateTimeField(null=True)),
                ("carried_out_at", models.DateTimeField(null=True)),
                ("outcome", models.JSONField(blank=True, default=dict)),
                ("act", models.BigIntegerField(default=0)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="reorganisations", to="orgs.unit"
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reorganisation file",
                "indexes": [
                    models.Index(fields=["office", "state"], name="reorganisation_of_office"),
                    models.Index(fields=["state", "effective_on"], name="reorganisation_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="reorganisation_has_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "carried_out"), _negated=True),
                            ("carried_out_at__isnull", False),
                            _connector="OR",
                        ),
                        name="reorganisation_carried_out_at_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("establish", "Establish a unit"),
                            ("rename", "Rename a unit"),
                            ("change", "Change kind, sector, relation, code"),
                            ("move", "Move units with all below them"),
                            ("merge", "Merge units into one"),
                            ("split", "Split a unit into several"),
                            ("dissolve", "Dissolve a unit"),
                        ],
                        max_length=12,
                    ),
                ),
                ("payload", models.JSONField(default=dict)),
                (
                    "reorganisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="orgs.reorganisation"
                    ),
                ),
                ("units", models.ManyToManyField(related_name="reorganising_steps", to="orgs.unit")),
            ],
            options={
                "verbose_name": "step",
                "ordering": ("position", "pk"),
                "indexes": [models.Index(fields=["reorganisation", "position"], name="step_in_order")],
            },
        ),
    ]
