"""What this area puts into the menu and *Việc của tôi*."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.common.days import OPEN_END
from trienkhai.inspections import rules
from trienkhai.inspections.climbing import conclusions_to_issue, programmes_to_approve
from trienkhai.inspections.models import Finding, Inspection, InspectionProgramme, InspectionState
from trienkhai.inspections.queries.remedies import remedies_of
from trienkhai.orgs.rules import CONTENT_READERS, reach_of, work_reach
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.tasks.models import Assignment, State
from trienkhai.tasks.rules import own_unit_ids

WAITING = 30
SOON = 14


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """For whoever reads the work of a unit: who inspects, who is inspected."""
    if not work_reach(account_of(request), today()).grants:
        return None
    url = reverse("inspections:programmes")
    return {
        "label": _("Inspection"),
        "url": url,
        "icon": "inspect",
        "group": "oversight",
        "order": 10,
        "current": request.path.startswith(url),
    }


@dataclass(frozen=True)
class Row:
    """One thing to do: its words, what it belongs to, its last day, the next act and its page."""

    title: str
    sub: str
    due_on: date
    act: str
    url: str
    late: bool = False

    @property
    def has_day(self) -> bool:
        return self.due_on != OPEN_END


def to_do(account: Account, on: date) -> list[Row]:
    """Programmes to approve; inspections of own teams to begin or to go on with; remedies done that wait for a word.

    One small query where there is no programme: every page asks for the number.
    """
    if not InspectionProgramme.objects.exists():
        return []
    if not rules.approving_ids(account, on) and not _takes_part(account, on):
        return []
    return [*_programmes(account, on), *_inspections(account, on), *_remedies(account, on)][:WAITING]


def _takes_part(account: Account, on: date) -> bool:
    """One query for most people, who are in no team and follow no conclusion: every page asks for the number."""
    if not reach_of(account, on).has(*CONTENT_READERS):
        return False
    return Inspection.objects.filter(Q(item__team__account=account) | Q(follower=account)).exists()


def _programmes(account: Account, on: date) -> list[Row]:
    own = rules.approving_ids(account, on)
    title, waits = _("Inspection programme %(year)s"), _("awaiting approval")
    return [
        Row(
            title % {"year": row.year},
            waits if row.unit_id in own else f"{row.unit.short_name} · {waits}",
            OPEN_END,
            _("Look through and approve"),
            reverse("inspections:programme", args=[row.pk]),
        )
        for row in programmes_to_approve(account, on)
    ]


def _inspections(account: Account, on: date) -> list[Row]:
    soon = Q(state=InspectionState.PLANNED, item__starts_on__lte=on + timedelta(days=SOON))
    soon &= Q(item__programme__state="approved")
    issues = Q(pk__in=[row.pk for row in conclusions_to_issue(account, on)])
    mine = Q(item__team__account=account, item__programme__unit__in=own_unit_ids(account, on))
    if led := rules.approving_ids(account, on):
        mine |= rules.without_team(on) & Q(item__programme__unit__in=led)
    mine &= soon | Q(state__in=("prepare", "conduct")) | Q(state="finish", conclusion="")
    ids = rules.visible_inspections(account, on).filter(mine | issues).values("pk")
    rows = Inspection.objects.filter(pk__in=ids).select_related("unit__present", "item").prefetch_related("steps")
    return [_row(row, on) for row in rows.order_by("item__starts_on", "pk")[:WAITING]]


def _row(row: Inspection, on: date) -> Row:
    acts = {
        InspectionState.PLANNED: _("Begin the inspection"),
        InspectionState.PREPARE: _("Prepare the outline"),
        InspectionState.CONDUCT: _("Write what was seen"),
        InspectionState.FINISH: _("Issue the conclusion") if row.conclusion else _("Write the conclusion"),
    }
    step = next((one for one in row.steps.all() if one.ended_on is None), None)
    due = step.due_on if step else row.item.ends_on
    url = reverse("inspections:inspection", args=[row.pk])
    sub = f"{row.unit.short_name} · {row.get_state_display()}"
    return Row(row.item.theme, sub, due, acts[InspectionState(row.state)], url, due < on)


def _remedies(account: Account, on: date) -> list[Row]:
    """Of findings that the person follows, those whose remedy is done and proved; of those that nobody follows any
    more, for leaders."""
    follows = Q(follower=account, item__programme__unit__in=own_unit_ids(account, on))
    if led := rules.approving_ids(account, on):
        follows |= rules.without_follower(on) & Q(item__programme__unit__in=led)
    seen = rules.visible_inspections(account, on).filter(follows, state="concluded")
    counted = Assignment.objects.filter(task=OuterRef("task")).exclude(state=State.WITHDRAWN)
    done = Q(Exists(counted)) & ~Q(Exists(counted.exclude(state=State.DONE)))
    rows = Finding.objects.filter(done, closed_on=None, inspection__in=seen).order_by("due_on", "pk")
    open_rows = list(rows.select_related("held_by__present", "inspection")[: WAITING * 4])
    remedies, said = remedies_of(open_rows), _("the remedy is done")
    return [
        Row(
            row.remedy,
            f"{row.held_by.short_name} · {said}",
            OPEN_END,
            _("Accept the remedy"),
            reverse("inspections:accept", args=[row.pk]),
        )
        for row in open_rows
        if not remedies[row.pk].missing and account.pk not in remedies[row.pk].reporters
    ]


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    rows = to_do(account_of(request), today())
    return {"template": "inspections/waiting.html", "rows": rows} if rows else None


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    return len(to_do(account_of(request), today())) or None
