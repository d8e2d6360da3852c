"""Papers being written by an office, every version of them, and the office's own templates."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.common.folding import squeeze
from trienkhai.documents.models.document import Document
from trienkhai.documents.models.files import StoredFile
from trienkhai.orgs.models import Holding, Unit


class System(models.TextChoices):
    """Whose rules of layout the paper follows."""

    PARTY = "party", _("Party paper")
    STATE = "state", _("State paper")


class DraftState(models.TextChoices):
    OPEN = "open", _("being written")
    FINISHED = "finished", _("issued")
    DROPPED = "dropped", _("put aside")


class Draft(models.Model):
    """A paper while it is written. `version` counts the stored versions; the row holds the words of the last.

    `addressees`, `bases`, `recipients`, `authority`: one a line. `body`: in the markup of `layouts.markup`.
    `source`: the upper document that it makes concrete. `copied_from`: the draft whose words it began with.
    `document`: what became of it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="drafts")
    system = models.CharField(_("Layout"), max_length=8, choices=System.choices, default=System.PARTY)
    kind = models.CharField(_("Type"), max_length=20)
    title = models.CharField(_("Subject"), max_length=1000)
    issuer_name = models.CharField(_("Issuer"), max_length=250)
    parent_name = models.CharField(_("Body above the issuer"), max_length=250, blank=True)
    symbol_body = models.CharField(_("Issuer's sign in the symbol"), max_length=40)
    place = models.CharField(_("Place"), max_length=80, blank=True)
    issued_on = models.DateField(_("Date"), null=True, blank=True)
    addressees = models.TextField(_("Addressees"), blank=True)
    bases = models.TextField(_("Bases"), blank=True)
    body = models.TextField(_("Body of the paper"), blank=True)
    recipients = models.TextField(_("Distribution list"), blank=True)
    authority = models.TextField(_("On whose behalf it is signed"), blank=True)
    signer = models.ForeignKey(
        Holding, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name=_("Signer")
    )
    signer_role = models.CharField(_("Signer's office"), max_length=160, blank=True)
    signer_name = models.CharField(_("Signer's name"), max_length=120, blank=True)
    urgency = models.CharField(_("Urgency"), max_length=40, blank=True)
    version = models.IntegerField(default=1)
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.OPEN)
    source = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="made_concrete_by")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="copies")
    document = models.OneToOneField(Document, models.SET_NULL, null=True, blank=True, related_name="draft")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    changed_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("draft")
        indexes = [models.Index(fields=["unit", "state", "-changed_at"], name="draft_of_unit")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="draft_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title = squeeze(self.title)
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.state == DraftState.OPEN


class DraftVersion(models.Model):
    """All words of a draft as one person stored them; never changed."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="versions")
    number = models.IntegerField()
    words = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="one_draft_version_per_number")]

    def __str__(self) -> str:
        return f"{self.draft} v{self.number}"


class OfficeTemplate(models.Model):
    """An office's own .docx in place of the built-in one. `kind` '': for every type of that system."""

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="office_templates")
    system = models.CharField(max_length=8, choices=System.choices)
    kind = models.CharField(max_length=20, blank=True)
    file = models.ForeignKey(StoredFile, models.RESTRICT, related_name="+")
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "system", "kind"], name="one_template_per_kind")]

    def __str__(self) -> str:
        return f"{self.system} {self.kind}"
