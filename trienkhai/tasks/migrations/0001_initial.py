import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_initial"),
        ("orgs", "0001_initial"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("occurrence", models.SmallIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("assigned", "assigned"),
                            ("acknowledged", "acknowledged"),
                            ("in_progress", "in progress"),
                            ("submitted", "awaiting approval"),
                            ("returned", "returned"),
                            ("paused", "paused"),
                            ("done", "done"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="assigned",
                        max_length=12,
                    ),
                ),
                (
                    "paused_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("assigned", "assigned"),
                            ("acknowledged", "acknowledged"),
                            ("in_progress", "in progress"),
                            ("submitted", "awaiting approval"),
                            ("returned", "returned"),
                            ("paused", "paused"),
                            ("done", "done"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("due_on", models.DateField()),
                ("first_due_on", models.DateField()),
                ("percent", models.SmallIntegerField(default=0)),
                ("submitted_on", models.DateField(null=True)),
                ("issued_on", models.DateField()),
                ("since_on", models.DateField()),
                ("act", models.BigIntegerField(null=True)),
                (
                    "answers_to",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="assignments",
                        to="orgs.unit",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
            ],
            options={
                "verbose_name": "assignment",
                "indexes": [
                    models.Index(fields=["held_by", "state", "due_on"], name="assignment_holder"),
                    models.Index(fields=["answers_to", "state"], name="assignment_answers"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 0), ("percent__lte", 100)), name="percent_from_0_to_100"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("issued_on"))), name="not_due_before_issue"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Focus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("central", "central task"),
                            ("key", "key area"),
                            ("breakthrough", "breakthrough solution"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="focuses", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="focus_span_runs_forward"
                    ),
                    models.UniqueConstraint(fields=("unit", "title"), name="one_focus_per_title"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "being prepared"),
                            ("submitted", "submitted to the leader"),
                            ("returned", "returned to the officer"),
                            ("issued", "issued"),
                        ],
                        default="prepared",
                        max_length=10,
                    ),
                ),
                ("selection", models.CharField(default="children", max_length=1000)),
                ("on", models.DateField()),
                ("created_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("issued_at", models.DateTimeField(null=True)),
                ("returned_reason", models.TextField(blank=True)),
                ("count", models.IntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("act", models.BigIntegerField(null=True)),
                (
                    "assigner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="issues", to="orgs.unit"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="issues", to="documents.document"
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "issue of tasks",
                "indexes": [models.Index(fields=["assigner", "state"], name="issue_assigner")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "issued"), _negated=True),
                            models.Q(("issued_at__isnull", False), ("issued_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="issued_by_someone_at_some_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgressReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("progress", "progress"),
                            ("submitted", "awaiting approval"),
                            ("approved", "approved"),
                            ("returned", "returned"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("percent", models.SmallIntegerField()),
                ("text", models.TextField()),
                ("bottleneck", models.TextField(blank=True)),
                ("proposal", models.TextField(blank=True)),
                ("post_label", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision", models.TextField(blank=True)),
                ("form_token", models.CharField(blank=True, max_length=40)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="tasks.assignment"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "confirmed_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "progress report",
                "indexes": [models.Index(fields=["assignment", "at"], name="report_assignment")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 0), ("percent__lte", 100)), name="report_percent_0_to_100"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "submitted")),
                        fields=("assignment",),
                        name="one_report_awaiting_approval",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("form_token", ""), _negated=True),
                        fields=("assignment", "form_token"),
                        name="one_report_per_form",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="documents.storedfile"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="tasks.progressreport"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("extend", "extension"),
                            ("adjust", "adjustment"),
                            ("transfer", "transfer to another unit"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                ("proposed_due_on", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("open", "not decided"), ("granted", "granted"), ("refused", "refused")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="tasks.assignment"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
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
                    "proposed_unit",
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
                "verbose_name": "request",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "open")),
                        fields=("assignment", "kind"),
                        name="one_open_request_per_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("document_id", models.BigIntegerField(default=0)),
                ("kind", models.CharField(choices=[("month_end", "Month End"), ("issued", "Issued")], max_length=10)),
                ("cells", models.JSONField()),
                ("act", models.BigIntegerField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="sheets", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "on", "document_id", "kind"), name="one_sheet_per_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="StateSpan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("assigned", "assigned"),
                            ("acknowledged", "acknowledged"),
                            ("in_progress", "in progress"),
                            ("submitted", "awaiting approval"),
                            ("returned", "returned"),
                            ("paused", "paused"),
                            ("done", "done"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=12,
                    ),
                ),
                ("due_on", models.DateField()),
                ("submitted_on", models.DateField(null=True)),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("act", models.BigIntegerField(null=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spans",
                        to="tasks.assignment",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["assignment", "from_on"], name="span_assignment")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gte", models.F("from_on"))), name="state_span_runs_forward"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.IntegerField(default=0)),
                ("title", models.CharField(max_length=1000, verbose_name="Task")),
                ("product", models.CharField(blank=True, max_length=500, verbose_name="Product")),
                ("work_area", models.CharField(blank=True, max_length=60, verbose_name="Area of work")),
                (
                    "mode",
                    models.CharField(
                        choices=[("each", "each its own"), ("joint", "one product, one lead")],
                        default="each",
                        max_length=6,
                        verbose_name="Mode",
                    ),
                ),
                (
                    "answer_rule",
                    models.CharField(
                        choices=[
                            ("by_level", "by the direct subordinate above"),
                            ("assigner", "by the assigner itself"),
                        ],
                        default="by_level",
                        max_length=10,
                        verbose_name="Approved",
                    ),
                ),
                ("delegates", models.JSONField(blank=True, default=list)),
                ("selection", models.CharField(blank=True, max_length=1000, verbose_name="Recipients")),
                ("lead_words", models.CharField(blank=True, max_length=500, verbose_name="Lead")),
                ("coordinating_words", models.CharField(blank=True, max_length=1000, verbose_name="Co-ordinating")),
                ("coordinating_selection", models.CharField(blank=True, max_length=1000)),
                ("due_on", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="Due day")),
                ("due_words", models.CharField(blank=True, max_length=300, verbose_name="Deadline in words")),
                (
                    "recurrence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "once"),
                            ("month", "every month"),
                            ("quarter", "every quarter"),
                            ("half", "every half-year"),
                            ("year", "every year"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("due_day", models.SmallIntegerField(default=0)),
                ("quote", models.TextField(blank=True)),
                ("start", models.IntegerField(null=True)),
                ("end", models.IntegerField(null=True)),
                ("doubts", models.JSONField(blank=True, default=list)),
                ("dropped", models.BooleanField(default=False)),
                ("issued_on", models.DateField(null=True)),
                (
                    "next_on",
                    models.DateField(help_text="first day of the period whose occurrence opens next", null=True),
                ),
                ("search_text", models.TextField(blank=True, editable=False)),
                (
                    "assigner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="given_tasks", to="orgs.unit"
                    ),
                ),
                ("clauses", models.ManyToManyField(blank=True, related_name="tasks", to="documents.clause")),
                (
                    "continues",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="continued_by",
                        to="tasks.task",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="tasks", to="documents.document"
                    ),
                ),
                (
                    "focus",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="tasks",
                        to="tasks.focus",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="tasks.issue"
                    ),
                ),
                (
                    "serves",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="concretised_by",
                        to="tasks.assignment",
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "indexes": [
                    models.Index(fields=["assigner", "issued_on"], name="task_assigner"),
                    models.Index(condition=models.Q(("next_on__isnull", False)), fields=["next_on"], name="task_next"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="task_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued_on", None), ("due_on__gte", models.F("issued_on")), _connector="OR"
                        ),
                        name="task_not_due_before_issue",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField()),
                ("assigned", models.IntegerField(default=0)),
                ("acknowledged", models.IntegerField(default=0)),
                ("in_progress", models.IntegerField(default=0)),
                ("submitted", models.IntegerField(default=0)),
                ("submitted_late", models.IntegerField(default=0)),
                ("returned", models.IntegerField(default=0)),
                ("paused", models.IntegerField(default=0)),
                ("done_on_time", models.IntegerField(default=0)),
                ("done_late", models.IntegerField(default=0)),
                ("extended", models.IntegerField(default=0)),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="tasks.task"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("unit", "task", "due_on"), name="one_tally_row")],
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("part", "co-ordinating part"), ("watch", "watch")], max_length=6)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("due_on", models.DateField(null=True)),
                ("answered_on", models.DateField(null=True)),
                ("answer", models.TextField(blank=True)),
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
                    "assignment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="tasks.assignment",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="shares", to="orgs.unit"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="tasks.task"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("task", "unit", "kind"), name="one_share_per_kind")],
            },
        ),
        migrations.AddField(
            model_name="assignment",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT, related_name="assignments", to="tasks.task"
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["due_on", "task", "unit"], name="assignment_due"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(fields=("task", "unit", "occurrence"), name="one_assignment_per_unit"),
        ),
    ]
