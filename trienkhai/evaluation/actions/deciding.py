"""Levels are proposed, decided and frozen in one act; then the list goes out as a draft."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import begin_draft, change_draft
from trienkhai.documents.actions.drafting import WORDS
from trienkhai.documents.models import Draft
from trienkhai.documents.queries.drafts import habits_of
from trienkhai.evaluation import rules
from trienkhai.evaluation.actions.locking import locked_campaign, note_campaign, said, tell_subjects
from trienkhai.evaluation.models import Campaign, CampaignState, Sheet, Step
from trienkhai.evaluation.norms import appeals_until
from trienkhai.evaluation.papers import body_of, title_of
from trienkhai.evaluation.queries.integrity import digest_of, scored
from trienkhai.evaluation.queries.sheets import proposals_of
from trienkhai.people.models import Account


@transaction.atomic
def propose_levels(campaign_id: int, *, by: Account, at: datetime) -> Campaign:
    """Score every sheet, apply thresholds, conditions and the ceiling; each proposal keeps its reasons.

    Raises Refused while a sheet is still under way, naming it: it is waited for, or left out with a reason.
    """
    campaign = locked_campaign(campaign_id)
    verdict = rules.can_propose(by, campaign, day_of(at)).require()
    sheets = scored(campaign)
    waiting = [sheet for sheet in sheets if sheet.step != Step.READY]
    if waiting:
        names = "; ".join(sheet.name for sheet in waiting[:5]) + ("…" if len(waiting) > 5 else "")
        raise Refused(_("%(n)s sheets are not appraised yet: %(names)s.") % {"n": len(waiting), "names": names})
    if not sheets:
        raise Refused(_("There is no sheet to be ranked."))
    proposals, campaign.ceilings = proposals_of(campaign, sheets)
    for sheet in sheets:
        sheet.proposal = proposals[sheet.pk]
    Sheet.objects.bulk_update(sheets, ["proposal"])
    campaign.state = CampaignState.PROPOSED
    campaign.save(update_fields=["state", "ceilings"])
    note_campaign("proposed", campaign, verdict, by, at, subjects=len(sheets))
    return campaign


@transaction.atomic
def decide(
    campaign_id: int, levels: Mapping[int, str], reasons: Mapping[int, str], *, by: Account, at: datetime
) -> Campaign:
    """The leader decides every level; nothing of the result changes afterwards.

    levels, reasons: by sheet; what is not named is decided as proposed. Raises Refused; ValidationError where a level
    is unknown or differs from the proposal without a reason (`level_<sheet>`, `reason_<sheet>`).
    """
    campaign = locked_campaign(campaign_id)
    verdict = rules.can_decide(by, campaign, day_of(at)).require()
    known = {row["code"] for row in campaign.levels}
    sheets, faults = scored(campaign), dict[str, str]()
    for sheet in sheets:
        sheet.level = levels.get(sheet.pk) or sheet.proposal["level"]
        given = reasons.get(sheet.pk, "").strip()
        if sheet.level not in known:
            faults[f"level_{sheet.pk}"] = _("There is no such level.")
        elif sheet.level == sheet.proposal["level"]:
            sheet.reason = ""
        else:
            try:
                sheet.reason = said(given, f"reason_{sheet.pk}", _("Say why otherwise than proposed."))
            except ValidationError as fault:
                faults |= {name: errors[0] for name, errors in fault.message_dict.items()}
        sheet.step = Step.DECIDED
    if faults:
        raise ValidationError(faults)
    Sheet.objects.bulk_update(sheets, ["level", "reason", "step"])
    on = day_of(at)
    campaign.state, campaign.decided_by, campaign.decided_on = CampaignState.DECIDED, by, on
    campaign.appeals_until = appeals_until(on, campaign.unit.path or "")
    campaign.digest = digest_of(campaign)
    campaign.save()
    differing = sum(bool(sheet.reason) for sheet in sheets)
    act = note_campaign(
        "decided", campaign, verdict, by, at, digest=campaign.digest, subjects=len(sheets), differing=differing
    )
    tell_subjects(
        campaign, campaign.sheets.filter(step=Step.DECIDED).select_related("holding"), "evaluation_decided", at, act
    )
    return campaign


@transaction.atomic
def draft_list(campaign_id: int, *, by: Account, at: datetime) -> Draft:
    """The decided list as a draft in the official layout. Raises Refused.

    Asked again while that draft is open, its body tells the list as it stands now, with what appeals changed, in a new
    version of the draft; once it is issued or put aside, a new draft begins.
    """
    campaign = locked_campaign(campaign_id)
    verdict = rules.can_draft_list(by, campaign, day_of(at)).require()
    body = body_of(campaign)
    if campaign.paper and campaign.paper.is_open:
        written = {name: getattr(campaign.paper, name) for name in WORDS}
        return change_draft(campaign.paper.pk, written | {"body": body}, base=campaign.paper.version, by=by, at=at)
    words = habits_of(campaign.unit) | {"kind": "report", "title": title_of(campaign), "body": body}
    campaign.paper = begin_draft(campaign.unit, words, by=by, at=at)
    campaign.save(update_fields=["paper"])
    note_campaign("list_drafted", campaign, verdict, by, at)
    return campaign.paper
