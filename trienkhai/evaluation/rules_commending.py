"""Who sees files of commendation and the register, who proposes, gives an opinion, decides."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import YES, Verdict, no, yes
from trienkhai.evaluation.climbing import ACT, DECIDERS, EVALUATORS, OWN
from trienkhai.evaluation.climbing_commending import behind, climbed_files
from trienkhai.evaluation.models import Commendation, CommendationState
from trienkhai.evaluation.rules import acts, evaluating_ids
from trienkhai.orgs.models import Relation, Unit
from trienkhai.orgs.rules import CONTENT_READERS, holding_at, reach_of, work_reach
from trienkhai.people.models import Account


def proposing_units(account: Account, on: date) -> list[Unit]:
    ids = {grant.unit_id for grant in reach_of(account, on).of(*OWN).able(ACT).grants}
    return list(Unit.objects.filter(pk__in=ids, closed_on__gt=on).select_related("present").order_by("path"))


def visible_commendations(account: Account, on: date) -> QuerySet[Commendation]:
    """Of own units and of units for which the person decides or prepares, what came up to be decided; what was
    commended also in the branch."""
    own = {grant.unit_id for grant in reach_of(account, on).of(*OWN).grants}
    prepared = evaluating_ids(account, on)
    given = Q(state=CommendationState.DECIDED)
    branch = work_reach(account, on).q("decider__path") | work_reach(account, on).q("unit__path")
    came_up = Q(pk__in=climbed_files(account, on))
    return Commendation.objects.filter(Q(unit__in=own) | Q(decider__in=prepared) | came_up | (branch & given))


def reads_register(account: Account, on: date) -> bool:
    return reach_of(account, on).has(*CONTENT_READERS)


def can_propose(account: Account, unit: Unit, on: date) -> Verdict:
    if unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    holding = holding_at(account, unit, OWN, on, ACT)
    return yes(holding) if holding else no(_("The people of %(name)s propose for it.") % {"name": unit})


def decider_for(unit: Unit) -> Unit | None:
    """The unit directly above, of an attached body too; for a root the unit itself. None: it decides for nobody."""
    if unit.present is None or unit.present.relation == Relation.EXTERNAL:
        return None
    if unit.present.parent_id:
        return Unit.objects.select_related("present").get(pk=unit.present.parent_id)
    return unit


def _open(row: Commendation) -> Verdict:
    return YES if row.state == CommendationState.PROPOSED else no(_("This file was decided already."))


def can_change(account: Account, row: Commendation, on: date) -> Verdict:
    """Adding evidence: the proposing unit, until the decision."""
    return can_propose(account, row.unit, on) if (there := _open(row)) else there


def can_give_opinion(account: Account, row: Commendation, on: date) -> Verdict:
    if not (there := _open(row)):
        return there
    holding = holding_at(account, row.decider, EVALUATORS, on, ACT)
    said = _("A leader or an officer of %(unit)s gives an opinion.")
    return yes(holding) if holding else no(said % {"unit": row.decider})


def can_decide(account: Account, row: Commendation, on: date) -> Verdict:
    """A leader of the deciding unit who did not propose, does not belong to the unit commended and is not commended,
    nor acts in the name of such; of the next unit above where nobody else is left."""
    if not (there := _open(row)):
        return there
    if row.proposed_by_id == account.pk:
        return no(_("Who proposed does not decide."))
    aside = behind(row, on)
    if account.pk in aside:
        return no(_("Whoever is commended, or belongs to the unit commended, does not decide."))
    holding, unit = acts(account, row.decider, DECIDERS, aside, on)
    return yes(holding) if holding else no(_("A leader of %(unit)s decides.") % {"unit": unit})
