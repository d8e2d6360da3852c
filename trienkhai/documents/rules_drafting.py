"""Who sees the drafts of a unit, writes them, issues them, and replaces the office's templates."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.documents.models import Draft, OfficeTemplate
from trienkhai.documents.rules import REGISTRARS, can_register
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import holding_at, reach_of
from trienkhai.people.models import Account

WRITERS = REGISTRARS


def _own_units(account: Account, on: date) -> set[int]:
    return {grant.unit_id for grant in reach_of(account, on).of(*WRITERS).able("draft").grants}


def visible_drafts(account: Account, on: date) -> QuerySet[Draft]:
    """Drafts of the units where the person is clerk, officer or leader: what is being written is nobody else's yet."""
    return Draft.objects.filter(unit__in=_own_units(account, on))


def drafting_units(account: Account, on: date) -> list[Unit]:
    """Units for which the person may write, the highest first."""
    return list(Unit.objects.filter(pk__in=_own_units(account, on)).select_related("present").order_by("path"))


def can_draft(account: Account, unit: Unit, on: date) -> Verdict:
    holding = holding_at(account, unit, WRITERS, on, "draft")
    return yes(holding) if holding else no(_("Only a clerk, an officer or a leader of the unit drafts documents."))


def can_change(account: Account, draft: Draft, on: date) -> Verdict:
    if not draft.is_open:
        return no(_("The draft was issued or put aside; make a copy to go on writing."))
    return can_draft(account, draft.unit, on)


def can_finish(account: Account, draft: Draft, on: date) -> Verdict:
    """Whoever registers for the unit gives the paper its number and date."""
    if not draft.is_open:
        return no(_("The draft was issued or put aside; make a copy to go on writing."))
    return can_register(account, draft.unit, on)


def can_store_template(account: Account, unit: Unit, on: date) -> Verdict:
    return can_draft(account, unit, on)


def visible_templates(account: Account, on: date) -> QuerySet[OfficeTemplate]:
    return OfficeTemplate.objects.filter(unit__in=_own_units(account, on))
