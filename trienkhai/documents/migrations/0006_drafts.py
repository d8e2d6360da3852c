import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0005_books_and_numbers"),
        ("orgs", "0002_resolved_words"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "system",
                    models.CharField(
                        choices=[("party", "Party paper"), ("state", "State paper")],
                        default="party",
                        max_length=8,
                        verbose_name="Layout",
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="Type")),
                ("title", models.CharField(max_length=1000, verbose_name="Subject")),
                ("issuer_name", models.CharField(max_length=250, verbose_name="Issuer")),
                ("parent_name", models.CharField(blank=True, max_length=250, verbose_name="Body above the issuer")),
                ("symbol_body", models.CharField(max_length=40, verbose_name="Issuer's sign in the symbol")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="Place")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="Date")),
                ("addressees", models.TextField(blank=True, verbose_name="Addressees")),
                ("bases", models.TextField(blank=True, verbose_name="Bases")),
                ("body", models.TextField(blank=True, verbose_name="Body of the paper")),
                ("recipients", models.TextField(blank=True, verbose_name="Distribution list")),
                ("authority", models.TextField(blank=True, verbose_name="On whose behalf it is signed")),
                ("signer_role", models.CharField(blank=True, max_length=160, verbose_name="Signer's office")),
                ("signer_name", models.CharField(blank=True, max_length=120, verbose_name="Signer's name")),
                ("urgency", models.CharField(blank=True, max_length=40, verbose_name="Urgency")),
                ("version", models.IntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "being written"), ("finished", "issued"), ("dropped", "put aside")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="draft",
                        to="documents.document",
                    ),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="orgs.holding",
                        verbose_name="Signer",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="made_concrete_by",
                        to="documents.document",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="drafts", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "draft",
                "indexes": [models.Index(fields=["unit", "state", "-changed_at"], name="draft_of_unit")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="draft_has_a_title")
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("words", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="documents.draft"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "number"), name="one_draft_version_per_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "system",
                    models.CharField(choices=[("party", "Party paper"), ("state", "State paper")], max_length=8),
                ),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("stored_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="documents.storedfile"
                    ),
                ),
                (
                    "stored_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="office_templates", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "system", "kind"), name="one_template_per_kind")
                ],
            },
        ),
    ]
