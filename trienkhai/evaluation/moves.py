"""When a unit ends, its open sheets are left out of their evaluations; what it evaluates itself, and files of
commendation that wait, go on at its successor. Frozen results stay where they were decided."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.evaluation.models import Campaign, CampaignState, Commendation, CommendationState, Sheet, Step
from trienkhai.orgs import journal
from trienkhai.orgs.succession import CLOSE, CONTINUE, UP, Carrier, Ending, Kind, Move

OVER = (Step.DECIDED, Step.LEFT_OUT)


def _count(move: Move) -> dict[str, int]:
    rows = Sheet.objects.filter(paths.within(move.new_path, "unit__path")).exclude(step__in=OVER)
    return {"evaluation_sheets": rows.count()}


def _sheets(ending: Ending) -> QuerySet[Sheet]:
    return Sheet.objects.filter(unit=ending.unit).exclude(step__in=OVER)


def _campaigns(ending: Ending) -> QuerySet[Campaign]:
    return Campaign.objects.filter(unit=ending.unit).exclude(state=CampaignState.DECIDED)


def _proposed(ending: Ending) -> QuerySet[Commendation]:
    mine = Q(unit=ending.unit) | Q(decider=ending.unit)
    return Commendation.objects.filter(mine, state=CommendationState.PROPOSED)


SHEETS = Kind("evaluation_sheets", gettext_lazy("evaluation sheets not decided"), (CLOSE,), _sheets)
CAMPAIGNS = Kind("evaluations", gettext_lazy("evaluations not decided"), (CONTINUE, UP), _campaigns)
COMMENDATIONS = Kind("commendations", gettext_lazy("commendations proposed"), (CONTINUE, UP), _proposed)


def _needs_decision(ending: Ending) -> list[str]:
    """Two evaluations of one period cannot become one."""
    found = []
    for heir, ids in CAMPAIGNS.shares(ending):
        codes = Campaign.objects.filter(pk__in=ids).values("code")
        for row in Campaign.objects.filter(unit=heir, code__in=codes).order_by("code"):
            words = {"unit": heir, "code": row.code}
            found.append(_("%(unit)s evaluates %(code)s too: decide one of the two first.") % words)
    return found


def _lock(ending: Ending) -> None:
    """Whatever the other actions write in these evaluations waits, as theirs is waited for: under the same lock."""
    touched = Q(pk__in=_sheets(ending).values("campaign")) | Q(pk__in=_campaigns(ending).values("pk"))
    list(Campaign.objects.filter(touched).select_for_update(of=("self",), no_key=True).order_by("pk"))


def _carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    _lock(ending)
    if SHEETS.closes(ending):
        touched = list(_sheets(ending).values_list("campaign", flat=True))
        journal.update(_sheets(ending), step=Step.LEFT_OUT, reason=str(_("The unit ended.")), proposal={})
        reckoned = Campaign.objects.filter(pk__in=touched, state=CampaignState.PROPOSED)
        ids = list(reckoned.values_list("pk", flat=True))
        journal.update(Sheet.objects.filter(campaign__in=ids), proposal={})
        journal.update(Campaign.objects.filter(pk__in=ids), state=CampaignState.OPEN, ceilings={})
    for heir, ids in CAMPAIGNS.shares(ending):
        journal.update(Campaign.objects.filter(pk__in=ids), unit=heir)
    for heir, ids in COMMENDATIONS.shares(ending):
        journal.update(Commendation.objects.filter(pk__in=ids, unit=ending.unit), unit=heir)
        journal.update(Commendation.objects.filter(pk__in=ids, decider=ending.unit), decider=heir)


carrier = Carrier(
    "evaluation",
    count=_count,
    kinds=(SHEETS, CAMPAIGNS, COMMENDATIONS),
    needs_decision=_needs_decision,
    carry_ending=_carry_ending,
)
