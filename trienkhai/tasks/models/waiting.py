"""What a unit waits for before it can go on with its work: another unit or a body outside the tree."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.orgs.models import Unit
from trienkhai.tasks.models.holding import HOLDERS_TURN, Assignment, State


class WaitQuerySet(models.QuerySet["Wait"]):
    def standing(self) -> "WaitQuerySet":
        """Those that have not ended, of work that is still the holder's to do or rests."""
        return self.filter(ended_on=None, assignment__state__in=(*HOLDERS_TURN, State.PAUSED))


class Wait(models.Model):
    """The holder of an assignment waits for `unit`, or for the body named in `body`, to do `what` by `until`.

    `answer`: what came of it, by whoever ended it. `principal`: the holder in whose name a delegate said so.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="waits")
    unit = models.ForeignKey(Unit, models.RESTRICT, null=True, blank=True, related_name="awaited")
    body = models.CharField(max_length=300, blank=True)
    what = models.TextField()
    since_on = models.DateField()
    until = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False)
    answer = models.TextField(blank=True)

    objects = WaitQuerySet.as_manager()

    class Meta:
        verbose_name = _("wait for somebody else")
        constraints = [
            models.UniqueConstraint(fields=["assignment"], condition=Q(ended_on=None), name="one_wait_at_a_time"),
            models.CheckConstraint(condition=Q(unit__isnull=False) | ~Q(body=""), name="wait_names_somebody"),
        ]

    def __str__(self) -> str:
        return self.whom

    @property
    def whom(self) -> str:
        return self.unit.short_name if self.unit else self.body
