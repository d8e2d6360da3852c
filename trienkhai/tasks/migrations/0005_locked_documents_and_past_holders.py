import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def read_from_acts(apps, schema_editor):
    """Who held what was handed over so far stood in the acts alone, by the unit's code of that day."""
    version, assignment = apps.get_model("orgs", "UnitVersion"), apps.get_model("tasks", "Assignment")
    holder = apps.get_model("tasks", "PastHolder")
    for act in apps.get_model("audit", "Act").objects.filter(verb="request.granted").order_by("pk").iterator():
        if act.data.get("kind") != "transfer" or not assignment.objects.filter(pk=act.target_id).exists():
            continue
        day = timezone.localtime(act.at).date()
        known = (
            version.objects.filter(code=act.data.get("old", ""), valid_from__lte=day).order_by("-valid_from").first()
        )
        if known:
            holder.objects.create(assignment_id=act.target_id, unit_id=known.unit_id, to_on=day, act=act.pk)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("documents", "0010_scans"),
        ("orgs", "0003_terms_and_symbols"),
        ("tasks", "0004_concretising"),
    ]

    operations = [
        migrations.AlterField(
            model_name="issue",
            name="document",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="issues",
                to="documents.document",
            ),
        ),
        migrations.AlterField(
            model_name="task",
            name="document",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="tasks",
                to="documents.document",
            ),
        ),
        migrations.CreateModel(
            name="PastHolder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to_on", models.DateField()),
                ("act", models.BigIntegerField(null=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_holders",
                        to="tasks.assignment",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["assignment", "to_on"], name="past_holder_assignment")],
            },
        ),
        migrations.RunPython(read_from_acts, migrations.RunPython.noop),
    ]
