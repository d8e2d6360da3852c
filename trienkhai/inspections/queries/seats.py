"""Who may be named to a team."""

from datetime import date

from trienkhai.orgs.models import Holding, Unit
from trienkhai.orgs.rules import CONTENT_READERS


def seats_of(unit: Unit, on: date) -> list[Holding]:
    """Holders of posts of the unit by which work is read, one row a person: nobody else may open the inspection."""
    rows = Holding.objects.on(on).seated().filter(post__unit=unit, post__role__in=CONTENT_READERS)
    found: dict[int, Holding] = {}
    for row in rows.select_related("account", "post").order_by("post__pk", "pk"):
        found.setdefault(row.account_id, row)
    return list(found.values())
