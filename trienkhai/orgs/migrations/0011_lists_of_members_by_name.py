import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0010_posts_abolished"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.AddField(
            model_name="membercount",
            name="counted",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="RosterMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("sort_key", models.CharField(editable=False, max_length=400)),
                ("folded", models.CharField(editable=False, max_length=120)),
                (
                    "account",
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
                        condition=models.Q(("account__isnull", False)),
                        fields=("account",),
                        name="one_account_once_in_the_rosters",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterSpan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spans", to="orgs.rostermember"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="orgs.post"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roster_spans", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "row of a list of members",
                "indexes": [models.Index(fields=["unit", "valid_to"], name="roster_row_of_unit")],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "valid_from"), name="one_roster_row_from_a_day"),
                    models.UniqueConstraint(fields=("member", "valid_to"), name="one_roster_row_until_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="roster_row_runs_forward"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterSwitch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.CharField(
                        help_text="number and symbol of the paper, never words about a person", max_length=120
                    ),
                ),
                ("decided_on", models.DateField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(default=datetime.date(9999, 12, 31))),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roster_switches", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "list of members by name",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", datetime.date(9999, 12, 31))),
                        fields=("unit",),
                        name="one_open_roster_of_a_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="roster_runs_forward"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision", ""), _negated=True), name="roster_has_its_decision"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterTransfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "span",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="transfer", to="orgs.rosterspan"
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roster_transfers", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "transfer to another list of members",
            },
        ),
    ]
