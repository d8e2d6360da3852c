"""What a unit that ends leaves in this area: posts end with it, those who held them are listed; terms end that day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.orgs import journal
from trienkhai.orgs.models import Holding, HoldingQuerySet, Post, Term
from trienkhai.orgs.succession import CLOSE, Carrier, Ending, Kind
from trienkhai.people.models import Account


@dataclass(frozen=True)
class Leaver:
    """Someone who held posts of the unit. `last`: no other post of a unit that stands is left, so a person decides what
    becomes of the account: it is not closed."""

    account: Account
    posts: list[str]
    last: bool


def _held(end: Ending) -> HoldingQuerySet:
    """Holdings in force then or later; one taken back before it began is in force on no day."""
    return Holding.objects.filter(post__unit=end.unit, valid_to__gt=end.on).exclude(valid_to=F("valid_from"))


def _posts(end: Ending) -> QuerySet[Post]:
    return Post.objects.filter(Exists(_held(end).filter(post=OuterRef("pk"))))


def _terms(end: Ending) -> QuerySet[Term]:
    return Term.objects.filter(unit=end.unit, starts_on__lt=end.on, ends_on__gt=end.on)


POSTS = Kind("posts", gettext_lazy("posts that are held"), (CLOSE,), _posts)
TERMS = Kind("terms", gettext_lazy("terms of office that run"), (CLOSE,), _terms)


def leavers(end: Ending) -> list[Leaver]:
    """Whose posts end with the unit, by name; also after the unit has ended."""
    rows = Holding.objects.filter(post__unit=end.unit, valid_from__lt=end.on, valid_to__gte=end.on)
    people: dict[Account, list[str]] = {}
    for row in rows.select_related("account", "post").order_by("account__name", "pk"):
        people.setdefault(row.account, []).append(row.post.title)
    elsewhere = _elsewhere(list(people), end.unit.pk, end.on)
    return [Leaver(account, posts, account.pk not in elsewhere) for account, posts in people.items()]


def _elsewhere(accounts: list[Account], unit: int, on: date) -> set[int]:
    """Those of them who hold a post of another unit that stands."""
    held = Holding.objects.on(on).filter(account__in=accounts, post__unit__closed_on__gt=on).exclude(post__unit=unit)
    return set(held.values_list("account", flat=True))


def _needs_decision(end: Ending) -> list[str]:
    """Whoever is to hold a post of the unit from that day on, or later, holds it of a unit that does not stand."""
    rows = _held(end).filter(valid_from__gte=end.on).select_related("account", "post").order_by("pk")
    sentence = _("%(name)s is appointed “%(post)s” from %(day)s on: take that back first.")
    return [
        sentence % {"name": row.account.name, "post": row.post, "day": f"{row.valid_from:%d/%m/%Y}"} for row in rows
    ]


def _carry_ending(end: Ending, by: Actor, at: datetime) -> None:
    journal.update(_held(end).filter(valid_from__lt=end.on), valid_to=end.on)
    journal.update(_terms(end), ends_on=end.on)


carrier = Carrier(
    "orgs",
    kinds=(POSTS, TERMS),
    needs_decision=_needs_decision,
    carry_ending=_carry_ending,
)
