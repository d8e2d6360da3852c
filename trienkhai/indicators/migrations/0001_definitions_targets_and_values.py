import datetime
from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0012_urgent_documents"),
        ("orgs", "0003_terms_and_symbols"),
        ("people", "__first__"),
        ("tasks", "0007_programme"),
    ]

    operations = [
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(unique=True)),
                ("at", models.DateTimeField()),
                ("found", models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Giving",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("selection", models.CharField(max_length=1000)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("count", models.IntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("act", models.BigIntegerField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="Code")),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("month", "month"),
                            ("quarter", "quarter"),
                            ("half", "half-year"),
                            ("year", "year"),
                            ("term", "term of office"),
                        ],
                        max_length=8,
                        verbose_name="Told every",
                    ),
                ),
                ("work_area", models.CharField(blank=True, max_length=60, verbose_name="Area of work")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="indicators",
                        to="documents.document",
                    ),
                ),
                (
                    "focus",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="indicators",
                        to="tasks.focus",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="indicators", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "indicator",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "code"), name="one_indicator_per_code"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="indicator_span_runs_forward"
                    ),
                    models.CheckConstraint(condition=models.Q(("code", ""), _negated=True), name="indicator_has_code"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Holder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("enters", models.BooleanField(default=True)),
                ("weight", models.DecimalField(decimal_places=4, default=Decimal("1"), max_digits=15)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
                ("end_reason", models.CharField(blank=True, max_length=500)),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="indicators_given", to="orgs.unit"
                    ),
                ),
                (
                    "giving",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="holders",
                        to="indicators.giving",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="indicators_held", to="orgs.unit"
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="holders", to="indicators.indicator"
                    ),
                ),
            ],
            options={
                "verbose_name": "holder of an indicator",
                "constraints": [
                    models.UniqueConstraint(fields=("indicator", "unit"), name="one_holder_per_unit"),
                    models.CheckConstraint(condition=models.Q(("weight__gte", 0)), name="holder_weight_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gte", models.F("valid_from"))), name="holder_span_runs_forward"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="giving",
            name="indicator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="givings", to="indicators.indicator"
            ),
        ),
        migrations.CreateModel(
            name="Fault",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("outside", "the holder no longer stands below the unit that gave it"),
                            ("circle", "the units gave it to each other in a circle"),
                            ("ungiven", "the unit that gave it does not hold it any more"),
                            ("closed", "the holder no longer stands"),
                            ("target", "a target lies outside of the time in which the unit holds it"),
                            ("undefined", "a value was told by a definition that is not in force in its period"),
                            ("split", "the parts of a value do not make its number"),
                            ("ratio", "the number of a value is not its numerator by its denominator"),
                            ("sum", "the parts of a sum do not make it"),
                        ],
                        max_length=12,
                    ),
                ),
                ("period_start", models.DateField(null=True)),
                ("found_on", models.DateField()),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="orgs.unit"),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="faults", to="indicators.indicator"
                    ),
                ),
            ],
            options={
                "verbose_name": "broken chain",
            },
        ),
        migrations.CreateModel(
            name="Definition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.IntegerField(default=1)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
                ("title", models.CharField(max_length=300, verbose_name="Name")),
                ("meaning", models.TextField(blank=True, verbose_name="What is counted, and how")),
                ("measure", models.CharField(max_length=60, verbose_name="Unit of measure")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("number", "number"),
                            ("ratio", "ratio of two numbers"),
                            ("choice", "one of several grades"),
                        ],
                        max_length=8,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("higher", "higher is better"), ("lower", "lower is better")],
                        default="higher",
                        max_length=8,
                        verbose_name="Direction",
                    ),
                ),
                (
                    "aggregation",
                    models.CharField(
                        choices=[
                            ("sum", "sum"),
                            ("mean", "plain mean"),
                            ("weighted", "mean weighted by the weight of each unit"),
                            ("ratio", "sum of numerators by sum of denominators"),
                            ("last", "the value told last"),
                            ("none", "not summed up"),
                        ],
                        max_length=10,
                        verbose_name="Summed up by",
                    ),
                ),
                (
                    "cumulative",
                    models.BooleanField(default=False, verbose_name="Each value counts from the beginning of the year"),
                ),
                ("numerator", models.CharField(blank=True, max_length=200, verbose_name="Numerator")),
                ("denominator", models.CharField(blank=True, max_length=200, verbose_name="Denominator")),
                (
                    "factor",
                    models.DecimalField(
                        decimal_places=4, default=Decimal("1"), max_digits=15, verbose_name="Multiplied by"
                    ),
                ),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=15, null=True, verbose_name="Baseline"
                    ),
                ),
                ("baseline_of", models.CharField(blank=True, max_length=40, verbose_name="Baseline of")),
                ("choices", models.JSONField(blank=True, default=list)),
                ("split_by", models.CharField(blank=True, max_length=80, verbose_name="Disaggregated by")),
                ("categories", models.JSONField(blank=True, default=list)),
                (
                    "lowest",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=15, null=True, verbose_name="Impossible below"
                    ),
                ),
                (
                    "highest",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=15, null=True, verbose_name="Impossible above"
                    ),
                ),
                (
                    "usual_low",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=15, null=True, verbose_name="Unusual below"
                    ),
                ),
                (
                    "usual_high",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=15, null=True, verbose_name="Unusual above"
                    ),
                ),
                (
                    "largest_change",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=15,
                        null=True,
                        verbose_name="Unusual when it changes by more than, %",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="definitions",
                        to="indicators.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "definition",
                "constraints": [
                    models.UniqueConstraint(fields=("indicator", "version"), name="one_definition_per_version"),
                    models.UniqueConstraint(fields=("indicator", "valid_from"), name="one_definition_from_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))),
                        name="definition_span_runs_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("aggregation", "ratio"), _negated=True), ("kind", "ratio"), _connector="OR"
                        ),
                        name="ratio_of_sums_needs_a_ratio",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "choice"), _negated=True),
                            ("aggregation__in", ["last", "none"]),
                            _connector="OR",
                        ),
                        name="grades_are_not_added",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period_start", models.DateField()),
                ("number", models.DecimalField(decimal_places=4, max_digits=15)),
                ("set_at", models.DateTimeField()),
                (
                    "holder",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="indicators.holder",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "target",
                "constraints": [
                    models.UniqueConstraint(fields=("holder", "period_start"), name="one_target_per_period")
                ],
            },
        ),
        migrations.CreateModel(
            name="Value",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period_start", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "awaiting approval"),
                            ("returned", "returned"),
                            ("approved", "approved"),
                            ("replaced", "replaced by a correction"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("typed", models.JSONField(default=dict)),
                ("number", models.DecimalField(decimal_places=4, max_digits=15, null=True)),
                ("top", models.DecimalField(decimal_places=4, help_text="numerator", max_digits=15, null=True)),
                ("bottom", models.DecimalField(decimal_places=4, help_text="denominator", max_digits=15, null=True)),
                ("split", models.JSONField(default=dict)),
                ("not_applicable", models.BooleanField(default=False)),
                ("remark", models.TextField(blank=True)),
                ("unusual", models.JSONField(default=list)),
                ("correction_reason", models.TextField(blank=True)),
                ("entered_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("post_label", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision", models.TextField(blank=True)),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="corrections",
                        to="indicators.value",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="values", to="indicators.definition"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="values",
                        to="indicators.holder",
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "value of an indicator",
                "indexes": [
                    models.Index(fields=["holder", "period_start", "state"], name="value_of_period"),
                    models.Index(
                        condition=models.Q(("state", "submitted")), fields=["submitted_at"], name="value_waiting"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "approved")),
                        fields=("holder", "period_start"),
                        name="one_value_counts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "submitted", "returned"])),
                        fields=("holder", "period_start"),
                        name="one_value_in_work",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "returned"]),
                            ("number__isnull", False),
                            models.Q(("not_applicable", True), models.Q(("remark", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="value_has_number_or_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="value_submitted_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "returned", "replaced"]), _negated=True),
                            ("decided_by__isnull", False),
                            _connector="OR",
                        ),
                        name="value_decided_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects", None),
                            ("state__in", ["draft", "returned"]),
                            models.Q(("correction_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="correction_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ValueFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="indicator_values",
                        to="documents.storedfile",
                    ),
                ),
                (
                    "value",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="indicators.value"
                    ),
                ),
            ],
        ),
    ]
