import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    """What is known of receipts handed on so far: the unit that holds them."""
    receipt = apps.get_model("dissemination", "Receipt")
    receipt.objects.filter(sent_to=None).update(sent_to=models.F("unit"))
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def field(**options):
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.RESTRICT,
        related_name="+",
        to="orgs.unit",
        **options,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("dissemination", "0001_sending_and_study"),
        ("orgs", "0004_journal_and_succession"),
    ]

    operations = [
        migrations.AddField(model_name="receipt", name="sent_to", field=field(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(model_name="receipt", name="sent_to", field=field()),
    ]
