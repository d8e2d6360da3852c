"""Rows of this area that contradict each other: none, as long as only its actions write."""

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from trienkhai.dissemination.models import Attendance, Kind, Receipt, Sending, SessionState, StudyPlan, StudySession


def miscounted() -> QuerySet[Sending, int]:
    """Sendings whose receipts are not as many as their act says."""
    rows = Sending.objects.annotate(made=Count("receipts")).exclude(made=F("count"))
    return rows.order_by("pk").values_list("pk", flat=True)


def twice_current() -> QuerySet[Receipt, tuple[int, int]]:
    """Unit and document of which one sender's sendings give the unit two last versions."""
    rows = Receipt.objects.filter(current=True).order_by().values("unit", "sending__document", "sending__sender")
    many = rows.annotate(n=Count("pk")).filter(n__gt=1).order_by("unit", "sending__document")
    return many.values_list("unit", "sending__document")


def made_up_too_many() -> QuerySet[Attendance, int]:
    """Plans in which an audience made up more than were absent from the main sessions."""
    main = Q(session__kind=Kind.MAIN)
    rows = Attendance.objects.filter(session__state=SessionState.HELD).order_by().values("session__plan", "audience")
    absent = Coalesce(Sum(F("convened") - F("attended"), filter=main), 0)
    wrong = rows.annotate(absent=absent, made_up=Coalesce(Sum("attended", filter=~main), 0))
    return wrong.filter(made_up__gt=F("absent")).order_by("session__plan").values_list("session__plan", flat=True)


def open_plans() -> QuerySet[StudyPlan]:
    """Plans of which no session was held yet, or one is still planned."""
    sessions = StudySession.objects.filter(plan=OuterRef("pk"))
    held, planned = sessions.filter(state=SessionState.HELD), sessions.filter(state=SessionState.PLANNED)
    return StudyPlan.objects.filter(~Exists(held) | Exists(planned))


def left_with_closed(on: date) -> dict[int, int]:
    """Unit that no longer stands → how many receipts to acknowledge and open plans it still holds. Two queries."""
    found: dict[int, int] = {}
    for rows in (Receipt.objects.missing(), open_plans()):
        counts = rows.filter(unit__closed_on__lte=on).order_by().values("unit").annotate(n=Count("pk"))
        for unit, number in counts.values_list("unit", "n"):
            found[unit] = found.get(unit, 0) + number
    return found
