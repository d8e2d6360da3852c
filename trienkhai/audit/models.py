"""Acts, their personal details, and the seals that chain them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.Model):
    """One action of one person (or of the system). Rows are never changed or deleted: a trigger refuses it.

    `at` is the moment the action speaks for, `stored_at` when the row was written. `principal` is the holder for whom a
    delegate acted. A bulk act is one row: `selection` says for whom, `count` how many, `digest` which.
    """

    verb = models.CharField(max_length=60)
    at = models.DateTimeField(db_index=True)
    stored_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    holding_id = models.BigIntegerField(null=True)
    post_label = models.CharField(max_length=300, blank=True)
    principal = models.CharField(max_length=300, blank=True)
    unit_path = models.CharField(max_length=64, blank=True, db_index=True)
    target_type = models.CharField(max_length=60, blank=True)
    target_id = models.BigIntegerField(null=True)
    target_label = models.CharField(max_length=300, blank=True)
    data = models.JSONField(default=dict)
    selection = models.CharField(max_length=1000, blank=True)
    count = models.IntegerField(default=1)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("act")
        indexes = [models.Index(fields=["target_type", "target_id"], name="act_target")]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_label}"


class ActDetail(models.Model):
    """A personal value of an act, erasable: value and salt go, the digest in the act's data stays."""

    act_id = models.BigIntegerField(db_index=True)
    key = models.CharField(max_length=60)
    value = models.TextField(null=True)  # noqa: DJ001 erased is not the same as empty
    salt = models.CharField(max_length=32, null=True)  # noqa: DJ001
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act_id", "key"], name="one_detail_per_key")]

    def __str__(self) -> str:
        return f"{self.act_id}.{self.key}"


class Seal(models.Model):
    """The place of an act in the chain: `hash` covers the act and the hash before it. Order of the chain is `id`."""

    act = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.hash
