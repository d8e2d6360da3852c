import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0012_urgent_documents"),
        ("orgs", "0003_terms_and_symbols"),
        ("people", "__first__"),
        ("tasks", "0009_what_a_person_last_saw"),
    ]

    operations = [
        migrations.CreateModel(
            name="Partnership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("basis", models.CharField(blank=True, max_length=300)),
                ("end_basis", models.CharField(blank=True, max_length=300)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="partner_of", to="orgs.unit"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="partnerships", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "partnership",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "partner", "valid_from"), name="one_partnership_from_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="partnership_runs_forward"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=300)),
                ("question", models.TextField(blank=True)),
                ("due_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("answer", models.TextField(blank=True)),
                ("answered_on", models.DateField(null=True)),
                ("withdrawn_on", models.DateField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                (
                    "answer_document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
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
                    "answered_for",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="opinions_wanted", to="orgs.unit"
                    ),
                ),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="opinions_asked", to="orgs.unit"
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="opinions",
                        to="documents.document",
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
                    "partnership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="opinions",
                        to="tasks.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for an opinion",
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_on", None), ("withdrawn_on", None)),
                        fields=["asked", "due_on"],
                        name="opinion_wanted",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("subject", ""), _negated=True), name="opinion_has_subject"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("on"))), name="opinion_not_due_before_asked"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answered_on", None), ("withdrawn_on", None), _connector="OR"),
                        name="opinion_answered_or_withdrawn",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoordinationPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("regulation", "regulation of co-ordination"), ("conclusion", "joint conclusion")],
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="coordinates", to="documents.document"
                    ),
                ),
                (
                    "opinion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="conclusions",
                        to="tasks.opinion",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="tasks.partnership"
                    ),
                ),
            ],
            options={
                "verbose_name": "paper of co-ordination",
                "constraints": [
                    models.UniqueConstraint(fields=("partnership", "document"), name="one_place_per_paper"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))),
                        name="coordination_paper_runs_forward",
                    ),
                ],
            },
        ),
    ]
