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
            name="InspectionItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("theme", models.CharField(max_length=500, verbose_name="What is looked into")),
                (
                    "kind",
                    models.CharField(
                        choices=[("inspection", "inspection"), ("supervision", "supervision")],
                        max_length=12,
                        verbose_name="Kind of work",
                    ),
                ),
                (
                    "manner",
                    models.CharField(
                        choices=[("programme", "by programme"), ("thematic", "thematic")],
                        max_length=10,
                        verbose_name="Manner",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="From")),
                ("ends_on", models.DateField(verbose_name="Until")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("theme", ""), _negated=True), name="inspection_item_has_a_theme"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="inspection_item_runs_forward"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seed", models.CharField(max_length=64)),
                ("scope", models.CharField(max_length=20)),
                ("by_risk", models.PositiveSmallIntegerField()),
                ("at_random", models.PositiveSmallIntegerField()),
                ("on", models.DateField()),
                ("norm", models.JSONField(default=dict)),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draws",
                        to="inspections.inspectionitem",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("seed", ""), _negated=True), name="draw_has_a_seed")
                ],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[("chosen", "named"), ("risk", "drawn by risk"), ("random", "drawn at random")],
                        default="chosen",
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("prepare", "preparation"),
                            ("conduct", "conduct"),
                            ("finish", "conclusion being drawn"),
                            ("concluded", "concluded"),
                            ("dropped", "not carried out"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("began_on", models.DateField(null=True)),
                ("due_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("conclusion", models.TextField(blank=True, verbose_name="Conclusion")),
                ("concluded_on", models.DateField(null=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                (
                    "concluded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="inspections",
                        to="inspections.draw",
                    ),
                ),
                (
                    "follower",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="inspections_held", to="orgs.unit"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="inspected_by",
                        to="documents.document",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="inspections", to="orgs.unit"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inspections",
                        to="inspections.inspectionitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "inspection",
                "indexes": [models.Index(fields=["state", "unit"], name="inspection_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "unit"), name="one_inspection_of_a_unit_in_an_item"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "dropped"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="inspection_dropped_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["planned", "dropped"]), ("began_on__isnull", False), _connector="OR"
                        ),
                        name="running_inspection_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "concluded"), _negated=True),
                            models.Q(("concluded_on__isnull", False), models.Q(("conclusion", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="concluded_inspection_says_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=1000, verbose_name="What was found")),
                ("remedy", models.CharField(max_length=1000, verbose_name="What has to be done")),
                ("due_on", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="Due day")),
                ("closed_on", models.DateField(null=True)),
                ("remark", models.CharField(blank=True, max_length=500)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="findings", to="orgs.unit"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="remedies",
                        to="tasks.task",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("inspection", "position"), name="one_finding_per_position"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), models.Q(("remedy", ""), _negated=True)
                        ),
                        name="finding_has_words_and_a_remedy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_on__isnull", True), ("closed_by__isnull", False), _connector="OR"),
                        name="finding_closed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InspectionProgramme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="Year")),
                ("basis", models.CharField(blank=True, max_length=500, verbose_name="Basis")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "being prepared"),
                            ("submitted", "awaiting approval"),
                            ("approved", "approved"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="inspection_programmes",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "inspection programme",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "year"), name="one_inspection_programme_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1990), ("year__lte", 2199)),
                        name="inspection_programme_of_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="approved_programme_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="inspectionitem",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="inspections.inspectionprogramme"
            ),
        ),
        migrations.CreateModel(
            name="Point",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=500, verbose_name="Point")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not looked into yet"),
                            ("met", "met"),
                            ("partly", "partly met"),
                            ("unmet", "not met"),
                            ("na", "does not apply"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="Result",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="What was seen")),
                ("at", models.DateTimeField(null=True)),
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
                    "inspection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("inspection", "position"), name="one_point_per_position"),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="point_has_words"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="documents.storedfile"
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proofs",
                        to="inspections.finding",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proofs", to="inspections.inspection"
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proofs",
                        to="inspections.point",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding__isnull", False), ("point__isnull", True)),
                            models.Q(("finding__isnull", True), ("point__isnull", False)),
                            _connector="OR",
                        ),
                        name="proof_of_a_point_or_a_finding",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StepRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("prepare", "preparation"),
                            ("conduct", "conduct"),
                            ("finish", "conclusion being drawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("began_on", models.DateField()),
                ("days", models.PositiveSmallIntegerField(default=0)),
                ("due_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("ended_on", models.DateField(null=True)),
                ("norm", models.JSONField(default=dict)),
                (
                    "inspection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["ended_on", "due_on"], name="inspection_step_due")],
                "constraints": [models.UniqueConstraint(fields=("inspection", "step"), name="one_row_of_a_step")],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("days", models.PositiveSmallIntegerField(verbose_name="Days more")),
                ("reason", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="extensions", to="inspections.steprow"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days__gt", 0), models.Q(("reason", ""), _negated=True)),
                        name="extension_has_days_and_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("post", models.CharField(max_length=160)),
                ("leads", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="team",
                        to="inspections.inspectionitem",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("item", "account"), name="one_place_in_a_team"),
                    models.UniqueConstraint(
                        condition=models.Q(("leads", True)), fields=("item",), name="one_leads_a_team"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=500)),
                ("figures", models.JSONField(default=dict)),
                ("score", models.PositiveIntegerField(default=0)),
                ("place", models.PositiveIntegerField()),
                ("way", models.CharField(blank=True, max_length=8)),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="candidates",
                        to="inspections.draw",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("draw", "unit"), name="one_candidate_of_a_draw")],
            },
        ),
    ]
