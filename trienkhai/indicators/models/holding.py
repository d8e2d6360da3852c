"""Who holds an indicator, who gave it, and what is to be reached in each period."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trienkhai.common.days import OPEN_END
from trienkhai.indicators.models.defining import Indicator, amount
from trienkhai.orgs.models import Unit


class Giving(models.Model):
    """One act by which a unit gave an indicator to units below it. `selection` is kept beside the holders it made;
    `count` of them, `digest`: SHA-256 over their unit ids, in order.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="givings")
    giver = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    selection = models.CharField(max_length=1000)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    at = models.DateTimeField()
    count = models.IntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    act = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.indicator} ↓ {self.selection}"


class Holder(models.Model):
    """A unit that answers for an indicator from `valid_from` until the day before `valid_to`.

    `giver`: the unit that gave it and approves its values; the owner itself for the owner. `enters`: does it tell a
    value of its own, or is its number made of those below alone? `weight` counts in weighted means.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="holders")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="indicators_held")
    giver = models.ForeignKey(Unit, models.RESTRICT, related_name="indicators_given")
    giving = models.ForeignKey(Giving, models.SET_NULL, null=True, related_name="holders")
    enters = models.BooleanField(default=True)
    weight = amount(default=Decimal(1))
    valid_from = models.DateField()
    valid_to = models.DateField(default=OPEN_END)
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("holder of an indicator")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "unit"], name="one_holder_per_unit"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="holder_weight_not_negative"),
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="holder_span_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} @ {self.unit_id}"


class Target(models.Model):
    """What a holder is to reach in the period that begins at `period_start`."""

    holder = models.ForeignKey(Holder, models.CASCADE, related_name="targets", db_index=False)
    period_start = models.DateField()
    number = amount()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("target")
        constraints = [models.UniqueConstraint(fields=["holder", "period_start"], name="one_target_per_period")]

    def __str__(self) -> str:
        return f"{self.holder} {self.period_start}: {self.number}"
