"""The index over documents and the searches a person keeps. Existing documents enter it after `trienkhai migrate`."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import trienkhai.documents.models.search
from trienkhai.documents.search import engines


def install(apps, schema_editor):
    engines.set_up(schema_editor.connection)


def remove(apps, schema_editor):
    engines.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0006_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="documents.document",
                    ),
                ),
                ("place", models.BigIntegerField(unique=True)),
                ("stamp", models.CharField(max_length=16)),
                ("words", trienkhai.documents.models.search.WordsField()),
            ],
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                ("address", models.CharField(max_length=1000)),
                ("created_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("account", "name"), name="saved_search_once_per_name")],
            },
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["published", "owner"], name="document_published"),
        ),
        migrations.RunPython(install, remove),
    ]
