"""What is sent down, and what each unit did with it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import Document, DocumentText
from trienkhai.orgs.models import Unit


class Reopens(models.TextChoices):
    """Which of the units that hold an earlier version get the new one to acknowledge."""

    NOBODY = "nobody", _("none of them")
    ACKNOWLEDGED = "acknowledged", _("those that had acknowledged it")
    ALL = "all", _("all of them")
    SELECTION = "selection", _("those chosen below")


class Sending(models.Model):
    """One act by which a unit sends a document down; what it sends of one document hangs together.

    `version`: of the document's text, 0 for a paper without one. `selection` is kept beside the receipts it made;
    `count` of them, `digest`: SHA-256 over their unit ids, in order. `follows`: the sending before of the same document
    by the same unit; `reopens`, `reopened`: which holders of an earlier version got this one. `acknowledge_by`:
    9999-12-31 for no day.
    """

    document = models.ForeignKey(Document, models.RESTRICT, related_name="sendings")
    text = models.ForeignKey(DocumentText, models.RESTRICT, null=True, related_name="+")
    version = models.IntegerField(default=0)
    sender = models.ForeignKey(Unit, models.RESTRICT, related_name="sendings")
    selection = models.CharField(max_length=1000)
    follows = models.OneToOneField("self", models.RESTRICT, null=True, related_name="followed_by")
    reopens = models.CharField(max_length=12, choices=Reopens.choices, default=Reopens.NOBODY)
    reopened = models.CharField(max_length=1000, blank=True)
    on = models.DateField()
    acknowledge_by = models.DateField(_("To be acknowledged by"), default=OPEN_END)
    note = models.CharField(_("Accompanying words"), max_length=1000, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    sent_at = models.DateTimeField()
    reminded_on = models.DateField(null=True)
    count = models.IntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    act = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("sending")
        constraints = [
            models.CheckConstraint(condition=Q(acknowledge_by__gte=F("on")), name="sending_leaves_time"),
            models.CheckConstraint(condition=~Q(reopens="selection") | ~Q(reopened=""), name="sending_names_reopened"),
        ]
        indexes = [models.Index(fields=["document", "sender", "id"], name="sending_of_document")]

    def __str__(self) -> str:
        return str(self.document)

    @property
    def has_day(self) -> bool:
        return self.acknowledge_by != OPEN_END


class SendingBranch(models.Model):
    """A unit between the sender and those it reached: a sending has receipts in its branch."""

    sending = models.ForeignKey(Sending, models.CASCADE, related_name="branches")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "sending"], name="one_row_per_branch_reached")]

    def __str__(self) -> str:
        return f"{self.sending_id} ↓ {self.unit_id}"


class Closing(models.TextChoices):
    """How a unit closes its receipt; *study* is as good an end as the others."""

    OPEN = "", _("open")
    STUDY = "study", _("study only, no task")
    CONCRETISED = "concretised", _("concretised in an own document")
    TASKS = "tasks", _("tasks given")


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def current(self) -> "ReceiptQuerySet":
        """Those of the last version that was sent to each unit."""
        return self.filter(current=True)

    def last_sent(self) -> "ReceiptQuerySet":
        """Those of the last version of each document that a sender sent to each unit, whoever holds them now."""
        sent = ("sending__document", "sending__sender", "sent_to")
        return self.filter(pk__in=self.order_by().values(*sent).annotate(last=Max("pk")).values("last"))

    def standing(self, on: date) -> "ReceiptQuerySet":
        """Of units that stand that day: nobody else can answer."""
        return self.filter(unit__closed_on__gt=on)

    def missing(self) -> "ReceiptQuerySet":
        return self.filter(acknowledged_at=None, current=True)


class Receipt(models.Model):
    """What one unit did with one sending: delivered, opened, acknowledged, closed, each with its time.

    `sent_to`: the unit it was sent to, for ever; `unit`: which holds it, after a reorganisation the successor.
    `delivered_at`: when the notice reached a post that someone held. `current`: no later version was sent to this unit.
    `opened_post`, `acknowledged_post`: the label of the post; `principal`: for whom a deputy acknowledged.
    """

    sending = models.ForeignKey(Sending, models.CASCADE, related_name="receipts", db_index=False)
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="receipts", db_index=False)
    sent_to = models.ForeignKey(Unit, models.RESTRICT, related_name="+", db_index=False)
    current = models.BooleanField(default=True)
    delivered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    opened_post = models.CharField(max_length=300, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    acknowledged_post = models.CharField(max_length=300, blank=True)
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    closed_as = models.CharField(max_length=12, choices=Closing.choices, default=Closing.OPEN, blank=True)
    closed_at = models.DateTimeField(null=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        constraints = [
            models.UniqueConstraint(fields=["sending", "unit"], name="one_receipt_per_sending"),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False, opened_at__isnull=False),
                name="receipt_acknowledged_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(delivered_at__isnull=False), name="receipt_opened_when_delivered"
            ),
            models.CheckConstraint(
                condition=Q(closed_as="", closed_at=None)
                | (~Q(closed_as="") & Q(closed_at__isnull=False, acknowledged_at__isnull=False)),
                name="receipt_closed_when_acknowledged",
            ),
        ]
        indexes = [models.Index(fields=["unit", "current"], name="receipt_unit")]

    def __str__(self) -> str:
        return f"{self.sending_id} → {self.unit_id}"

    @property
    def step(self) -> str:
        """How far it is: sent, delivered, opened, acknowledged."""
        if self.acknowledged_at:
            return "acknowledged"
        return "opened" if self.opened_at else "delivered" if self.delivered_at else "sent"

    def is_late(self, on: date) -> bool:
        return self.acknowledged_at is None and self.sending.acknowledge_by < on
