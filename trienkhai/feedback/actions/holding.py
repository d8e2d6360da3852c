"""What the actions of this area share: units held still, news for one person alone."""

from datetime import datetime
from typing import Any

from trienkhai.common.clock import day_of
from trienkhai.notices.actions import tell_people
from trienkhai.orgs.models import Holding, Unit


def hold_units(*units: Unit) -> dict[int, Unit]:
    """Each as it stands now, by id, locked in one order until the transaction ends: none of them ends meanwhile, and
    nobody names its receiving posts. Before rows that hang on them, as a reorganisation takes them.
    """
    wanted = {unit.pk for unit in units}
    rows = Unit.objects.select_for_update(of=("self",), no_key=True).select_related("present")
    return {row.pk: row for row in rows.filter(pk__in=wanted).order_by("pk")}


def tell_person(account: int, kind: str, *, first: int | None = None, at: datetime, **words: Any) -> None:
    """To this account alone, at its post, one at the unit `first` before others: who shares it learns nothing."""
    held = Holding.objects.on(day_of(at)).filter(account=account).order_by("pk").values_list("post", "post__unit")
    posts = sorted(held, key=lambda row: row[1] != first)
    if posts:
        tell_people({account: posts[0][0]}, kind, at=at, **words)
