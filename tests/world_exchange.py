"""What the administrator of north let the worker look through."""

from typing import TYPE_CHECKING

from trienkhai.exchange.models import FileJob
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON

if TYPE_CHECKING:
    from tests.world import World


def file_job_of(world: "World") -> FileJob:
    """A file that waits for its dry run."""
    return FileJob.objects.create(
        unit=world.tree.north,
        kind=FileJob.Kind.TRY,
        token="0" * 32 + ".csv",
        name="cay.csv",
        by=world.person(Role.ADMIN, "own"),
        created_at=NOON,
        changed_at=NOON,
    )
