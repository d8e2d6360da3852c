"""What is given: the issue that carries tasks from a document to units, the tasks, the focus they serve."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import Clause, Document
from trienkhai.orgs.models import Post, Unit


class Focus(models.Model):
    """A priority of a unit for a span: tasks are grouped under it.

    `goal`: what is to be reached by its end. `owner`: the post that answers for it. `rhythm`: how often it is reviewed.
    """

    class Kind(models.TextChoices):
        CENTRAL = "central", _("central task")
        KEY = "key", _("key area")
        BREAKTHROUGH = "breakthrough", _("breakthrough solution")
        REFORM = "reform", _("administrative reform")
        MOBILISATION = "mobilisation", _("mass mobilisation")

    class Rhythm(models.TextChoices):
        NONE = "", _("not set")
        MONTH = "month", _("every month")
        QUARTER = "quarter", _("every quarter")

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="focuses")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=300)
    goal = models.TextField(blank=True)
    owner = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="focuses")
    rhythm = models.CharField(max_length=8, choices=Rhythm.choices, default=Rhythm.NONE, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(default=OPEN_END)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="focus_span_runs_forward"),
            models.UniqueConstraint(fields=["unit", "title"], name="one_focus_per_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Issue(models.Model):
    """Tasks of one document prepared by an officer and issued by a leader of the assigner, in one act.

    Prepared → submitted → issued; a leader may return it with a reason. `count`: assignments made. `digest`: SHA-256
    over the expanded list (task id, unit id), in order. `document` is None once it was locked away, which needs that
    all work from it was withdrawn.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("being prepared")
        SUBMITTED = "submitted", _("submitted to the leader")
        RETURNED = "returned", _("returned to the officer")
        ISSUED = "issued", _("issued")

    document = models.ForeignKey(Document, models.RESTRICT, null=True, related_name="issues")
    assigner = models.ForeignKey(Unit, models.RESTRICT, related_name="issues")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    selection = models.CharField(max_length=1000, default="children")
    on = models.DateField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    returned_reason = models.TextField(blank=True)
    count = models.IntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    act = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("issue of tasks")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(issued_at__isnull=False, issued_by__isnull=False),
                name="issued_by_someone_at_some_time",
            )
        ]
        indexes = [models.Index(fields=["assigner", "state"], name="issue_assigner")]

    def __str__(self) -> str:
        return str(self.document or "–")

    @property
    def source(self) -> Document:
        """The document of an issue that is being prepared or carried out. None: an issue whose document was locked away
        is reached by no action.
        """
        assert self.document is not None
        return self.document

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PREPARED, self.State.RETURNED)


class Mode(models.TextChoices):
    EACH = "each", _("each its own")
    JOINT = "joint", _("one product, one lead")


class AnswerRule(models.TextChoices):
    BY_LEVEL = "by_level", _("by the direct subordinate above")
    ASSIGNER = "assigner", _("by the assigner itself")


class Recurrence(models.TextChoices):
    NONE = "", _("once")
    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    HALF = "half", _("every half-year")
    YEAR = "year", _("every year")


class Delegated(models.TextChoices):
    """Powers of the assigner that it may hand to the units that approve."""

    EXTEND = "extend", _("extend")
    PAUSE = "pause", _("pause")
    WITHDRAW = "withdraw", _("withdraw")


class Task(models.Model):
    """A duty that a document gives. It is a draft until its issue is issued; a dropped draft is kept, never counted.

    `selection` ('' : the issue's) says who receives it. `due_on` is the last day in time, OPEN_END for no deadline;
    `due_words` are the paper's own. `recurrence` opens one occurrence a period, due on its day number `due_day`
    (0: its last), none due after `recurs_until`. `quote`, `start`, `end`: the sentence it was read from.
    `doubts`: what a person should decide. `serves`: the assignment from above that it makes concrete;
    `continues`: the same task of an assigner that no longer stands.
    """

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="tasks")
    document = models.ForeignKey(Document, models.RESTRICT, null=True, related_name="tasks")
    assigner = models.ForeignKey(Unit, models.RESTRICT, related_name="given_tasks")
    position = models.IntegerField(default=0)
    title = models.CharField(_("Task"), max_length=1000)
    product = models.CharField(_("Product"), max_length=500, blank=True)
    work_area = models.CharField(_("Area of work"), max_length=60, blank=True)
    focus = models.ForeignKey(Focus, models.SET_NULL, null=True, blank=True, related_name="tasks")
    mode = models.CharField(_("Mode"), max_length=6, choices=Mode.choices, default=Mode.EACH)
    answer_rule = models.CharField(
        _("Approved"), max_length=10, choices=AnswerRule.choices, default=AnswerRule.BY_LEVEL
    )
    delegates = models.JSONField(default=list, blank=True)
    selection = models.CharField(_("Recipients"), max_length=1000, blank=True)
    lead_words = models.CharField(_("Lead"), max_length=500, blank=True)
    coordinating_words = models.CharField(_("Co-ordinating"), max_length=1000, blank=True)
    coordinating_selection = models.CharField(max_length=1000, blank=True)
    due_on = models.DateField(_("Due day"), default=OPEN_END)
    due_words = models.CharField(_("Deadline in words"), max_length=300, blank=True)
    recurrence = models.CharField(max_length=8, choices=Recurrence.choices, default=Recurrence.NONE, blank=True)
    due_day = models.SmallIntegerField(default=0)
    recurs_until = models.DateField(_("Repeats until"), default=OPEN_END)
    clauses = models.ManyToManyField(Clause, blank=True, related_name="tasks")
    quote = models.TextField(blank=True)
    proposed = models.JSONField(
        null=True, encoder=DjangoJSONEncoder, help_text="what the reader proposed, untouched; null: added by a person"
    )
    start = models.IntegerField(null=True)
    end = models.IntegerField(null=True)
    doubts = models.JSONField(default=list, blank=True)
    dropped = models.BooleanField(default=False)
    issued_on = models.DateField(null=True)
    next_on = models.DateField(null=True, help_text="first day of the period whose occurrence opens next")
    serves = models.ForeignKey("Assignment", models.SET_NULL, null=True, blank=True, related_name="concretised_by")
    continues = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="continued_by")
    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        verbose_name = _("task")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="task_has_title"),
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(due_on__gte=F("issued_on")), name="task_not_due_before_issue"
            ),
        ]
        indexes = [
            models.Index(fields=["assigner", "issued_on"], name="task_assigner"),
            models.Index(fields=["next_on"], name="task_next", condition=Q(next_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """How the log of acts names it: by its document and its place there, never by words that may be locked away."""
        return f"{self.document.reference if self.document else '–'}, {self.position}"

    @property
    def has_last_day(self) -> bool:
        return self.recurs_until != OPEN_END

    @property
    def recipients(self) -> str:
        """Who receives it: its own selection, else the issue's; '' while the lead that the text names is not known."""
        return self.selection or ("" if self.lead_words else self.issue.selection)
