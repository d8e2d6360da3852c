"""The organisation as rows of the two sheets."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from trienkhai.common.days import OPEN_END
from trienkhai.orgs.models import Holding, Post, Unit


def unit_rows(unit: Unit, on: date) -> Iterator[dict[str, Any]]:
    """The unit and all below it that stand, parents first, streamed."""
    rows = Unit.objects.within(unit.path or "").standing(on).select_related("present__parent__present").order_by("path")
    for row in rows.iterator(chunk_size=2000):
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


def post_rows(unit: Unit, on: date) -> Iterator[dict[str, Any]]:
    """Every post of the branch, once for each present holder that holds it in own right; empty posts once."""
    posts = Post.objects.filter(unit__in=Unit.objects.within(unit.path or "")).select_related("unit__present")
    held: dict[int, list[Holding]] = {}
    for row in Holding.objects.on(on).filter(post__in=posts, principal=None).select_related("account").order_by("pk"):
        held.setdefault(row.post_id, []).append(row)
    for post in posts.order_by("unit__path", "pk").iterator(chunk_size=2000):
        common = {"unit_code": post.unit.code, "title": post.title, "role": post.role, "reach": post.reach}
        for holding in held.get(post.pk, [None]):
            yield common | (_holder(holding) if holding else {})


def _holder(holding: Holding) -> dict[str, Any]:
    return {
        "username": holding.account.username,
        "holder": holding.account.name,
        "valid_from": holding.valid_from,
        "valid_to": None if holding.valid_to == OPEN_END else holding.valid_to,
        "decision": holding.decision,
    }
