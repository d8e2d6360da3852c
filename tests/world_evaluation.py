"""Evaluations around north: by the bloc with north as the subject, by north with its unit north1, and a commendation
that north proposes to the bloc."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from trienkhai.evaluation import actions
from trienkhai.evaluation.models import AboveMark, Appeal, Campaign, CampaignState, Sheet, Step
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import NOON

if TYPE_CHECKING:
    from tests.world import World


def evaluation_objects(world: World) -> dict[str, int | str]:
    """Ids by the names under which addresses take them."""
    tree, lead, bloc = world.tree, world.person(Role.LEADER, "own"), world.person(Role.LEADER, "bloc")
    asked = actions.open_campaign(tree.bloc, "2017-Q1", [tree.north], by=bloc, at=NOON).sheets.get()
    voted = actions.open_campaign(tree.bloc, "2017", [tree.north], by=bloc, at=NOON).sheets.get()
    campaign = actions.open_campaign(tree.north, "2017-Q1", [tree.north1], by=lead, at=NOON)
    proposed = actions.open_campaign(tree.north, "2017", [tree.north1], by=lead, at=NOON)
    upper = campaign.sheets.get()
    Sheet.objects.filter(pk=voted.pk).update(step=Step.VOTE, present=3, cast=3, votes={"good": 3})
    _put(upper, step=Step.UPPER, figures=upper.figures | {"above": {"yes": [], "no": [world.assignment.pk]}})
    AboveMark.objects.create(campaign=campaign, assignment=world.assignment, ground="Vượt", by=lead, at=NOON)
    _put(proposed.sheets.get(), step=Step.READY)
    actions.propose_levels(proposed.pk, by=lead, at=NOON)
    answered = _decided(tree.north, tree.north1, campaign)
    Appeal.objects.create(sheet=answered, text="Chưa đúng", by=world.person(Role.FOCAL, "bloc"), at=NOON)
    file = actions.propose_commendation(
        tree.north,
        kind="cell",
        name="Chi bộ Một",
        form="praise",
        year=2017,
        achievement="Hoàn thành sớm",
        by=world.person(Role.FOCAL, "own"),
        at=NOON,
    )
    return {
        "asked_sheet": asked.pk,
        "voted_sheet": voted.pk,
        "evaluation": campaign.pk,
        "upper_sheet": upper.pk,
        "proposed_evaluation": proposed.pk,
        "decided_evaluation": answered.campaign_id,
        "decided_sheet": _decided(tree.bloc, tree.north, campaign).pk,
        "appealed_sheet": answered.pk,
        "figure": "done",
        "commendation": file.pk,
    }


def _put(sheet: Sheet, **fields: Any) -> None:
    Sheet.objects.filter(pk=sheet.pk).update(**fields)


def _decided(by: Unit, subject: Unit, like: Campaign) -> Sheet:
    """A result of the year before, for which no norm is shipped."""
    campaign = Campaign.objects.create(
        unit=by,
        code="2016",
        starts_on=date(2016, 1, 1),
        ends_on=date(2016, 12, 31),
        denominator=like.denominator,
        norms=like.norms,
        state=CampaignState.DECIDED,
        opened_by=like.opened_by,
        opened_at=NOON,
        decided_by=like.opened_by,
        decided_on=NOON.date(),
    )
    proposal = {"score": "80", "own": "good", "level": "good", "reasons": []}
    return Sheet.objects.create(
        campaign=campaign, unit=subject, name=subject.name, step=Step.DECIDED, level="good", proposal=proposal
    )
