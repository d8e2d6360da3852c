"""What a reorganisation changed row by row, so that it can be taken back, and which unit took over from which."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trienkhai.orgs.models.units import Unit


class Journal(models.Model):
    """Rows of one table that the reorganisation `key` changed, made or removed on the day `on`.

    `rows`: a list of [id, the changed columns as they were (null: the row was made), digest of the row afterwards
    (null: it was removed)]. No other words of the rows are kept.
    """

    key = models.CharField(max_length=60)
    on = models.DateField()
    position = models.IntegerField()
    table = models.CharField(max_length=80, help_text="label of the model")
    rows = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "position"], name="one_journal_page_per_position")]

    def __str__(self) -> str:
        return f"{self.key} {self.position}: {self.table}"


class Succession(models.Model):
    """`successor` took over something of `unit`, which stands no longer from the day `on`: it reads what is filed under
    that unit. `main`: everything went to it that nothing else was said about.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="successions")
    successor = models.ForeignKey(Unit, models.RESTRICT, related_name="predecessors")
    on = models.DateField()
    main = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("succession")
        constraints = [
            models.UniqueConstraint(fields=["unit", "successor"], name="one_succession_per_pair"),
            models.CheckConstraint(condition=~Q(unit=F("successor")), name="nobody_succeeds_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} → {self.successor}"
