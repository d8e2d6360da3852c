"""The unit that gave an indicator, or the one above that decides for it, accepts values or sends them back, one or many
in one act."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.folding import printable
from trienkhai.common.verdict import Refused
from trienkhai.documents.marks import fault_of
from trienkhai.indicators import rules
from trienkhai.indicators.models import State, Value
from trienkhai.notices.actions import tell_units
from trienkhai.orgs.actors import actor
from trienkhai.people.models import Account

AT_ONCE = 1000
"""At most so many values are decided in one act; more are a job in the background (`decisions.py`)."""


@transaction.atomic
def approve_values(ids: Iterable[int], *, selection: str = "", by: Account, at: datetime) -> int:
    """Accept those of these values that the person may decide; returns how many. From now on they count.

    A correction takes the place of the value that it corrects, which is kept. Of two people at once exactly one
    decides each value. Raises Refused when there is none.
    """
    rows = _locked(ids, "approve", by, at)
    Value.objects.filter(corrections__in=[row.pk for row in rows], state=State.APPROVED).update(state=State.REPLACED)
    return _decide(rows, State.APPROVED, "approve", "", selection, by, at)


@transaction.atomic
def return_values(ids: Iterable[int], *, reason: str, selection: str = "", by: Account, at: datetime) -> int:
    """Send values back with a reason; returns how many. Raises Refused when there is none."""
    said = printable(reason).strip()
    if not said:
        raise ValidationError({"reason": _("Say why.")})
    if sentence := fault_of(said):
        raise ValidationError({"reason": sentence})
    return _decide(_locked(ids, "return", by, at), State.RETURNED, "return", said, selection, by, at)


def _locked(ids: Iterable[int], act: str, by: Account, at: datetime) -> list[Value]:
    wanted = sorted(set(ids))[:AT_ONCE]
    waiting = rules.awaiting_decision(by, day_of(at), act).filter(pk__in=wanted)
    rows = waiting.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = list(rows.select_related("holder__unit__present", "holder__giver", "definition"))
    if not found:
        one = Value.objects.select_related("holder").filter(pk__in=wanted).first()
        if one is not None:
            rules.can_decide(by, one, day_of(at), act).require()
        raise Refused(_("No value that you could decide."))
    return found


def _decide(rows: list[Value], state: State, act: str, reason: str, selection: str, by: Account, at: datetime) -> int:
    posts = rules.deciding_posts(by, rows, day_of(at), act)
    groups: dict[tuple[int, int], list[Value]] = defaultdict(list)
    for row in rows:
        holding = posts[row.pk]
        groups[row.holder.giver_id, holding.pk if holding else 0].append(row)
    for _key, values in sorted(groups.items()):
        ids = [value.pk for value in values]
        Value.objects.filter(pk__in=ids).update(state=state, decided_by=by, decided_at=at, decision=reason)
        alone = len(values) == 1
        label = f"{values[0].definition.title} – {values[0].holder.unit.short_name}" if alone else ""
        done = record(
            f"value.{state.value}",
            values[0] if alone else values[0].holder.giver,
            by=actor(by, posts[values[0].pk]),
            at=at,
            label=label,
            selection=selection,
            count=len(values),
            digest=hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest(),
            values=ids[:50],
            reason=reason,
        )
        _tell_units(values, f"values_{state.value}", done.pk, at)
    return len(rows)


def _tell_units(values: list[Value], kind: str, act: int, at: datetime) -> None:
    units = sorted({value.holder.unit_id for value in values})
    marks = ", ".join(["%s"] * len(units))
    tell_units(
        f"SELECT id FROM orgs_unit WHERE id IN ({marks})",
        list(units),
        rules.TELLERS,
        kind,
        url=reverse("indicators:entering"),
        at=at,
        act=act,
        indicator=values[0].definition.title if len({value.definition_id for value in values}) == 1 else "…",
        unit=values[0].holder.giver.short_name,
    )
