"""Steps of an evaluation that nobody at the evaluating unit may take, and where each goes instead.

Who is evaluated, or fills the sheet of an evaluated unit, neither appraises nor decides nor answers there, nor does
anybody in that name: where nobody else is left, the next unit above with somebody else does.
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
OWN = (*HEADS, Role.OFFICER, Role.FOCAL)
"""The posts by which the sheet of the own unit is filled."""
EVALUATORS = (Role.LEADER, Role.OFFICER)
DECIDERS = (Role.LEADER,)
ACT = "evaluate"


def heading(on: date) -> HoldingQuerySet:
    """The holdings by which units are led that day, those of delegates too."""
    return Holding.objects.on(on).filter(post__role__in=HEADS)


def belonging(on: date) -> HoldingQuerySet:
    """The holdings of those who fill the sheet of their unit that day, those of delegates too."""
    return Holding.objects.on(on).filter(post__role__in=OWN)


def concerned(sheets: Iterable[Sheet], on: date) -> set[int]:
    """In whose name nobody appraises, decides or answers here: who is evaluated, and the people of the unit.

    Of a person's sheet too: it goes by the figures of the unit, and colleagues speak in it for the collective.
    """
    return concerned_by({0: [(row.unit_id, row.person) for row in sheets]}, on)[0]


def concerned_by(subjects: Mapping[int, Collection[tuple[int, int]]], on: date) -> dict[int, set[int]]:
    """`concerned` for each key, from unit and person of its sheets. One query."""
    units = {unit for rows in subjects.values() for unit, _person in rows}
    people: dict[int, set[int]] = {}
    rows = belonging(on).filter(post__unit__in=units).values_list("post__unit", "account", "principal__account")
    for unit, *behind in rows if units else ():
        people.setdefault(unit, set()).update(one for one in behind if one)
    return {
        key: {one for unit, person in rows for one in {person, *people.get(unit, ())} if one}
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
        came_up(decided, account, leading, DECIDERS, on),
        came_up(_blocked_sheets(ids, on), account, grants, EVALUATORS, on),
        came_up(answered, account, leading, DECIDERS, on),
    )


@dataclass
class Blocked:
    """What may have nobody at the deciding unit. subjects: unit and person of its sheets. claim: further accounts."""

    unit: Unit
    subjects: list[tuple[int, int]] = field(default_factory=list)
    claim: set[int] = field(default_factory=set)


def came_up(
    blocked: Mapping[int, Blocked], account: Account, grants: Collection[Grant], roles: Collection[str], on: date
) -> frozenset[int]:
    """By key what goes to a unit of these grants, because nobody at its own may do it. Two queries where any is."""
    if not blocked:
        return frozenset()
    claims = concerned_by({key: one.subjects for key, one in blocked.items()}, on)
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


def seated(roles: Collection[str], on: date) -> HoldingQuerySet:
    return Holding.objects.on(on).seated().filter(post__role__in=roles, account__is_active=True)


def _blocked_campaigns(ids: Collection[int], on: date) -> dict[int, Blocked]:
    """Evaluations proposed at whose unit every leader is evaluated or belongs to an evaluated unit. Two queries."""
    own = belonging(on).filter(account=OuterRef(OuterRef("account")), post__unit=OuterRef("unit"))
    counted = Sheet.objects.counted().filter(campaign=OuterRef(OuterRef("pk")))
    evaluated = counted.filter(Q(person=OuterRef("account")) | Exists(own))
    free = seated(DECIDERS, on).filter(~Exists(evaluated), post__unit=OuterRef("unit"))
    rows = Campaign.objects.filter(~Exists(free), pk__in=ids, state=CampaignState.PROPOSED)
    found = {row.pk: Blocked(row.unit) for row in rows.select_related("unit__present")}
    sheets = Sheet.objects.counted().filter(campaign__in=found).order_by()
    for campaign, unit, person in sheets.values_list("campaign", "unit", "person") if found else ():
        found[campaign].subjects.append((unit, person))
    return found


def _blocked_sheets(ids: Collection[int], on: date) -> dict[int, Blocked]:
    """Sheets whose turn is the evaluating unit's, where nobody there may appraise. One query."""
    others = seated(HEADS, on).filter(post__unit=OuterRef("unit")).exclude(account=OuterRef("person"))
    turn = Q(step=Step.UPPER) | Q(~Exists(others), step__in=(Step.COLLECTIVE, Step.VOTE))
    rows = _without_anybody(EVALUATORS, on).filter(turn, campaign__in=ids)
    return {row.pk: Blocked(row.campaign.unit, [(row.unit_id, row.person)]) for row in rows}


def _blocked_appeals(ids: Collection[int], on: date) -> dict[int, Blocked]:
    """Sheets with an appeal that no leader of the evaluating unit may answer. Two queries."""
    appeals = dict(
        Appeal.objects.filter(sheet__campaign__in=ids, answered_at=None).order_by("pk").values_list("sheet", "by")
    )
    rows = _without_anybody(DECIDERS, on, *appeals.values()).filter(pk__in=appeals) if appeals else ()
    return {row.pk: Blocked(row.campaign.unit, [(row.unit_id, row.person)], {appeals[row.pk]}) for row in rows}


def _without_anybody(roles: Collection[str], on: date, *besides: int) -> QuerySet[Sheet]:
    """Sheets at whose evaluating unit all who hold such a post are evaluated, belong to the unit of the sheet or are
    among `besides`."""
    own = belonging(on).filter(account=OuterRef("account"), post__unit=OuterRef(OuterRef("unit")))
    free = seated(roles, on).filter(~Exists(own), post__unit=OuterRef("campaign__unit"))
    free = free.exclude(account=OuterRef("person")).exclude(account__in=besides)
    return Sheet.objects.filter(~Exists(free)).select_related("campaign__unit__present")
