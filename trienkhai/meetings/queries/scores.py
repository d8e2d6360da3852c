"""What stands on a score sheet: the last figure of each criterion, the figures of each step, what nobody filled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from trienkhai.common.clock import moment
from trienkhai.meetings.grading import Criterion, Frame
from trienkhai.meetings.models import Meeting, ScoreMark, ScoreSheet
from trienkhai.meetings.models.scoring import DATA, STEPS
from trienkhai.orgs.queries import standing_for

ORDER = (DATA, *STEPS)


@dataclass
class Line:
    """A criterion with what data and people said. `marks`: step → its mark, where the step has one of its own."""

    criterion: Criterion
    marks: dict[str, ScoreMark] = field(default_factory=dict)

    @property
    def points(self) -> int | None:
        found = [self.marks[step].points for step in ORDER if step in self.marks]
        return found[-1] if found else None

    @property
    def cells(self) -> list[ScoreMark | None]:
        return [self.marks.get(step) for step in ORDER]


def lines_of(sheet: ScoreSheet) -> list[Line]:
    """All criteria in the order of the norm. One query."""
    lines = {one.code: Line(one) for one in Frame.read(sheet.frame).criteria}
    for mark in sheet.marks.select_related("by"):
        lines[mark.code].marks[mark.step] = mark
    return list(lines.values())


def standing(sheet: ScoreSheet, without: str = "") -> Mapping[str, int]:
    """Criterion → its figure as the last step left it; without: a step that is left out."""
    found: dict[str, tuple[int, int]] = {}
    for code, step, points in sheet.marks.exclude(step=without).values_list("code", "step", "points"):
        found[code] = max(found.get(code, (-1, 0)), (ORDER.index(step), points))
    return {code: points for code, (_place, points) in found.items()}


def voting_meetings(sheet: ScoreSheet, on: date) -> QuerySet[Meeting]:
    """Meetings at which the vote on the sheet may have been held: of its body, begun, from its first day on."""
    units = {sheet.unit_id, standing_for(sheet.unit, on).pk, *sheet.meetings.values_list("unit", flat=True)}
    rows = Meeting.objects.filter(unit__in=units, body=sheet.body, began_at__isnull=False)
    return rows.filter(starts_at__gte=moment(sheet.first_on, 0)).order_by("starts_at", "pk")


def missing(sheet: ScoreSheet) -> list[str]:
    """Titles of criteria that neither data nor people filled."""
    known = standing(sheet)
    return [one.title for one in Frame.read(sheet.frame).criteria if one.code not in known]
