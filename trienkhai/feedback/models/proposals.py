"""Proposals and advice, and the way they went."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import Issue

OPEN = ""


class Sort(models.TextChoices):
    ADVICE = "advice", _("advice")
    PROPOSAL = "proposal", _("proposal")
    PETITION = "petition", _("request to resolve a difficulty")


class Outcome(models.TextChoices):
    """What became of it; '' while it waits for an answer."""

    TAKEN = "taken", _("taken")
    PARTLY = "partly", _("taken in part")
    NOT_TAKEN = "not_taken", _("not taken")
    WITHDRAWN = "withdrawn", _("withdrawn by the proposer")


class Proposal(models.Model):
    """What a unit or a person of it proposes to `held_by`, at first `sent_to`.

    `for_unit`: in the name of `unit`, else in the person's own. `due_on`: the last day to answer, the open end where no
    norm says any; `first_due_on`: the one before it was passed on. `issue`, `document`: what was made of it.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    for_unit = models.BooleanField(default=False)
    sort = models.CharField(_("What it is"), max_length=10, choices=Sort.choices, default=Sort.PROPOSAL)
    title = models.CharField(_("Subject"), max_length=300)
    text = models.TextField(_("Text"))
    search_text = models.CharField(max_length=320, editable=False)
    sent_to = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    held_by = models.ForeignKey(Unit, models.RESTRICT, related_name="proposals_held")
    sent_at = models.DateTimeField()
    due_on = models.DateField(default=OPEN_END)
    first_due_on = models.DateField(default=OPEN_END)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default=OPEN)
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_on = models.DateField(null=True)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="+")
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("proposal")
        indexes = [
            models.Index(fields=["held_by", "outcome", "due_on"], name="proposal_held"),
            models.Index(fields=["by", "outcome"], name="proposal_by"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="proposal_says_something"),
            models.CheckConstraint(
                condition=Q(outcome__in=[OPEN, Outcome.WITHDRAWN]) | ~Q(answer=""), name="proposal_answer_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.outcome == OPEN

    @property
    def has_due(self) -> bool:
        return self.due_on < OPEN_END

    def is_late(self, on: date) -> bool:
        """Open past its day, or answered after it."""
        return (self.answered_on or on) > self.due_on if self.outcome != Outcome.WITHDRAWN else False


class ProposalStep(models.Model):
    """A passing on from one unit to another, with the reason. `due_on`: the last day `source` had for it."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")
    source = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    target = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    reason = models.CharField(max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()
    due_on = models.DateField(default=OPEN_END)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="passing_on_has_reason")]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"

    @property
    def is_late(self) -> bool:
        """Passed on after the day the unit had to answer by."""
        return self.on > self.due_on
