import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0003_terms_and_symbols"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("design", models.JSONField(default=dict)),
                ("holds_from", models.DateField(default=datetime.date(9999, 12, 31))),
                ("changed_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("figures_from", models.DateField()),
                ("cut_on", models.DateField()),
                ("due_on", models.DateField()),
                ("opened_on", models.DateField()),
                ("reminded_on", models.DateField(null=True)),
                ("count", models.IntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("act", models.BigIntegerField(null=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="periods", to="reports.formversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "period",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="period_runs_forward"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PeriodReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("summary", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("expected", "not begun"),
                            ("draft", "being filled"),
                            ("submitted", "awaiting approval"),
                            ("returned", "returned"),
                            ("approved", "approved"),
                            ("closed", "closed"),
                        ],
                        default="expected",
                        max_length=10,
                    ),
                ),
                ("values", models.JSONField(default=dict)),
                ("machine", models.JSONField(default=dict)),
                ("wrong", models.JSONField(default=dict)),
                ("parts", models.JSONField(default=dict)),
                ("revision", models.IntegerField(default=0)),
                ("filled_at", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("submitted_on", models.DateField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("returned", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.TextField(blank=True)),
                (
                    "answers_to",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="period_reports",
                        to="orgs.unit",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="reports", to="reports.period"
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
                    "submitted_by",
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
                        db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="reports",
                        to="reports.formversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "period report",
                "indexes": [
                    models.Index(fields=["held_by", "state"], name="period_report_holder"),
                    models.Index(fields=["answers_to", "state"], name="period_report_answers"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "period"), name="one_report_per_unit_and_period"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["submitted", "approved"]), _negated=True),
                            ("submitted_on__isnull", False),
                            _connector="OR",
                        ),
                        name="sent_report_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuedSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("values", models.JSONField()),
                ("submitted_on", models.DateField()),
                ("on", models.DateField()),
                ("digest", models.CharField(max_length=64)),
                ("act", models.BigIntegerField(null=True)),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="reports.formversion",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="sheets", to="reports.periodreport"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("report", "number"), name="one_issued_sheet_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(("on__gte", models.F("submitted_on"))), name="sheet_issued_after_submission"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=20)),
                ("revision", models.IntegerField()),
                ("old", models.JSONField(null=True)),
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
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="reports.periodreport",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "field", "revision"), name="one_change_per_field_and_revision"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=250, verbose_name="Title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("month", "every month"),
                            ("quarter", "every quarter"),
                            ("half", "every half-year"),
                            ("nine_months", "nine months of each year"),
                            ("year", "every year"),
                            ("once", "once"),
                        ],
                        max_length=12,
                        verbose_name="Reported",
                    ),
                ),
                ("selection", models.CharField(default="children", max_length=1000)),
                (
                    "answer_rule",
                    models.CharField(
                        choices=[
                            ("by_level", "to the direct subordinate above"),
                            ("designer", "to the unit that made the form"),
                        ],
                        default="by_level",
                        max_length=10,
                        verbose_name="Reports go",
                    ),
                ),
                ("cut_day", models.PositiveSmallIntegerField(default=14, verbose_name="Figures are cut off on day")),
                ("cut_months", models.PositiveSmallIntegerField(default=0)),
                ("due_day", models.PositiveSmallIntegerField(default=20, verbose_name="To be sent by day")),
                ("due_months", models.PositiveSmallIntegerField(default=0)),
                (
                    "moves",
                    models.CharField(
                        choices=[
                            ("after", "to the next working day"),
                            ("before", "to the last working day before it"),
                            ("no", "not at all"),
                        ],
                        default="after",
                        max_length=6,
                        verbose_name="A due day on a day off moves",
                    ),
                ),
                ("once_from", models.DateField(null=True)),
                ("once_to", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("designed", "being designed"), ("in_force", "in force"), ("ended", "ended")],
                        default="designed",
                        max_length=10,
                    ),
                ),
                ("next_on", models.DateField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="report_forms", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "report form",
                "indexes": [
                    models.Index(condition=models.Q(("state", "in_force")), fields=["next_on"], name="form_next")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cut_day__lte", 31), ("due_day__lte", 31)), name="form_days_of_a_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cut_months__lte", 3), ("due_months__lte", 3)), name="form_days_are_near"
                    ),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="form_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "once"), _negated=True),
                            models.Q(("once_from__isnull", False), ("once_to__gte", models.F("once_from"))),
                            _connector="OR",
                        ),
                        name="form_filled_once_has_days",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="period",
            name="form",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT, related_name="periods", to="reports.reportform"
            ),
        ),
        migrations.AddField(
            model_name="formversion",
            name="form",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="reports.reportform"
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.UniqueConstraint(fields=("form", "starts_on"), name="one_period_from_a_day"),
        ),
        migrations.AddConstraint(
            model_name="formversion",
            constraint=models.UniqueConstraint(fields=("form", "number"), name="one_version_per_number"),
        ),
        migrations.AddConstraint(
            model_name="formversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at__isnull", True)), fields=("form",), name="one_version_worked_on"
            ),
        ),
    ]
