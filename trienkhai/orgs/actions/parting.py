"""A unit stays and gives a part of what it has open to others (tách một phần)."""

from datetime import datetime

from trienkhai.audit.actions import Actor, record
from trienkhai.orgs import succession


def store_parting(parting: succession.Ending, *, by: Actor, at: datetime) -> dict[str, int]:
    """What the division lists goes to the units named there; all else stays. Returns the counts by class.

    For callers that hold the lock of the tree in a transaction and have asked the rule. Raises Refused for a class that
    cannot be divided, a list that names another unit's object, a unit that takes over and does not stand.
    """
    succession.check_choices(parting)
    unit = parting.unit
    given = {kind.name: sum(len(ids) for _heir, ids in kind.shares(parting)) for kind in succession.parts()}
    counts = {name: number for name, number in given.items() if number}
    succession.carry_part(parting, by, at)
    heirs = "; ".join(
        sorted({parting.heirs[pk].code for listed in parting.division.values() for pk in listed.values()})
    )
    new = {"heirs": heirs, **counts}
    record("unit.parted", unit, by=by, at=at, unit_path=unit.path, count=max(1, sum(counts.values())), new=new)
    return counts
