"""Figures of a consultation and the rows behind each of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from trienkhai.feedback.models import Asked, ClauseOpinion, Consultation, Reply, Stance

UNITS: dict[str, Q] = {
    "da-gui": Q(sent_on__isnull=False),
    "tre": Q(sent_on__gt=F("consultation__due_on")),
    "chua-gui": Q(sent_on=None, released_on=None),
    "khong-con": Q(sent_on=None, released_on__isnull=False),
}
"""Which of the units asked: the word in the address → the rows."""
OPINIONS: dict[str, Q] = {
    "thong-nhat": Q(stance=Stance.AGREES),
    "y-kien-khac": Q(stance=Stance.OTHER),
    "tiep-thu": Q(reply=Reply.TAKEN),
    "mot-phan": Q(reply=Reply.PARTLY),
    "khong-tiep-thu": Q(reply=Reply.NOT_TAKEN),
    "cho": Q(stance=Stance.OTHER, reply=""),
}
"""Which of the opinions sent."""


@dataclass(frozen=True)
class Figures:
    """asked: units asked; the others by the words of UNITS and OPINIONS."""

    asked: int
    units: dict[str, int]
    opinions: dict[str, int]


def figures_of(consultation: Consultation, asked: QuerySet[Asked], opinions: QuerySet[ClauseOpinion]) -> Figures:
    """Counted over the rows that the reader sees. Two queries."""
    rows = asked.filter(consultation=consultation)
    counted = rows.aggregate(all=Count("pk"), **{_key(name): Count("pk", filter=q) for name, q in UNITS.items()})
    said = opinions.filter(asked__consultation=consultation)
    told = said.aggregate(**{_key(name): Count("pk", filter=q) for name, q in OPINIONS.items()})
    return Figures(
        counted["all"], {name: counted[_key(name)] for name in UNITS}, {name: told[_key(name)] for name in OPINIONS}
    )


def _key(name: str) -> str:
    return name.replace("-", "_")


def units_asked(rows: QuerySet[Asked], consultation: Consultation, chosen: str = "") -> list[Asked]:
    """Those who have sent nothing first, then by the day they did."""
    rows = rows.filter(UNITS.get(chosen, Q()), consultation=consultation).select_related("unit__present", "sent_by")
    return sorted(rows, key=lambda row: (row.sent_on is not None, row.sent_on or date.max, row.unit.name, row.pk))


def opinions_given(
    rows: QuerySet[ClauseOpinion], consultation: Consultation, chosen: str = ""
) -> QuerySet[ClauseOpinion]:
    """In the order of the clauses, then of the units."""
    rows = rows.filter(OPINIONS.get(chosen, Q()), asked__consultation=consultation)
    rows = rows.select_related("passage", "asked__unit__present", "replied_by")
    return rows.order_by("passage__position", "asked", "pk")


def closed_unanswered() -> QuerySet[ClauseOpinion]:
    """Other wordings without an answer though their consultation is closed: none, as long as only actions write."""
    rows = ClauseOpinion.objects.filter(OPINIONS["cho"], asked__sent_on__isnull=False)
    return rows.filter(asked__consultation__closed_on__isnull=False, asked__consultation__withdrawn=False)
