"""Study of a document in a unit: the plan, its sessions, who came by counts, the files."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import Document, StoredFile
from trienkhai.orgs.models import Unit


class StudyPlan(models.Model):
    """How a unit studies a document: one plan, any number of sessions. `finish_by`: 9999-12-31 for no day."""

    document = models.ForeignKey(Document, models.RESTRICT, related_name="study_plans")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="study_plans")
    finish_by = models.DateField(_("To be finished by"), default=OPEN_END)
    note = models.CharField(_("What is to be done"), max_length=2000, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("study plan")
        constraints = [models.UniqueConstraint(fields=["document", "unit"], name="one_study_plan_per_document")]

    def __str__(self) -> str:
        return f"{self.document} – {self.unit}"

    @property
    def has_day(self) -> bool:
        return self.finish_by != OPEN_END


class Form(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")
    MIXED = "mixed", _("in person and online")


class Kind(models.TextChoices):
    """Those convened to main sessions are counted once; a make-up is for those who were absent from them."""

    MAIN = "main", _("main session")
    MAKE_UP = "make_up", _("make-up session")


class SessionState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class StudySession(models.Model):
    """One conference or meeting, of one day or several. `reporter`: a post as text; `reason`: why it was cancelled."""

    plan = models.ForeignKey(StudyPlan, models.CASCADE, related_name="sessions")
    kind = models.CharField(_("Kind of session"), max_length=8, choices=Kind.choices, default=Kind.MAIN)
    starts_at = models.DateTimeField(_("Begins"))
    place = models.CharField(_("Held at"), max_length=250)
    form = models.CharField(_("Form"), max_length=10, choices=Form.choices, default=Form.IN_PERSON)
    convened_by = models.CharField(_("Convened by"), max_length=250)
    reporter = models.CharField(_("Reporter"), max_length=250, blank=True)
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("study session")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""), name="session_cancelled_for_a_reason"
            ),
            models.CheckConstraint(condition=~Q(place=""), name="session_has_place"),
        ]
        indexes = [models.Index(fields=["state", "starts_at"], name="session_upcoming")]

    def __str__(self) -> str:
        return str(self.plan)

    @property
    def is_make_up(self) -> bool:
        return self.kind == Kind.MAKE_UP


class Attendance(models.Model):
    """How many of an audience (norm `study_audiences`) were convened to a held session and came."""

    session = models.ForeignKey(StudySession, models.CASCADE, related_name="attendance")
    audience = models.CharField(max_length=40)
    convened = models.PositiveIntegerField()
    attended = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "audience"], name="one_count_per_audience"),
            models.CheckConstraint(condition=Q(attended__lte=F("convened")), name="attended_within_convened"),
        ]

    def __str__(self) -> str:
        return f"{self.attended}/{self.convened}"


class Absence(models.Model):
    """How many were absent from a held session for a reason (norm `absence_reasons`)."""

    session = models.ForeignKey(StudySession, models.CASCADE, related_name="absences")
    reason = models.CharField(max_length=40)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "reason"], name="one_count_per_reason"),
            models.CheckConstraint(condition=Q(count__gt=0), name="absence_counts_someone"),
        ]

    def __str__(self) -> str:
        return f"{self.reason}: {self.count}"


class Use(models.TextChoices):
    MATERIAL = "material", _("material to study")
    PROOF = "proof", _("proof that it was held")


class SessionFile(models.Model):
    """A file of a session: what is studied, or what shows that it was held (minutes, photograph, list of counts)."""

    session = models.ForeignKey(StudySession, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.RESTRICT, related_name="study_sessions")
    use = models.CharField(_("What it is"), max_length=8, choices=Use.choices, default=Use.MATERIAL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "file"], name="one_row_per_session_file")]

    def __str__(self) -> str:
        return str(self.file)
