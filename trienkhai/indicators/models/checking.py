"""Broken chains, as the nightly check found them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from trienkhai.indicators.models.defining import Indicator
from trienkhai.orgs.models import Unit


class Check(models.Model):
    """The check of one day; `found`: how many broken places."""

    on = models.DateField(unique=True)
    at = models.DateTimeField()
    found = models.IntegerField(default=0)

    def __str__(self) -> str:
        return str(self.on)


class FaultKind(models.TextChoices):
    """Where a chain is broken."""

    OUTSIDE = "outside", _("the holder no longer stands below the unit that gave it")
    CIRCLE = "circle", _("the units gave it to each other in a circle")
    UNGIVEN = "ungiven", _("the unit that gave it does not hold it any more")
    CLOSED_HOLDER = "closed", _("the holder no longer stands")
    TARGET = "target", _("a target lies outside of the time in which the unit holds it")
    UNDEFINED = "undefined", _("a value was told by a definition that is not in force in its period")
    SPLIT = "split", _("the parts of a value do not make its number")
    RATIO = "ratio", _("the number of a value is not its numerator by its denominator")
    SUM = "sum", _("the parts of a sum do not make it")


class Fault(models.Model):
    """A broken chain that a check found, first on `found_on`; gone when a later check finds it mended."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="faults")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=FaultKind.choices)
    period_start = models.DateField(null=True)
    found_on = models.DateField()

    class Meta:
        verbose_name = _("broken chain")

    def __str__(self) -> str:
        return f"{self.indicator} {self.unit_id} {self.kind}"
