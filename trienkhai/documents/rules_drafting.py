"""Who sees the drafts of a unit, writes them, issues them, and replaces the office's templates.

Its secretary writes and issues what comes out of the unit's own meetings, and nothing else.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.documents import own_papers
from trienkhai.documents.models import Draft, OfficeTemplate
from trienkhai.documents.rules import REGISTRARS, can_register
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import holding_at, reach_of
from trienkhai.people.models import Account

WRITERS = REGISTRARS


def _own_units(account: Account, on: date) -> set[int]:
    return {grant.unit_id for grant in reach_of(account, on).of(*WRITERS).able("draft").grants}


def visible_drafts(account: Account, on: date) -> QuerySet[Draft]:
    """Drafts of the units where the person is clerk, officer or leader: what is being written is nobody else's yet.

    To the secretary of a unit those of its meetings.
    """
    secretary = {grant.unit_id for grant in reach_of(account, on).of(Role.SECRETARY).able("draft").grants}
    return Draft.objects.filter(Q(unit__in=_own_units(account, on)) | own_papers.drafts_of(secretary))


def drafts(account: Account, on: date) -> bool:
    """Does the person write for any unit? No query."""
    return bool(_own_units(account, on))


def drafting_units(account: Account, on: date) -> list[Unit]:
    """Units for which the person may write, the highest first."""
    return list(Unit.objects.filter(pk__in=_own_units(account, on)).select_related("present").order_by("path"))


def can_draft(account: Account, unit: Unit, on: date) -> Verdict:
    holding = holding_at(account, unit, WRITERS, on, "draft")
    return yes(holding) if holding else no(_("Only a clerk, an officer or a leader of the unit drafts documents."))


def can_change(account: Account, draft: Draft, on: date) -> Verdict:
    if not draft.is_open:
        return no(_("The draft was issued or put aside; make a copy to go on writing."))
    return can_draft(account, draft.unit, on) or _as_secretary(account, draft, on, "draft")


def _as_secretary(account: Account, draft: Draft, on: date, act: str) -> Verdict:
    """The secretary of the unit, for what comes out of its meetings."""
    if Draft.objects.filter(own_papers.drafts_of([draft.unit_id]), pk=draft.pk).exists():
        if holding := holding_at(account, draft.unit, (Role.SECRETARY,), on, act):
            return yes(holding)
        return no(_("A clerk, an officer, a leader or the secretary of the unit does this."))
    return no(_("Only a clerk, an officer or a leader of the unit drafts documents."))


def can_finish(account: Account, draft: Draft, on: date) -> Verdict:
    """Whoever registers for the unit gives the paper its number and date; its secretary to those of its meetings."""
    if not draft.is_open:
        return no(_("The draft was issued or put aside; make a copy to go on writing."))
    return can_register(account, draft.unit, on) or _as_secretary(account, draft, on, "register")


def can_store_template(account: Account, unit: Unit, on: date) -> Verdict:
    return can_draft(account, unit, on)


def visible_templates(account: Account, on: date) -> QuerySet[OfficeTemplate]:
    return OfficeTemplate.objects.filter(unit__in=_own_units(account, on))
