import django.db.models.deletion
from django.db import migrations, models


def read_from_acts(apps, schema_editor):
    """What a draft was copied from stood in the act of its beginning alone."""
    act, draft = apps.get_model("audit", "Act"), apps.get_model("documents", "Draft")
    there = set(draft.objects.values_list("pk", flat=True))
    if not there:
        return
    for pk, data in act.objects.filter(verb="draft.begun").values_list("target_id", "data").iterator():
        if pk in there and data.get("copied") in there:
            draft.objects.filter(pk=pk).update(copied_from=data["copied"])
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("documents", "0010_scans"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="copied_from",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="copies",
                to="documents.draft",
            ),
        ),
        migrations.AddField(
            model_name="slip",
            name="passed_from",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="passed_on",
                to="documents.slip",
            ),
        ),
        migrations.RunPython(read_from_acts, migrations.RunPython.noop),
    ]
