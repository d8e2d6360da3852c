"""Lists: my queue by due day, what is silent, which steps have nobody, the history and the chain of one assignment."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from trienkhai.audit.models import Act, ActDetail
from trienkhai.common.days import add_working_days
from trienkhai.norms.queries import days_off, value
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.queries import ancestors
from trienkhai.people.models import Account
from trienkhai.tasks import rules
from trienkhai.tasks.models import OPEN_STATES, Assignment, ProgressReport, State

MANY = 1000


def count_up_to(rows: QuerySet, limit: int = MANY) -> int:
    """How many rows, but never more than `limit` + 1: lists show “1,000+” instead of an exact count."""
    return rows.order_by().values("pk")[: limit + 1].count()


def due_soon_day(on: date) -> date:
    """The last day that counts as *due soon*: so many working days ahead as the norm says (3 unless set)."""
    ahead = int(value("due_soon_working_days", on=on, default=3))
    return add_working_days(on, ahead, days_off(on, on + timedelta(days=4 * ahead + 30)))


def silent_since(on: date) -> date:
    """Open work without any change since that day is *silent*, shown apart from overdue."""
    return on - timedelta(days=int(value("silent_days", on=on, default=30)))


def silent_filter(on: date) -> Q:
    """Open work, neither resting nor awaiting a decision, without change or report since `silent_since`."""
    day = silent_since(on)
    told = ProgressReport.objects.filter(assignment=OuterRef("pk"), on__gte=day)
    waiting = [state for state in OPEN_STATES if state not in (State.SUBMITTED, State.PAUSED)]
    return Q(Q(state__in=waiting, since_on__lt=day), ~Exists(told))


def my_queue(account: Account, on: date) -> QuerySet[Assignment]:
    """Open assignments of the units for which the person acts, by due day; those resting or awaiting others come
    last."""
    rows = Assignment.objects.filter(held_by__in=rules.units_held(account, on), state__in=OPEN_STATES)
    behind = Case(
        When(state__in=(State.SUBMITTED, State.PAUSED), then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    return (
        rows.select_related("task__document", "held_by__present")
        .annotate(behind=behind)
        .order_by("behind", "due_on", "pk")
    )


def steps_without_approver(unit: Unit, on: date) -> list[Unit]:
    """Units in the branch that must approve open work and have nobody in a leader's post. One query."""
    leads = Holding.objects.on(on).filter(post__unit=OuterRef("pk"), post__role=Role.LEADER, account__is_active=True)
    needed = Assignment.objects.filter(answers_to=OuterRef("pk"), state__in=OPEN_STATES)
    rows = Unit.objects.within(unit.path or "").filter(Exists(needed), ~Exists(leads))
    return list(rows.select_related("present").order_by("present__sort_key")[:100])


def history_of(assignment: Assignment, also: Iterable[int] = ()) -> list[tuple[Act, str]]:
    """The acts on an assignment, newest first, each with the reason that a person gave or ''. Three queries.

    Its own, its issue's, bulk acts through its spans, and `also` these.
    """
    spans = list(assignment.spans.values_list("act", flat=True))
    ids = {pk for pk in (*spans, assignment.act, assignment.task.issue.act, *also) if pk}
    own = Q(target_type="tasks.assignment", target_id=assignment.pk)
    acts = list(Act.objects.filter(own | Q(pk__in=ids)).order_by("-at", "-pk")[:100])
    if assignment.task.document_id is None:  # acts of an earlier version keep it for good
        return [(act, "") for act in acts]
    said = ActDetail.objects.filter(act_id__in=[act.pk for act in acts], key="reason", erased_at=None)
    reasons = dict(said.values_list("act_id", "value"))
    return [(act, reasons.get(act.pk) or act.data.get("reason", "")) for act in acts]


def open_children(assignment: Assignment) -> QuerySet[Assignment]:
    """Work that units gave on to make this one concrete and that is not closed yet."""
    return Assignment.objects.filter(task__serves=assignment, state__in=OPEN_STATES)


def chain_of(assignment: Assignment) -> list[Unit]:
    """The units between the assigner and the holder, assigner first, holder last."""
    above = ancestors(assignment.held_by)
    top = assignment.task.assigner_id
    ids = [unit.pk for unit in above]
    if top in ids:
        return above[ids.index(top) :]
    return [assignment.task.assigner, assignment.held_by]


def clause_progress(rows: QuerySet[Assignment], on: date) -> dict[int, dict[str, int]]:
    """Clause id → `{"done": n, "all": n, "overdue": n}` of these assignments by the clauses their tasks were read from.

    Counts what the list of a clause shows: nothing that was withdrawn. One query.
    """
    late = Q(state__in=OPEN_STATES) & ~Q(state=State.SUBMITTED) & Q(due_on__lt=on)
    counted = rows.filter(task__clauses__isnull=False).exclude(state=State.WITHDRAWN)
    found = (
        counted.order_by()
        .values("task__clauses")
        .annotate(
            all=Count("pk", distinct=True),
            done=Count("pk", filter=Q(state=State.DONE), distinct=True),
            overdue=Count("pk", filter=late, distinct=True),
        )
    )
    return {row["task__clauses"]: {key: row[key] for key in ("all", "done", "overdue")} for row in found}
