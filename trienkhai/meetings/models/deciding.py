"""What a meeting decides: ballots by tally only, conclusions that become work."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from trienkhai.common.days import OPEN_END
from trienkhai.meetings.models.meeting import Meeting
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import Assignment, State, Task


class Ballot(models.Model):
    """A vote by its tally: there is no column and no table for who voted how, secret or open.

    `present`, `counted`, `needed`: those present with a vote, the denominator, and the votes in favour that carry it,
    as computed last; `needed` 0 where no norm says. `norm`: what it was computed by.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="ballots", db_index=False)
    position = models.PositiveSmallIntegerField()
    question = models.CharField(_("What is voted on"), max_length=500)
    secret = models.BooleanField(_("Secret ballot"), default=False)
    votes_for = models.PositiveIntegerField(_("In favour"))
    against = models.PositiveIntegerField(_("Against"))
    blank = models.PositiveIntegerField(_("Blank"))
    invalid = models.PositiveIntegerField(_("Invalid"))
    present = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()
    needed = models.PositiveIntegerField(default=0)
    norm = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="one_ballot_per_position"),
            models.CheckConstraint(
                condition=Q(present__gte=F("votes_for") + F("against") + F("blank") + F("invalid")),
                name="votes_within_those_present",
            ),
            models.CheckConstraint(condition=Q(counted__gte=F("present")), name="present_within_counted"),
            models.CheckConstraint(condition=~Q(question=""), name="ballot_has_a_question"),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def cast(self) -> int:
        return self.votes_for + self.against + self.blank + self.invalid

    @property
    def carried(self) -> bool | None:
        """None where no norm says how many are needed."""
        return self.votes_for >= self.needed if self.needed else None


class ConclusionQuerySet(models.QuerySet["Conclusion"]):
    def to_give(self) -> "ConclusionQuerySet":
        """Those that no task carries out: none was made, it was left out of its sheet, or all of it was withdrawn."""
        standing = Assignment.objects.filter(task=OuterRef("task")).exclude(state=State.WITHDRAWN)
        withdrawn = Q(task__issued_on__isnull=False) & ~Exists(standing)
        return self.filter(Q(task=None) | Q(task__dropped=True) | withdrawn)


class Conclusion(models.Model):
    """What the meeting concluded. `lead`: the unit that is to do it; `task`: what became of it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="conclusions", db_index=False)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("Conclusion"), max_length=1000)
    lead = models.ForeignKey(Unit, models.RESTRICT, null=True, related_name="+", db_index=False)
    due_on = models.DateField(_("Due day"), default=OPEN_END)
    task = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="concluded")

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="one_conclusion_per_position"),
            models.CheckConstraint(condition=~Q(text=""), name="conclusion_has_words"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def has_day(self) -> bool:
        return self.due_on != OPEN_END
