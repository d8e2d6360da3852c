"""What the small organisation of `world` has of waiting for others and of co-ordination with partners."""

from datetime import date
from typing import Any

from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_unit
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import DUE, at


def add_coordination(world: Any) -> dict[str, Any]:
    """A unit below north waits for north, which has a partner; the keys of addresses."""
    issue = world._given("Việc phải chờ")
    held = Assignment.objects.get(task__issue=issue, held_by=world.tree.north1)
    actions.acknowledge(held.pk, by=world.holder, at=at(4))
    wait = actions.wait_for(
        held.pk, unit=world.tree.north, what="Hướng dẫn của cấp trên", until=DUE, by=world.holder, at=at(5)
    )
    return {"wait": wait.pk} | _partner(world)


def _partner(world: Any) -> dict[str, Any]:
    """A partner at the agency of north, and a request to it."""
    north, officer = world.tree.north, world.person(Role.OFFICER, "own")
    body = make_unit(kind="external", relation="external", code="NG.8", name="Ban cán sự đảng Thử")
    row = actions.open_partnership(north, body, valid_from=date(2016, 1, 1), by=officer, at=at(4))
    asked = {"due_on": DUE, "by": officer, "at": at(5)}
    opinion = actions.ask_opinion(north, body, subject="Dự thảo quy chế", **asked)
    return {"partnership": row.pk, "opinion": opinion.pk}
