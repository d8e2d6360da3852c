"""A meeting of a unit: when and where, what it deals with, who is convened, who came."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import Document, Draft
from trienkhai.orgs.models import Holding, Unit


class Kind(models.TextChoices):
    REGULAR = "regular", pgettext_lazy("meeting", "regular")
    THEMATIC = "thematic", pgettext_lazy("meeting", "thematic")
    EXTRAORDINARY = "extraordinary", pgettext_lazy("meeting", "extraordinary")


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    OPEN = "open", pgettext_lazy("meeting", "minutes being written")
    CLOSED = "closed", pgettext_lazy("meeting", "minutes closed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "not held")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def held(self) -> "MeetingQuerySet":
        return self.filter(state__in=(MeetingState.OPEN, MeetingState.CLOSED))

    def unsent(self) -> "MeetingQuerySet":
        """Held, and the minutes have not gone up."""
        return self.held().filter(sent_on=None)

    def overdue(self, on: date) -> "MeetingQuerySet":
        return self.unsent().filter(minutes_due_on__lt=on)


class Meeting(models.Model):
    """`body`: a key of the norm `meetings.bodies`. `reason`: why it was not held.

    `began_at`, `ended_at`: as it was. `minutes_due_on`: the last day to send the minutes up, 9999-12-31 without a norm
    or without a unit above.
    `figures`: quorum as it was computed when the minutes were closed, with its norm; `digest`: SHA-256 of the minutes
    then. `sent_to`: the unit above that got them. `conclusions_paper`: the document by which conclusions became work.
    `speakers`: how many spoke, where it was told.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="meetings", db_index=False)
    body = models.CharField(_("Body"), max_length=40)
    kind = models.CharField(_("Kind of meeting"), max_length=14, choices=Kind.choices, default=Kind.REGULAR)
    title = models.CharField(_("Title"), max_length=250)
    starts_at = models.DateTimeField(_("Begins"))
    place = models.CharField(_("Held at"), max_length=250)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    reason = models.CharField(max_length=500, blank=True)
    invited_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    minutes_due_on = models.DateField(default=OPEN_END)
    figures = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    closed_at = models.DateTimeField(null=True)
    sent_to = models.ForeignKey(Unit, models.RESTRICT, null=True, related_name="+", db_index=False)
    sent_on = models.DateField(null=True)
    resolution = models.ForeignKey(Draft, models.SET_NULL, null=True, related_name="+")
    conclusions_paper = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="concluded_by")
    speakers = models.PositiveIntegerField(null=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(place=""), name="meeting_has_title_and_place"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""), name="meeting_not_held_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "cancelled"]) | Q(began_at__isnull=False), name="held_meeting_began"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(ended_at__isnull=False, closed_at__isnull=False),
                name="closed_meeting_ended",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")), name="meeting_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | Q(state="closed", sent_to__isnull=False),
                name="only_closed_minutes_go_up",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "starts_at"], name="meeting_of_unit"),
            models.Index(fields=["state", "minutes_due_on"], name="meeting_minutes_due"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def day(self) -> date:
        return day_of(self.starts_at)

    @property
    def was_held(self) -> bool:
        return self.state in (MeetingState.OPEN, MeetingState.CLOSED)

    @property
    def minutes_long(self) -> int | None:
        """How long it lasted; None before it ended."""
        if self.began_at is None or self.ended_at is None:
            return None
        return int((self.ended_at - self.began_at).total_seconds()) // 60

    @property
    def has_due_day(self) -> bool:
        return self.minutes_due_on != OPEN_END

    def is_overdue(self, on: date) -> bool:
        return self.was_held and self.sent_on is None and self.minutes_due_on < on

    @property
    def was_late(self) -> bool:
        return self.sent_on is not None and self.sent_on > self.minutes_due_on

    @property
    def had_quorum(self) -> bool | None:
        """As computed when the minutes were closed; None where no norm says."""
        return self.figures.get("met")


class AgendaItem(models.Model):
    """What the meeting deals with. `presenter`: a post, as text."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", db_index=False)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("Item"), max_length=500)
    presenter = models.CharField(_("Presented by"), max_length=160, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="one_item_per_position"),
            models.CheckConstraint(condition=~Q(title=""), name="agenda_item_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """A document of the system that is laid before the meeting with an item."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="papers", db_index=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="meeting_papers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "document"], name="one_paper_of_an_item_once")]

    def __str__(self) -> str:
        return str(self.document)


class Invitation(models.Model):
    """A unit that is asked to the meeting of another; it has no vote."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations", db_index=False)
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="invited_to")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "unit"], name="one_invitation_of_a_unit")]

    def __str__(self) -> str:
        return str(self.unit)


PRESENT = "present"


class Participant(models.Model):
    """A holder of a post of the unit, by name. `presence`: empty, `present`, or a key of `meetings.absence_reasons`."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participants", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    holding = models.ForeignKey(Holding, models.RESTRICT, related_name="+", db_index=False)
    name = models.CharField(max_length=150)
    post = models.CharField(max_length=160)
    votes = models.BooleanField(default=True)
    presence = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "account"], name="one_participant_once")]

    def __str__(self) -> str:
        return self.name


class ClassCount(models.Model):
    """How many further members of a class (norm `members.classes`) were summoned and came: numbers, no names."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="counts", db_index=False)
    kind = models.CharField(max_length=40)
    summoned = models.PositiveIntegerField()
    present = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind"], name="one_count_of_a_class_in_a_meeting"),
            models.CheckConstraint(condition=Q(present__lte=F("summoned")), name="present_within_summoned"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.present}/{self.summoned}"


class ClassAbsence(models.Model):
    """How many of a class were absent for a reason."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="absences", db_index=False)
    kind = models.CharField(max_length=40)
    reason = models.CharField(max_length=40)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind", "reason"], name="one_count_of_a_reason_in_a_class"),
            models.CheckConstraint(condition=Q(number__gt=0), name="a_reason_counts_someone"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reason}: {self.number}"
