import datetime
import uuid

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
            name="SpentProof",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=1000, verbose_name="Subject")),
                ("question", models.TextField(blank=True, default="")),
                ("due_on", models.DateField()),
                ("opened_at", models.DateTimeField()),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("closing_reason", models.TextField(blank=True, default="")),
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
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="consultations",
                        to="documents.document",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="consultations",
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="consultations", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation on a draft",
                "indexes": [models.Index(fields=["unit", "closed_on", "due_on"], name="consultation_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="consultation_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("opened_on"))), name="consultation_not_due_before"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Asked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.IntegerField(default=0)),
                ("sent_on", models.DateField(null=True)),
                ("released_on", models.DateField(null=True)),
                (
                    "sent_by",
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
                        on_delete=django.db.models.deletion.RESTRICT, related_name="consulted", to="orgs.unit"
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="asked", to="feedback.consultation"
                    ),
                ),
            ],
            options={
                "verbose_name": "unit asked for its opinion on a draft",
                "constraints": [models.UniqueConstraint(fields=("consultation", "unit"), name="a_unit_is_asked_once")],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("text", models.TextField()),
                ("enclosed", models.BinaryField(default=b"")),
                ("enclosed_kind", models.CharField(blank=True, default="", max_length=3)),
                ("receipt", models.CharField(max_length=64, unique=True)),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_on", models.DateField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="letters", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "feedback without a name",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="letter_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.IntegerField()),
                ("label", models.CharField(max_length=200)),
                ("text", models.TextField()),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="passages", to="feedback.consultation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "position"), name="one_passage_per_position")
                ],
            },
        ),
        migrations.CreateModel(
            name="ClauseOpinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stance",
                    models.CharField(choices=[("agrees", "agrees"), ("other", "another wording")], max_length=10),
                ),
                ("wording", models.TextField(blank=True, default="")),
                ("reason", models.TextField(blank=True, default="")),
                (
                    "reply",
                    models.CharField(
                        blank=True,
                        choices=[("taken", "taken"), ("partly", "taken in part"), ("not_taken", "not taken")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("reply_reason", models.TextField(blank=True, default="")),
                ("replied_on", models.DateField(null=True)),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="opinions", to="feedback.asked"
                    ),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "passage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="opinions", to="feedback.passage"
                    ),
                ),
            ],
            options={
                "verbose_name": "opinion on a clause",
                "constraints": [
                    models.UniqueConstraint(fields=("asked", "passage"), name="one_opinion_per_clause"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stance", "agrees"), ("wording", "")),
                            models.Q(("stance", "other"), models.Q(("wording", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="opinion_words_only_where_it_differs",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reply", ""),
                            models.Q(
                                ("stance", "other"),
                                models.Q(
                                    ("reply", "taken"), models.Q(("reply_reason", ""), _negated=True), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="opinion_reply_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PendingLetter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("on", models.DateField()),
                ("text", models.TextField()),
                ("enclosed", models.BinaryField(default=b"")),
                ("enclosed_kind", models.CharField(blank=True, default="", max_length=3)),
                ("receipt", models.CharField(help_text="a slow hash of the receipt code", max_length=64, unique=True)),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("for_unit", models.BooleanField(default=False)),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("advice", "advice"),
                            ("proposal", "proposal"),
                            ("petition", "request to resolve a difficulty"),
                        ],
                        default="proposal",
                        max_length=10,
                        verbose_name="What it is",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="Subject")),
                ("text", models.TextField(verbose_name="Text")),
                ("search_text", models.CharField(editable=False, max_length=320)),
                ("sent_at", models.DateTimeField()),
                ("due_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("first_due_on", models.DateField(default=datetime.date(9999, 12, 31))),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("taken", "taken"),
                            ("partly", "taken in part"),
                            ("not_taken", "not taken"),
                            ("withdrawn", "withdrawn by the proposer"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_on", models.DateField(null=True)),
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="proposals_held", to="orgs.unit"
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="tasks.issue"
                    ),
                ),
                (
                    "sent_to",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "indexes": [
                    models.Index(fields=["held_by", "outcome", "due_on"], name="proposal_held"),
                    models.Index(fields=["by", "outcome"], name="proposal_by"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("text", ""), _negated=True)
                        ),
                        name="proposal_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["", "withdrawn"]), models.Q(("answer", ""), _negated=True), _connector="OR"
                        ),
                        name="proposal_answer_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=1000)),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("due_on", models.DateField(default=datetime.date(9999, 12, 31))),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="feedback.proposal"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
                ),
                (
                    "target",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="passing_on_has_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceivingPost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("named_on", models.DateField()),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="receiving", to="orgs.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="Text")),
                ("sent_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "given_to",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="remarks", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "remark",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="remark_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("about", None),
                            ("answered_by", None),
                            models.Q(("about", models.F("answered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_answers_criticism_of_oneself",
                    ),
                ],
            },
        ),
    ]
