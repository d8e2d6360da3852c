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
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField(verbose_name="Begins")),
                ("place", models.CharField(max_length=250, verbose_name="Held at")),
                ("content", models.TextField(verbose_name="What it is about")),
                ("guests", models.TextField(blank=True, verbose_name="Others who take part")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "planned"), ("ended", "held"), ("cancelled", "not held")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="told_sessions",
                        to="documents.draft",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="sessions_with", to="orgs.unit"
                    ),
                ),
                (
                    "upper",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="sessions_led",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "working session",
                "indexes": [
                    models.Index(fields=["upper", "-starts_at"], name="session_of_upper"),
                    models.Index(fields=["state", "starts_at"], name="session_in_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("upper", models.F("unit")), _negated=True),
                        name="session_is_with_another_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place", ""), _negated=True), models.Q(("content", ""), _negated=True)
                        ),
                        name="session_has_place_and_content",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="session_not_held_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), _negated=True), ("ended_at__isnull", False), _connector="OR"
                        ),
                        name="ended_session_has_its_hour",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("post", models.CharField(max_length=160)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "holding",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="orgs.holding",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="worksessions.session",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("session", "account"), name="one_person_of_a_session_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("on", models.DateField(verbose_name="As on the day")),
                ("content", models.JSONField()),
                ("head", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("act", models.BigIntegerField()),
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
                        related_name="dossiers_of_sessions",
                        to="orgs.unit",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="dossiers",
                        to="worksessions.session",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier of a working session",
                "indexes": [models.Index(fields=["act"], name="dossier_of_act")],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "number"), name="one_dossier_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(("digest", ""), _negated=True), name="dossier_has_a_digest"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=1000, verbose_name="Conclusion")),
                ("due_on", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="Due day")),
                (
                    "lead",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conclusions",
                        to="worksessions.session",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("session", "position"), name="one_session_conclusion_per_position"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="session_conclusion_has_words"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("difficulty", "difficulty"), ("proposal", "proposal")],
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                ("text", models.CharField(max_length=1000, verbose_name="Content")),
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
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="worksessions.session",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("session", "position"), name="one_word_of_the_unit_per_position"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="word_of_the_unit_says_something"
                    ),
                ],
            },
        ),
    ]
