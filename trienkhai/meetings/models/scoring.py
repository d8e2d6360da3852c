"""The quality score of meetings: the sheet with the norm it is scored by, what each step said, how the step ended."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from trienkhai.meetings.models.meeting import Meeting
from trienkhai.orgs.models import Unit


class Step(models.TextChoices):
    SELF = "self", pgettext_lazy("score", "one person scores")
    COMMITTEE = "committee", pgettext_lazy("score", "the committee agrees")
    VOTE = "vote", pgettext_lazy("score", "the meeting votes")
    UPPER = "upper", pgettext_lazy("score", "the committee above decides")
    DONE = "done", pgettext_lazy("score", "decided")


STEPS = (Step.SELF, Step.COMMITTEE, Step.VOTE, Step.UPPER)
DATA = "data"


class ScoreSheet(models.Model):
    """One meeting, or all of a body in a span of days, as the norm says.

    `subject`: `meeting:12` or `cell:2017-01-01`, one sheet for each. `step`: what is to be done next.
    `norm`: key, day, source and grade; `frame`: its value, so that the result keeps the version it was computed by.
    `total`, `level`: as decided, empty before.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+", db_index=False)
    subject = models.CharField(max_length=60)
    body = models.CharField(max_length=40)
    first_on = models.DateField()
    last_on = models.DateField()
    meetings = models.ManyToManyField(Meeting, related_name="score_sheets")
    norm = models.JSONField()
    frame = models.JSONField()
    step = models.CharField(max_length=10, choices=Step.choices, default=Step.SELF)
    total = models.PositiveSmallIntegerField(null=True)
    level = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "subject"], name="one_score_sheet_of_a_subject"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="score_sheet_runs_forward"),
            models.CheckConstraint(
                condition=~Q(step="done") | Q(total__isnull=False, total__lte=100), name="decided_score_has_a_total"
            ),
        ]
        indexes = [models.Index(fields=["unit", "step"], name="score_sheet_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit.short_name}, {self.span}"

    @property
    def span(self) -> str:
        first, last = f"{self.first_on:%d/%m/%Y}", f"{self.last_on:%d/%m/%Y}"
        return first if first == last else f"{first} – {last}"

    @property
    def is_single(self) -> bool:
        return self.subject.startswith("meeting:")

    @property
    def day(self) -> date:
        """The day whose norms hold."""
        return self.last_on


class ScoreMark(models.Model):
    """The points of a criterion by `data` or by a step; the figures of earlier steps stay.

    `reason`: why the step differs from the one before it. `facts` (of `data`): `top`/`bottom` and their `rows`
    [id, top, bottom].
    """

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="marks", db_index=False)
    code = models.CharField(max_length=40)
    step = models.CharField(max_length=10)
    points = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "code", "step"], name="one_mark_of_a_criterion_in_a_step"),
            models.CheckConstraint(condition=Q(points__lte=100), name="mark_within_100"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.points}"


class ScoreStep(models.Model):
    """A step that was finished, with its total. Of the vote: the tally and the meeting where it was held."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="steps", db_index=False)
    step = models.CharField(max_length=10, choices=Step.choices)
    total = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    at = models.DateTimeField()
    meeting = models.ForeignKey(Meeting, models.RESTRICT, null=True, related_name="+", db_index=False)
    votes_for = models.PositiveIntegerField(default=0)
    against = models.PositiveIntegerField(default=0)
    blank = models.PositiveIntegerField(default=0)
    invalid = models.PositiveIntegerField(default=0)
    present = models.PositiveIntegerField(default=0)
    needed = models.PositiveIntegerField(default=0)
    ruling = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "step"], name="one_end_of_a_score_step"),
            models.CheckConstraint(
                condition=Q(present__gte=F("votes_for") + F("against") + F("blank") + F("invalid")),
                name="score_votes_within_those_present",
            ),
            models.CheckConstraint(condition=~Q(step="vote") | Q(meeting__isnull=False), name="score_vote_has_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.total}"

    @property
    def carried(self) -> bool | None:
        """None where no norm says how many are needed."""
        return self.votes_for >= self.needed if self.needed else None
