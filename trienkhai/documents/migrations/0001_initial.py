import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("doc_type", models.CharField(max_length=60, verbose_name="Type")),
                ("number", models.CharField(blank=True, max_length=20, verbose_name="Number")),
                ("symbol", models.CharField(blank=True, max_length=80, verbose_name="Symbol")),
                ("issuer_name", models.CharField(blank=True, max_length=250, verbose_name="Issuer")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="Place")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="Date")),
                ("title", models.CharField(max_length=1000, verbose_name="Subject")),
                ("signer_name", models.CharField(blank=True, max_length=120, verbose_name="Signer")),
                ("signer_role", models.CharField(blank=True, max_length=160, verbose_name="Signer's office")),
                ("urgency", models.CharField(blank=True, max_length=40, verbose_name="Urgency")),
                (
                    "published",
                    models.CharField(
                        choices=[
                            ("no", "only those concerned"),
                            ("branch", "the issuer's branch"),
                            ("all", "everyone"),
                        ],
                        default="no",
                        max_length=8,
                        verbose_name="Shown to",
                    ),
                ),
                ("declared_at", models.DateTimeField()),
                ("search_text", models.TextField(editable=False)),
                ("created_at", models.DateTimeField()),
                (
                    "declared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="issued_documents",
                        to="orgs.unit",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="held_documents", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "indexes": [
                    models.Index(fields=["owner", "issued_on"], name="document_owner"),
                    models.Index(fields=["symbol"], name="document_symbol"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("symbol", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("basis", "based on"),
                            ("refers", "refers to"),
                            ("replaces", "replaces"),
                            ("repeals", "repeals"),
                            ("amends", "amends"),
                            ("carries_out", "carries out"),
                            ("confirms", "confirms"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="documents.document"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cited_by",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("source", "symbol", "kind"), name="one_link_per_kind")],
            },
        ),
        migrations.CreateModel(
            name="DocumentText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.SmallIntegerField(default=1)),
                ("sha256", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("reading", models.JSONField(default=dict)),
                ("warnings", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="documents.document"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("document", "version"), name="one_text_per_version")],
            },
        ),
        migrations.CreateModel(
            name="Clause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("label", models.CharField(blank=True, max_length=40)),
                ("heading", models.CharField(blank=True, max_length=300)),
                ("position", models.IntegerField()),
                ("depth", models.SmallIntegerField(default=0)),
                ("start", models.IntegerField()),
                ("end", models.IntegerField()),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="documents.clause",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clauses", to="documents.documenttext"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("text", "position"), name="one_clause_per_position"),
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))), name="clause_runs_forward"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "book",
                    models.CharField(
                        choices=[("in", "incoming"), ("out", "outgoing"), ("internal", "internal")], max_length=10
                    ),
                ),
                ("number", models.IntegerField()),
                ("year", models.SmallIntegerField()),
                ("on", models.DateField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="entries", to="documents.document"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="register_entries", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "book", "year", "number"), name="one_entry_per_number"),
                    models.UniqueConstraint(fields=("unit", "document"), name="document_once_per_register"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("name", models.CharField(max_length=250)),
                ("media_type", models.CharField(max_length=120)),
                ("size", models.BigIntegerField()),
                ("path", models.CharField(max_length=200)),
                ("stored_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
                ),
                (
                    "stored_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="file_is_not_empty")],
            },
        ),
        migrations.CreateModel(
            name="DocumentFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="documents.document"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="documents",
                        to="documents.storedfile",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("document", "file"), name="file_once_per_document")],
            },
        ),
    ]
