"""The counts: tally rows kept with every change, spans of the past, stored sheets."""

from django.db import models
from django.db.models import F, Q

from trienkhai.orgs.models import Unit
from trienkhai.tasks.models.giving import Task
from trienkhai.tasks.models.holding import Assignment, State

OPEN_COLUMNS = ("assigned", "acknowledged", "in_progress", "submitted", "submitted_late", "returned", "paused")
DONE = ("done_on_time", "done_late")
COUNTED = (*OPEN_COLUMNS, *DONE)


class Tally(models.Model):
    """Counts of one task below one unit by the due day in force.

    Rows exist for units strictly above the holder up to the task's assigner, and always for the assigner itself.
    `submitted` was handed in on or before the due day, `submitted_late` after it. `extended`: rows, in whatever counted
    state, whose due day is no longer the first. No check on the counters: it would fire before ON CONFLICT; `trienkhai
    check` finds negatives.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+", db_index=False)
    task = models.ForeignKey(Task, models.RESTRICT, related_name="+", db_index=False)
    due_on = models.DateField()
    assigned = models.IntegerField(default=0)
    acknowledged = models.IntegerField(default=0)
    in_progress = models.IntegerField(default=0)
    submitted = models.IntegerField(default=0)
    submitted_late = models.IntegerField(default=0)
    returned = models.IntegerField(default=0)
    paused = models.IntegerField(default=0)
    done_on_time = models.IntegerField(default=0)
    done_late = models.IntegerField(default=0)
    extended = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "task", "due_on"], name="one_tally_row")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.task_id} {self.due_on}"


class StateSpan(models.Model):
    """A state that an assignment was in from `from_on` until the day before `to_on`. The open span is the assignment
    itself.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="spans", db_index=False)
    state = models.CharField(max_length=12, choices=State.choices)
    due_on = models.DateField()
    submitted_on = models.DateField(null=True)
    from_on = models.DateField()
    to_on = models.DateField()
    act = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="state_span_runs_forward")]
        indexes = [models.Index(fields=["assignment", "from_on"], name="span_assignment")]

    def __str__(self) -> str:
        return f"{self.state} {self.from_on}–{self.to_on}"


class Sheet(models.Model):
    """A sheet as it stood: a month's end or one that was issued. A trigger refuses to change or delete it.

    `document_id` 0: all documents. `cells`: the sheet itself. Of an issued one also: `number` – of the unit, from 1;
    `scope` – what it is limited to (`links.Scope.key`); `alone` – it tells what the unit holds itself, not what stands
    below it; `content` – its tables and the names that stand on it, titles of documents apart; `head` – of the chain of
    acts at that moment; `digest` – SHA-256 over all of this, kept by the act too.
    """

    class Kind(models.TextChoices):
        MONTH_END = "month_end"
        ISSUED = "issued"

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="sheets")
    on = models.DateField()
    document_id = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    cells = models.JSONField()
    act = models.BigIntegerField(null=True)
    number = models.PositiveIntegerField(default=0, db_default=0)
    scope = models.CharField(max_length=200, blank=True, default="", db_default="")
    alone = models.BooleanField(default=False, db_default=False)
    content = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    head = models.CharField(max_length=64, blank=True, default="", db_default="")
    digest = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "on", "document_id", "kind", "number"], name="one_sheet_per_day"),
            models.UniqueConstraint(
                fields=["unit", "number"], condition=Q(kind="issued"), name="one_issued_sheet_per_unit_and_number"
            ),
            models.CheckConstraint(
                condition=Q(kind="month_end", number=0) | Q(kind="issued", number__gt=0),
                name="issued_sheet_is_numbered",
            ),
        ]
        indexes = [models.Index(fields=["kind", "on"], name="sheet_day")]

    def __str__(self) -> str:
        return f"{self.unit} {self.on}"
