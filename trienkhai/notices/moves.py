"""Unread notices of a unit that ends follow the person who held the post to another post of theirs."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.notices.models import Notice
from trienkhai.orgs import journal
from trienkhai.orgs.hanging import Hanging
from trienkhai.orgs.models import Holding, Post
from trienkhai.orgs.succession import CONTINUE, Carrier, Ending, Kind


def _former(end: Ending, post: OuterRef) -> QuerySet[Holding]:
    """Who held the post until that day."""
    return Holding.objects.filter(post=post, valid_from__lt=end.on, valid_to__gte=end.on)


def _posts_elsewhere(end: Ending) -> QuerySet[Holding]:
    """Holdings of other units that stand."""
    return Holding.objects.on(end.on).filter(post__unit__closed_on__gt=end.on).exclude(post__unit=end.unit)


def _following(end: Ending) -> QuerySet[Notice]:
    """Unread, of a post whose holder has another one; nobody reads the others any more."""
    goes_on = _posts_elsewhere(end).filter(account=OuterRef("account"))
    holders = _former(end, OuterRef("post")).filter(Exists(goes_on))
    return Notice.objects.filter(Exists(holders), post__unit=end.unit, read_at=None, account=None)


NOTICES = Kind("notices", gettext_lazy("unread notices of people who hold another post"), (CONTINUE,), _following)


def _carry_ending(end: Ending, by: Actor, at: datetime) -> None:
    """To a post at the successor where there is one, else to any other."""
    for post in sorted(set(_following(end).values_list("post", flat=True))):
        accounts = Holding.objects.filter(post=post, valid_from__lt=end.on, valid_to__gte=end.on).values("account")
        rows = _posts_elsewhere(end).filter(account__in=accounts).order_by("pk").values_list("post", "post__unit")
        new = min(rows, key=lambda row: (row[1] != end.successor.pk, row[0]))[0]
        journal.update(_following(end).filter(post=post), post=new)


def _hand_on(rows: QuerySet[Notice], to: Post | None) -> None:
    """Without a post that takes over they stay where they were, and nobody reads them."""
    if to:
        journal.update(rows, post=to)


HANGING = Hanging(
    "notices",
    gettext_lazy("unread notices"),
    lambda post: Notice.objects.filter(post=post, read_at=None, account=None),
    _hand_on,
)
carrier = Carrier(
    "notices", kinds=(NOTICES,), carry_ending=_carry_ending
)  # fmt: skip
