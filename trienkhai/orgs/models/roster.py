"""The list of members by name (danh sách đảng viên), which stands only where an office has switched it on.

Kept as small as can be: a name, the unit, the class, the post held, from day to day. A test holds the columns to this.
The name stands in one row of its own, so that it can be erased while the spans go on counting, and so that neither acts
nor the journal of a reorganisation ever hold it.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold, sort_key, squeeze
from trienkhai.orgs.models.posts import Post
from trienkhai.orgs.models.units import Unit
from trienkhai.people.models import given_name_first


class RosterSwitchQuerySet(models.QuerySet["RosterSwitch"]):
    def open(self) -> "RosterSwitchQuerySet":
        return self.filter(ends_on=OPEN_END)


class RosterSwitch(models.Model):
    """The branch of `unit` keeps lists of members by name, by a decision, from `starts_on` until before `ends_on`."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="roster_switches")
    decision = models.CharField(max_length=120, help_text="number and symbol of the paper, never words about a person")
    decided_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField(default=OPEN_END)

    objects = RosterSwitchQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of members by name")
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(ends_on=OPEN_END), name="one_open_roster_of_a_unit"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="roster_runs_forward"),
            models.CheckConstraint(condition=~Q(decision=""), name="roster_has_its_decision"),
        ]

    def __str__(self) -> str:
        return self.decision


class RosterMember(models.Model):
    """A name; '' once it was erased at the person's request. `account`: the person's own, when there is one."""

    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=400, editable=False)
    folded = models.CharField(max_length=120, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(account__isnull=False), name="one_account_once_in_the_rosters"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = squeeze(self.name)
        self.sort_key, self.folded = sort_key(given_name_first(self.name)), fold(self.name)
        super().save(*args, **kwargs)


class RosterSpan(models.Model):
    """A row of the list of a unit: a member in one class there. `kind` is a key of the norm `members.classes`."""

    member = models.ForeignKey(RosterMember, models.CASCADE, related_name="spans")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="roster_spans")
    kind = models.CharField(max_length=40)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(default=OPEN_END)

    class Meta:
        verbose_name = _("row of a list of members")
        constraints = [
            models.UniqueConstraint(fields=["member", "valid_from"], name="one_roster_row_from_a_day"),
            models.UniqueConstraint(fields=["member", "valid_to"], name="one_roster_row_until_a_day"),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="roster_row_runs_forward"),
        ]
        indexes = [models.Index(fields=["unit", "valid_to"], name="roster_row_of_unit")]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def stands(self) -> bool:
        return self.valid_to == OPEN_END


class RosterTransfer(models.Model):
    """A unit asks another, which keeps a list too, to take a row over from a day on. Gone once it is answered."""

    span = models.OneToOneField(RosterSpan, models.CASCADE, related_name="transfer")
    to_unit = models.ForeignKey(Unit, models.CASCADE, related_name="roster_transfers")
    on = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = _("transfer to another list of members")

    def __str__(self) -> str:
        return f"{self.pk}"
