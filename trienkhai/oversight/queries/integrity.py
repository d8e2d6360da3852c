"""Rows of this area that contradict each other: none, as long as only its actions write."""

from collections import Counter
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from trienkhai.oversight.models import Matter, Proof, Question, Recommendation, Subject, SubjectState


def done_without_proof() -> QuerySet[Matter, int]:
    """Matters that are done without a proof, or have one and are not done."""
    shown = Exists(Proof.objects.filter(matter=OuterRef("pk")))
    wrong = Q(done_on__isnull=False, shown=False) | Q(done_on=None, shown=True)
    return Matter.objects.annotate(shown=shown).filter(wrong).order_by("pk").values_list("pk", flat=True)


def recommended_too_soon() -> QuerySet[Recommendation, int]:
    """Recommendations from a subject that was not held."""
    rows = Recommendation.objects.exclude(subject__state=SubjectState.HELD)
    return rows.order_by("pk").values_list("pk", flat=True)


def left_with_closed(on: date) -> dict[int, int]:
    """Unit that no longer stands → how much of this area still waits there."""
    found: Counter[int] = Counter()
    for rows, field in (
        (Subject.objects.filter(state=SubjectState.PLANNED), "addressee"),
        (Subject.objects.filter(state=SubjectState.PLANNED), "plan__unit"),
        (Recommendation.objects.unanswered(), "answers_by"),
        (Matter.objects.undone(), "unit"),
        (Question.objects.filter(answered_on=None), "unit"),
    ):
        found.update(rows.filter(**{f"{field}__closed_on__lte": on}).values_list(field, flat=True))
    return dict(found)
