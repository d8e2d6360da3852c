"""Questions about urging: ladders in force, what a run named, what was urged of one assignment, who is late below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from trienkhai.common import paths
from trienkhai.norms.models import Norm
from trienkhai.norms.queries import days_off, value
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import HOLDERS_TURN, Assignment, Request, RequestOutcome
from trienkhai.tasks.queries import cell_filter, silent_filter, silent_since
from trienkhai.urging.ladder import FOCUS, KEY, ONCE, RECURRING, Ladder, Step, To, WorkingDays
from trienkhai.urging.models import Call, Run, Silence, Urge

SENSE = "urging.sense_working_days"
LISTED = 500


def ladders_on(on: date) -> list[Ladder]:
    """The ladder of each place that has one that day, the highest place first."""
    found: dict[str, Norm] = {}
    for row in Norm.objects.filter(key=KEY, valid_from__lte=on, valid_to__gt=on).order_by("valid_from"):
        found[row.place] = row
    return [Ladder.read(found[place].value, place) for place in sorted(found)]


def ladder_at(place: str, on: date) -> Ladder | None:
    """The ladder for what the unit at `place` gives: the one of the nearest branch above."""
    return next((ladder for ladder in reversed(ladders_on(on)) if place.startswith(ladder.place)), None)


def sense_on(on: date) -> int:
    """After how many working days a missed step is no longer sent."""
    return int(value(SENSE, on=on, default=20))


def worked_around(on: date, reach: timedelta) -> WorkingDays:
    first, last = on - 2 * reach, on + 2 * reach
    return WorkingDays(first, last, days_off(first, last))


def kind_of(assignment: Assignment, ladder: Ladder) -> str:
    if assignment.task.focus_id and FOCUS in ladder.steps:
        return FOCUS
    return RECURRING if assignment.task.recurrence and RECURRING in ladder.steps else ONCE


def rests(assignment: Assignment) -> bool:
    """Does the ladder wait: the work is not the holder's to move, a request is open, it waits for somebody else,
    a bottleneck is reported?
    """
    if assignment.state not in HOLDERS_TURN or assignment.requests.filter(outcome=RequestOutcome.OPEN).exists():
        return True
    if assignment.waits.filter(ended_on=None).exists():
        return True
    last = assignment.reports.order_by("-at", "-pk").first()
    return bool(last and last.bottleneck)


def steps_ahead(assignment: Assignment, on: date) -> list[tuple[date, Step]]:
    """The steps still to come for the due day in force, by day."""
    ladder = ladder_at(assignment.task.assigner.path or "", on)
    if ladder is None or assignment.due_on.year > 9000:
        return []
    steps = ladder.of(kind_of(assignment, ladder))
    worked = worked_around(assignment.due_on, timedelta(days=2 * max((abs(s.days) for s in steps), default=0) + 30))
    days = [(day, step) for step in steps if (day := worked.falls_on(assignment.due_on, step.days)) and day > on]
    return sorted(days, key=lambda row: (row[0], row[1].days))


def silent_rows(on: date) -> QuerySet[Assignment]:
    """What a run of that day names as silent: not updated for n days, nobody asked about it, not named since then."""
    told = Silence.objects.filter(assignment=OuterRef("pk"), told_on__gt=silent_since(on))
    asked = Request.objects.filter(assignment=OuterRef("pk"), outcome=RequestOutcome.OPEN)
    return Assignment.objects.filter(silent_filter(on)).filter(~Exists(told), ~Exists(asked))


def named_in(
    run: Run, *, to: str = "", unit: int | None = None, due_on: date | None = None, holder: str = "held_by"
) -> Q:
    """Condition on assignments: named by the run, to that reader at that unit, for that due day.

    holder: the column of who holds it, that day or now.
    """
    if to == "silent":
        found = Q(pk__in=Silence.objects.filter(run=run).values("assignment"))
        return found & Q(**{holder: unit}) if unit else found
    urges = Urge.objects.filter(run=run)
    if to:
        urges = urges.filter(step__startswith=to)
    if due_on:
        urges = urges.filter(due_on=due_on)
    place = {To.ABOVE: "answers_to", To.ASSIGNER: "task__assigner"}.get(to, holder)  # type: ignore[call-overload]
    found = Q(pk__in=urges.values("assignment"))
    return found & Q(**{place: unit}) if unit else found


@dataclass(frozen=True)
class Told:
    """One line of what was urged: by the ladder (`step`) or by a unit in words (`call`)."""

    on: date
    step: str = ""
    due_on: date | None = None
    call: Call | None = None


def urged_of(assignment: Assignment) -> list[Told]:
    """All that was urged of one assignment, the newest first. Three queries."""
    urges = Urge.objects.filter(assignment=assignment).select_related("run")
    rows = [Told(row.run.on, row.step, row.due_on) for row in urges]
    rows += [Told(row.told_on, "silent") for row in Silence.objects.filter(assignment=assignment)]
    calls = Call.objects.filter(assignment=assignment).select_related("unit__present", "by")
    rows += [Told(row.on, call=row) for row in calls]
    return sorted(rows, key=lambda row: (row.on, row.step), reverse=True)


def late_filter(on: date) -> Q:
    """Overdue and the holder's to move: the cell `to_urge` of the list of tasks."""
    return cell_filter("to_urge", on, on)


@dataclass(frozen=True)
class LateUnit:
    """A unit below with its late assignments: how many, the oldest due day, when last called by the unit above."""

    unit: Unit
    late: int
    oldest: date
    called_on: date | None


def late_below(unit: Unit, rows: QuerySet[Assignment], on: date) -> list[LateUnit]:
    """The units directly below `unit` whose branches are late among `rows`, the most late first. Three queries."""
    path = unit.path or ""
    below = paths.within(path, "held_by__path") & ~Q(held_by=unit.pk)
    late = rows.filter(late_filter(on)).filter(below)
    counts = late.order_by().values_list("held_by__path").annotate(n=Count("pk", distinct=True), oldest=Min("due_on"))
    found: dict[int, tuple[int, date]] = {}
    for held, number, oldest in counts:
        child = paths.ids(held)[paths.depth(path)]
        before = found.get(child, (0, oldest))
        found[child] = (before[0] + number, min(before[1], oldest))
    calls = Call.objects.filter(unit=unit).filter(paths.within(path, "assignment__held_by__path"))
    called: dict[int, date] = {}
    for held, day in calls.order_by().values_list("assignment__held_by__path").annotate(day=Max("on")):
        ids = paths.ids(held)
        if len(ids) > paths.depth(path):
            called[ids[paths.depth(path)]] = max(day, called.get(ids[paths.depth(path)], day))
    units = Unit.objects.filter(pk__in=found).select_related("present")
    lines = [LateUnit(one, *found[one.pk], called.get(one.pk)) for one in units]
    return sorted(lines, key=lambda line: (-line.late, line.unit.path or ""))


def late_of(units: Sequence[Unit], rows: QuerySet[Assignment], on: date) -> list[Assignment]:
    """Late assignments in the branches of these units, by unit and due day, at most 500."""
    within = Q(pk__in=[])
    for unit in units:
        within |= paths.within(unit.path or "", "held_by__path")
    late = rows.filter(late_filter(on)).filter(within)
    shown = late.select_related("task__document", "held_by__present").order_by("held_by__path", "due_on", "pk")
    return list(shown[:LISTED])


def last_runs(number: int = 10) -> list[Run]:
    return list(Run.objects.order_by("-on")[:number])
