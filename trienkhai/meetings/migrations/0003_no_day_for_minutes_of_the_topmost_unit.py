"""Minutes of a unit above which none stands go nowhere: no day is set for them."""

from datetime import date

from django.db import migrations


def take_day_away(apps, schema_editor):
    rows = apps.get_model("meetings", "Meeting").objects.filter(sent_on=None, unit__present__isnull=False)
    rows.filter(unit__present__parent__isnull=True).update(minutes_due_on=date(9999, 12, 31))


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_score_sheets")]

    operations = [migrations.RunPython(take_day_away, migrations.RunPython.noop, elidable=True)]
