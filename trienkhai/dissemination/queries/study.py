"""How far the study of a document is: attended of convened, rolled up; which units have not studied it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from trienkhai.common.paths import WIDTH
from trienkhai.dissemination.models import Attendance, Kind, Receipt, Sending, SessionState, StudyPlan, StudySession
from trienkhai.dissemination.queries.sending import apart
from trienkhai.documents.models import Document
from trienkhai.norms.queries import value
from trienkhai.orgs.models import Unit, UnitQuerySet
from trienkhai.orgs.places import PRESENT, Places


@dataclass(frozen=True)
class Turnout:
    """People convened to main sessions, those of them who came, and those who came to a make-up instead.

    Whoever is absent and makes up is convened once and counted once: `attended` is never more than `convened`.
    """

    convened: int = 0
    at_once: int = 0
    made_up: int = 0

    @property
    def attended(self) -> int:
        return self.at_once + self.made_up

    @property
    def absent(self) -> int:
        """From the main sessions, made up or not."""
        return self.convened - self.at_once

    def __add__(self, other: "Turnout") -> "Turnout":
        return Turnout(self.convened + other.convened, self.at_once + other.at_once, self.made_up + other.made_up)


@dataclass(frozen=True)
class Study:
    """Of units that were sent the document: how many have planned, have held a session; and who came."""

    units: int = 0
    planned: int = 0
    studied: int = 0
    turnout: Turnout = Turnout()

    @property
    def not_studied(self) -> int:
        return self.units - self.studied


@dataclass(frozen=True)
class StudyLine:
    unit: Unit
    study: Study


@dataclass(frozen=True)
class StudyTable:
    """`own`: of the unit itself; `lines`: of its direct subordinates; `total`: of the whole branch."""

    own: Study
    lines: list[StudyLine]
    total: Study


MAIN = Q(session__kind=Kind.MAIN)
SUMS = {
    "convened": Coalesce(Sum("convened", filter=MAIN), 0),
    "at_once": Coalesce(Sum("attended", filter=MAIN), 0),
    "made_up": Coalesce(Sum("attended", filter=~MAIN), 0),
}


def turnout_of(rows: QuerySet[Attendance]) -> Turnout:
    return Turnout(**rows.order_by().aggregate(**SUMS))


def turnout_by_audience(rows: QuerySet[Attendance]) -> dict[str, Turnout]:
    """By audience, in the order of their codes; audiences without anybody left out."""
    found = rows.order_by("audience").values("audience").annotate(**SUMS)
    return {audience: Turnout(**sums) for audience, sums in apart(found, "audience")}


def attendance_of(
    document: Document, top: Unit, *, alone: bool = False, places: Places = PRESENT
) -> QuerySet[Attendance]:
    """Counts of held sessions in a branch."""
    inside = places.at(places.path(top), "session__plan__unit", alone=alone)
    return Attendance.objects.filter(inside, session__state=SessionState.HELD, session__plan__document=document)


def _held() -> Exists:
    sessions = StudySession.objects.filter(plan=OuterRef("pk"), state=SessionState.HELD)
    return Exists(sessions)


def is_sent_or_studied(document: Document) -> bool:
    return Sending.objects.filter(document=document).exists() or StudyPlan.objects.filter(document=document).exists()


def study_by_branch(
    document: Document, top: Unit, on: date, *, alone: bool = False, places: Places = PRESENT
) -> StudyTable:
    """The unit itself, each direct subordinate with all below it (most units without study first), and the sum.

    Counted among the units that were sent the document or have planned its study. alone: of the unit itself only.
    places: by which tree. Three queries, whatever the size.
    """
    path = places.path(top)
    plans = StudyPlan.objects.filter(document=document)
    held = plans.filter(_held()).values("unit")
    units = units_concerned(document, top, on, alone=alone, places=places)
    came = attendance_of(document, top, alone=alone, places=places)
    planned, studied = Count("pk", filter=Q(pk__in=plans.values("unit"))), Count("pk", filter=Q(pk__in=held))
    counted = places.grouped(units, path, {"units": Count("pk"), "planned": planned, "studied": studied})
    grouped = places.grouped(came, path, SUMS, "session__plan__unit")
    turnouts = {branch: Turnout(**sums) for branch, sums in grouped.items()}
    found = {branch: Study(**sums, turnout=turnouts.pop(branch, Turnout())) for branch, sums in list(counted.items())}
    found |= {branch: Study(turnout=turnout) for branch, turnout in turnouts.items()}
    total, own = _sum(found.values()), found.pop(path, Study())
    names = places.named(int(branch[-WIDTH:]) for branch in found)
    lines = [StudyLine(names[int(branch[-WIDTH:])], study) for branch, study in found.items()]
    return StudyTable(own, sorted(lines, key=_behind_first), total)


def _behind_first(line: StudyLine) -> tuple[int, str]:
    return -line.study.not_studied, line.unit.present.sort_key if line.unit.present else ""


def _sum(many: Iterable[Study]) -> Study:
    total = Study()
    for one in many:
        units, planned, studied = total.units + one.units, total.planned + one.planned, total.studied + one.studied
        total = Study(units, planned, studied, total.turnout + one.turnout)
    return total


def units_concerned(
    document: Document, top: Unit, on: date, *, alone: bool = False, places: Places = PRESENT
) -> UnitQuerySet:
    """Units of the branch that were sent the document, or have planned its study of themselves.

    Those that stand today; by the tree of a past day those, too, that ended since.
    """
    planned = StudyPlan.objects.filter(document=document).values("unit")
    standing = Unit.objects.filter(places.at(places.path(top), alone=alone), closed_on__gt=places.on or on)
    standing = standing.filter(established_on__lte=on)
    received = Receipt.objects.filter(sending__document=document, current=True).values("unit")
    return standing.filter(Q(pk__in=received) | Q(pk__in=planned))


def not_studied(document: Document, top: Unit, on: date, *, places: Places = PRESENT) -> UnitQuerySet:
    """Units concerned that have held no session yet, in the order of the tree."""
    held = StudyPlan.objects.filter(_held(), document=document).values("unit")
    rows = units_concerned(document, top, on, places=places).exclude(pk__in=held)
    return rows.select_related("present").order_by(places.column())


def upcoming(plans: QuerySet[StudyPlan]) -> QuerySet[StudySession]:
    """Sessions still to come or to be told, the next first."""
    rows = StudySession.objects.filter(plan__in=plans, state=SessionState.PLANNED)
    rows = rows.select_related("plan__document", "plan__unit__present").prefetch_related("files__file")
    return rows.order_by("starts_at", "pk")


def turnouts_of_plans(plans: Iterable[int]) -> dict[int, Turnout]:
    """By plan; plans without a held session left out. One query."""
    held = Attendance.objects.filter(session__state=SessionState.HELD, session__plan__in=list(plans))
    found = held.order_by().values("session__plan").annotate(**SUMS)
    return {plan: Turnout(**sums) for plan, sums in apart(found, "session__plan")}


def audiences(on: date, language: str) -> dict[str, str]:
    """Code → name, in the order of the norm."""
    return _names("study_audiences", on, language)


def absence_reasons(on: date, language: str) -> dict[str, str]:
    return _names("absence_reasons", on, language)


def _names(key: str, on: date, language: str) -> dict[str, str]:
    rows: Iterable[Mapping[str, str]] = value(key, on=on, default=[])
    return {row["code"]: row.get(language, row["code"]) for row in rows}
