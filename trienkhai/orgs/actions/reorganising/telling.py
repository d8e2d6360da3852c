"""Who hears of a file: who may approve it, who prepared it, the heads of units concerned, whose posts ended with it.

Each person hears of an act once, whoever did it not at all.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import F, Q
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.orgs import outlets
from trienkhai.orgs.models import Holding, HoldingQuerySet, Reorganisation, Role, Unit
from trienkhai.orgs.rules_reorganising import ACT

HEADS = (Role.LEADER, Role.SECRETARY)


def tell_approvers(file: Reorganisation, act: Act, at: datetime) -> None:
    """Leaders of the office and their deputies for this, but never whoever submitted it, nor in that person's name."""
    rows = Holding.objects.on(day_of(at)).filter(post__unit=file.office, post__role=Role.LEADER)
    able = [row for row in rows.select_related("principal").order_by("pk") if row.allows(ACT)]
    people = {row.account_id: row.post_id for row in able if file.submitted_by_id not in row.behind}
    _tell(file, act, at, "submitted", people)


def tell_drafter(file: Reorganisation, act: Act, at: datetime, reason: str) -> None:
    """It came back: to whoever prepared it and whoever submitted it."""
    _tell(file, act, at, "returned", _drafters(file, at), reason=reason)


def concerned_by(file: Reorganisation) -> set[int]:
    """Units that its steps name; once it was carried out, those that they made or touched too."""
    return set(Unit.objects.filter(reorganising_steps__reorganisation=file).values_list("pk", flat=True))


def tell_concerned(
    file: Reorganisation, act: Act, at: datetime, what: str, units: Collection[int], **words: str
) -> None:
    """It was approved for a later day, carried out or taken back. Whose posts ended with their units hears that."""
    on = day_of(at)
    held = Q(valid_to__gt=on) | Q(valid_to=on, post__unit__closed_on=on)
    rows = (
        Holding.objects.seated()
        .filter(held, post__unit__in=units, valid_from__lte=on)
        .exclude(valid_to=F("valid_from"))
    )
    heads = rows.filter(post__role__in=HEADS).order_by("-pk").values_list("account", "post")
    leavers = _leavers(rows, on) if what == "carried_out" else {}
    for unit, here in leavers.items():
        _tell(file, act, at, "ended_post", here, unit=unit)
    told = {account for here in leavers.values() for account in here}
    people = dict(heads) | _drafters(file, at)
    others = {account: post for account, post in people.items() if account not in told}
    _tell(file, act, at, what, others, **words)


def _leavers(rows: HoldingQuerySet, on: date) -> dict[str, dict[int, int]]:
    """By the name of the unit that ended: whose posts ended with it; of several the first counts."""
    ended = rows.filter(post__unit__closed_on=on, valid_to=on).select_related("post__unit__present").order_by("pk")
    found: dict[str, dict[int, int]] = {}
    told: set[int] = set()
    for row in ended:
        if row.account_id not in told:
            found.setdefault(row.post.unit.name, {})[row.account_id] = row.post_id
            told.add(row.account_id)
    return found


def _drafters(file: Reorganisation, at: datetime) -> dict[int, int]:
    """With the post by which each of them is at the office; one who holds none there any more hears nothing."""
    wanted = {pk for pk in (file.prepared_by_id, file.submitted_by_id) if pk}
    rows = Holding.objects.on(day_of(at)).filter(account__in=wanted, post__unit=file.office)
    return dict(rows.order_by("-pk").values_list("account", "post"))


def _tell(file: Reorganisation, act: Act, at: datetime, what: str, people: dict[int, int], **words: str) -> None:
    others = {account: post for account, post in people.items() if account != act.actor_id}
    url = reverse("orgs:reorganisation", args=[file.pk])
    outlets.tell_people(others, f"reorganisation_{what}", url=url, at=at, act=act.pk, title=file.title, **words)
