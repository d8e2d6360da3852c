import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0010_scans"),
        ("orgs", "0003_terms_and_symbols"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.IntegerField(default=0)),
                ("selection", models.CharField(max_length=1000)),
                (
                    "reopens",
                    models.CharField(
                        choices=[
                            ("nobody", "none of them"),
                            ("acknowledged", "those that had acknowledged it"),
                            ("all", "all of them"),
                            ("selection", "those chosen below"),
                        ],
                        default="nobody",
                        max_length=12,
                    ),
                ),
                ("reopened", models.CharField(blank=True, max_length=1000)),
                ("on", models.DateField()),
                (
                    "acknowledge_by",
                    models.DateField(default=datetime.date(9999, 12, 31), verbose_name="To be acknowledged by"),
                ),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="Accompanying words")),
                ("sent_at", models.DateTimeField()),
                ("reminded_on", models.DateField(null=True)),
                ("count", models.IntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("act", models.BigIntegerField(null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="sendings", to="documents.document"
                    ),
                ),
                (
                    "follows",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="followed_by",
                        to="dissemination.sending",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="sendings", to="orgs.unit"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="documents.documenttext",
                    ),
                ),
            ],
            options={
                "verbose_name": "sending",
                "indexes": [models.Index(fields=["document", "sender", "id"], name="sending_of_document")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("acknowledge_by__gte", models.F("on"))), name="sending_leaves_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reopens", "selection"), _negated=True),
                            models.Q(("reopened", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sending_names_reopened",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("current", models.BooleanField(default=True)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("opened_post", models.CharField(blank=True, max_length=300)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("acknowledged_post", models.CharField(blank=True, max_length=300)),
                (
                    "closed_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "open"),
                            ("study", "study only, no task"),
                            ("concretised", "concretised in an own document"),
                            ("tasks", "tasks given"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
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
                        related_name="receipts",
                        to="orgs.unit",
                    ),
                ),
                (
                    "sending",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipts",
                        to="dissemination.sending",
                    ),
                ),
            ],
            options={
                "verbose_name": "receipt",
                "indexes": [models.Index(fields=["unit", "current"], name="receipt_unit")],
                "constraints": [
                    models.UniqueConstraint(fields=("sending", "unit"), name="one_receipt_per_sending"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("acknowledged_at", None), ("acknowledged_by", None)),
                            models.Q(
                                ("acknowledged_at__isnull", False),
                                ("acknowledged_by__isnull", False),
                                ("opened_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="receipt_acknowledged_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opened_at", None), ("delivered_at__isnull", False), _connector="OR"),
                        name="receipt_opened_when_delivered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_as", ""), ("closed_at", None)),
                            models.Q(
                                models.Q(("closed_as", ""), _negated=True),
                                ("acknowledged_at__isnull", False),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="receipt_closed_when_acknowledged",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SendingBranch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sending",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="branches", to="dissemination.sending"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("unit", "sending"), name="one_row_per_branch_reached")],
            },
        ),
        migrations.CreateModel(
            name="StudyPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("finish_by", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="To be finished by")),
                ("note", models.CharField(blank=True, max_length=2000, verbose_name="What is to be done")),
                ("made_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="study_plans",
                        to="documents.document",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="study_plans", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "study plan",
                "constraints": [
                    models.UniqueConstraint(fields=("document", "unit"), name="one_study_plan_per_document")
                ],
            },
        ),
        migrations.CreateModel(
            name="StudySession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("main", "main session"), ("make_up", "make-up session")],
                        default="main",
                        max_length=8,
                        verbose_name="Kind of session",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="Begins")),
                ("place", models.CharField(max_length=250, verbose_name="Held at")),
                (
                    "form",
                    models.CharField(
                        choices=[("in_person", "in person"), ("online", "online"), ("mixed", "in person and online")],
                        default="in_person",
                        max_length=10,
                        verbose_name="Form",
                    ),
                ),
                ("convened_by", models.CharField(max_length=250, verbose_name="Convened by")),
                ("reporter", models.CharField(blank=True, max_length=250, verbose_name="Reporter")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "planned"), ("held", "held"), ("cancelled", "cancelled")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="dissemination.studyplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "study session",
                "indexes": [models.Index(fields=["state", "starts_at"], name="session_upcoming")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="session_cancelled_for_a_reason",
                    ),
                    models.CheckConstraint(condition=models.Q(("place", ""), _negated=True), name="session_has_place"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "use",
                    models.CharField(
                        choices=[("material", "material to study"), ("proof", "proof that it was held")],
                        default="material",
                        max_length=8,
                        verbose_name="What it is",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="study_sessions",
                        to="documents.storedfile",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="dissemination.studysession",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("session", "file"), name="one_row_per_session_file")],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("audience", models.CharField(max_length=40)),
                ("convened", models.PositiveIntegerField()),
                ("attended", models.PositiveIntegerField()),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="dissemination.studysession",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("session", "audience"), name="one_count_per_audience"),
                    models.CheckConstraint(
                        condition=models.Q(("attended__lte", models.F("convened"))), name="attended_within_convened"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=40)),
                ("count", models.PositiveIntegerField()),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="dissemination.studysession",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("session", "reason"), name="one_count_per_reason"),
                    models.CheckConstraint(condition=models.Q(("count__gt", 0)), name="absence_counts_someone"),
                ],
            },
        ),
    ]
