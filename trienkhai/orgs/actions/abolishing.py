"""A post is abolished from a day by decision; its history stays."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import squeeze
from trienkhai.orgs import hanging, journal, rules_posts
from trienkhai.orgs.actions.posts import end_one, keep_an_administrator, locked_post
from trienkhai.orgs.actions.telling import tell_ended
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Post
from trienkhai.people.models import Account


@transaction.atomic
def abolish_post(
    post_id: int,
    *,
    on: date,
    decision: str = "",
    ends_holdings: bool = False,
    successor: Post | None = None,
    by: Account,
    at: datetime,
) -> Post:
    """The post is no more from day `on`; nobody is given it for that day or later, and its title stays taken.

    ends_holdings: whoever holds it on that day or later leaves it with that day, in the same act. successor: a standing
    post of the same unit to which goes, at once, what hangs on this one (`orgs.hanging`).
    Raises Refused; ValidationError for a day that passed, while somebody holds the post, for the last administrator of
    a unit, for a successor of another unit.
    """
    post, today = locked_post(post_id), day_of(at)
    verdict = rules_posts.can_abolish(by, post, today).require()
    if on < max(today, post.established_on):
        raise ValidationError({"on": _("The day must not have passed, nor lie before the post was made.")})
    if len(squeeze(decision)) > 120:
        raise ValidationError({"decision": _("The symbol of the decision is too long.")})
    _require_other(post, successor, on)
    ended = _end_all(post, on, ends_holdings, at)
    post.abolished_on, post.abolished_by = on, squeeze(decision)
    journal.save(post, fields=["abolished_on", "abolished_by"])
    handed = hanging.hand_on(post, successor)
    data: dict[str, Any] = {
        "on": str(on),
        "decision": post.abolished_by,
        "successor": successor.title if successor else "",
        **handed,
    }
    who, path = actor(by, verdict.holding), post.unit.path
    act = record("post.abolished", post, by=who, at=at, unit_path=path, ended=len(ended), **data)
    tell_ended(ended, on, act, at)
    return post


def _require_other(post: Post, successor: Post | None, on: date) -> None:
    if successor is None:
        return
    if successor.unit_id != post.unit_id or successor.pk == post.pk or successor.abolished_on <= on:
        raise ValidationError({"successor": _("Another post of the same unit, which stands by then, takes over.")})


def _end_all(post: Post, on: date, ends_holdings: bool, at: datetime) -> list[Holding]:
    """The holdings that would go on; each ends with the day, one that is to begin later on its own first day."""
    rows = post.holdings.seated().meeting(on, OPEN_END).select_related("post__unit__present", "account", "principal")
    holdings = list(rows.order_by("valid_from", "pk"))
    if holdings and not ends_holdings:
        names = ", ".join(dict.fromkeys(row.account.name for row in holdings))
        words = {"names": names, "day": f"{on:%d/%m/%Y}"}
        raise ValidationError({"ends_holdings": _("%(names)s would still hold the post on %(day)s.") % words})
    ended: list[Holding] = []
    for row in holdings:
        keep_an_administrator(row, on)
        ended += end_one(row, max(on, row.valid_from), "reorganised", at)
    return ended
