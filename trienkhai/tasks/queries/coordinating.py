"""The sheet of co-ordination with one partner, for a period."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from trienkhai.people.models import Account
from trienkhai.tasks import rules, rules_coordinating
from trienkhai.tasks.models import OPEN_STATES, Assignment, CoordinationPaper, Opinion, Partnership, Share, State

LISTED = 200


@dataclass(frozen=True)
class Sheet:
    """`regulation`: in force on the last day of the period; `earlier`: those before it. `duties`: work from any of the
    regulations, and what the partner co-ordinates; `figures` of them by state. `opinions`: asked in the period, or
    still open or answered in it, as they stood on its last day.
    """

    regulation: CoordinationPaper | None
    earlier: list[CoordinationPaper]
    conclusions: list[CoordinationPaper]
    duties: list[Assignment]
    figures: dict[str, int]
    opinions: list[Opinion]
    counts: dict[str, int] = field(default_factory=dict)


def sheet_of(partnership: Partnership, account: Account, *, first: date, last: date, on: date) -> Sheet:
    """What this person sees of it; `first` and `last` day included. Six queries, whatever the number of rows."""
    rows = partnership.papers.select_related("document").order_by("-valid_from", "-pk")
    papers = list(rows.filter(valid_from__lte=last))
    regulations = [paper for paper in papers if paper.kind == CoordinationPaper.Kind.REGULATION]
    in_force = next((paper for paper in regulations if paper.valid_to > last), None)
    duties = duties_of(partnership, account, on)
    sums = duties.order_by().aggregate(
        all=Count("pk"),
        done=Count("pk", filter=Q(state=State.DONE)),
        open=Count("pk", filter=Q(state__in=OPEN_STATES)),
        overdue=Count("pk", filter=Q(state__in=OPEN_STATES, due_on__lt=on) & ~Q(state=State.SUBMITTED)),
    )
    seen = rules_coordinating.visible_opinions(account, on).filter(partnership=partnership, on__lte=last)
    still = Q(answered_on=None, withdrawn_on=None) | Q(answered_on__gte=first) | Q(withdrawn_on__gte=first)
    opinions = seen.filter(still | Q(on__gte=first)).select_related("asker__present", "document", "answer_document")
    listed = [as_of(opinion, last) for opinion in opinions.order_by("on", "pk")[:LISTED]]
    named = duties.select_related("task__document", "held_by__present").order_by("due_on", "pk")
    return Sheet(
        regulation=in_force,
        earlier=[paper for paper in regulations if paper is not in_force],
        conclusions=[
            paper for paper in papers if paper.kind == CoordinationPaper.Kind.CONCLUSION and paper.valid_from >= first
        ],
        duties=list(named[:LISTED]),
        figures=sums,
        opinions=listed,
        counts=counts_of(listed, last),
    )


def duties_of(partnership: Partnership, account: Account, on: date) -> QuerySet[Assignment]:
    """Work given from its regulations, and in which the partner co-ordinates, as far as this person sees it."""
    papers = partnership.papers.filter(kind=CoordinationPaper.Kind.REGULATION).values("document")
    shared = Exists(Share.objects.filter(task=OuterRef("task"), unit=partnership.partner_id))
    rows = rules.visible_assignments(account, on).exclude(state=State.WITHDRAWN)
    return rows.filter(Q(task__document__in=papers) | Q(shared))


def as_of(opinion: Opinion, day: date) -> Opinion:
    """The request as it stood that day: an answer that came later had not come."""
    if opinion.answered_on and opinion.answered_on > day:
        opinion.answered_on = None
    if opinion.withdrawn_on and opinion.withdrawn_on > day:
        opinion.withdrawn_on = None
    return opinion


def counts_of(opinions: list[Opinion], day: date) -> dict[str, int]:
    """Asked and not withdrawn = answered in time + answered late + open in time + open late."""
    counted = [opinion for opinion in opinions if not opinion.withdrawn_on]
    answered = [opinion for opinion in counted if opinion.answered_on]
    waiting = [opinion for opinion in counted if not opinion.answered_on]
    return {
        "asked": len(counted),
        "in_time": sum(not opinion.late_on(day) for opinion in answered),
        "late": sum(bool(opinion.late_on(day)) for opinion in answered),
        "open": sum(not opinion.late_on(day) for opinion in waiting),
        "open_late": sum(bool(opinion.late_on(day)) for opinion in waiting),
    }


def period_of(on: date) -> tuple[date, date]:
    """The year so far: the period a sheet shows unless another is asked for."""
    return date(on.year, 1, 1), on
