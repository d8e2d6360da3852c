import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0013_cancelled_entries"),
        ("orgs", "0011_lists_of_members_by_name"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("public", "made public"),
                            ("decided", "discussed and decided"),
                            ("asked", "opinions asked"),
                            ("checked", "checked and supervised"),
                        ],
                        max_length=8,
                        verbose_name="List",
                    ),
                ),
                ("title", models.CharField(max_length=500, verbose_name="Matter")),
                ("basis", models.CharField(blank=True, max_length=250, verbose_name="Basis")),
                ("due_on", models.DateField(verbose_name="Due day")),
                ("done_on", models.DateField(null=True)),
                ("dropped", models.CharField(blank=True, max_length=500)),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="matters",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "matter",
                "indexes": [models.Index(fields=["unit", "due_on"], name="matter_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "kind", "title", "due_on"), name="one_matter_of_a_day"),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="matter_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(("done_on__isnull", True), ("dropped", ""), _connector="OR"),
                        name="done_is_not_left_out",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.CharField(max_length=40, verbose_name="Mass organisation")),
                ("year", models.PositiveSmallIntegerField(verbose_name="Year")),
                ("title", models.CharField(max_length=250, verbose_name="Title")),
                ("announced_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="oversight_plans",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan of supervision",
                "indexes": [models.Index(fields=["unit", "year"], name="oversight_plan_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="oversight_plan_has_title"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=250, verbose_name="Where and how")),
                ("from_on", models.DateField(verbose_name="From day")),
                ("until_on", models.DateField(verbose_name="Until")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="Link")),
                ("outcome", models.TextField(blank=True, verbose_name="What came of it")),
                ("norm", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="proofs_of_matters",
                        to="documents.storedfile",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proofs", to="oversight.matter"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("place", ""), _negated=True), name="proof_has_place"),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))), name="proof_runs_forward"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("link", ""), _negated=True), ("file__isnull", False), _connector="OR"
                        ),
                        name="proof_is_file_or_link",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="Question")),
                ("asked_on", models.DateField(verbose_name="Asked on")),
                ("due_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("norm", models.JSONField(default=dict)),
                ("answer", models.TextField(blank=True, verbose_name="Answer")),
                ("answered_on", models.DateField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="questions",
                        to="oversight.matter",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="questions",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "indexes": [models.Index(fields=["unit", "answered_on", "due_on"], name="question_due")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="question_has_words"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_on__isnull", True), models.Q(("answer", ""), _negated=True), _connector="OR"
                        ),
                        name="answered_question_has_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("supervision", "supervision"), ("criticism", "social criticism")],
                        max_length=12,
                        verbose_name="Kind",
                    ),
                ),
                ("title", models.CharField(max_length=500, verbose_name="Subject")),
                (
                    "form",
                    models.CharField(
                        choices=[("meeting", "meeting"), ("writing", "in writing"), ("dialogue", "dialogue")],
                        max_length=10,
                        verbose_name="Form",
                    ),
                ),
                ("planned_on", models.DateField(verbose_name="To be held by")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "planned"), ("held", "held"), ("dropped", "not held")],
                        default="planned",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("held_on", models.DateField(null=True)),
                ("held_at", models.CharField(blank=True, max_length=250)),
                ("findings", models.TextField(blank=True)),
                (
                    "addressee",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="overseen",
                        to="orgs.unit",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="subjects", to="oversight.plan"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="orgs.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "subject of supervision",
                "indexes": [models.Index(fields=["addressee", "state"], name="oversight_addressee")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="oversight_subject_has_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "held"), _negated=True),
                            models.Q(("held_on__isnull", False), models.Q(("findings", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="held_with_findings",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "dropped"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="not_held_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="Recommendation")),
                ("made_on", models.DateField()),
                ("due_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("norm", models.JSONField(default=dict)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not answered"),
                            ("taken", "taken"),
                            ("partly", "taken in part"),
                            ("not_taken", "not taken"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("reply", models.TextField(blank=True)),
                ("replied_on", models.DateField(null=True)),
                (
                    "answers_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="recommended",
                        to="orgs.unit",
                    ),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="oversight.subject",
                    ),
                ),
            ],
            options={
                "verbose_name": "recommendation",
                "indexes": [models.Index(fields=["answers_by", "outcome", "due_on"], name="recommendation_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "position"), name="one_recommendation_per_position"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="recommendation_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", ""),
                            models.Q(("replied_on__isnull", False), models.Q(("reply", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="answered_with_words",
                    ),
                ],
            },
        ),
    ]
