"""An office sets the ladder for what its branch gives, and takes it away again."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.norms.models import Grade, Norm
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.urging import rules
from trienkhai.urging.ladder import KEY, faults


@transaction.atomic
def place_ladder(unit: Unit, value: dict[str, Any] | None, *, by: Account, at: datetime) -> None:
    """From this day on the ladder of the unit's branch; None gives the branch back to the ladder above.

    Raises Refused; ValidationError with what is wrong with the ladder. Steps already taken stay taken.
    """
    day, path = day_of(at), unit.path or ""
    verdict = rules.can_place_ladder(by, unit, day).require()
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if value is not None and (found := faults(value)):
        raise ValidationError(found)
    own = Norm.objects.filter(key=KEY, place=path, valid_to__gt=day)
    before = own.filter(valid_from__lte=day).order_by("-valid_from").values_list("value", flat=True).first()
    own.filter(valid_from__gte=day).delete()
    own.filter(valid_from__lt=day).update(valid_to=day)
    if value is not None:
        source = _("Set by %(name)s, %(unit)s") % {"name": by.name, "unit": unit.name}
        Norm.objects.create(
            key=KEY, place=path, valid_from=day, valid_to=OPEN_END, value=value, source=source[:300], grade=Grade.LOCAL
        )
    old, new = {"ladder": str(before)}, {"ladder": str(value)}
    record("norm.ladder_set", unit, by=actor(by, verdict.holding), at=at, old=old, new=new)
