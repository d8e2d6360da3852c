import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0010_scans"),
        ("orgs", "0003_terms_and_symbols"),
        ("people", "__first__"),
        ("tasks", "0003_proposal_of_a_task"),
    ]

    operations = [
        migrations.CreateModel(
            name="Concretising",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concretisings",
                        to="documents.document",
                    ),
                ),
                (
                    "draft",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="concretising",
                        to="documents.draft",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="concretises",
                        to="documents.document",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="concretisings", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "concretising",
                "constraints": [models.UniqueConstraint(fields=("document", "unit"), name="one_concretising_per_unit")],
            },
        ),
        migrations.CreateModel(
            name="ClauseAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("taken", "taken over"),
                            ("adapted", "adapted, with own targets"),
                            ("not_applicable", "not applicable"),
                        ],
                        max_length=16,
                        verbose_name="Answer",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="Own wording and targets")),
                ("reason", models.TextField(blank=True, verbose_name="Reason")),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="documents.clause"
                    ),
                ),
                (
                    "concretising",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="tasks.concretising"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("concretising", "clause"), name="one_answer_per_clause"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "not_applicable"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="not_applicable_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "adapted"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="adapted_in_own_words",
                    ),
                ],
            },
        ),
    ]
