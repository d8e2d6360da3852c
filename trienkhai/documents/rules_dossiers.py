"""Who sees the dossiers of a unit, who keeps them and hands them over to the archive."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.documents.models.dossiers import Dossier
from trienkhai.documents.rules import REGISTRARS
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import holding_at, reach_of, work_reach
from trienkhai.people.models import Account

KEEPERS = (*REGISTRARS, Role.FOCAL)


def visible_dossiers(account: Account, on: date) -> QuerySet[Dossier]:
    """Dossiers of the units whose work and documents the person sees."""
    return Dossier.objects.filter(work_reach(account, on).q("unit__path"))


def can_keep_dossiers(account: Account, unit: Unit, on: date) -> Verdict:
    """Whoever settles a matter keeps its dossier (Decree 30/2020, article 29)."""
    holding = holding_at(account, unit, KEEPERS, on, "register")
    return yes(holding) if holding else no(_("Only who works for the unit keeps its dossiers."))


def can_change_dossier(account: Account, dossier: Dossier, on: date) -> Verdict:
    if dossier.handed_over_on:
        return no(_("The dossier was handed over to the archive."))
    if not dossier.is_open:
        return no(_("The dossier is closed."))
    return can_keep_dossiers(account, dossier.unit, on)


def can_reopen_dossier(account: Account, dossier: Dossier, on: date) -> Verdict:
    if dossier.handed_over_on:
        return no(_("The dossier was handed over to the archive."))
    if dossier.is_open:
        return no(_("The dossier is open."))
    return can_keep_dossiers(account, dossier.unit, on)


def can_hand_over(account: Account, unit: Unit, on: date) -> Verdict:
    """The clerk or the leadership of the unit hands over to the archive."""
    holding = holding_at(account, unit, REGISTRARS, on, "register")
    return yes(holding) if holding else no(_("Only a clerk, an officer or a leader of the unit hands dossiers over."))


def keeping_units(account: Account, on: date) -> list[Unit]:
    """Units whose dossiers the person keeps, the highest first."""
    ids = {grant.unit_id for grant in reach_of(account, on).of(*KEEPERS).able("register").grants}
    return list(Unit.objects.filter(pk__in=ids).select_related("present").order_by("path"))
