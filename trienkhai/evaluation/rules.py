"""Who sees sheets and results, who fills, votes, appraises, proposes, decides, appeals and answers.

Evaluation is sensitive personal data. Before the decision a sheet is read by its subject, by those who fill it and by
the evaluating unit; decided, also by those who guide a branch above. An inspector reads decided ones only.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import YES, Verdict, no, yes
from trienkhai.documents.rules_drafting import can_draft
from trienkhai.evaluation.climbing import (
    ACT,
    DECIDERS,
    EVALUATORS,
    HEADS,
    OWN,
    acting_unit,
    climbed_to,
    concerned,
    heading,
)
from trienkhai.evaluation.models import Campaign, CampaignState, Sheet, Step
from trienkhai.evaluation.models.campaign import SheetQuerySet
from trienkhai.orgs.models import Holding, Unit
from trienkhai.orgs.queries import standing_for
from trienkhai.orgs.rules import BRANCH_READERS, Reach, holding_at, reach_of, work_reach
from trienkhai.people.models import Account


def evaluating_ids(account: Account, on: date) -> set[int]:
    """Units for which the person evaluates those below, also those from which such a unit took over."""
    taken_over = Reach(reach_of(account, on).earlier).of(*EVALUATORS).able(ACT)
    return unit_ids(account, on, *EVALUATORS) | {grant.unit_id for grant in taken_over.grants}


def unit_ids(account: Account, on: date, *roles: str) -> set[int]:
    """Units where the person holds a post of these roles by which evaluating may be done."""
    return {grant.unit_id for grant in reach_of(account, on).of(*roles).able(ACT).grants}


def evaluating_units(account: Account, on: date) -> list[Unit]:
    ids = evaluating_ids(account, on)
    return list(Unit.objects.filter(pk__in=ids, closed_on__gt=on).select_related("present").order_by("path"))


def visible_sheets(account: Account, on: date) -> SheetQuerySet:
    own = (
        Q(account=account)
        | Q(person=0, unit__in=unit_ids(account, on, *OWN))
        | Q(unit__in=unit_ids(account, on, *HEADS))
    )
    led = Q(campaign__unit__in=evaluating_ids(account, on))
    above = work_reach(account, on).of(*BRANCH_READERS).q("campaign__unit__path")
    climbed = climbed_to(account, on)
    came_up = Q(campaign__in=climbed.campaigns) | Q(pk__in=climbed.sheets)
    return Sheet.objects.filter(own | led | came_up | (above & Q(campaign__state=CampaignState.DECIDED)))


def visible_campaigns(account: Account, on: date) -> QuerySet[Campaign]:
    """Those with a sheet in sight, and those of units for which the person evaluates."""
    seen = visible_sheets(account, on).order_by().values("campaign")
    return Campaign.objects.filter(Q(unit__in=evaluating_ids(account, on)) | Q(pk__in=seen))


def is_own(account: Account, sheet: Sheet, on: date) -> bool:
    """Is it the person's own sheet, or that of the own unit? Reading it is then no act."""
    if sheet.person:
        return sheet.person == account.pk
    return sheet.unit_id in unit_ids(account, on, *OWN)


def reads_result(account: Account, campaign: Campaign, on: date) -> Verdict:
    """The list of all subjects with points and levels: for the evaluating unit, and decided for those above."""
    if campaign.unit_id in evaluating_ids(account, on):
        return YES
    above = work_reach(account, on).of(*BRANCH_READERS).covers(campaign.unit.path)
    if above and (campaign.state == CampaignState.DECIDED or campaign.pk in climbed_to(account, on).campaigns):
        return YES
    return no(_("The list of results is read by the evaluating unit, and by those above once it is decided."))


def can_open(account: Account, unit: Unit, on: date) -> Verdict:
    if unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    holding = holding_at(account, unit, EVALUATORS, on, ACT)
    return yes(holding) if holding else no(_("A leader or an officer of %(unit)s evaluates.") % {"unit": unit})


def frozen(campaign: Campaign) -> Verdict:
    """No, with the sentence for whoever would change a frozen result."""
    if campaign.state != CampaignState.DECIDED:
        return YES
    said = _("The result was frozen on %(day)s: it is not opened again, a correction goes by an appeal.")
    return no(said % {"day": f"{campaign.decided_on:%d/%m/%Y}"})


def can_fill(account: Account, sheet: Sheet, on: date) -> Verdict:
    """Whose turn it is: the subject, the heads of the unit, the evaluating unit. Nobody appraises the own sheet."""
    if not (still := frozen(sheet.campaign)):
        return still
    if sheet.step == Step.SELF:
        return _can_tell_self(account, sheet, on)
    if sheet.step in (Step.COLLECTIVE, Step.VOTE):
        return _can_speak_for_collective(account, sheet, on)
    if sheet.step == Step.UPPER:
        return _can_appraise(account, sheet, on)
    return no(_("This sheet is not being filled."))


def _can_tell_self(account: Account, sheet: Sheet, on: date) -> Verdict:
    if sheet.person:
        if sheet.person == account.pk:
            return YES
        return no(_("%(name)s fills this sheet first.") % {"name": sheet.name})
    holding = holding_at(account, sheet.unit_id, OWN, on, ACT)
    return yes(holding) if holding else no(_("The people of %(name)s fill this sheet first.") % {"name": sheet.unit})


def _can_speak_for_collective(account: Account, sheet: Sheet, on: date) -> Verdict:
    """A head of the unit other than the subject; where there is none in a seat, the evaluating unit."""
    subject = {sheet.person} if sheet.person else set()
    if holding := holding_at(account, sheet.unit_id, HEADS, on, ACT, besides=subject):
        return yes(holding)
    seated = heading(on).seated().filter(post__unit=sheet.unit_id, account__is_active=True)
    if not seated.exclude(account=sheet.person).exists():
        return _can_appraise(account, sheet, on)
    return no(_("The secretary or a leader of %(unit)s tells the opinion of the collective.") % {"unit": sheet.unit})


def acts(
    account: Account, unit: Unit, roles: Collection[str], claim: Collection[int], on: date
) -> tuple[Holding | None, Unit]:
    """The holding by which the person takes a step of the evaluating unit, and the unit that takes it."""
    if holding := holding_at(account, unit, roles, on, ACT, besides=claim):
        return holding, unit
    acting = acting_unit(unit, roles, claim, on)
    return (holding_at(account, acting, roles, on, ACT, besides=claim) if acting.pk != unit.pk else None), acting


def _can_appraise(account: Account, sheet: Sheet, on: date) -> Verdict:
    if sheet.person and sheet.person == account.pk:
        return no(_("Nobody appraises the own sheet."))
    subject = concerned([sheet], on)
    if account.pk in subject:
        return no(_("Whoever belongs to a unit does not appraise it."))
    holding, unit = acts(account, sheet.campaign.unit, EVALUATORS, subject, on)
    return (
        yes(holding) if holding else no(_("A leader or an officer of %(unit)s appraises this sheet.") % {"unit": unit})
    )


def can_send_back(account: Account, sheet: Sheet, on: date) -> Verdict:
    """Back to the self-evaluation, by the evaluating unit until the decision."""
    if not (still := frozen(sheet.campaign)):
        return still
    if sheet.step not in (Step.UPPER, Step.READY):
        return no(_("The sheet has not come up yet."))
    return _can_appraise(account, sheet, on)


def can_leave_out(account: Account, sheet: Sheet, on: date) -> Verdict:
    if not (still := frozen(sheet.campaign)):
        return still
    if sheet.step == Step.LEFT_OUT:
        return no(_("This subject is not evaluated."))
    return _can_appraise(account, sheet, on)


def can_mark_above(account: Account, sheet: Sheet, on: date) -> Verdict:
    """Marking results above requirement: the evaluating unit, while the sheet may still change."""
    if not (still := frozen(sheet.campaign)):
        return still
    if sheet.step in (Step.LEFT_OUT, Step.DECIDED):
        return no(_("This sheet is not being filled."))
    return _can_appraise(account, sheet, on)


def can_propose(account: Account, campaign: Campaign, on: date) -> Verdict:
    return can_open(account, campaign.unit, on) if (still := frozen(campaign)) else still


def can_decide(account: Account, campaign: Campaign, on: date) -> Verdict:
    """A leader of the evaluating unit, neither evaluated here nor of a unit that is, nor in the name of such; of
    the next unit above where nobody else is left."""
    if not (still := frozen(campaign)):
        return still
    if campaign.state != CampaignState.PROPOSED:
        return no(_("First the levels are proposed."))
    subjects = concerned(campaign.sheets.counted().only("unit", "person"), on)
    if account.pk in subjects:
        return no(_("Who is evaluated here does not decide here."))
    holding, unit = acts(account, campaign.unit, DECIDERS, subjects, on)
    return yes(holding) if holding else no(_("A leader of %(unit)s decides.") % {"unit": unit})


def can_appeal(account: Account, sheet: Sheet, on: date) -> Verdict:
    """The subject, within the days of the norm, one appeal at a time."""
    if sheet.step != Step.DECIDED:
        return no(_("There is no decided level yet."))
    if not sheet.campaign.may_be_appealed(on):
        said = _("The time for appeals ended on %(day)s.")
        return no(said % {"day": f"{sheet.campaign.appeals_until:%d/%m/%Y}"})
    if sheet.appeals.filter(answered_at=None).exists():
        return no(_("An appeal waits for its answer."))
    if sheet.person:
        return YES if sheet.person == account.pk else no(_("Only who was evaluated appeals."))
    holding = holding_at(account, sheet.unit_id, HEADS, on, ACT)
    return yes(holding) if holding else no(_("Only who was evaluated appeals."))


def can_answer(account: Account, sheet: Sheet, on: date) -> Verdict:
    """A leader of the evaluating unit, never on an appeal of the own unit, nor in the name of such; of
    the next unit above where nobody else is left."""
    waiting = sheet.appeals.filter(answered_at=None).first()
    if waiting is None:
        return no(_("No appeal waits for an answer."))
    concerned_here = concerned([sheet], on) | {waiting.by_id}
    if account.pk in concerned_here:
        return no(_("Nobody answers the own appeal."))
    holding, unit = acts(account, standing_for(sheet.campaign.unit, on), DECIDERS, concerned_here, on)
    return yes(holding) if holding else no(_("A leader of %(unit)s answers.") % {"unit": unit})


def listed(campaign: Campaign) -> Verdict:
    """Is there a list for the decision yet?"""
    return no(_("First the levels are proposed.")) if campaign.state == CampaignState.OPEN else YES


def can_draft_list(account: Account, campaign: Campaign, on: date) -> Verdict:
    """The decided list as a draft: whoever evaluates and drafts documents for the unit.

    All who draft for the unit read a draft, so nothing undecided goes into one; before, the list is a file.
    """
    if campaign.state != CampaignState.DECIDED:
        return no(_("The list becomes a draft once the levels are decided."))
    writes = can_draft(account, campaign.unit, on)
    return can_open(account, campaign.unit, on) if writes else writes
