import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0013_cancelled_entries"),
        ("orgs", "0011_lists_of_members_by_name"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="Year")),
                ("post", models.CharField(blank=True, max_length=160)),
                ("text", models.TextField(verbose_name="Commitment")),
                ("made_on", models.DateField()),
                ("ended", models.CharField(blank=True, max_length=300)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commitments",
                        to="orgs.rostermember",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="commitments",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "commitment",
                "indexes": [models.Index(fields=["unit", "year"], name="commitment_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", False), ("member__isnull", True)),
                            models.Q(("account__isnull", True), ("member__isnull", False)),
                            _connector="OR",
                        ),
                        name="commitment_of_one_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("account__isnull", False), ("ended", "")),
                        fields=("account", "year"),
                        name="one_commitment_of_a_leader",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended", ""), ("member__isnull", False)),
                        fields=("member", "year"),
                        name="one_commitment_of_a_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="commitment_has_words"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Example",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="Year")),
                ("title", models.CharField(max_length=300, verbose_name="Example")),
                ("story", models.TextField(verbose_name="What was done")),
                ("added_on", models.DateField()),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="good_examples",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "year"], name="example_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("story", ""), _negated=True)
                        ),
                        name="example_has_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.CharField(choices=[("half", "six months"), ("year", "year")], max_length=4)),
                ("told", models.TextField(verbose_name="Own report")),
                ("told_on", models.DateField()),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="Link")),
                ("comment", models.TextField(blank=True, verbose_name="Comment of the collective")),
                ("met_on", models.DateField(null=True)),
                ("commented_on", models.DateField(null=True)),
                (
                    "commented_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="conduct.commitment",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="conduct_reviews",
                        to="documents.storedfile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("commitment", "period"), name="one_review_of_a_period"),
                    models.CheckConstraint(
                        condition=models.Q(("told", ""), _negated=True), name="review_has_own_report"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("comment", ""),
                            models.Q(("commented_on__isnull", False), ("met_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_of_a_meeting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="Year")),
                ("title", models.CharField(max_length=300, verbose_name="Theme")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="conduct_themes",
                        to="documents.document",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="conduct_themes",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "year"), name="one_theme_a_year"),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="theme_has_words"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CellCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="Year")),
                ("members", models.PositiveIntegerField(verbose_name="Members")),
                ("committed", models.PositiveIntegerField(verbose_name="Committed")),
                ("half", models.PositiveIntegerField(default=0, verbose_name="Reviewed at six months")),
                ("whole", models.PositiveIntegerField(default=0, verbose_name="Reviewed at the end of the year")),
                ("told_on", models.DateField()),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="conduct_counts",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "year"), name="one_conduct_count_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("committed__lte", models.F("members"))), name="committed_within_members"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("half__lte", models.F("committed")), ("whole__lte", models.F("committed"))),
                        name="reviewed_within_committed",
                    ),
                ],
            },
        ),
    ]
