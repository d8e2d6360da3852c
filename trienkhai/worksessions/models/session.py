"""A working session: who meets whom, when and about what; what the unit says beforehand; what is concluded."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import Document, Draft
from trienkhai.orgs.models import Holding, Unit


class SessionState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("working session", "planned")
    ENDED = "ended", pgettext_lazy("working session", "held")
    CANCELLED = "cancelled", pgettext_lazy("working session", "not held")


class SessionQuerySet(models.QuerySet["Session"]):
    def between(self, upper: Unit | int, units: set[int]) -> "SessionQuerySet":
        return self.filter(upper=upper, unit__in=units)

    def ended(self) -> "SessionQuerySet":
        return self.filter(state=SessionState.ENDED)


class Session(models.Model):
    """`guests`: people from elsewhere, one a line. `reason`: why it was not held. `notice`: the draft of the document
    by which the conclusions go out; what it became is `paper`.
    """

    upper = models.ForeignKey(Unit, models.RESTRICT, related_name="sessions_led", db_index=False)
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="sessions_with")
    starts_at = models.DateTimeField(_("Begins"))
    place = models.CharField(_("Held at"), max_length=250)
    content = models.TextField(_("What it is about"))
    guests = models.TextField(_("Others who take part"), blank=True)
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    reason = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False)
    notice = models.ForeignKey(Draft, models.SET_NULL, null=True, related_name="told_sessions")

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("working session")
        constraints = [
            models.CheckConstraint(condition=~Q(upper=F("unit")), name="session_is_with_another_unit"),
            models.CheckConstraint(condition=~Q(place="") & ~Q(content=""), name="session_has_place_and_content"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""), name="session_not_held_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended_at__isnull=False), name="ended_session_has_its_hour"
            ),
        ]
        indexes = [
            models.Index(fields=["upper", "-starts_at"], name="session_of_upper"),
            models.Index(fields=["state", "starts_at"], name="session_in_state"),
        ]

    def __str__(self) -> str:
        return f"{self.upper.short_name} – {self.unit.short_name}, {self.day:%d/%m/%Y}"

    @property
    def day(self) -> date:
        return day_of(self.starts_at)

    @property
    def paper(self) -> Document | None:
        """The notice as issued; None while it is written."""
        return self.notice.document if self.notice else None


class Participant(models.Model):
    """A holder of a post of one of the two units who takes part; name and post as they were when invited."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="participants", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="sessions")
    holding = models.ForeignKey(Holding, models.RESTRICT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+", db_index=False)
    name = models.CharField(max_length=150)
    post = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "account"], name="one_person_of_a_session_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.post}"


class UnitWord(models.Model):
    """A difficulty or a proposal that the unit tells before the session."""

    class Kind(models.TextChoices):
        DIFFICULTY = "difficulty", _("difficulty")
        PROPOSAL = "proposal", pgettext_lazy("working session", "proposal")

    session = models.ForeignKey(Session, models.CASCADE, related_name="words", db_index=False)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("Content"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="one_word_of_the_unit_per_position"),
            models.CheckConstraint(condition=~Q(text=""), name="word_of_the_unit_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class Conclusion(models.Model):
    """What the session concluded. `lead`: the unit that is to do it."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="conclusions", db_index=False)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("Conclusion"), max_length=1000)
    lead = models.ForeignKey(Unit, models.RESTRICT, null=True, related_name="+", db_index=False)
    due_on = models.DateField(_("Due day"), default=OPEN_END)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="one_session_conclusion_per_position"),
            models.CheckConstraint(condition=~Q(text=""), name="session_conclusion_has_words"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def has_day(self) -> bool:
        return self.due_on != OPEN_END
