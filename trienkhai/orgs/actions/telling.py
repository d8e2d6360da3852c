"""A person is told of a post given or ended, and of being somebody's deputy; whoever did it is told nothing of it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.orgs import outlets
from trienkhai.orgs.models import Holding


def tell_given(holding: Holding, act: Act, at: datetime) -> None:
    _tell(holding, "deputy_set" if holding.principal_id else "post_given", holding.valid_from, act, at)


def tell_ended(holdings: Iterable[Holding], on: date, act: Act, at: datetime) -> None:
    """on: the first day without it. Several holdings of one person are one notice, that of the first."""
    told: set[int] = set()
    for holding in holdings:
        if holding.account_id not in told:
            _tell(holding, "deputy_ended" if holding.principal_id else "post_ended", on, act, at)
            told.add(holding.account_id)


def _tell(holding: Holding, kind: str, on: date, act: Act, at: datetime) -> None:
    if holding.account_id == act.actor_id:
        return
    post = holding.post
    principal = {"principal": holding.principal.account.name} if holding.principal else {}
    words = {"post": post.title, "unit": post.unit.name, "on": f"{on:%d/%m/%Y}"} | principal
    url = reverse("orgs:person", args=[holding.account_id])
    outlets.tell_people({holding.account_id: post.pk}, kind, url=url, at=at, act=act.pk, **words)
