"""Files of commendation: proposed with evidence, opinions, decided with a number, kept in the register."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.documents.models import Document
from trienkhai.evaluation.models.campaign import Sheet
from trienkhai.orgs.models import Unit


class Kind(models.TextChoices):
    CELL = "cell", pgettext_lazy("commendation", "cell")
    ORGANISATION = "organisation", pgettext_lazy("commendation", "organisation")
    PERSON = "person", pgettext_lazy("commendation", "person")


class CommendationState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("commendation", "proposed")
    DECIDED = "decided", pgettext_lazy("commendation", "commended")
    REFUSED = "refused", pgettext_lazy("commendation", "not commended")


class Commendation(models.Model):
    """`unit` proposes, `decider` decides. `form`: a key of the norm `commendation.forms`. `sheet`: the frozen result
    that it rests on, where there is one. `number`, `decided_on`: of the decision; a register holds a number once.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="commendations_proposed")
    decider = models.ForeignKey(Unit, models.RESTRICT, related_name="commendations", db_index=False)
    kind = models.CharField(_("Who is commended"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("Name"), max_length=250)
    form = models.CharField(_("Form of commendation"), max_length=40)
    year = models.SmallIntegerField(_("Year"))
    achievement = models.TextField(_("Achievement"))
    sheet = models.ForeignKey(Sheet, models.SET_NULL, null=True, related_name="commendations")
    state = models.CharField(max_length=10, choices=CommendationState.choices, default=CommendationState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField()
    number = models.CharField(_("Number of the decision"), max_length=40, blank=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("commendation")
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(achievement=""), name="commendation_says_who_and_why"),
            models.CheckConstraint(
                condition=~Q(state="decided") | (~Q(number="") & Q(decided_on__isnull=False)),
                name="commended_by_a_decision",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="not_commended_for_a_reason"),
        ]
        indexes = [models.Index(fields=["decider", "year", "state"], name="commendation_register")]

    def __str__(self) -> str:
        return self.name


class CommendationPaper(models.Model):
    """A document of the system that shows the achievement."""

    commendation = models.ForeignKey(Commendation, models.CASCADE, related_name="papers", db_index=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commendation", "document"], name="one_evidence_once")]

    def __str__(self) -> str:
        return str(self.document)


class CommendationOpinion(models.Model):
    """What somebody who was asked says of a proposal."""

    commendation = models.ForeignKey(Commendation, models.CASCADE, related_name="opinions")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    post_label = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="opinion_on_commendation_has_words")]

    def __str__(self) -> str:
        return self.text
