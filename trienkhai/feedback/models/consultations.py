"""A draft or a text put before units for their opinion, clause by clause, with what became of each opinion."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.models import Document, Draft
from trienkhai.orgs.models import Unit


class Consultation(models.Model):
    """`unit` asks others for their opinion on a draft or a document until `due_on`.

    The words asked about are kept as `passages`: the draft may change meanwhile. `closing_reason`: why it was closed
    before that day though units had sent nothing; or why it was `withdrawn`. `summary_symbol`, `summary_on`: of the
    table of opinions as it was issued.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="consultations")
    draft = models.ForeignKey(Draft, models.SET_NULL, null=True, related_name="consultations")
    document = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="consultations")
    title = models.CharField(_("Subject"), max_length=1000)
    question = models.TextField(blank=True, default="")
    due_on = models.DateField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    opened_at = models.DateTimeField()
    opened_on = models.DateField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    closed_on = models.DateField(null=True)
    closing_reason = models.TextField(blank=True, default="")
    withdrawn = models.BooleanField(default=False, db_default=False)
    summary_symbol = models.CharField(max_length=60, blank=True, default="", db_default="")
    summary_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("consultation on a draft")
        indexes = [models.Index(fields=["unit", "closed_on", "due_on"], name="consultation_of_unit")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="consultation_has_a_title"),
            models.CheckConstraint(condition=Q(due_on__gte=F("opened_on")), name="consultation_not_due_before"),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | (Q(closed_on__isnull=False) & ~Q(closing_reason="")),
                name="consultation_withdrawn_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(summary_on=None) | (Q(closed_on__isnull=False, withdrawn=False) & ~Q(summary_symbol="")),
                name="summary_of_a_closed_consultation",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class MovedDay(models.Model):
    """The day until which opinions are wanted was moved, for a reason. `reopened`: the consultation was closed then."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="moved_days")
    before = models.DateField()
    after = models.DateField()
    reason = models.TextField()
    reopened = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    on = models.DateField()

    class Meta:
        verbose_name = _("moved day of a consultation")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="day_moved_for_a_reason")]

    def __str__(self) -> str:
        return f"{self.before:%d/%m/%Y} → {self.after:%d/%m/%Y}"


class Passage(models.Model):
    """One clause as it was put before those asked: `label` names it ("Điều 3", "II › 1"). Position 0 has no text: the
    draft as a whole.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="passages")
    position = models.IntegerField()
    label = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "position"], name="one_passage_per_position"),
        ]

    def __str__(self) -> str:
        return self.label


class Asked(models.Model):
    """A unit that is asked. `version` counts how often its opinions were stored; `sent_on`: when they were given;
    `released_on`: nothing is expected any more, since the unit ended and its successor is asked itself.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="asked")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="consulted")
    version = models.IntegerField(default=0)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    sent_on = models.DateField(null=True)
    released_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("unit asked for its opinion on a draft")
        constraints = [models.UniqueConstraint(fields=["consultation", "unit"], name="a_unit_is_asked_once")]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.unit_id}"

    @property
    def is_awaited(self) -> bool:
        return self.sent_on is None and self.released_on is None

    def is_late(self, due_on: date, on: date) -> bool:
        """Sent after the day, or awaited past it."""
        return self.released_on is None and (self.sent_on or on) > due_on


class Stance(models.TextChoices):
    AGREES = "agrees", _("agrees")
    OTHER = "other", _("another wording")


class Reply(models.TextChoices):
    """What the asking unit does with an opinion; '' while it has not answered."""

    TAKEN = "taken", _("taken")
    PARTLY = "partly", _("taken in part")
    NOT_TAKEN = "not_taken", _("not taken")


class ClauseOpinion(models.Model):
    """What one unit says of one clause; where it wants another wording, which and why, and the answer to that."""

    asked = models.ForeignKey(Asked, models.CASCADE, related_name="opinions")
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="opinions")
    stance = models.CharField(max_length=10, choices=Stance.choices)
    wording = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    reply = models.CharField(max_length=10, choices=Reply.choices, blank=True, default="")
    reply_reason = models.TextField(blank=True, default="")
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    replied_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("opinion on a clause")
        constraints = [
            models.UniqueConstraint(fields=["asked", "passage"], name="one_opinion_per_clause"),
            models.CheckConstraint(
                condition=Q(stance=Stance.AGREES, wording="") | (Q(stance=Stance.OTHER) & ~Q(wording="")),
                name="opinion_words_only_where_it_differs",
            ),
            models.CheckConstraint(
                condition=Q(reply="") | (Q(stance=Stance.OTHER) & (Q(reply=Reply.TAKEN) | ~Q(reply_reason=""))),
                name="opinion_reply_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_id}/{self.passage_id}"

    @property
    def waits(self) -> bool:
        return self.stance == Stance.OTHER and not self.reply
