import datetime
import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("established_on", models.DateField()),
                ("closed_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("external", models.BooleanField(default=False)),
                ("path", models.CharField(max_length=64, null=True, unique=True)),
            ],
            options={
                "verbose_name": "unit",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closed_on__gte", models.F("established_on"))),
                        name="unit_closes_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160, verbose_name="Title")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("clerk", "clerk"),
                            ("officer", "tracking officer"),
                            ("leader", "leader"),
                            ("focal", "focal point"),
                            ("cell_secretary", "cell secretary"),
                            ("inspector", "inspector"),
                            ("mass_organisation", "mass-organisation representative"),
                            ("member", "member"),
                            ("administrator", "administrator"),
                        ],
                        max_length=20,
                        verbose_name="Role",
                    ),
                ),
                (
                    "reach",
                    models.CharField(
                        choices=[("own", "this unit"), ("branch", "with all below")],
                        default="own",
                        max_length=8,
                        verbose_name="Reach",
                    ),
                ),
                (
                    "may_issue",
                    models.BooleanField(
                        default=False, help_text="a tracking officer to whom issuing is delegated by post"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "post",
                "constraints": [models.UniqueConstraint(fields=("unit", "title"), name="one_post_per_title")],
            },
        ),
        migrations.CreateModel(
            name="UnitPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=64)),
                ("depth", models.SmallIntegerField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="places", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["path", "valid_from"], name="place_path")],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "valid_from"), name="one_place_from_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="place_span_runs_forward"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("subordinate", "directly subordinate"),
                            ("attached", "attached body"),
                            ("external", "outside the system"),
                        ],
                        default="subordinate",
                        max_length=12,
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("sector", models.CharField(blank=True, max_length=40)),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=250)),
                ("short_name", models.CharField(blank=True, max_length=120)),
                ("aliases", models.JSONField(blank=True, default=list)),
                ("sort_key", models.CharField(editable=False, max_length=400)),
                ("search_text", models.CharField(editable=False, max_length=500)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="child_versions",
                        to="orgs.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["parent", "valid_to", "relation"], name="version_children"),
                    models.Index(fields=["sort_key"], name="version_sort"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "valid_from"), name="one_version_from_a_day"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to", datetime.date(9999, 12, 31))),
                        fields=("code",),
                        name="one_unit_per_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="version_span_runs_forward"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), _negated=True), models.Q(("name", ""), _negated=True)
                        ),
                        name="unit_has_code_and_name",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="unit",
            name="present",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unitversion"
            ),
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "manner",
                    models.CharField(
                        choices=[
                            ("holds", "holds the post"),
                            ("acting", "acting"),
                            ("in_charge", "in charge"),
                            ("delegated", "delegated"),
                        ],
                        default="holds",
                        max_length=12,
                    ),
                ),
                ("acts", models.JSONField(blank=True, default=list)),
                ("decision", models.CharField(blank=True, max_length=120)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="holdings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="delegations",
                        to="orgs.holding",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="holdings", to="orgs.post"
                    ),
                ),
            ],
            options={
                "verbose_name": "holding",
                "indexes": [models.Index(fields=["account", "valid_to"], name="holding_account")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="holding_span_runs_forward"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("manner", "delegated"), ("principal__isnull", False)),
                            models.Q(models.Q(("manner", "delegated"), _negated=True), ("principal__isnull", True)),
                            _connector="OR",
                        ),
                        name="only_a_delegate_has_a_principal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResolvedBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=300)),
                ("folded", models.CharField(editable=False, max_length=300)),
                ("selection", models.CharField(max_length=300)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="resolved_bodies", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("office", "folded"), name="one_meaning_per_words")],
            },
        ),
    ]
