"""What each unit holds: its assignments, reports with evidence, requests, shares in the tasks of others."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.models import Document, StoredFile
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models.giving import Task


class State(models.TextChoices):
    ASSIGNED = "assigned", _("assigned")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    IN_PROGRESS = "in_progress", _("in progress")
    SUBMITTED = "submitted", _("awaiting approval")
    RETURNED = "returned", _("returned")
    PAUSED = "paused", _("paused")
    DONE = "done", _("done")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN_STATES = (
    State.ASSIGNED,
    State.ACKNOWLEDGED,
    State.IN_PROGRESS,
    State.SUBMITTED,
    State.RETURNED,
    State.PAUSED,
)

HOLDERS_TURN = (State.ASSIGNED, State.ACKNOWLEDGED, State.IN_PROGRESS, State.RETURNED)
"""Open, and the unit that holds the work is the one to move: nothing awaits a decision, nothing rests."""


class Assignment(models.Model):
    """A task in the hands of one unit, which leads, answers for it and is counted.

    `unit` was given it and never changes; `held_by` answers now. `submitted_on`: the day of the report that is awaiting
    approval or was approved. `paused_from`: the state before the pause. `since_on`: first day of the present state;
    `act`: the last act that changed it (for a cascade the issue's).
    """

    task = models.ForeignKey(Task, models.RESTRICT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+", db_index=False)
    occurrence = models.SmallIntegerField(default=0)
    held_by = models.ForeignKey(Unit, models.RESTRICT, related_name="assignments", db_index=False)
    answers_to = models.ForeignKey(Unit, models.RESTRICT, related_name="+", db_index=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASSIGNED)
    paused_from = models.CharField(max_length=12, choices=State.choices, blank=True, default="")
    due_on = models.DateField()
    first_due_on = models.DateField()
    percent = models.SmallIntegerField(default=0)
    submitted_on = models.DateField(null=True)
    issued_on = models.DateField()
    since_on = models.DateField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    act = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("assignment")
        constraints = [
            models.UniqueConstraint(fields=["task", "unit", "occurrence"], name="one_assignment_per_unit"),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="percent_from_0_to_100"),
            models.CheckConstraint(condition=Q(due_on__gte=F("issued_on")), name="not_due_before_issue"),
        ]
        indexes = [
            models.Index(fields=["held_by", "state", "due_on", "task"], name="assignment_held"),
            models.Index(fields=["answers_to", "state"], name="assignment_answers"),
            models.Index(fields=["due_on", "task", "unit"], name="assignment_due"),
        ]

    def __str__(self) -> str:
        return str(self.task)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class PastHolder(models.Model):
    """An assignment was held by `unit` until the day before `to_on`, when it was handed over under the act."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="past_holders", db_index=False)
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    to_on = models.DateField()
    act = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["assignment", "to_on"], name="past_holder_assignment")]

    def __str__(self) -> str:
        return f"{self.unit} –{self.to_on}"


class ReportState(models.TextChoices):
    PROGRESS = "progress", _("progress")
    SUBMITTED = "submitted", _("awaiting approval")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")
    CANCELLED = "cancelled", _("cancelled")


class ProgressReport(models.Model):
    """What a unit says of its assignment: a claim until the unit it answers to approves it.

    A report in state *progress* claims no completion. `percent`: 0 to 100 of the whole assignment. `principal`: the
    holder in whose name a delegate reported.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="reports")
    state = models.CharField(max_length=10, choices=ReportState.choices)
    percent = models.SmallIntegerField()
    text = models.TextField()
    bottleneck = models.TextField(blank=True)
    proposal = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    post_label = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)
    confirmed_in = models.ForeignKey(Document, models.RESTRICT, null=True, related_name="+")
    form_token = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("progress report")
        constraints = [
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="report_percent_0_to_100"),
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(state="submitted"), name="one_report_awaiting_approval"
            ),
            models.UniqueConstraint(
                fields=["assignment", "form_token"], condition=~Q(form_token=""), name="one_report_per_form"
            ),
        ]
        indexes = [models.Index(fields=["assignment", "at"], name="report_assignment")]

    def __str__(self) -> str:
        return f"{self.assignment} {self.percent} %"


class Evidence(models.Model):
    """A file that goes with a report."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.RESTRICT, related_name="+")

    def __str__(self) -> str:
        return str(self.file)


class RequestKind(models.TextChoices):
    EXTEND = "extend", _("extension")
    ADJUST = "adjust", _("adjustment")
    TRANSFER = "transfer", _("transfer to another unit")


class RequestOutcome(models.TextChoices):
    OPEN = "open", _("not decided")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")


class Request(models.Model):
    """A lower unit does not decline a directive, it asks; work goes on until it is decided. Silence changes nothing.

    `principal`: the holder in whose name a delegate asked.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=10, choices=RequestKind.choices)
    reason = models.TextField()
    proposed_due_on = models.DateField(null=True, blank=True)
    proposed_unit = models.ForeignKey(Unit, models.RESTRICT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=RequestOutcome.choices, default=RequestOutcome.OPEN)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("request")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "kind"], condition=Q(outcome="open"), name="one_open_request_per_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.assignment}"


class ShareKind(models.TextChoices):
    PART = "part", _("co-ordinating part")
    WATCH = "watch", _("watch")


class Share(models.Model):
    """A unit's share in a task it does not lead: a *part* with its own day and answer, or a *watch* (sight, may
    urge)."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="shares")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="shares")
    kind = models.CharField(max_length=6, choices=ShareKind.choices)
    assignment = models.ForeignKey(Assignment, models.CASCADE, null=True, related_name="parts")
    text = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "unit", "kind"], name="one_share_per_kind")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.task}"
