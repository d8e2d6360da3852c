"""Themes, commitments with their two reviews a year, numbers of members, good examples."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.documents.models import Document, StoredFile
from trienkhai.orgs.models import RosterMember, Unit


def _person() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False)


class Theme(models.Model):
    """What a unit and all below it study and follow in a year; `document`: the one that it serves."""

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="conduct_themes", db_index=False)
    year = models.PositiveSmallIntegerField(_("Year"))
    title = models.CharField(pgettext_lazy("conduct", "Theme"), max_length=300)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="conduct_themes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="one_theme_a_year"),
            models.CheckConstraint(condition=~Q(title=""), name="theme_has_words"),
        ]

    def __str__(self) -> str:
        return self.title


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def going_on(self) -> "CommitmentQuerySet":
        """Those not ended with their unit: of these a person has one a year, wherever it was made."""
        return self.filter(ended="")


class Commitment(models.Model):
    """What one person commits to in a year. `account`: a leader; `member`: a member in a list that is switched on, so
    that the commitment goes when the name goes. `post`: as it was called then. `ended`: why it is not gone on with.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="commitments", db_index=False)
    year = models.PositiveSmallIntegerField(_("Year"))
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False)
    member = models.ForeignKey(RosterMember, models.CASCADE, null=True, related_name="commitments")
    post = models.CharField(max_length=160, blank=True)
    text = models.TextField(pgettext_lazy("conduct", "Commitment"))
    made_on = models.DateField()
    ended = models.CharField(max_length=300, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("conduct", "commitment")
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False, member__isnull=True) | Q(account__isnull=True, member__isnull=False),
                name="commitment_of_one_person",
            ),
            models.UniqueConstraint(
                fields=["account", "year"],
                condition=Q(account__isnull=False, ended=""),
                name="one_commitment_of_a_leader",
            ),
            models.UniqueConstraint(
                fields=["member", "year"],
                condition=Q(member__isnull=False, ended=""),
                name="one_commitment_of_a_member",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="commitment_has_words"),
        ]
        indexes = [models.Index(fields=["unit", "year"], name="commitment_of_unit")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def person(self) -> str:
        """The name; empty for a member whose name was erased."""
        return self.account.name if self.account else self.member.name if self.member else ""

    @property
    def author_id(self) -> int | None:
        return self.account_id or (self.member.account_id if self.member else None)


class Period(models.TextChoices):
    HALF = "half", pgettext_lazy("conduct", "six months")
    YEAR = "year", pgettext_lazy("conduct", "year")


class Review(models.Model):
    """What the person reports for six months or the year, with evidence, and what the collective says to it."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="reviews", db_index=False)
    period = models.CharField(max_length=4, choices=Period.choices)
    told = models.TextField(pgettext_lazy("conduct", "Own report"))
    told_on = models.DateField()
    link = models.URLField(_("Link"), max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, models.RESTRICT, null=True, related_name="conduct_reviews")
    comment = models.TextField(pgettext_lazy("conduct", "Comment of the collective"), blank=True)
    met_on = models.DateField(null=True)
    commented_on = models.DateField(null=True)
    commented_by = _person()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "period"], name="one_review_of_a_period"),
            models.CheckConstraint(condition=~Q(told=""), name="review_has_own_report"),
            models.CheckConstraint(
                condition=Q(comment="") | Q(met_on__isnull=False, commented_on__isnull=False),
                name="comment_of_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.period}"


class CellCount(models.Model):
    """Members of a unit in a year as numbers: in all, committed, reviewed at six months, reviewed at a year."""

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="conduct_counts", db_index=False)
    year = models.PositiveSmallIntegerField(_("Year"))
    members = models.PositiveIntegerField(_("Members"))
    committed = models.PositiveIntegerField(pgettext_lazy("conduct", "Committed"))
    half = models.PositiveIntegerField(pgettext_lazy("conduct", "Reviewed at six months"), default=0)
    whole = models.PositiveIntegerField(pgettext_lazy("conduct", "Reviewed at the end of the year"), default=0)
    told_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="one_conduct_count_a_year"),
            models.CheckConstraint(condition=Q(committed__lte=F("members")), name="committed_within_members"),
            models.CheckConstraint(
                condition=Q(half__lte=F("committed"), whole__lte=F("committed")), name="reviewed_within_committed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committed}/{self.members}"


class Example(models.Model):
    """A good example that a unit spreads: of a collective, or of a leader by name who agrees."""

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="good_examples", db_index=False)
    year = models.PositiveSmallIntegerField(_("Year"))
    title = models.CharField(pgettext_lazy("conduct", "Example"), max_length=300)
    story = models.TextField(pgettext_lazy("conduct", "What was done"))
    added_on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title="") & ~Q(story=""), name="example_has_words")]
        indexes = [models.Index(fields=["unit", "year"], name="example_of_unit")]

    def __str__(self) -> str:
        return self.title
