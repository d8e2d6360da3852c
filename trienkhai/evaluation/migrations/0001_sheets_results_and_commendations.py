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
        ("tasks", "0013_issued_sheets"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=8, verbose_name="Period")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("denominator", models.CharField(max_length=40)),
                ("norms", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "sheets being filled"),
                            ("proposed", "proposed, awaiting the decision"),
                            ("decided", "decided"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("ceilings", models.JSONField(default=dict)),
                ("decided_on", models.DateField(null=True)),
                ("appeals_until", models.DateField(default=datetime.date(9999, 12, 31))),
                ("digest", models.CharField(blank=True, max_length=64)),
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
                    "opened_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="documents.draft"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="evaluations",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "evaluation",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "code"), name="one_evaluation_of_a_period"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="evaluation_runs_forward"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "decided"), _negated=True),
                            models.Q(("decided_by__isnull", False), ("decided_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="evaluation_decided_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AboveMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ground", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tasks.assignment"
                    ),
                ),
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
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="above",
                        to="evaluation.campaign",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "assignment"), name="marked_above_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ground", ""), _negated=True), name="above_for_a_ground"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("cell", "cell"), ("organisation", "organisation"), ("person", "person")],
                        max_length=12,
                        verbose_name="Who is commended",
                    ),
                ),
                ("name", models.CharField(max_length=250, verbose_name="Name")),
                ("form", models.CharField(max_length=40, verbose_name="Form of commendation")),
                ("year", models.SmallIntegerField(verbose_name="Year")),
                ("achievement", models.TextField(verbose_name="Achievement")),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("decided", "commended"), ("refused", "not commended")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="Number of the decision")),
                ("decided_on", models.DateField(null=True)),
                ("reason", models.TextField(blank=True)),
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
                    "decider",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="commendations",
                        to="orgs.unit",
                    ),
                ),
                (
                    "proposed_by",
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
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="commendations_proposed",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "commendation",
                "indexes": [models.Index(fields=["decider", "year", "state"], name="commendation_register")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("achievement", ""), _negated=True)
                        ),
                        name="commendation_says_who_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "decided"), _negated=True),
                            models.Q(models.Q(("number", ""), _negated=True), ("decided_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="commended_by_a_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="not_commended_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommendationOpinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("post_label", models.CharField(blank=True, max_length=300)),
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
                    "commendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opinions",
                        to="evaluation.commendation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="opinion_on_commendation_has_words"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommendationPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "commendation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="evaluation.commendation",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="documents.document"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("commendation", "document"), name="one_evidence_once")],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.IntegerField(default=0)),
                ("name", models.CharField(max_length=250)),
                ("post", models.CharField(blank=True, max_length=160)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("self", "self-evaluation"),
                            ("collective", "opinion of the collective"),
                            ("vote", "vote"),
                            ("upper", "appraisal above"),
                            ("ready", "appraised"),
                            ("decided", "decided"),
                            ("left_out", "not evaluated"),
                        ],
                        default="self",
                        max_length=10,
                    ),
                ),
                ("figures", models.JSONField(default=dict)),
                ("figured_on", models.DateField(null=True)),
                ("words", models.JSONField(default=dict)),
                ("confirmed", models.JSONField(default=dict)),
                ("present", models.PositiveIntegerField(default=0)),
                ("cast", models.PositiveIntegerField(default=0)),
                ("votes", models.JSONField(default=dict)),
                ("proposal", models.JSONField(default=dict)),
                ("level", models.CharField(blank=True, max_length=20)),
                ("reason", models.TextField(blank=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="evaluation_sheets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheets",
                        to="evaluation.campaign",
                    ),
                ),
                (
                    "holding",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="orgs.holding",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="evaluation_sheets", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "evaluation sheet",
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "unit", "person"), name="one_sheet_of_a_subject"),
                    models.CheckConstraint(
                        condition=models.Q(("cast__lte", models.F("present"))), name="evaluation_votes_within_present"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", True), ("person", 0)),
                            ("person", models.F("account_id")),
                            _connector="OR",
                        ),
                        name="sheet_of_its_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("step", "decided"), _negated=True),
                            models.Q(("level", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decided_sheet_has_a_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("step", "left_out"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="left_out_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Points",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("self", "self-evaluation"),
                            ("collective", "opinion of the collective"),
                            ("vote", "vote"),
                            ("upper", "appraisal above"),
                            ("ready", "appraised"),
                            ("decided", "decided"),
                            ("left_out", "not evaluated"),
                        ],
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("points", models.DecimalField(decimal_places=1, max_digits=5)),
                (
                    "sheet",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="evaluation.sheet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "step", "code"), name="points_once_in_a_step"),
                    models.CheckConstraint(
                        condition=models.Q(("points__gte", 0), ("points__lte", 100)), name="points_from_0_to_100"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="commendation",
            name="sheet",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="commendations",
                to="evaluation.sheet",
            ),
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("level", models.CharField(blank=True, max_length=20)),
                ("answered_at", models.DateTimeField(null=True)),
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
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="appeals", to="evaluation.sheet"
                    ),
                ),
            ],
            options={
                "verbose_name": "appeal",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=("sheet",),
                        name="one_appeal_waits_for_its_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="appeal_answered_in_words",
                    ),
                ],
            },
        ),
    ]
