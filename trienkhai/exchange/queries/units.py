"""The organisation as rows of the two sheets."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.orgs.models import Holding, HoldingQuerySet, Post, Unit, UnitQuerySet


def branch(unit: Unit, on: date) -> UnitQuerySet:
    """The unit and all below it that stand that day, with what they are and belong to."""
    return Unit.objects.within(unit.path or "").standing(on).select_related("present__parent__present")


def unit_rows(unit: Unit, on: date) -> Iterator[dict[str, Any]]:
    """The units of the branch, parents first, streamed."""
    for row in branch(unit, on).order_by("path").iterator(chunk_size=2000):
        present = row.present
        assert present is not None
        yield {
            "code": present.code,
            "parent_code": present.parent.code if present.parent else "",
            "relation": present.relation,
            "kind": present.kind,
            "sector": present.sector,
            "name": present.name,
            "short_name": present.short_name,
            "aliases": present.aliases,
            "established_on": row.established_on,
        }


def own_holdings(unit: Unit) -> HoldingQuerySet:
    """Holdings in own right, of any day, at the units of the branch; delegations are for their principals to give."""
    return Holding.objects.filter(paths.within(unit.path or "", "post__unit__path"), principal=None)


def post_rows(unit: Unit, on: date) -> Iterator[dict[str, Any]]:
    """Every post of the branch, once for each holder who has or will have it in own right; empty posts once."""
    posts = Post.objects.filter(unit__in=branch(unit, on).values("pk")).select_related("unit__present")
    held: dict[int, list[Holding]] = {}
    for row in own_holdings(unit).filter(valid_to__gt=on).select_related("account").order_by("valid_from", "pk"):
        held.setdefault(row.post_id, []).append(row)
    for post in posts.order_by("unit__path", "pk").iterator(chunk_size=2000):
        common = {"unit_code": post.unit.code, "title": post.title, "role": post.role, "reach": post.reach}
        holdings = held.get(post.pk)
        if not holdings:
            yield common
        for holding in holdings or ():
            yield common | _holder(holding)


def _holder(holding: Holding) -> dict[str, Any]:
    return {
        "username": holding.account.username,
        "holder": holding.account.name,
        "manner": holding.manner,
        "valid_from": holding.valid_from,
        "valid_to": None if holding.valid_to == OPEN_END else holding.valid_to,
        "decision": holding.decision,
    }
