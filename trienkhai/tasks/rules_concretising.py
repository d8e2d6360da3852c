"""Who makes an upper document concrete for a unit, and who sees what came of it."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import holding_at, reach_of, work_reach
from trienkhai.people.models import Account
from trienkhai.tasks.models import Concretising

MAKERS = (Role.OFFICER, Role.LEADER, Role.FOCAL, Role.SECRETARY)


def visible_concretisings(account: Account, on: date) -> QuerySet[Concretising]:
    """Those of units in reach. What a unit is still answering is its own; those above see it once a draft is begun."""
    own = sorted({grant.unit_id for grant in reach_of(account, on).of(*MAKERS).grants})
    begun = Q(draft__isnull=False) | Q(result__isnull=False)
    return Concretising.objects.filter(Q(unit__in=own) | (begun & work_reach(account, on).q("unit__path")))


def making_units(account: Account, on: date) -> list[Unit]:
    """Units for which the person may answer an upper document, the highest first."""
    grants = reach_of(account, on).of(*MAKERS).able("concretise").grants
    units = Unit.objects.filter(pk__in={grant.unit_id for grant in grants})
    return list(units.select_related("present").order_by("path"))


def can_concretise(account: Account, document: Document, unit: Unit, on: date) -> Verdict:
    if document.withdrawn_at:
        return no(_("The document has been withdrawn."))
    if document.issuer_id == unit.pk:
        return no(_("A unit concretises what comes from outside or above, not its own document."))
    holding = holding_at(account, unit, MAKERS, on, "concretise")
    if not holding:
        return no(_("Only those who prepare or carry out work of the unit make a document concrete for it."))
    if not visible_documents(account, on).filter(pk=document.pk).exists():
        return no(_("This document is not within your sight."))
    return yes(holding)
