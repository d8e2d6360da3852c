"""The tree of the organisation: opening a branch, finding and reading a unit, a reach of 200 posts, moving branches."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Length
from django.test import Client
from django.urls import reverse

from trienkhai.audit.actions import SYSTEM
from trienkhai.bench.organisation import TODAY, Organisation, build
from trienkhai.bench.scratch import Scratch, execute
from trienkhai.bench.timing import seconds, taking_turns
from trienkhai.common import paths
from trienkhai.common.clock import moment
from trienkhai.common.folding import fold
from trienkhai.orgs.actions import store_change
from trienkhai.orgs.models import Relation, Unit
from trienkhai.orgs.rules import reach_of
from trienkhai.people.models import Account
from trienkhai.tasks.models import OPEN_STATES

ROUNDS = 11
MOVES = 3
AT = moment(TODAY, 9)
READ = ("branch", "search", "unit", "reach")


def measure(organisation: Organisation) -> dict[str, Any]:
    """Seconds and ratios of reading to one read by primary key, of moving to the bare rows of the units moved.

    `tree_units`: how many stand. `moved`: how many the largest move took along; `moves`: units and seconds of each.
    """
    found = taking_turns(_readers(organisation), ROUNDS)
    moves = [_moving(top) for top in _branches(organisation)]
    moved, took, bare = moves[-1]
    return {
        "tree_units": Unit.objects.count(),
        **{f"tree_{name}_s": found[name] for name in READ},
        **{f"tree_{name}_to_floor": found[name] / found["key"] for name in READ},
        "tree_key_s": found["key"],
        "moved": moved,
        "move_s": took,
        "move_floor_s": bare,
        "move_to_floor": took / bare,
        "moves": [{"units": units, "move_s": taken, "floor_s": least} for units, taken, least in moves],
    }


def curve(scratch: Scratch, sizes: Iterable[tuple[int, ...]]) -> list[dict[str, Any]]:
    """The same figures of smaller organisations, each on a copy of the database that is still empty."""
    found = []
    for levels in sizes:
        with scratch.copy():
            built = build(levels)
            scratch.settle()
            found.append(measure(built))
    return found


def growth(points: list[dict[str, Any]]) -> dict[str, float]:
    """How many times slower reading is in the largest tree than in the smallest, at its worst; and how many times
    longer a unit of the largest branch takes to move than one of the next smaller branch."""
    least, most = points[0], points[-1]
    small, large = most["moves"][-2:]
    return {
        "tree_growth": max(most[f"tree_{name}_s"] / least[f"tree_{name}_s"] for name in READ),
        "move_growth": (large["move_s"] / large["units"]) / (small["move_s"] / small["units"]),
    }


def _readers(organisation: Organisation) -> dict[str, Callable[[], float]]:
    unit = Unit.objects.select_related("present").get(pk=organisation.leaves[len(organisation.leaves) // 2][0])
    above = paths.ids(unit.path or "")[-2]
    words = fold(unit.name)

    def key() -> float:
        return seconds(lambda: Unit.objects.select_related("present").get(pk=unit.pk))

    def reach() -> float:
        clerk = Account.objects.get(pk=organisation.scattered.pk)
        return seconds(lambda: reach_of(clerk, TODAY).ranges())

    page = _page_of(organisation.full)
    return {
        "key": key,
        "branch": lambda: page(reverse("orgs:branch", args=[above])),
        "search": lambda: page(reverse("orgs:tree") + f"?tim={words}"),
        "unit": lambda: page(reverse("orgs:unit", args=[unit.pk])),
        "reach": reach,
    }


def _page_of(account: Account) -> Callable[[str], float]:
    client = Client(headers={"host": "localhost", "hx-request": "true"})
    client.force_login(account)

    def read(url: str) -> float:
        def get() -> None:
            if (status := client.get(url).status_code) != 200:
                raise RuntimeError(f"{url} answered {status}")

        return seconds(get)

    return read


def _branches(organisation: Organisation) -> Iterator[Unit]:
    """One branch of each level above the lowest, the smallest first, each of which can move below its neighbour."""
    root = organisation.root.path or ""
    deepest = Unit.objects.within(root).order_by(Length("path").desc(), "pk").values_list("path", flat=True)[:1]
    way = paths.ids(deepest[0] or "")[paths.depth(root) : -1]
    for pk in reversed(way):
        yield Unit.objects.select_related("present__parent").get(pk=pk)


def _moving(unit: Unit) -> tuple[int, float, float]:
    """How many units stand in the branch, and the median seconds of moving it and of writing its rows; all undone."""
    target = _neighbour(unit)
    size = Unit.objects.within(unit.path or "").count()

    def product() -> float:
        def move() -> None:
            store_change(_fresh(unit), {"parent": target}, by=SYSTEM, at=AT)
            _settle()

        with _undone():
            return seconds(move)

    def floor() -> float:
        def write() -> None:
            _bare(unit, target)
            _settle()

        with _undone():
            return seconds(write)

    found = taking_turns({"floor": floor, "product": product}, MOVES, warm_up=False)
    return size, found["product"], found["floor"]


def _neighbour(unit: Unit) -> Unit:
    """Another unit of that level, whose branch this one may join."""
    level = Unit.objects.alias(length=Length("path")).filter(length=len(unit.path or ""), present__parent__isnull=False)
    return level.filter(present__relation=Relation.SUBORDINATE).exclude(pk=unit.pk).latest("pk")


def _fresh(unit: Unit) -> Unit:
    return Unit.objects.select_related("present__parent").get(pk=unit.pk)


def _settle() -> None:
    """What a commit would check; SQLite has checked it."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


def _bare(unit: Unit, target: Unit) -> None:
    """The least that moves the units: their paths, the end of their old places, their new ones; and whom their open
    work answers to, if they come below another unit of the second level (the root has given it all)."""
    old, day = unit.path or "", connection.ops.adapt_datefield_value(TODAY)
    new, end = paths.child_path(target.path or "", unit.pk), paths.next_path(old)
    execute(
        "UPDATE orgs_unit SET path = %s || SUBSTR(path, %s) WHERE path >= %s AND path < %s",
        [new, len(old) + 1, old, end],
    )
    moved = "unit_id IN (SELECT id FROM orgs_unit WHERE path >= %s AND path < %s)"
    span = [new, paths.next_path(new)]
    execute(f"UPDATE orgs_unitplace SET valid_to = %s WHERE {moved}", [day, *span])
    execute(
        "INSERT INTO orgs_unitplace (unit_id, path, depth, valid_from, valid_to) "
        "SELECT id, path, LENGTH(path) / %s, %s, %s FROM orgs_unit WHERE path >= %s AND path < %s",
        [paths.WIDTH, day, connection.ops.adapt_datefield_value(TODAY.max), *span],
    )
    before, after = paths.ids(old)[1], paths.ids(new)[1]
    if before != after:
        states = ", ".join(f"'{state.value}'" for state in OPEN_STATES)
        execute(
            f"UPDATE tasks_assignment SET answers_to_id = %s WHERE state IN ({states}) "
            "AND held_by_id IN (SELECT id FROM orgs_unit WHERE path >= %s AND path < %s)",
            [after, *span],
        )


@contextmanager
def _undone() -> Iterator[None]:
    """What happens inside leaves nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
