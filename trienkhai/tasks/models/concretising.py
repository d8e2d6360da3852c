"""How a unit makes an upper document concrete: its answer to each clause, the paper it wrote of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.documents.models import Clause, Document, Draft
from trienkhai.orgs.models import Unit


class Concretising(models.Model):
    """A unit's answer to an upper document, clause by clause. `draft`: its programme while it is written; `result`: the
    paper itself, when it was not written here.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="concretisings")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="concretisings")
    draft = models.OneToOneField(Draft, models.SET_NULL, null=True, related_name="concretising")
    result = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="concretises")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("concretising")
        constraints = [models.UniqueConstraint(fields=["document", "unit"], name="one_concretising_per_unit")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.document}"

    @property
    def paper(self) -> Document | None:
        """The unit's own programme or plan, once it is issued."""
        return self.result or (self.draft.document if self.draft else None)


class ClauseAnswer(models.Model):
    """What the unit does with one clause. `words`: its own wording and targets; `reason`: why it does not apply."""

    class Kind(models.TextChoices):
        TAKEN = "taken", _("taken over")
        ADAPTED = "adapted", _("adapted, with own targets")
        NOT_APPLICABLE = "not_applicable", _("not applicable")

    concretising = models.ForeignKey(Concretising, models.CASCADE, related_name="answers")
    clause = models.ForeignKey(Clause, models.CASCADE, related_name="answers")
    kind = models.CharField(pgettext_lazy("clause", "Answer"), max_length=16, choices=Kind.choices)
    words = models.TextField(_("Own wording and targets"), blank=True)
    reason = models.TextField(_("Reason"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concretising", "clause"], name="one_answer_per_clause"),
            models.CheckConstraint(
                condition=~Q(kind="not_applicable") | ~Q(reason=""), name="not_applicable_for_a_reason"
            ),
            models.CheckConstraint(condition=~Q(kind="adapted") | ~Q(words=""), name="adapted_in_own_words"),
        ]

    def __str__(self) -> str:
        return f"{self.clause}: {self.get_kind_display()}"
