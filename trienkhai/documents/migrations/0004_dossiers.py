import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_file_versions"),
        ("orgs", "0002_resolved_words"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="Number and symbol of the dossier")),
                ("title", models.CharField(max_length=500, verbose_name="Title")),
                ("retention", models.CharField(max_length=20, verbose_name="Kept for")),
                ("works", models.BooleanField(default=False, verbose_name="Of construction, science or technology")),
                ("opened_on", models.DateField(verbose_name="Opened on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="Closed on")),
                ("handed_over_on", models.DateField(blank=True, null=True, verbose_name="Handed over on")),
                ("handed_over_to", models.CharField(blank=True, max_length=200, verbose_name="Received by")),
                ("search_text", models.TextField(editable=False)),
                (
                    "handed_over_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
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
                        on_delete=django.db.models.deletion.RESTRICT, related_name="dossiers", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "closed_on"], name="dossier_closed")],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "code"), name="one_dossier_per_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="dossier_runs_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("handed_over_on", None),
                            models.Q(("closed_on__isnull", False), ("handed_over_on__gte", models.F("closed_on"))),
                            _connector="OR",
                        ),
                        name="handed_over_when_closed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.IntegerField()),
                ("added_at", models.DateTimeField()),
                ("taken_out_at", models.DateTimeField(null=True)),
                (
                    "added_by",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="places", to="documents.document"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="places", to="documents.dossier"
                    ),
                ),
                (
                    "taken_out_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_out_at", None)),
                        fields=("dossier", "document"),
                        name="document_once_per_dossier",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_out_at", None)),
                        fields=("dossier", "position"),
                        name="one_document_per_place",
                    ),
                ],
            },
        ),
    ]
