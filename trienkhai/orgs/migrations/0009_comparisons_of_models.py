import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0008_words_of_units"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Comparison",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=250)),
                ("question", models.TextField(blank=True, help_text="what is to be found out")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "being prepared"),
                            ("asking", "opinions are asked"),
                            ("closed", "opinions are closed"),
                            ("chosen", "a draft was chosen"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("prepared_at", models.DateTimeField()),
                ("asked_on", models.DateField(null=True)),
                ("opinions_due_on", models.DateField(null=True)),
                ("chosen_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, help_text="why that draft was chosen")),
                ("kept", models.JSONField(blank=True, default=dict)),
                (
                    "chosen",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="chosen_in",
                        to="orgs.reorganisation",
                    ),
                ),
                (
                    "chosen_by",
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
                        on_delete=django.db.models.deletion.RESTRICT, related_name="comparisons", to="orgs.unit"
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "comparison of models",
                "indexes": [models.Index(fields=["office", "state"], name="comparison_of_office")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="comparison_has_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "chosen"), _negated=True),
                            models.Q(
                                ("chosen__isnull", False),
                                ("chosen_at__isnull", False),
                                ("chosen_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="comparison_chosen_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "asking"), _negated=True),
                            models.Q(("asked_on__isnull", False), ("opinions_due_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="comparison_asks_until_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComparedDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("digest", models.CharField(blank=True, max_length=64)),
                (
                    "reorganisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="compared", to="orgs.reorganisation"
                    ),
                ),
                (
                    "comparison",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="orgs.comparison"
                    ),
                ),
            ],
            options={
                "ordering": ("position", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("comparison", "reorganisation"), name="draft_once_in_a_comparison")
                ],
            },
        ),
        migrations.CreateModel(
            name="CostLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=160)),
                ("measure", models.CharField(blank=True, max_length=60)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("amounts", models.JSONField(default=dict)),
                (
                    "comparison",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="costs", to="orgs.comparison"
                    ),
                ),
            ],
            options={
                "ordering": ("position", "pk"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="cost_line_has_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitOpinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                (
                    "preference",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not answered yet"),
                            ("draft", "prefers a draft"),
                            ("none", "prefers none of the drafts"),
                        ],
                        default="",
                        max_length=5,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("late", models.BooleanField(default=False)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "comparison",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="opinions", to="orgs.comparison"
                    ),
                ),
                (
                    "preferred",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="preferring",
                        to="orgs.compareddraft",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="opinions_on_models", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "opinion of a unit",
                "constraints": [
                    models.UniqueConstraint(fields=("comparison", "unit"), name="one_opinion_of_a_unit"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("preference", "draft"), ("preferred__isnull", False)),
                            models.Q(models.Q(("preference", "draft"), _negated=True), ("preferred__isnull", True)),
                            _connector="OR",
                        ),
                        name="opinion_names_the_draft_preferred",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("preference", ""),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="opinion_has_its_author",
                    ),
                ],
            },
        ),
    ]
