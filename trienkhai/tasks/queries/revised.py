"""Work that an inspector looks for: approved and then corrected, put off more than once."""

from django.db.models import Count, Exists, OuterRef, Q

from trienkhai.tasks.models import State, StateSpan

TWICE = 2


def corrected_filter() -> Q:
    """The approval of its report was taken back, whatever became of it since."""
    return Q(Exists(StateSpan.objects.filter(assignment=OuterRef("pk"), state=State.DONE)))


def extended_twice_filter() -> Q:
    """Its due day was moved at least twice: two earlier ones besides the present."""
    spans = StateSpan.objects.filter(assignment=OuterRef("pk")).exclude(due_on=OuterRef("due_on")).order_by()
    days = spans.values("assignment").annotate(n=Count("due_on", distinct=True)).filter(n__gte=TWICE)
    return Q(Exists(days))
