"""Who sees a comparison of models, prepares it, answers for a unit and chooses."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.orgs import rules_reorganising as files
from trienkhai.orgs.models import Comparison, ComparisonState, Preference, Role, Unit, UnitOpinion
from trienkhai.orgs.rules import Person, holding_at, reach_of
from trienkhai.people.models import Account

ANSWERING = (Role.LEADER, Role.SECRETARY)
"""Whoever leads a unit answers for it; a cell is led by its secretary."""


def led_units(account: Person, on: date) -> set[int]:
    """Units for which the person may answer."""
    return {grant.unit_id for grant in reach_of(account, on).of(*ANSWERING).able(files.ACT).grants}


def offices_of(account: Person, on: date) -> set[int]:
    """Offices all of whose drafts the person sees."""
    grants = reach_of(account, on).of(*files.PREPARERS, Role.LEADER).able(files.ACT).grants
    return {grant.unit_id for grant in grants}


def visible_comparisons(account: Person, on: date) -> QuerySet[Comparison]:
    """For administrators, officers and leaders of the office; for a leader of a unit that was asked, those on which it
    was asked."""
    if not account.is_authenticated or not reach_of(account, on).grants:
        return Comparison.objects.none()
    asked = UnitOpinion.objects.filter(unit__in=led_units(account, on)).values("comparison")
    return Comparison.objects.filter(Q(office__in=offices_of(account, on)) | Q(pk__in=asked))


def visible_opinions(account: Person, comparison: Comparison, on: date) -> QuerySet[UnitOpinion]:
    """All for the office; for others those of the units that they lead."""
    rows = UnitOpinion.objects.filter(comparison=comparison)
    if comparison.office_id in offices_of(account, on):
        return rows
    return rows.filter(unit__in=led_units(account, on))


def sees_all(account: Person, comparison: Comparison, on: date) -> bool:
    """Does the person belong to the office that compares?"""
    return comparison.office_id in offices_of(account, on)


def opinions_to_give(account: Person, on: date) -> QuerySet[UnitOpinion]:
    """Opinions that units led by the person still owe."""
    rows = UnitOpinion.objects.filter(comparison__state=ComparisonState.ASKING, preference=Preference.UNANSWERED)
    return rows.filter(unit__in=led_units(account, on))


def can_compare(account: Account, office: Unit, on: date) -> Verdict:
    """Whoever prepares reorganisation files of the office compares them."""
    return files.can_prepare(account, office, on)


def can_change(account: Account, comparison: Comparison, on: date) -> Verdict:
    """Its words, the figures of cost, the trial; while it is prepared also its drafts."""
    if not comparison.is_under_way:
        return no(_("The comparison is closed."))
    return can_compare(account, comparison.office, on)


def can_change_drafts(account: Account, comparison: Comparison, on: date) -> Verdict:
    if comparison.state == ComparisonState.ASKING:
        return no(_("Opinions were asked on these drafts; others belong to another comparison."))
    return can_change(account, comparison, on)


def can_close(account: Account, comparison: Comparison, on: date) -> Verdict:
    if comparison.state != ComparisonState.ASKING:
        return no(_("No opinions are asked."))
    return can_compare(account, comparison.office, on)


def can_answer(account: Account, opinion: UnitOpinion, on: date) -> Verdict:
    """Who leads the unit, for the unit; also after the last day, until the office closes the comparison."""
    if opinion.comparison.state != ComparisonState.ASKING:
        return no(_("The comparison takes no opinions."))
    if opinion.unit.closed_on <= on:
        return no(_("The unit no longer stands."))
    holding = holding_at(account, opinion.unit, ANSWERING, on, files.ACT)
    return yes(holding) if holding else no(_("Only a leader of the unit answers for it."))


def can_choose(account: Account, comparison: Comparison, on: date) -> Verdict:
    if comparison.state == ComparisonState.CHOSEN:
        return no(_("A draft was chosen already."))
    holding = holding_at(account, comparison.office, [Role.LEADER], on, files.ACT)
    return yes(holding) if holding else no(_("Only a leader of the office chooses a draft."))


def can_choose_draft(account: Account, comparison: Comparison, prepared_by: int, on: date) -> Verdict:
    """Nobody chooses a draft that they prepared, nor in the name of its author."""
    verdict = can_choose(account, comparison, on)
    if not verdict:
        return verdict
    holding = holding_at(account, comparison.office, [Role.LEADER], on, files.ACT, besides={prepared_by})
    if prepared_by == account.pk or holding is None:
        return no(_("Who prepared a draft does not choose it."))
    return yes(holding)
