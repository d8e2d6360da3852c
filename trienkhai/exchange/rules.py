"""Who may take the organisation out as a file and bring it back."""

from datetime import date

from django.utils.translation import gettext as _

from trienkhai.common.verdict import YES, Verdict, no
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import Grant, can_manage_units, reach_of
from trienkhai.people.models import Account

EXPORTERS = (Role.ADMIN, Role.LEADER, Role.OFFICER)


def can_export(account: Account, unit: Unit, on: date) -> Verdict:
    """Administrators, leaders and officers whose post reaches the whole branch of that unit."""
    if any(grant.covers(unit.path or "") for grant in _branches(account, on, *EXPORTERS)):
        return YES
    return no(_("This unit is outside your reach."))


def can_import(account: Account, unit: Unit, on: date) -> Verdict:
    """Administrators of the whole branch; one whose post reaches the unit alone changes that unit by hand."""
    verdict = can_manage_units(account, on, unit)
    if verdict and not any(grant.covers(unit.path or "") for grant in _branches(account, on, Role.ADMIN)):
        return no(_("Only an administrator of the whole branch brings in a file."))
    return verdict


def exporting_unit(account: Account, on: date) -> Unit | None:
    """The highest unit whose branch the person may export."""
    grants = _branches(account, on, *EXPORTERS)
    if not grants:
        return None
    chosen = min(grants, key=lambda grant: (len(grant.path), grant.unit_id))
    return Unit.objects.select_related("present").get(pk=chosen.unit_id)


def _branches(account: Account, on: date, *roles: str) -> list[Grant]:
    return [grant for grant in reach_of(account, on).of(*roles).grants if grant.branch]
