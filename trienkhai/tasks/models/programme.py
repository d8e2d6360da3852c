"""The programme of a unit for a term, a year or a quarter, and its items."""

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import Clause, Document, Draft
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models.giving import Task
from trienkhai.tasks.models.holding import OPEN_STATES, Assignment, State


class Programme(models.Model):
    """What a unit sets out to do from `starts_on` until `ends_on`, its last day.

    `part_of`: the longer programme, or the one of a unit above, that it comes from. `document`: the signed paper, when
    it was not written here; `draft`: its paper while it is written. `version` rises with each addition, change and
    drop once it is in force.
    """

    class Kind(models.TextChoices):
        TERM = "term", _("term programme")
        YEAR = "year", _("year's programme")
        QUARTER = "quarter", _("quarter's plan")

    class State(models.TextChoices):
        PREPARED = "prepared", _("being prepared")
        IN_FORCE = "in_force", _("in force")

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="programmes")
    kind = models.CharField(_("Kind"), max_length=8, choices=Kind.choices)
    starts_on = models.DateField(_("From day"))
    ends_on = models.DateField(_("Until"))
    part_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")
    document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="programmes")
    draft = models.OneToOneField(Draft, models.SET_NULL, null=True, related_name="programme")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREPARED)
    version = models.IntegerField(default=1)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    opened_at = models.DateTimeField()
    in_force_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("programme of work")
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "starts_on"], name="one_programme_from_a_day"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="programme_runs_forward"),
            models.CheckConstraint(
                condition=~Q(state="in_force") | Q(in_force_on__isnull=False), name="in_force_since_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period}"

    @property
    def period(self) -> str:
        """2015–2020, 2017, III/2017."""
        if self.kind == self.Kind.TERM:
            return f"{self.starts_on.year}–{self.ends_on.year}"
        if self.kind == self.Kind.YEAR:
            return str(self.starts_on.year)
        return f"{('I', 'II', 'III', 'IV')[(self.starts_on.month - 1) // 3]}/{self.starts_on.year}"

    @property
    def in_force(self) -> bool:
        return self.state == self.State.IN_FORCE

    @property
    def paper(self) -> Document | None:
        """The signed version."""
        return self.document or (self.draft.document if self.draft else None)


class Standing(models.TextChoices):
    """How an item stands: its own closed state, else what its task's assignments say."""

    PLANNED = "planned", _("planned")
    GIVEN = "given", _("being carried out")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")
    CARRIED = "carried", _("carried over")


class ItemQuerySet(QuerySet["ProgrammeItem"]):
    def standing(self) -> "ItemQuerySet":
        """With `standing`: one of `Standing`. An item whose task was left out or wholly withdrawn is planned again."""
        held = Assignment.objects.filter(task=OuterRef("task"))
        is_open = Exists(held.filter(state__in=OPEN_STATES)) | Q(task__next_on__isnull=False)
        has_done = Exists(held.filter(state=State.DONE))
        prepared = Q(task__issued_on__isnull=True, task__dropped=False, task__isnull=False)
        return self.annotate(
            standing=Case(
                When(closed__gt="", then=F("closed")),
                When(prepared, then=Value(Standing.GIVEN)),
                When(is_open, then=Value(Standing.GIVEN)),
                When(has_done, then=Value(Standing.DONE)),
                default=Value(Standing.PLANNED),
                output_field=models.CharField(),
            )
        )


class ProgrammeItem(models.Model):
    """One piece of work of a programme.

    `closed`: done (by hand), dropped or carried over; '' while it is open or follows its task. `due_on` OPEN_END: no
    day. `from_item`: the item of the longer programme that it comes from; `carried_to`: where it goes on.
    `added_reason`: why it was added after the programme was in force. `reason`: why it was dropped, or what was done.
    """

    class Closed(models.TextChoices):
        OPEN = "", _("open")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")
        CARRIED = "carried", _("carried over")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="items")
    position = models.IntegerField()
    title = models.CharField(_("Work"), max_length=1000)
    time_words = models.CharField(_("Time in words"), max_length=300, blank=True)
    due_on = models.DateField(_("Due day"), default=OPEN_END)
    unit = models.ForeignKey(Unit, models.RESTRICT, null=True, blank=True, related_name="+")
    lead_words = models.CharField(_("Responsible"), max_length=500, blank=True)
    product = models.CharField(_("Product"), max_length=500, blank=True)
    work_area = models.CharField(_("Area of work"), max_length=60, blank=True)
    from_item = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="refined_by")
    carried_to = models.OneToOneField("self", models.SET_NULL, null=True, related_name="carried_from")
    clause = models.ForeignKey(Clause, models.SET_NULL, null=True, blank=True, related_name="programme_items")
    task = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="programme_items")
    closed = models.CharField(max_length=8, choices=Closed.choices, default=Closed.OPEN, blank=True)
    closed_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    added_reason = models.TextField(blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of a programme")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="item_has_title"),
            models.CheckConstraint(condition=~Q(closed="dropped") | ~Q(reason=""), name="dropped_for_a_reason"),
            models.CheckConstraint(condition=Q(closed="") | Q(closed_on__isnull=False), name="item_closed_on_a_day"),
        ]
        indexes = [models.Index(fields=["programme", "position"], name="item_programme")]

    def __str__(self) -> str:
        return self.title

    @property
    def prepared_task(self) -> Task | None:
        """Its task while that is a draft on a sheet."""
        return self.task if self.task and not self.task.issued_on and not self.task.dropped else None
