"""The organisation of a run: the demo's bloc, or a regular tree of any size written in bulk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from trienkhai.bench.scratch import execute
from trienkhai.common import paths
from trienkhai.common.models import Installation
from trienkhai.demo import building
from trienkhai.demo import organisation as bloc
from trienkhai.orgs.models import Holding, Post, Role, Span, Unit, UnitPlace, UnitVersion
from trienkhai.orgs.queries import grassroots_kinds
from trienkhai.people.models import Account

BEGIN = date(2025, 1, 6)
TODAY = date(2025, 6, 16)
BATCH = 5000
SCATTERED = 200
KINDS = {1: "government", 2: "ministry"}


@dataclass(frozen=True)
class Organisation:
    """`leaves`: (id, path) of the units that get assignments. The three readers of the list have ever wider sight."""

    root: Unit
    leaves: list[tuple[int, str]]
    units: int
    leader: Account
    full: Account
    branch: Account
    scattered: Account


def build(levels: tuple[int, ...], *, crowded: bool = False) -> Organisation:
    """A regular tree of these levels, the demo's bloc for none. crowded: about three holders to each unit."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})
    if levels:
        _store_tree(levels)
        _store_people(len(levels), crowded)
        root = Unit.objects.get(pk=1)
    else:
        units = building.store_units(bloc.units())
        building.store_people(bloc.posts(), units)
        root = units["MH"]
    root = Unit.objects.select_related("present").get(pk=root.pk)
    kinds = grassroots_kinds(TODAY)
    leaves = Unit.objects.within(root.path or "").filter(present__kind__in=kinds).order_by("pk")
    listed = [(pk, path or "") for pk, path in leaves.values_list("pk", "path")]
    counted = Unit.objects.within(root.path or "").filter(present__relation="subordinate")
    child = Unit.objects.filter(present__parent=root, present__kind__in=("ministry", "upper_committee")).earliest("pk")
    return Organisation(
        root=root,
        leaves=listed,
        units=counted.exclude(present__kind="cell").count() + (root.present is None),
        leader=holder(root.pk, Role.LEADER),
        full=holder(root.pk, Role.OFFICER),
        branch=holder(child.pk, Role.LEADER),
        scattered=_scattered_clerk(listed),
    )


def holder(unit_id: int, role: str) -> Account:
    """The first person in such a post of the unit."""
    return Account.objects.filter(holdings__post__unit=unit_id, holdings__post__role=role).earliest("holdings__pk")


def _tree(levels: tuple[int, ...]) -> Iterator[tuple[int, str, int]]:
    """(id, path, parent's id) level by level; the units of a level are spread evenly over those above."""
    above, number = [(0, "")], 0
    for size in levels:
        level = []
        for index in range(size):
            parent, path = above[index * len(above) // size]
            number += 1
            level.append((number, paths.child_path(path, number)))
            yield number, level[-1][1], parent
        above = level


@transaction.atomic
def _store_tree(levels: tuple[int, ...]) -> None:
    """Units with their versions and places by ids chosen here, since the database is empty."""
    rows = _tree(levels)
    while chunk := list(islice(rows, 4 * BATCH)):
        Unit.objects.bulk_create(
            (Unit(pk=pk, established_on=BEGIN, path=path, present_id=pk) for pk, path, _parent in chunk),
            batch_size=BATCH,
        )
        UnitVersion.objects.bulk_create((_version(*row, len(levels)) for row in chunk), batch_size=BATCH)
        UnitPlace.objects.bulk_create(
            (
                UnitPlace(pk=pk, unit_id=pk, path=path, depth=paths.depth(path), valid_from=BEGIN)
                for pk, path, _parent in chunk
            ),
            batch_size=BATCH,
        )
    _renew_sequences(Unit, UnitVersion, UnitPlace)


def _version(pk: int, path: str, parent: int, lowest: int) -> UnitVersion:
    depth = paths.depth(path)
    version = UnitVersion(
        pk=pk,
        unit_id=pk,
        parent_id=parent or None,
        kind="commune" if depth == lowest else KINDS.get(depth, "department"),
        code=f"D{pk}",
        name=f"Đơn vị số {pk}",
        valid_from=BEGIN,
    )
    version.prepare()
    return version


def _renew_sequences(*models: type[Model]) -> None:
    for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
        execute(statement)


@transaction.atomic
def _store_people(depth: int, crowded: bool) -> None:
    """A focal point everywhere, a leader above the lowest level, an officer at the root; each a person of its own.

    crowded: a clerk and a secretary everywhere too, and an earlier holder in every twelfth post.
    """
    everywhere = [(Role.CLERK, Span.OWN, depth), (Role.SECRETARY, Span.OWN, depth)] if crowded else []
    for role, reach, levels in (
        (Role.FOCAL, Span.OWN, depth),
        (Role.LEADER, Span.BRANCH, depth - 1),
        (Role.OFFICER, Span.BRANCH, 1),
        *everywhere,
    ):
        execute(
            "INSERT INTO orgs_post (unit_id, title, role, reach, may_issue) "
            "SELECT id, %s, %s, %s, FALSE FROM orgs_unit WHERE LENGTH(path) <= %s ORDER BY id",
            [role.value, role.value, reach.value, levels * paths.WIDTH],
        )
    execute(
        "INSERT INTO people_account (username, name, sort_key, search_text, password, email, is_active, language, "
        "created_at) SELECT 'nguoi' || id, 'Người số ' || id, 'so nguoi', 'nguoi so', '!', '', TRUE, 'vi', "
        "CURRENT_TIMESTAMP FROM orgs_post ORDER BY id"
    )
    _store_holdings(BEGIN, date.max, "p.id > 0")
    if crowded:
        _store_holdings(date(BEGIN.year - 5, 1, 1), BEGIN, "p.id %% 12 = 0")


def _store_holdings(first: date, end: date, condition: str) -> None:
    execute(
        "INSERT INTO orgs_holding (post_id, account_id, manner, acts, decision, valid_from, valid_to) "
        "SELECT p.id, a.id, 'holds', '[]', '', %s, %s FROM orgs_post p JOIN people_account a "
        f"ON a.username = 'nguoi' || p.id WHERE {condition} ORDER BY p.id",
        [connection.ops.adapt_datefield_value(day) for day in (first, end)],
    )


def _scattered_clerk(leaves: list[tuple[int, str]]) -> Account:
    """One person in the clerk's post of up to 200 units that lie far apart."""
    step = max(len(leaves) // SCATTERED, 1)
    clerk = Account.objects.create_user("vanthu.phantan", name="Văn thư phân tán")
    for pk, _path in leaves[::step][:SCATTERED]:
        post = Post.objects.create(unit_id=pk, title="Văn thư kiêm nhiệm", role=Role.CLERK)
        Holding.objects.create(post=post, account=clerk, valid_from=BEGIN)
    return clerk
