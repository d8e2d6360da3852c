import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0010_scans"),
        ("orgs", "0003_terms_and_symbols"),
        ("people", "__first__"),
        ("tasks", "0006_bulk_jobs"),
    ]

    operations = [
        migrations.AddField(
            model_name="focus",
            name="goal",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="focus",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="focuses",
                to="orgs.post",
            ),
        ),
        migrations.AddField(
            model_name="focus",
            name="rhythm",
            field=models.CharField(
                blank=True,
                choices=[("", "not set"), ("month", "every month"), ("quarter", "every quarter")],
                default="",
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("term", "term programme"),
                            ("year", "year's programme"),
                            ("quarter", "quarter's plan"),
                        ],
                        max_length=8,
                        verbose_name="Kind",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="From day")),
                ("ends_on", models.DateField(verbose_name="Until")),
                (
                    "state",
                    models.CharField(
                        choices=[("prepared", "being prepared"), ("in_force", "in force")],
                        default="prepared",
                        max_length=8,
                    ),
                ),
                ("version", models.IntegerField(default=1)),
                ("opened_at", models.DateTimeField()),
                ("in_force_on", models.DateField(null=True)),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="programmes",
                        to="documents.document",
                    ),
                ),
                (
                    "draft",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="programme",
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
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="parts",
                        to="tasks.programme",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="programmes", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "programme of work",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "kind", "starts_on"), name="one_programme_from_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="programme_runs_forward"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "in_force"), _negated=True),
                            ("in_force_on__isnull", False),
                            _connector="OR",
                        ),
                        name="in_force_since_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.IntegerField()),
                ("title", models.CharField(max_length=1000, verbose_name="Work")),
                ("time_words", models.CharField(blank=True, max_length=300, verbose_name="Time in words")),
                ("due_on", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="Due day")),
                ("lead_words", models.CharField(blank=True, max_length=500, verbose_name="Responsible")),
                ("product", models.CharField(blank=True, max_length=500, verbose_name="Product")),
                ("work_area", models.CharField(blank=True, max_length=60, verbose_name="Area of work")),
                (
                    "closed",
                    models.CharField(
                        blank=True,
                        choices=[("", "open"), ("done", "done"), ("dropped", "dropped"), ("carried", "carried over")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("closed_on", models.DateField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("added_reason", models.TextField(blank=True)),
                (
                    "carried_to",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="carried_from",
                        to="tasks.programmeitem",
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="programme_items",
                        to="documents.clause",
                    ),
                ),
                (
                    "from_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="refined_by",
                        to="tasks.programmeitem",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="tasks.programme"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="programme_items",
                        to="tasks.task",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of a programme",
                "indexes": [models.Index(fields=["programme", "position"], name="item_programme")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="item_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed", "dropped"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dropped_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed", ""), ("closed_on__isnull", False), _connector="OR"),
                        name="item_closed_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FocusReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="Day of the review")),
                ("found", models.TextField(verbose_name="What was found")),
                ("decision", models.TextField(verbose_name="What was decided")),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="Next review")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "focus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="tasks.focus"
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a focus",
                "constraints": [
                    models.UniqueConstraint(fields=("focus", "on"), name="one_review_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("found", ""), _negated=True), models.Q(("decision", ""), _negated=True)
                        ),
                        name="review_has_its_words",
                    ),
                ],
            },
        ),
    ]
