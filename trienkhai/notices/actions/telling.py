"""Writing notices, one or many, and marking them read."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from trienkhai.common.clock import day_of
from trienkhai.notices.models import Notice
from trienkhai.notices.rules import visible_notices
from trienkhai.people.models import Account


def tell(
    unit_id: int, roles: Iterable[str], kind: str, *, url: str, at: datetime, act: int | None = None, **params: Any
) -> None:
    """A notice to every post of the unit in one of `roles`. One statement."""
    tell_units("SELECT %s", [unit_id], roles, kind, url=url, at=at, act=act, **params)


def tell_units(
    units_sql: str,
    units_params: list[Any],
    roles: Iterable[str],
    kind: str,
    *,
    url: str,
    at: datetime,
    act: int | None = None,
    **params: Any,
) -> int:
    """The same notice to the posts of all units that `units_sql` selects, in one INSERT … SELECT; returns how many.

    units_sql: a SELECT of unit ids, with its parameters.
    """
    chosen = list(roles)
    marks = ", ".join(["%s"] * len(chosen))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notices_notice (post_id, kind, params, url, at, act) "
            "SELECT p.id, %s, %s, %s, %s, %s FROM orgs_post p "
            f"WHERE p.role IN ({marks}) AND p.abolished_on > %s AND p.unit_id IN ({units_sql})",
            [kind, json.dumps(params), url, stored(at), act, *chosen, day_of(at), *units_params],
        )
        return int(cursor.rowcount)


def tell_posts(
    posts: Iterable[int], kind: str, *, url: str, at: datetime, act: int | None = None, **params: Any
) -> None:
    """The same notice to each of these posts. One statement."""
    Notice.objects.bulk_create(
        Notice(post_id=post, kind=kind, params=params, url=url, at=at, act=act) for post in sorted(set(posts))
    )


def tell_people(
    people: Mapping[int, int], kind: str, *, url: str, at: datetime, act: int | None = None, **params: Any
) -> None:
    """The same notice to each of these accounts alone. people: account → the post it speaks of. One statement."""
    Notice.objects.bulk_create(
        Notice(post_id=post, account_id=account, kind=kind, params=params, url=url, at=at, act=act)
        for account, post in sorted(people.items())
    )


def tell_each(
    people: Iterable[tuple[int, int, str]], kind: str, *, at: datetime, act: int | None = None, **params: Any
) -> None:
    """The same notice to accounts alone, each with an address of its own: account, the post it speaks of, address."""
    Notice.objects.bulk_create(
        Notice(post_id=post, account_id=account, kind=kind, params=params, url=url, at=at, act=act)
        for account, post, url in people
    )


def tell_selected(
    rows_sql: str, rows_params: list[Any], roles: Iterable[str], *, at: datetime, act: int, instead: str = ""
) -> int:
    """Notices that a query words itself, in one INSERT … SELECT; returns how many.

    rows_sql: a SELECT of `unit_id, kind, params, url`, with its parameters; `params` made by `json_object_sql`.
    instead: the role that is told at a unit which has no post in any of `roles`.
    """
    chosen = list(roles)
    marks = ", ".join(["%s"] * len(chosen))
    on = day_of(at)
    told, told_params = f"p.role IN ({marks})", list[Any](chosen)
    if instead:
        other = f"SELECT 1 FROM orgs_post o WHERE o.unit_id = p.unit_id AND o.role IN ({marks}) AND o.abolished_on > %s"
        told = f"({told} OR (p.role = %s AND NOT EXISTS ({other})))"
        told_params = [*chosen, instead, *chosen, on]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notices_notice (post_id, kind, params, url, at, act) "
            f"SELECT p.id, r.kind, r.params, r.url, %s, %s FROM ({rows_sql}) r "
            f"JOIN orgs_post p ON p.unit_id = r.unit_id WHERE {told} AND p.abolished_on > %s "
            "ORDER BY p.id, r.kind, r.url",
            [stored(at), act, *rows_params, *told_params, on],
        )
        return int(cursor.rowcount)


def json_object_sql(**values: str) -> str:
    """SQL that makes the `params` of a notice: name → expression."""
    made = "jsonb_build_object" if connection.vendor == "postgresql" else "json_object"
    pairs = ", ".join(f"'{name}', {expression}" for name, expression in values.items())
    return f"{made}({pairs})"


def day_sql(column: str) -> str:
    """SQL for a day as sentences write it: 30/06/2017."""
    if connection.vendor == "postgresql":
        return f"to_char({column}, 'DD/MM/YYYY')"
    return f"strftime('%%d/%%m/%%Y', {column})"


def take_back(acts: QuerySet[Any, Any]) -> None:
    """Remove the notices of these acts: they speak of what is locked away."""
    Notice.objects.filter(act__in=acts).delete()


def take_back_leading_to(addresses: Iterable[str], kinds: Iterable[str]) -> None:
    """Remove the notices of these kinds that lead to one of these addresses: they name what is locked away."""
    Notice.objects.filter(kind__in=list(kinds), url__in=list(addresses)).delete()


def stored(at: datetime) -> Any:
    """A moment as the database keeps it, for hand-written SQL."""
    return connection.ops.adapt_datetimefield_value(at) if connection.vendor == "sqlite" else at


def mark_read(account: Account, *, on: date, at: datetime, only: int | None = None) -> int:
    """Mark the person's notices read, all or one. Reading is not an act of the organisation: none is recorded."""
    rows = visible_notices(account, on).filter(read_at=None)
    return (rows.filter(pk=only) if only else rows).update(read_at=at)
