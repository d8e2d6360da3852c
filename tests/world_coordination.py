"""What the small organisation of `world` has of waiting for others and of co-ordination with partners."""

from typing import Any

from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import DUE, at


def add_coordination(world: Any) -> dict[str, Any]:
    """A unit below north waits for north; the keys of addresses."""
    issue = world._given("Việc phải chờ")
    held = Assignment.objects.get(task__issue=issue, held_by=world.tree.north1)
    actions.acknowledge(held.pk, by=world.holder, at=at(4))
    wait = actions.wait_for(
        held.pk, unit=world.tree.north, what="Hướng dẫn của cấp trên", until=DUE, by=world.holder, at=at(5)
    )
    return {"wait": wait.pk}
