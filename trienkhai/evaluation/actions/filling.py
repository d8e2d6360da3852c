"""A sheet goes its way: points and words of each step, the vote, marks above requirement, back or left out."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.evaluation import climbing, rules
from trienkhai.evaluation.actions.locking import figure, locked_sheet, note, said
from trienkhai.evaluation.models import INVALID, AboveMark, CampaignState, Points, Sheet, Step
from trienkhai.evaluation.queries.sheets import SCORED, by_hand, confirmations, missing_in
from trienkhai.notices.actions import tell, tell_people
from trienkhai.people.models import Account
from trienkhai.tasks.models import Assignment, State

NEXT = {Step.SELF: Step.COLLECTIVE, Step.COLLECTIVE: Step.VOTE, Step.VOTE: Step.UPPER, Step.UPPER: Step.READY}


@transaction.atomic
def give_points(
    sheet_id: int,
    points: Mapping[str, Decimal | None],
    *,
    words: str = "",
    confirmed: Mapping[str, bool] | None = None,
    by: Account,
    at: datetime,
) -> Sheet:
    """What the present step says: points by criterion (None: taken back), words, in the appraisal the conditions.

    Raises Refused; ValidationError for points beyond those of the criterion, one that is computed or unknown.
    """
    sheet = locked_sheet(sheet_id)
    verdict = rules.can_fill(by, sheet, day_of(at)).require()
    if sheet.step not in SCORED:
        raise Refused(_("In this step votes are counted, points were given before."))
    known = {row["code"]: row for row in by_hand(sheet)}
    for code, number in points.items():
        if code not in known:
            raise ValidationError({f"c_{code}": _("This criterion is not filled by hand.")})
        if number is not None and not 0 <= number <= known[code]["points"]:
            most = known[code]["points"]
            raise ValidationError({f"c_{code}": _("From 0 to %(most)s points.") % {"most": most}})
    for code, number in points.items():
        if number is None:
            sheet.points.filter(step=sheet.step, code=code).delete()
        else:
            Points.objects.update_or_create(sheet=sheet, step=sheet.step, code=code, defaults={"points": number})
    if words.strip():
        sheet.words[sheet.step] = said(words, "words", "")
    else:
        sheet.words.pop(sheet.step, None)
    if sheet.step == Step.UPPER and confirmed is not None:
        asked = {row["confirm"] for row in confirmations(sheet)}
        sheet.confirmed = {code: bool(yes) for code, yes in confirmed.items() if code in asked}
    sheet.save(update_fields=["words", "confirmed"])
    note("points_given", sheet, verdict, by, at, step=sheet.step)
    return sheet


@transaction.atomic
def pass_on(sheet_id: int, *, by: Account, at: datetime) -> Sheet:
    """To the next step, with the figures of the day. Raises Refused, naming every criterion that nobody filled.

    The points of a step are the starting point of the next one.
    """
    sheet = locked_sheet(sheet_id)
    verdict = rules.can_fill(by, sheet, day_of(at)).require()
    asked = len(by_hand(sheet))
    figure(sheet, day_of(at))
    if sheet.step in SCORED and (missing := missing_in(sheet, sheet.step)):
        said_ = _("Nobody has filled: %(names)s. The sheet stays in this step.")
        sentence = said_ % {"names": "; ".join(f"“{name}”" for name in missing)}
        if len(by_hand(sheet)) > asked:
            sentence += " " + _("A figure has no rows any more: read the figures anew, then fill its criterion.")
        raise Refused(sentence)
    if sheet.step == Step.VOTE and not sheet.cast:
        raise Refused(_("First the tally of the vote is entered."))
    before, sheet.step = sheet.step, NEXT[Step(sheet.step)]
    _carry_points(sheet, before)
    sheet.save(update_fields=["step", "figures", "figured_on"])
    act = note("passed_on", sheet, verdict, by, at, step=sheet.step)
    if sheet.step == Step.UPPER:
        words = {"unit": sheet.unit.short_name, "period": sheet.campaign.code}
        url = reverse("evaluation:sheet", args=[sheet.pk])
        claim = climbing.concerned([sheet], day_of(at))
        acting = climbing.acting_unit(sheet.campaign.unit, climbing.EVALUATORS, claim, day_of(at))
        tell(acting.pk, climbing.EVALUATORS, "evaluation_came", url=url, at=at, act=act.pk, **words)
    return sheet


def _carry_points(sheet: Sheet, before: str) -> None:
    source = Step.COLLECTIVE if before == Step.VOTE else before
    if sheet.step not in SCORED or sheet.points.filter(step=sheet.step).exists():
        return
    rows = sheet.points.filter(step=source).order_by("pk")
    Points.objects.bulk_create(Points(sheet=sheet, step=sheet.step, code=row.code, points=row.points) for row in rows)


@transaction.atomic
def tell_vote(sheet_id: int, *, present: int, votes: Mapping[str, int], by: Account, at: datetime) -> Sheet:
    """The vote on the level by its tally; nobody's vote is stored. votes: by level, and `invalid`.

    Raises Refused; ValidationError for more votes than were present, none at all, an unknown level.
    """
    sheet = locked_sheet(sheet_id)
    verdict = rules.can_fill(by, sheet, day_of(at)).require()
    if sheet.step != Step.VOTE:
        raise Refused(_("The sheet is not at the vote."))
    known = {row["code"] for row in sheet.campaign.levels} | {INVALID}
    if set(votes) - known or any(number < 0 for number in (present, *votes.values())):
        raise ValidationError({"present": _("This is not a number of people.")})
    cast = sum(votes.values())
    if cast > present:
        sentence = _("%(cast)s votes, but only %(present)s were present.")
        raise ValidationError({"present": sentence % {"cast": cast, "present": present}})
    if not cast:
        raise ValidationError({"present": _("Write how the votes fell.")})
    sheet.present, sheet.cast, sheet.votes = present, cast, {code: votes.get(code, 0) for code in sorted(known)}
    sheet.save(update_fields=["present", "cast", "votes"])
    note("vote_told", sheet, verdict, by, at, present=present, cast=cast)
    return sheet


@transaction.atomic
def read_figures(sheet_id: int, *, by: Account, at: datetime) -> Sheet:
    """The figures as of now, by whose turn it is. Points given for a criterion that is now computed count no more."""
    sheet = locked_sheet(sheet_id)
    verdict = rules.can_fill(by, sheet, day_of(at)).require()
    figure(sheet, day_of(at))
    sheet.save(update_fields=["figures", "figured_on"])
    note("figures_read", sheet, verdict, by, at)
    return sheet


@transaction.atomic
def send_back(sheet_id: int, *, reason: str, by: Account, at: datetime) -> Sheet:
    """Back to the self-evaluation with a reason; points stay where they were given. A proposal made is void."""
    words = said(reason, "reason", _("Say why."))
    sheet = locked_sheet(sheet_id)
    verdict = rules.can_send_back(by, sheet, day_of(at)).require()
    sheet.step, sheet.proposal = Step.SELF, {}
    sheet.present, sheet.cast, sheet.votes = 0, 0, {}
    sheet.words["returned"] = words
    sheet.points.exclude(step=Step.SELF).delete()
    sheet.save()
    _void(sheet)
    act = note("sent_back", sheet, verdict, by, at, personal={"reason": words})
    told = {"unit": sheet.campaign.unit.short_name, "period": sheet.campaign.code}
    url = reverse("evaluation:sheet", args=[sheet.pk])
    if sheet.holding:
        tell_people({sheet.person: sheet.holding.post_id}, "evaluation_returned", url=url, at=at, act=act.pk, **told)
    else:
        tell(sheet.unit_id, climbing.HEADS, "evaluation_returned", url=url, at=at, act=act.pk, **told)
    return sheet


def _void(sheet: Sheet) -> None:
    """Whatever was proposed was reckoned with this sheet as it stood."""
    if sheet.campaign.state == CampaignState.PROPOSED:
        sheet.campaign.state, sheet.campaign.ceilings = CampaignState.OPEN, {}
        sheet.campaign.save(update_fields=["state", "ceilings"])
        sheet.campaign.sheets.update(proposal={})


@transaction.atomic
def leave_out(sheet_id: int, *, reason: str, by: Account, at: datetime) -> Sheet:
    """This subject gets no level, for a reason: too short a time, on leave, ended. It leaves the denominator."""
    words = said(reason, "reason", _("Say why."))
    sheet = locked_sheet(sheet_id)
    verdict = rules.can_leave_out(by, sheet, day_of(at)).require()
    sheet.step, sheet.reason, sheet.proposal = Step.LEFT_OUT, words, {}
    sheet.save(update_fields=["step", "reason", "proposal"])
    _void(sheet)
    note("left_out", sheet, verdict, by, at, personal={"reason": words})
    return sheet


@transaction.atomic
def mark_above(sheet_id: int, assignment_id: int, *, ground: str, by: Account, at: datetime) -> AboveMark:
    """A done assignment of the subject's unit is above requirement, with the ground; marked again, the ground changes.

    It counts on every sheet of that unit from the next reading of figures on; on this one at once.
    """
    words = said(ground, "ground", _("Say on which ground."))
    sheet = locked_sheet(sheet_id)
    verdict = rules.can_mark_above(by, sheet, day_of(at)).require()
    _of_sheet(sheet, assignment_id)
    mark, _made = AboveMark.objects.update_or_create(
        campaign=sheet.campaign, assignment_id=assignment_id, defaults={"ground": words, "by": by, "at": at}
    )
    _figure_all(sheet, at)
    note("marked_above", sheet, verdict, by, at, assignment=assignment_id, personal={"ground": words})
    return mark


@transaction.atomic
def unmark_above(sheet_id: int, assignment_id: int, *, by: Account, at: datetime) -> None:
    sheet = locked_sheet(sheet_id)
    verdict = rules.can_mark_above(by, sheet, day_of(at)).require()
    AboveMark.objects.get(campaign=sheet.campaign, assignment=assignment_id).delete()
    _figure_all(sheet, at)
    note("unmarked_above", sheet, verdict, by, at, assignment=assignment_id)


def _of_sheet(sheet: Sheet, assignment_id: int) -> None:
    campaign = sheet.campaign
    rows = Assignment.objects.filter(pk=assignment_id, held_by=sheet.unit, state=State.DONE)
    if not rows.filter(due_on__gte=campaign.starts_on, due_on__lte=campaign.ends_on).exists():
        raise Refused(_("Only a task of this unit that is done and was due in the period can be above requirement."))


def _figure_all(sheet: Sheet, at: datetime) -> None:
    """All sheets of the unit have the same figures; what was proposed is void."""
    figure(sheet, day_of(at))
    rows = sheet.campaign.sheets.filter(unit=sheet.unit)
    rows.update(figures=sheet.figures, figured_on=sheet.figured_on)
    _void(sheet)
