"""What this area puts into the menu and *Việc của tôi*."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.evaluation import rules, rules_commending
from trienkhai.evaluation.models import Appeal, Campaign, CampaignState, Commendation, CommendationState, Sheet, Step
from trienkhai.evaluation.wording import period_of
from trienkhai.orgs.models import Role
from trienkhai.orgs.rules import reach_of
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

WAITING = 30


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """For those who evaluate and those who are evaluated."""
    account, on = account_of(request), today()
    if not reach_of(account, on).has(*rules.OWN, Role.INSPECTOR):
        return None
    return _entry(request, _("Evaluation"), reverse("evaluation:list"), "approve", 48)


def menu_commending(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    if not rules_commending.reads_register(account_of(request), today()):
        return None
    return _entry(request, _("Commendation"), reverse("evaluation:register"), "ok", 49)


def _entry(request: HttpRequest, label: str, url: str, icon: str, order: int) -> dict[str, Any]:
    return {"label": label, "url": url, "icon": icon, "order": order, "current": request.path.startswith(url)}


@dataclass(frozen=True)
class ToDo:
    title: str
    sub: str
    act: str
    url: str


def to_do(account: Account, on: date) -> list[ToDo]:
    """Sheets whose turn is the person's, evaluations to propose or to decide, appeals and proposals to answer."""
    evaluating = rules.evaluating_ids(account, on)
    found = [_of_sheet(row) for row in _sheets(account, on, evaluating)]
    if evaluating:
        found += _of_campaigns(account, on, evaluating)
    leading = {grant.unit_id for grant in reach_of(account, on).of(Role.LEADER).able(rules.ACT).grants}
    if leading:
        found += _of_appeals(account, on, leading) + _of_commendations(account, on, leading)
    return found[:WAITING]


def _sheets(account: Account, on: date, evaluating: set[int]) -> list[Sheet]:
    """Asked of the database by step and unit, then each of the few by its rule."""
    own = Q(step=Step.SELF) & (Q(account=account) | Q(person=0))
    collective = Q(step__in=(Step.COLLECTIVE, Step.VOTE))
    upper = Q(step=Step.UPPER, campaign__unit__in=evaluating)
    rows = rules.visible_sheets(account, on).filter(own | collective | upper)
    rows = rows.exclude(campaign__state=CampaignState.DECIDED)
    rows = rows.select_related("campaign__unit__present", "unit__present").order_by("campaign", "unit__path", "person")
    return [row for row in rows[: 3 * WAITING] if rules.can_fill(account, row, on)]


def _of_sheet(row: Sheet) -> ToDo:
    acts = {
        Step.SELF: _("Evaluate yourself"),
        Step.COLLECTIVE: _("Tell the opinion of the collective"),
        Step.VOTE: _("Enter the vote"),
        Step.UPPER: _("Appraise"),
    }
    sub = f"{row.campaign.unit.short_name} · {period_of(row.campaign)} · {row.get_step_display()}"
    return ToDo(row.name, sub, str(acts[Step(row.step)]), reverse("evaluation:sheet", args=[row.pk]))


def _of_campaigns(account: Account, on: date, evaluating: set[int]) -> list[ToDo]:
    rows = Campaign.objects.filter(unit__in=evaluating).exclude(state=CampaignState.DECIDED)
    under_way = Sheet.objects.filter(campaign__in=rows).exclude(step__in=(Step.READY, Step.LEFT_OUT))
    busy = set(under_way.order_by().values_list("campaign", flat=True))
    found = []
    for row in rows.select_related("unit__present").order_by("pk"):
        url = reverse("evaluation:campaign", args=[row.pk])
        sub = row.unit.short_name
        if row.state == CampaignState.PROPOSED and rules.can_decide(account, row, on):
            found.append(ToDo(period_of(row), sub, _("Decide the levels"), url))
        elif row.state == CampaignState.OPEN and row.pk not in busy:
            found.append(ToDo(period_of(row), sub, _("Propose the levels"), url))
    return found


def _of_appeals(account: Account, on: date, leading: set[int]) -> list[ToDo]:
    rows = Appeal.objects.filter(answered_at=None, sheet__campaign__unit__in=leading).exclude(by=account)
    rows = rows.select_related("sheet__campaign__unit__present").order_by("at")
    return [
        ToDo(
            row.sheet.name,
            period_of(row.sheet.campaign),
            _("Answer the appeal"),
            reverse("evaluation:sheet", args=[row.sheet_id]),
        )
        for row in rows[:WAITING]
    ]


def _of_commendations(account: Account, on: date, leading: set[int]) -> list[ToDo]:
    rows = Commendation.objects.filter(decider__in=leading, state=CommendationState.PROPOSED)
    rows = rows.exclude(proposed_by=account).select_related("unit__present").order_by("proposed_at", "pk")
    return [
        ToDo(
            row.name,
            row.unit.short_name,
            _("Decide on the commendation"),
            reverse("evaluation:commendation", args=[row.pk]),
        )
        for row in rows[:WAITING]
    ]


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work, each with its one next act."""
    rows = to_do(account_of(request), today())
    return {"template": "evaluation/waiting.html", "rows": rows} if rows else None


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    return len(to_do(account_of(request), today())) or None
