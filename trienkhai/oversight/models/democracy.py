"""Democracy at the grassroots: what is to be made public, decided, asked, checked; proof of it; questions answered."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import StoredFile
from trienkhai.orgs.models import Unit


class MatterKind(models.TextChoices):
    PUBLIC = "public", pgettext_lazy("democracy", "made public")
    DECIDED = "decided", pgettext_lazy("democracy", "discussed and decided")
    ASKED = "asked", pgettext_lazy("democracy", "opinions asked")
    CHECKED = "checked", pgettext_lazy("democracy", "checked and supervised")


class MatterQuerySet(models.QuerySet["Matter"]):
    def undone(self) -> "MatterQuerySet":
        """Neither done nor left out."""
        return self.filter(done_on=None, dropped="")

    def overdue(self, on: date) -> "MatterQuerySet":
        return self.undone().filter(due_on__lt=on)


class Matter(models.Model):
    """One line of a list. `done_on`: the first day of its first proof. `dropped`: the reason why it was left out."""

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="matters", db_index=False)
    kind = models.CharField(pgettext_lazy("democracy", "List"), max_length=8, choices=MatterKind.choices)
    title = models.CharField(pgettext_lazy("democracy", "Matter"), max_length=500)
    basis = models.CharField(_("Basis"), max_length=250, blank=True)
    due_on = models.DateField(_("Due day"))
    done_on = models.DateField(null=True)
    dropped = models.CharField(max_length=500, blank=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("democracy", "matter")
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "title", "due_on"], name="one_matter_of_a_day"),
            models.CheckConstraint(condition=~Q(title=""), name="matter_has_title"),
            models.CheckConstraint(condition=Q(done_on__isnull=True) | Q(dropped=""), name="done_is_not_left_out"),
        ]
        indexes = [models.Index(fields=["unit", "due_on"], name="matter_due")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_undone(self) -> bool:
        return self.done_on is None and not self.dropped

    def is_overdue(self, on: date) -> bool:
        return self.is_undone and self.due_on < on

    @property
    def was_late(self) -> bool:
        return self.done_on is not None and self.done_on > self.due_on


class Proof(models.Model):
    """That it was done: where, from when until when (both days counted), a file or a link; what came of it.

    `norm`: the shortest time of posting with its norm, for what is made public.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="proofs")
    place = models.CharField(_("Where and how"), max_length=250)
    from_on = models.DateField(_("From day"))
    until_on = models.DateField(_("Until"))
    link = models.URLField(_("Link"), max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, models.RESTRICT, null=True, related_name="proofs_of_matters")
    outcome = models.TextField(pgettext_lazy("democracy", "What came of it"), blank=True)
    norm = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(place=""), name="proof_has_place"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="proof_runs_forward"),
            models.CheckConstraint(condition=~Q(link="") | Q(file__isnull=False), name="proof_is_file_or_link"),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def days(self) -> int:
        return (self.until_on - self.from_on).days + 1

    @property
    def least_days(self) -> int | None:
        """The shortest time of posting by the norm of that day; None where none says."""
        return self.norm.get("days")

    @property
    def was_too_short(self) -> bool:
        return self.least_days is not None and self.days < self.least_days


class Question(models.Model):
    """A line of the register of answers. Who asked is not kept. `matter`: what it is about, if it is on a list."""

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="questions", db_index=False)
    matter = models.ForeignKey(Matter, models.SET_NULL, null=True, blank=True, related_name="questions")
    text = models.TextField(_("Question"))
    asked_on = models.DateField(_("Asked on"))
    due_on = models.DateField(default=OPEN_END)
    norm = models.JSONField(default=dict)
    answer = models.TextField(_("Answer"), blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("question")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="question_has_words"),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | ~Q(answer=""), name="answered_question_has_answer"
            ),
        ]
        indexes = [models.Index(fields=["unit", "answered_on", "due_on"], name="question_due")]

    def __str__(self) -> str:
        return self.text[:120]

    @property
    def has_due_day(self) -> bool:
        return self.due_on != OPEN_END

    def is_overdue(self, on: date) -> bool:
        return self.answered_on is None and self.due_on < on

    @property
    def was_late(self) -> bool:
        return self.answered_on is not None and self.answered_on > self.due_on
