"""Words of an office that the reader then knows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.orgs.models import Unit


class PhraseKind(models.TextChoices):
    DUTY = "duty", _("words that give a duty")
    DOC_TYPE = "doc_type", _("type of document")
    PRODUCT = "product", _("name of a product")


class OwnPhrase(models.Model):
    """A word of `office` that holds for it and all units below; `abbr`: the abbreviation of a type of document."""

    office = models.ForeignKey(Unit, models.CASCADE, related_name="own_phrases")
    kind = models.CharField(_("Kind of words"), max_length=10, choices=PhraseKind.choices)
    words = models.CharField(_("The words"), max_length=60)
    folded = models.CharField(max_length=120, editable=False)
    abbr = models.CharField(_("Abbreviation"), max_length=12, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "folded"], name="own_phrase_once"),
            models.CheckConstraint(condition=~Q(words=""), name="own_phrase_has_words"),
        ]

    def __str__(self) -> str:
        return self.words
