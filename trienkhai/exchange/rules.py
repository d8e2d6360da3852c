"""Who may take the organisation out as a file and bring it back."""

from datetime import date

from django.utils.translation import gettext as _

from trienkhai.common.verdict import YES, Verdict, no
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import can_manage_units, reach_of
from trienkhai.people.models import Account

EXPORTERS = (Role.ADMIN, Role.LEADER, Role.OFFICER)


def can_export(account: Account, unit: Unit, on: date) -> Verdict:
    """Administrators, leaders and officers, for the branch their post reaches."""
    if reach_of(account, on).of(*EXPORTERS).covers(unit.path):
        return YES
    return no(_("This unit is outside your reach."))


def can_import(account: Account, unit: Unit, on: date) -> Verdict:
    """Only administrators of that branch change units and posts, one by one or by a file."""
    return can_manage_units(account, on, unit)


def exporting_unit(account: Account, on: date) -> Unit | None:
    """The highest unit whose branch the person may export."""
    grants = reach_of(account, on).of(*EXPORTERS).grants
    if not grants:
        return None
    chosen = min(grants, key=lambda grant: (len(grant.path), grant.unit_id))
    return Unit.objects.select_related("present").get(pk=chosen.unit_id)
