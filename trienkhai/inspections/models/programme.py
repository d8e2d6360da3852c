"""The programme of a unit for a year: its items, each with its team."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.orgs.models import Unit


class Kind(models.TextChoices):
    INSPECTION = "inspection", pgettext_lazy("inspections", "inspection")
    SUPERVISION = "supervision", pgettext_lazy("inspections", "supervision")


class Manner(models.TextChoices):
    PROGRAMME = "programme", pgettext_lazy("inspections", "by programme")
    THEMATIC = "thematic", pgettext_lazy("inspections", "thematic")


class ProgrammeState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("inspections", "being prepared")
    SUBMITTED = "submitted", pgettext_lazy("inspections", "awaiting approval")
    APPROVED = "approved", pgettext_lazy("inspections", "approved")


class InspectionProgramme(models.Model):
    """`basis`: the papers that it rests on, in words. `submitted_by`: who never approves it, nor does the holder in
    whose name a delegate submitted (`submitted_for`)."""

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="inspection_programmes", db_index=False)
    year = models.PositiveSmallIntegerField(_("Year"))
    basis = models.CharField(_("Basis"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    submitted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("inspection programme")
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="one_inspection_programme_a_year"),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2199), name="inspection_programme_of_a_year"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_at__isnull=False), name="approved_programme_has_its_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"

    @property
    def is_approved(self) -> bool:
        return self.state == ProgrammeState.APPROVED

    @property
    def claim(self) -> frozenset[int]:
        """The accounts behind what was submitted."""
        return frozenset(pk for pk in (self.submitted_by_id, self.submitted_for_id) if pk)


class InspectionItem(models.Model):
    """What is inspected or supervised, when, by whom; its subjects are its inspections."""

    programme = models.ForeignKey(InspectionProgramme, models.CASCADE, related_name="items")
    theme = models.CharField(_("What is looked into"), max_length=500)
    kind = models.CharField(_("Kind of work"), max_length=12, choices=Kind.choices)
    manner = models.CharField(_("Manner"), max_length=10, choices=Manner.choices)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(pgettext_lazy("inspections", "Until"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(theme=""), name="inspection_item_has_a_theme"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="inspection_item_runs_forward"),
        ]

    def __str__(self) -> str:
        return self.theme


class TeamMember(models.Model):
    """A holder of a post of the unit, by name, in the team of an item; one leads."""

    item = models.ForeignKey(InspectionItem, models.CASCADE, related_name="team", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    name = models.CharField(max_length=150)
    post = models.CharField(max_length=160)
    leads = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "account"], name="one_place_in_a_team"),
            models.UniqueConstraint(fields=["item"], condition=Q(leads=True), name="one_leads_a_team"),
        ]

    def __str__(self) -> str:
        return self.name
