"""Steps of an evaluation that nobody at the evaluating unit may take, and where each goes instead.

Who is evaluated, or leads an evaluated unit, neither appraises nor decides nor answers there, nor does anybody in that
name: where nobody else is left, the next unit above with somebody else does.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from trienkhai.common import paths
from trienkhai.evaluation.models import Appeal, Campaign, CampaignState, Sheet, Step
from trienkhai.orgs.climbing import Ladder
from trienkhai.orgs.models import Holding, HoldingQuerySet, Role, Unit
from trienkhai.orgs.rules import Grant, reach_of
from trienkhai.people.models import Account

HEADS = (Role.LEADER, Role.SECRETARY)
EVALUATORS = (Role.LEADER, Role.OFFICER)
DECIDERS = (Role.LEADER,)
ACT = "evaluate"


def heading(on: date) -> HoldingQuerySet:
    """The holdings by which units are led that day, those of delegates too."""
    return Holding.objects.on(on).filter(post__role__in=HEADS)


def concerned(sheets: Iterable[Sheet], on: date) -> set[int]:
    """In whose name nobody appraises, decides or answers here: persons who are evaluated, and of a unit its heads."""
    return _concerned_by({0: [(row.unit_id, row.person) for row in sheets]}, on)[0]


def _concerned_by(subjects: Mapping[int, Collection[tuple[int, int]]], on: date) -> dict[int, set[int]]:
    """The same for each key, from unit and person of its sheets. One query."""
    units = {unit for rows in subjects.values() for unit, person in rows if not person}
    heads: dict[int, set[int]] = {}
    rows = heading(on).filter(post__unit__in=units).values_list("post__unit", "account", "principal__account")
    for unit, *people in rows if units else ():
        heads.setdefault(unit, set()).update(one for one in people if one)
    return {
        key: {one for unit, person in rows for one in ({person} if person else heads.get(unit, ()))}
        for key, rows in subjects.items()
    }


def acting_unit(unit: Unit, roles: Collection[str], claim: Collection[int], on: date) -> Unit:
    """Who takes a step of the evaluating unit: itself, or the next above with somebody who is not of the claim.

    The unit itself when nobody is found up to the top.
    """
    found = Ladder([unit.path or ""], on, roles=roles, act=ACT).decider(unit.path or "", claim)
    return unit if found in (None, unit.pk) else Unit.objects.select_related("present").get(pk=found)


@dataclass(frozen=True)
class Climbed:
    """What came up to units of one person, by id: evaluations to decide; sheets to appraise, or with an appeal."""

    campaigns: frozenset[int] = frozenset()
    appraised: frozenset[int] = frozenset()
    answered: frozenset[int] = frozenset()

    @property
    def sheets(self) -> frozenset[int]:
        return self.appraised | self.answered


def climbed_to(account: Account, on: date) -> Climbed:
    """One query where nothing is under way below; at most a dozen otherwise, whatever the number of evaluations."""
    grants = reach_of(account, on).of(*EVALUATORS).able(ACT).grants
    if not grants:
        return Climbed()
    below = reduce(or_, (paths.within(grant.path, "unit__path") & ~Q(unit=grant.unit_id) for grant in grants))
    waiting = Appeal.objects.filter(sheet__campaign=OuterRef("pk"), answered_at=None)
    rows = Campaign.objects.filter(below, unit__closed_on__gt=on)
    ids = list(rows.filter(~Q(state=CampaignState.DECIDED) | Exists(waiting)).values_list("pk", flat=True))
    if not ids:
        return Climbed()
    leading = [grant for grant in grants if grant.role in DECIDERS]
    decided = _blocked_campaigns(ids, on) if leading else {}
    answered = _blocked_appeals(ids, on) if leading else {}
    return Climbed(
        _came_up(decided, account, leading, DECIDERS, on),
        _came_up(_blocked_sheets(ids, on), account, grants, EVALUATORS, on),
        _came_up(answered, account, leading, DECIDERS, on),
    )


@dataclass
class _Blocked:
    """What may have nobody at the evaluating unit. subjects: unit and person of its sheets. claim: further accounts."""

    unit: Unit
    subjects: list[tuple[int, int]] = field(default_factory=list)
    claim: set[int] = field(default_factory=set)


def _came_up(
    blocked: Mapping[int, _Blocked], account: Account, grants: Collection[Grant], roles: Collection[str], on: date
) -> frozenset[int]:
    """Two queries where something is blocked."""
    if not blocked:
        return frozenset()
    claims = _concerned_by({key: one.subjects for key, one in blocked.items()}, on)
    ladder = Ladder({one.unit.path or "" for one in blocked.values()}, on, roles=roles, act=ACT)
    found = set()
    for key, one in blocked.items():
        claim = claims[key] | one.claim
        decider = ladder.decider(one.unit.path or "", claim)
        if decider == one.unit.pk or account.pk in claim:
            continue
        if any(grant.unit_id == decider and grant.principal not in claim for grant in grants):
            found.add(key)
    return frozenset(found)


def _seated(roles: Collection[str], on: date) -> HoldingQuerySet:
    return Holding.objects.on(on).seated().filter(post__role__in=roles, account__is_active=True)


def _blocked_campaigns(ids: Collection[int], on: date) -> dict[int, _Blocked]:
    """Evaluations proposed at whose unit every leader is evaluated or leads an evaluated unit. Two queries."""
    led = heading(on).filter(account=OuterRef(OuterRef("account")), post__unit=OuterRef("unit"))
    counted = Sheet.objects.counted().filter(campaign=OuterRef(OuterRef("pk")))
    evaluated = counted.filter(Q(person=OuterRef("account")) | Q(Exists(led), person=0))
    free = _seated(DECIDERS, on).filter(~Exists(evaluated), post__unit=OuterRef("unit"))
    rows = Campaign.objects.filter(~Exists(free), pk__in=ids, state=CampaignState.PROPOSED)
    found = {row.pk: _Blocked(row.unit) for row in rows.select_related("unit__present")}
    sheets = Sheet.objects.counted().filter(campaign__in=found).order_by()
    for campaign, unit, person in sheets.values_list("campaign", "unit", "person") if found else ():
        found[campaign].subjects.append((unit, person))
    return found


def _blocked_sheets(ids: Collection[int], on: date) -> dict[int, _Blocked]:
    """Sheets whose turn is the evaluating unit's, where nobody there may appraise. One query."""
    others = _seated(HEADS, on).filter(post__unit=OuterRef("unit")).exclude(account=OuterRef("person"))
    turn = Q(step=Step.UPPER) | Q(~Exists(others), step__in=(Step.COLLECTIVE, Step.VOTE))
    rows = _without_anybody(EVALUATORS, on).filter(turn, campaign__in=ids)
    return {row.pk: _Blocked(row.campaign.unit, [(row.unit_id, row.person)]) for row in rows}


def _blocked_appeals(ids: Collection[int], on: date) -> dict[int, _Blocked]:
    """Sheets with an appeal that no leader of the evaluating unit may answer. Two queries."""
    appeals = dict(
        Appeal.objects.filter(sheet__campaign__in=ids, answered_at=None).order_by("pk").values_list("sheet", "by")
    )
    rows = _without_anybody(DECIDERS, on, *appeals.values()).filter(pk__in=appeals) if appeals else ()
    return {row.pk: _Blocked(row.campaign.unit, [(row.unit_id, row.person)], {appeals[row.pk]}) for row in rows}


def _without_anybody(roles: Collection[str], on: date, *besides: int) -> QuerySet[Sheet]:
    """Sheets at whose evaluating unit all who hold such a post are evaluated, lead the unit of the sheet or are among
    `besides`."""
    led = heading(on).filter(account=OuterRef("account"), post__unit=OuterRef(OuterRef("unit")))
    free = _seated(roles, on).filter(~Exists(led), post__unit=OuterRef("campaign__unit"))
    free = free.exclude(account=OuterRef("person")).exclude(account__in=besides)
    return Sheet.objects.filter(~Exists(free)).select_related("campaign__unit__present")
