import datetime

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0013_cancelled_entries"),
        ("orgs", "0009_comparisons_of_models"),
        ("people", "__first__"),
        ("tasks", "0013_issued_sheets"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.CharField(max_length=40, verbose_name="Body")),
                (
                    "kind",
                    models.CharField(
                        choices=[("regular", "regular"), ("thematic", "thematic"), ("extraordinary", "extraordinary")],
                        default="regular",
                        max_length=14,
                        verbose_name="Kind of meeting",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="Title")),
                ("starts_at", models.DateTimeField(verbose_name="Begins")),
                ("place", models.CharField(max_length=250, verbose_name="Held at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("open", "minutes being written"),
                            ("closed", "minutes closed"),
                            ("cancelled", "not held"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("invited_at", models.DateTimeField(null=True)),
                ("began_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("minutes_due_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("figures", models.JSONField(default=dict)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("closed_at", models.DateTimeField(null=True)),
                ("sent_on", models.DateField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conclusions_paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="concluded_by",
                        to="documents.document",
                    ),
                ),
                (
                    "resolution",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="documents.draft"
                    ),
                ),
                (
                    "sent_to",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="meetings",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "indexes": [
                    models.Index(fields=["unit", "starts_at"], name="meeting_of_unit"),
                    models.Index(fields=["state", "minutes_due_on"], name="meeting_minutes_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("place", ""), _negated=True)
                        ),
                        name="meeting_has_title_and_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="meeting_not_held_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["planned", "cancelled"]), ("began_at__isnull", False), _connector="OR"
                        ),
                        name="held_meeting_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("closed_at__isnull", False), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="closed_meeting_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gte", models.F("began_at")), _connector="OR"
                        ),
                        name="meeting_ends_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_on__isnull", True),
                            models.Q(("sent_to__isnull", False), ("state", "closed")),
                            _connector="OR",
                        ),
                        name="only_closed_minutes_go_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="invited_to", to="orgs.unit"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("meeting", "unit"), name="one_invitation_of_a_unit")],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("reason", models.CharField(max_length=500)),
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="corrections", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="correction_has_words_and_reason",
                    )
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
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="concluded",
                        to="tasks.task",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conclusions",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "position"), name="one_conclusion_per_position"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="conclusion_has_words"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("summoned", models.PositiveIntegerField()),
                ("present", models.PositiveIntegerField()),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counts",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "kind"), name="one_count_of_a_class_in_a_meeting"),
                    models.CheckConstraint(
                        condition=models.Q(("present__lte", models.F("summoned"))), name="present_within_summoned"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassAbsence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=40)),
                ("number", models.PositiveIntegerField()),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "kind", "reason"), name="one_count_of_a_reason_in_a_class"
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gt", 0)), name="a_reason_counts_someone"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("question", models.CharField(max_length=500, verbose_name="What is voted on")),
                ("secret", models.BooleanField(default=False, verbose_name="Secret ballot")),
                ("votes_for", models.PositiveIntegerField(verbose_name="In favour")),
                ("against", models.PositiveIntegerField(verbose_name="Against")),
                ("blank", models.PositiveIntegerField(verbose_name="Blank")),
                ("invalid", models.PositiveIntegerField(verbose_name="Invalid")),
                ("present", models.PositiveIntegerField()),
                ("counted", models.PositiveIntegerField()),
                ("needed", models.PositiveIntegerField(default=0)),
                ("norm", models.JSONField(default=dict)),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ballots",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "position"), name="one_ballot_per_position"),
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
                        name="votes_within_those_present",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("counted__gte", models.F("present"))), name="present_within_counted"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("question", ""), _negated=True), name="ballot_has_a_question"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=500, verbose_name="Item")),
                ("presenter", models.CharField(blank=True, max_length=160, verbose_name="Presented by")),
                ("minutes", models.PositiveSmallIntegerField(default=0, verbose_name="Minutes")),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "position"), name="one_item_per_position"),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="agenda_item_has_title"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meeting_papers",
                        to="documents.document",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="meetings.agendaitem",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("item", "document"), name="one_paper_of_an_item_once")],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("post", models.CharField(max_length=160)),
                ("votes", models.BooleanField(default=True)),
                ("presence", models.CharField(blank=True, max_length=40)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
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
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("meeting", "account"), name="one_participant_once")],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=30)),
                ("text", models.TextField(blank=True)),
                ("revision", models.IntegerField(default=0)),
                ("changed_at", models.DateTimeField(null=True)),
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
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("meeting", "key"), name="one_passage_per_key")],
            },
        ),
        migrations.CreateModel(
            name="Aside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
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
                    "passage",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asides",
                        to="meetings.passage",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("passage", "by"), name="one_aside_per_person")],
            },
        ),
        migrations.CreateModel(
            name="PassageVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.IntegerField()),
                ("text", models.TextField(blank=True)),
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
                    "passage",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="meetings.passage",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("passage", "revision"), name="one_passage_version_per_number")
                ],
            },
        ),
    ]
