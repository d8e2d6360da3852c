"""The register of commendations: what was decided in a year, and how many of each kind."""

from django.db.models import Count, QuerySet

from trienkhai.evaluation.models import Commendation, CommendationState


def register_of(rows: QuerySet[Commendation], year: int, kind: str = "") -> QuerySet[Commendation]:
    """By the number of the decision; `kind`: of one kind alone."""
    found = rows.filter(year=year, state=CommendationState.DECIDED).select_related("unit__present", "decider__present")
    found = found.filter(kind=kind) if kind else found
    return found.order_by("decided_on", "number", "pk")


def waiting_in(rows: QuerySet[Commendation]) -> QuerySet[Commendation]:
    found = rows.filter(state=CommendationState.PROPOSED).select_related("unit__present", "decider__present")
    return found.order_by("proposed_at", "pk")


def counts_in(rows: QuerySet[Commendation], year: int) -> dict[str, int]:
    """Kind → how many were commended."""
    found = rows.filter(year=year, state=CommendationState.DECIDED).order_by().values("kind")
    return dict(found.annotate(n=Count("pk")).values_list("kind", "n"))
