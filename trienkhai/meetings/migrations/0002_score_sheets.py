import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_meetings_and_minutes"),
        ("orgs", "0011_lists_of_members_by_name"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="speakers",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="ScoreSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=60)),
                ("body", models.CharField(max_length=40)),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("norm", models.JSONField()),
                ("frame", models.JSONField()),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("self", "one person scores"),
                            ("committee", "the committee agrees"),
                            ("vote", "the meeting votes"),
                            ("upper", "the committee above decides"),
                            ("done", "decided"),
                        ],
                        default="self",
                        max_length=10,
                    ),
                ),
                ("total", models.PositiveSmallIntegerField(null=True)),
                ("level", models.CharField(blank=True, max_length=60)),
                ("meetings", models.ManyToManyField(related_name="score_sheets", to="meetings.meeting")),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "step"], name="score_sheet_of_unit")],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "subject"), name="one_score_sheet_of_a_subject"),
                    models.CheckConstraint(
                        condition=models.Q(("last_on__gte", models.F("first_on"))), name="score_sheet_runs_forward"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("step", "done"), _negated=True),
                            models.Q(("total__isnull", False), ("total__lte", 100)),
                            _connector="OR",
                        ),
                        name="decided_score_has_a_total",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("step", models.CharField(max_length=10)),
                ("points", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("facts", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="meetings.scoresheet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "code", "step"), name="one_mark_of_a_criterion_in_a_step"),
                    models.CheckConstraint(condition=models.Q(("points__lte", 100)), name="mark_within_100"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("self", "one person scores"),
                            ("committee", "the committee agrees"),
                            ("vote", "the meeting votes"),
                            ("upper", "the committee above decides"),
                            ("done", "decided"),
                        ],
                        max_length=10,
                    ),
                ),
                ("total", models.PositiveSmallIntegerField()),
                ("level", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("votes_for", models.PositiveIntegerField(default=0)),
                ("against", models.PositiveIntegerField(default=0)),
                ("blank", models.PositiveIntegerField(default=0)),
                ("invalid", models.PositiveIntegerField(default=0)),
                ("present", models.PositiveIntegerField(default=0)),
                ("needed", models.PositiveIntegerField(default=0)),
                ("ruling", models.JSONField(default=dict)),
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
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="meetings.scoresheet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "step"), name="one_end_of_a_score_step"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "present__gte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("votes_for"), "+", models.F("against")
                                        ),
                                        "+",
                                        models.F("blank"),
                                    ),
                                    "+",
                                    models.F("invalid"),
                                ),
                            )
                        ),
                        name="score_votes_within_those_present",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("step", "vote"), _negated=True), ("meeting__isnull", False), _connector="OR"
                        ),
                        name="score_vote_has_meeting",
                    ),
                ],
            },
        ),
    ]
