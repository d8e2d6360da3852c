"""Co-ordination with partners: at whose agency they stand, the papers both agreed on, opinions asked and given."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Unit


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def on(self, day: date) -> "PartnershipQuerySet":
        return self.filter(valid_from__lte=day, valid_to__gt=day)


class Partnership(models.Model):
    """`partner`, a body outside the tree, stands at the agency of `unit` from `valid_from` until the day before
    `valid_to`.

    `basis`: the decision that set the partner up. `end_basis`: the one that ended it.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="partnerships")
    partner = models.ForeignKey(Unit, models.RESTRICT, related_name="partner_of")
    basis = models.CharField(max_length=300, blank=True)
    end_basis = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(default=OPEN_END)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        constraints = [
            models.UniqueConstraint(fields=["unit", "partner", "valid_from"], name="one_partnership_from_a_day"),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="partnership_runs_forward"),
        ]

    def __str__(self) -> str:
        return self.partner.name

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day < self.valid_to

    @property
    def has_end(self) -> bool:
        return self.valid_to != OPEN_END


class Opinion(models.Model):
    """`asker` asks `asked` for an opinion by `due_on`.

    `partnership`: set when a partner is asked. `document`: what it is about. `answered_on`: the day of the answer, of
    the paper in which it came (`answer_document`) when the asker recorded it. `principal`, `answered_for`: the holders
    in whose name delegates acted.
    """

    asker = models.ForeignKey(Unit, models.RESTRICT, related_name="opinions_asked")
    asked = models.ForeignKey(Unit, models.RESTRICT, related_name="opinions_wanted")
    partnership = models.ForeignKey(Partnership, models.RESTRICT, null=True, related_name="opinions")
    subject = models.CharField(max_length=300)
    question = models.TextField(blank=True)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="opinions")
    due_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    on = models.DateField()
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    answered_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    answer_document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("request for an opinion")
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="opinion_has_subject"),
            models.CheckConstraint(condition=Q(due_on__gte=F("on")), name="opinion_not_due_before_asked"),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(withdrawn_on=None), name="opinion_answered_or_withdrawn"
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked", "due_on"], condition=Q(answered_on=None, withdrawn_on=None), name="opinion_wanted"
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_open(self) -> bool:
        return not self.answered_on and not self.withdrawn_on

    def late_on(self, day: date) -> int:
        """By how many days the answer came, or by then lies, behind the due day; 0 in time or withdrawn."""
        judged = self.answered_on or day
        return 0 if self.withdrawn_on else max(0, (judged - self.due_on).days)


class CoordinationPaper(models.Model):
    """A document of the register that a partnership lives by: its regulation, while in force, or a joint conclusion.

    `valid_from` of a conclusion is its day. `opinion`: the request that a conclusion closes.
    """

    class Kind(models.TextChoices):
        REGULATION = "regulation", _("regulation of co-ordination")
        CONCLUSION = "conclusion", _("joint conclusion")

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="papers")
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    document = models.ForeignKey(Document, models.CASCADE, related_name="coordinates")
    opinion = models.ForeignKey(Opinion, models.SET_NULL, null=True, blank=True, related_name="conclusions")
    valid_from = models.DateField()
    valid_to = models.DateField(default=OPEN_END)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("paper of co-ordination")
        constraints = [
            models.UniqueConstraint(fields=["partnership", "document"], name="one_place_per_paper"),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="coordination_paper_runs_forward"),
        ]

    def __str__(self) -> str:
        return str(self.document)
