"""What the pages of packets show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy

from trienkhai.documents.models import Document
from trienkhai.exchange.models import Correspondent, Direction, Dispatch, DispatchState
from trienkhai.norms.queries import value
from trienkhai.orgs.models import Unit

OUTCOMES = {
    "document": gettext_lazy("entered in the incoming book"),
    "again": gettext_lazy("was here already"),
    "state": gettext_lazy("state of a document we sent"),
    "recall": gettext_lazy("the sender asks it back"),
    "refused": gettext_lazy("refused and set aside"),
    "secret": gettext_lazy("refused and removed"),
}


def outcome_word(outcome: str) -> str:
    return str(OUTCOMES[outcome])


def state_label(code: str, on: date) -> str:
    """The word for a state in the reader's language, by the norm in force."""
    return _label(value("edxml_states", on=on, default={}), code)


def _label(words: dict[str, dict[str, str]], code: str) -> str:
    language = "en" if (get_language() or "").startswith("en") else "vi"
    return words.get(code, {}).get(language, code)


@dataclass(frozen=True)
class Shown:
    """A packet with the word for its last state. `warns`: a person should look at it."""

    row: Dispatch
    state: str
    warns: bool


def newest_dispatches(rows: QuerySet[Dispatch]) -> QuerySet[Dispatch]:
    return rows.select_related("unit__present", "document", "correspondent").order_by("-at", "-pk")


def with_words(rows: Iterable[Dispatch], on: date) -> list[Shown]:
    words = value("edxml_states", on=on, default={})
    return [Shown(row, _label(words, row.state) if row.state else "", _warns(row)) for row in rows]


def _warns(row: Dispatch) -> bool:
    """Refused by the receiver, or asked back and not answered by us."""
    return row.state == "02" or (row.state == "13" and row.direction == Direction.IN)


def states_of(dispatch: Dispatch, on: date) -> list[tuple[DispatchState, str]]:
    words = value("edxml_states", on=on, default={})
    return [(state, _label(words, state.code)) for state in dispatch.states.select_related("by")]


def units_on_the_axis(units: Sequence[Unit]) -> list[Unit]:
    """Those of the units that have a code on the axis."""
    coded = set(Correspondent.objects.filter(unit__in=units).values_list("unit", flat=True))
    return [unit for unit in units if unit.pk in coded]


def correspondents_of(document: Document) -> QuerySet[Correspondent]:
    """Everyone but the issuer who has not been sent the document."""
    has_it = Dispatch.objects.filter(document=document, direction=Direction.OUT).values("correspondent")
    return Correspondent.objects.exclude(pk__in=has_it).exclude(unit=document.issuer)
