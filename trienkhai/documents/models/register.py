"""The books of units, the series of numbers in them, their entries, and the slips that hand documents over."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.common.clock import day_of
from trienkhai.documents.models.document import Document
from trienkhai.orgs.models import Post, Term, Unit


class Book(models.TextChoices):
    IN = "in", _("incoming")
    OUT = "out", _("outgoing")
    INTERNAL = "internal", _("internal")


class Series(models.Model):
    """One run of numbers in a unit's book: of a type ('' for all types together), through a year or a term.

    `last`, the highest number so far, is written under a lock on this row, so numbers are given one after another.
    `first`: where the run begins here; lower numbers were given before this register was kept.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="series")
    book = models.CharField(max_length=10, choices=Book.choices)
    of = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=20, help_text="the year, or `term-` with the id of the term")
    term = models.ForeignKey(Term, models.RESTRICT, null=True, related_name="+")
    first = models.IntegerField(default=1)
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "book", "of", "period"], name="one_series_per_period")]

    def __str__(self) -> str:
        return f"{self.of} {self.period_name}".strip()

    @property
    def period_name(self) -> str:
        return self.term.name if self.term else self.period


class EntryQuerySet(models.QuerySet["RegisterEntry"]):
    def in_force(self) -> "EntryQuerySet":
        """Entries that hold a document and were not cancelled."""
        return self.filter(cancelled_at=None, document__isnull=False)

    def in_order(self) -> "EntryQuerySet":
        """As the book is read: series by series, a late entry right after the number it belongs to."""
        return self.order_by("series__period", "series__of", "number", "suffix")


class RegisterEntry(models.Model):
    """A line of a unit's book: the same paper is *out* for its issuer and *in* for those who received it.

    Without a document the number is reserved, or cancelled before anything bore it. `on`: the day that counts in the
    book, of arrival or of the document. `suffix`: the letter of a late entry. `deliver_by`: the own time of a paper
    marked to arrive at a fixed hour.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="register_entries")
    book = models.CharField(max_length=10, choices=Book.choices)
    series = models.ForeignKey(Series, models.RESTRICT, related_name="entries")
    number = models.IntegerField()
    suffix = models.CharField(max_length=1, blank=True)
    on = models.DateField()
    document = models.ForeignKey(Document, models.RESTRICT, null=True, related_name="entries")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    arrived_at = models.DateTimeField(null=True)
    recipient = models.CharField(max_length=1000, blank=True)
    drafted_by = models.CharField(max_length=160, blank=True)
    copy_kept_by = models.CharField(max_length=160, blank=True)
    copies = models.PositiveSmallIntegerField(null=True)
    due_on = models.DateField(null=True)
    deliver_by = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)
    handed_over_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number", "suffix"], name="one_entry_per_number"),
            models.UniqueConstraint(
                fields=["unit", "document"], condition=Q(cancelled_at=None), name="document_once_per_register"
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | ~Q(reason=""), name="number_without_document_has_reason"
            ),
            models.CheckConstraint(condition=Q(number__gte=0), name="entry_number_not_negative"),
        ]
        indexes = [
            models.Index(fields=["unit", "book", "on"], name="entry_book"),
            models.Index(fields=["unit", "document"], condition=~Q(cancelled_at=None), name="entry_cancelled"),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.number}{self.suffix}/{self.series.period_name}"

    @property
    def number_shown(self) -> str:
        return f"{self.number:02d}{self.suffix}"

    @property
    def is_late(self) -> bool:
        """Entered on a later day than the one that counts (vào sổ muộn)."""
        return self.on < day_of(self.entered_at)

    @property
    def year(self) -> int:
        return self.on.year

    @property
    def is_reserved(self) -> bool:
        return self.document_id is None and self.cancelled_at is None

    @property
    def clock_from(self) -> datetime:
        """From when an urgent paper's hours run: its arrival, or its entry in the book."""
        return self.arrived_at or self.entered_at


class Slip(models.Model):
    """A hand-over slip (phiếu chuyển, phiếu giải quyết): a leader's instruction to a unit, a post or a person.

    `unit` is always the unit addressed; `post` and `person` narrow it. `prepared_by` wrote it down, `leader` gave the
    instruction. `covered`: done by the task that was issued from the document. `passed_from`: the slip to the
    whole unit that it passed on to one of its people or posts; it stays the unit's until what was passed on is closed.
    """

    class State(models.TextChoices):
        GIVEN = "given", _("handed over")
        RECEIVED = "received", _("received")
        RETURNED = "returned", _("returned")
        DONE = "done", _("done")

    entry = models.ForeignKey(RegisterEntry, models.CASCADE, related_name="slips")
    position = models.SmallIntegerField()
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="slips")
    post = models.ForeignKey(Post, models.RESTRICT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    instruction = models.CharField(max_length=1000)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.GIVEN)
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    given_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    received_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    covered = models.BooleanField(default=False)
    passed_from = models.ForeignKey("self", models.CASCADE, null=True, related_name="passed_on")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="one_slip_per_position"),
            models.CheckConstraint(condition=~Q(instruction=""), name="slip_has_instruction"),
        ]
        indexes = [
            models.Index(
                fields=["unit", "state"], condition=Q(state__in=["given", "received"]), name="slip_open_of_unit"
            )
        ]

    def __str__(self) -> str:
        return self.instruction

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.GIVEN, self.State.RECEIVED)

    @property
    def addressee(self) -> str:
        """To whom: the person, else the post, else the unit."""
        if self.person:
            return self.person.name
        return self.post.title if self.post else self.unit.name

    def is_late(self, on: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < on
