"""What this area puts into the menu and *Việc của tôi*."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.evaluation import climbing, rules, rules_commending
from trienkhai.evaluation.climbing import Climbed
from trienkhai.evaluation.climbing_commending import climbed_files
from trienkhai.evaluation.models import Appeal, Campaign, CampaignState, Commendation, CommendationState, Sheet, Step
from trienkhai.evaluation.wording import period_of
from trienkhai.orgs.models import Role, Succession
from trienkhai.orgs.rules import reach_of
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

WAITING = 30


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """For those who evaluate and those who are evaluated."""
    account, on = account_of(request), today()
    if not reach_of(account, on).has(*climbing.OWN, Role.INSPECTOR):
        return None
    return _entry(request, _("Evaluation"), reverse("evaluation:list"), "evaluate", 40)


def menu_commending(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    if not rules_commending.reads_register(account_of(request), today()):
        return None
    return _entry(request, _("Commendation"), reverse("evaluation:register"), "award", 50)


def _entry(request: HttpRequest, label: str, url: str, icon: str, order: int) -> dict[str, Any]:
    current = request.path.startswith(url)
    return {"label": label, "url": url, "icon": icon, "group": "oversight", "order": order, "current": current}


@dataclass(frozen=True)
class ToDo:
    title: str
    sub: str
    act: str
    url: str


def to_do(account: Account, on: date) -> list[ToDo]:
    """Sheets whose turn is the person's, evaluations to propose or to decide, appeals and proposals to answer.

    A handful of queries, whatever the number of rows; what the page then asks its rule is said here in sets. Two
    small ones where nothing was ever evaluated or proposed: every page asks for the number.
    """
    if not (Campaign.objects.exists() or Commendation.objects.exists()):
        return []
    evaluating = rules.evaluating_ids(account, on)
    leads = bool(rules.unit_ids(account, on, *climbing.DECIDERS))
    climbed = climbing.climbed_to(account, on)
    found = [_of_sheet(row) for row in _sheets(account, on, evaluating, climbed)]
    if evaluating:
        found += [_of_campaign(row) for row in _campaigns(account, on, evaluating, climbed)]
    if leads:
        found += _of_appeals(account, on, climbed) + _of_commendations(account, on)
    return found[:WAITING]


def _sheets(account: Account, on: date, evaluating: set[int], climbed: Climbed) -> list[Sheet]:
    """As `rules.can_fill` says for each."""
    heads = rules.unit_ids(account, on, *climbing.HEADS)
    others = climbing.heading(on).seated().filter(post__unit=OuterRef("unit"), account__is_active=True)
    alone = ~Exists(others.exclude(account=OuterRef("person")))
    appraised = _appraised(account, on, *climbing.EVALUATORS)
    own = Q(account=account) | Q(person=0, unit__in=rules.unit_ids(account, on, *climbing.OWN))
    spoken = Q(unit__in=heads) & ~Q(person=account.pk)
    if evaluating:
        spoken |= Q(alone) & appraised
    turn = Q(own, step=Step.SELF) | Q(spoken, step__in=(Step.COLLECTIVE, Step.VOTE)) | Q(step=Step.UPPER) & appraised
    rows = Sheet.objects.filter(turn | Q(pk__in=climbed.appraised)).select_related(
        "campaign__unit__present", "unit__present"
    )
    return list(rows.order_by("campaign", "unit__path", "person")[:WAITING])


def _appraised(account: Account, on: date, *roles: str) -> Q:
    """Sheets of evaluations of units where the person may act in these roles, but for those that concern the person or
    the one in whose name a delegate would act there.
    """
    found = Q(pk__in=())
    for principal, ids in _by_principal(account, on, *roles).items():
        found |= Q(campaign__unit__in=ids) & ~_concerns({account.pk, principal}, on)
    return found


def _by_principal(account: Account, on: date, *roles: str) -> dict[int, set[int]]:
    """In whose name the person may act at which units, the own included."""
    found: dict[int, set[int]] = {}
    for grant in reach_of(account, on).of(*roles).able(climbing.ACT).grants:
        found.setdefault(grant.principal or account.pk, set()).add(grant.unit_id)
    return found


def _concerns(people: set[int], on: date) -> Q:
    """Sheets of these people and of the units to which they belong, in any manner."""
    own = climbing.belonging(on).filter(Q(account__in=people) | Q(principal__account__in=people))
    return Q(person__in=people) | Q(unit__in=own.values("post__unit"))


def _of_sheet(row: Sheet) -> ToDo:
    acts = {
        Step.SELF: _("Evaluate yourself"),
        Step.COLLECTIVE: _("Tell the opinion of the collective"),
        Step.VOTE: _("Enter the vote"),
        Step.UPPER: _("Appraise"),
    }
    sub = f"{row.campaign.unit.short_name} · {period_of(row.campaign)} · {row.get_step_display()}"
    return ToDo(row.name, sub, str(acts[Step(row.step)]), reverse("evaluation:sheet", args=[row.pk]))


def _campaigns(account: Account, on: date, evaluating: set[int], climbed: Climbed) -> list[Campaign]:
    """Proposed, where the person decides; open, where every sheet is appraised."""
    own = Sheet.objects.filter(campaign=OuterRef("pk"))
    under_way = own.exclude(step__in=(Step.READY, Step.LEFT_OUT))
    mine, others = _appraised(account, on, Role.LEADER), own.counted()
    decides = Q(Exists(others.filter(mine)), ~Exists(others.exclude(mine)), state=CampaignState.PROPOSED)
    proposes = Q(Exists(others), ~Exists(under_way), state=CampaignState.OPEN, unit__in=evaluating)
    turn = decides | proposes | Q(pk__in=climbed.campaigns)
    return list(Campaign.objects.filter(turn).select_related("unit__present").order_by("pk")[:WAITING])


def _of_campaign(row: Campaign) -> ToDo:
    act = _("Decide the levels") if row.state == CampaignState.PROPOSED else _("Propose the levels")
    return ToDo(period_of(row), row.unit.short_name, act, reverse("evaluation:campaign", args=[row.pk]))


def _of_appeals(account: Account, on: date, climbed: Climbed) -> list[ToDo]:
    """Those of evaluations of the own unit, of units from which everything went to it, and what came up."""
    turn = Q(sheet__in=climbed.answered)
    for principal, units in _by_principal(account, on, *climbing.DECIDERS).items():
        me = {account.pk, principal}
        own = Q(sheet__campaign__unit__in=units | _taken_over(units, on)) & ~Q(by__in=me)
        turn |= own & ~Q(sheet__in=Sheet.objects.filter(_concerns(me, on)))
    rows = Appeal.objects.filter(turn, answered_at=None)
    act = _("Answer the appeal")
    return [
        ToDo(row.sheet.name, period_of(row.sheet.campaign), act, reverse("evaluation:sheet", args=[row.sheet_id]))
        for row in rows.select_related("sheet__campaign").order_by("at")[:WAITING]
    ]


def _taken_over(units: set[int], on: date) -> set[int]:
    """Units that stand no longer and for which one of these stands now. A query for each step back."""
    found, heirs = set[int](), units
    while heirs:
        ended = Succession.objects.filter(successor__in=heirs, main=True, unit__closed_on__lte=on)
        heirs = set(ended.values_list("unit", flat=True)) - found - units
        found |= heirs
    return found


def _of_commendations(account: Account, on: date) -> list[ToDo]:
    """As `rules_commending.can_decide` says for each."""
    turn = Q(pk__in=climbed_files(account, on))
    for principal, units in _by_principal(account, on, *climbing.DECIDERS).items():
        me = {account.pk, principal}
        own = climbing.belonging(on).filter(Q(account__in=me) | Q(principal__account__in=me)).values("post__unit")
        commended = Q(unit__in=own) & ~Q(unit=F("decider")) | Q(proposed_by__in=me) | Q(sheet__person__in=me)
        turn |= Q(decider__in=units) & ~commended
    rows = Commendation.objects.filter(turn, state=CommendationState.PROPOSED)
    rows = rows.select_related("unit__present").order_by("proposed_at", "pk")
    act = _("Decide on the commendation")
    return [
        ToDo(row.name, row.unit.short_name, act, reverse("evaluation:commendation", args=[row.pk]))
        for row in rows[:WAITING]
    ]


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work, each with its one next act."""
    rows = to_do(account_of(request), today())
    return {"template": "evaluation/waiting.html", "rows": rows} if rows else None


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    return len(to_do(account_of(request), today())) or None
