"""On the page of a post: work for which somebody who left it is still named responsible."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.orgs.models import Holding
from trienkhai.people.requests import account_of
from trienkhai.tasks.models import OPEN_STATES, Assignment
from trienkhai.tasks.rules import visible_assignments
from trienkhai.tasks.rules_waiting import nameable

SHOWN = 8


def left_by_holder(request: HttpRequest, holding: Holding) -> dict[str, Any] | None:
    """How many open assignments of the unit name a person who holds no post there any more; those in sight by title.

    Rights and the queue went with the post; the name stays until the unit hands the work to another person.
    """
    on, unit = today(), holding.post.unit_id
    if nameable(unit, on).filter(pk=holding.account_id).exists():
        return None
    rows = Assignment.objects.filter(held_by=unit, person=holding.account_id, state__in=OPEN_STATES)
    count = rows.count()
    if not count:
        return None
    seen = visible_assignments(account_of(request), on).filter(pk__in=rows.values("pk"))
    listed = seen.select_related("task").order_by("due_on", "pk")[:SHOWN]
    shown = [(row.task.title, reverse("tasks:assignment", args=[row.pk])) for row in listed]
    words = {"name": holding.account.name, "n": count}
    said = _("%(name)s, who left this post, is still named responsible for %(n)s open tasks of the unit.") % words
    return {"label": said, "rows": shown}
