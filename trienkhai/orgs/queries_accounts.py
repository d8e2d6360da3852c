"""Questions about accounts and about the yearly review of rights."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold
from trienkhai.norms.queries import value
from trienkhai.orgs.models import Holding, HoldingQuerySet, Invitation, Manner, Review, ReviewMark, Unit
from trienkhai.people.models import AccessLink, Account

STATES: dict[str, str | Promise] = {
    "open": _("in use"),
    "waiting": _("waits for its first sign-in"),
    "closed": _("closed"),
}


def state_of(account: Account) -> str:
    if not account.is_active:
        return "closed"
    return "open" if account.has_usable_password() else "waiting"


def found_accounts(rows: QuerySet[Account], words: str, state: str) -> QuerySet[Account]:
    """Accounts whose name or user name holds all the words, in that state; by given name."""
    for word in fold(words).split():
        rows = rows.filter(search_text__contains=word)
    shut = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    narrow = {"open": Q(is_active=True) & ~shut, "waiting": Q(is_active=True) & shut, "closed": Q(is_active=False)}
    return rows.filter(narrow.get(state, Q())).order_by("sort_key", "pk")


def posts_of(accounts: Iterable[Account], on: date) -> dict[int, list[Holding]]:
    """Holdings in force or still to come, by account. One query."""
    rows = Holding.objects.filter(account__in=[row.pk for row in accounts], valid_to__gt=on)
    found: dict[int, list[Holding]] = {}
    for row in rows.select_related("post__unit__present", "principal__account").order_by("valid_from", "pk"):
        found.setdefault(row.account_id, []).append(row)
    return found


def open_links(accounts: Iterable[Account], at: datetime) -> dict[int, AccessLink]:
    """The link that still lets in, by account."""
    rows = AccessLink.objects.open(at).filter(account__in=[row.pk for row in accounts])
    return {row.account_id: row for row in rows.order_by("pk")}


def open_invitation(account: Account) -> Invitation | None:
    """The invitation of someone who has not come yet."""
    rows = Invitation.objects.filter(holding__account=account, withdrawn_at=None).select_related("holding__post__unit")
    return None if account.has_usable_password() else rows.order_by("-pk").first()


@dataclass(frozen=True)
class Due:
    """When the review of a year ends, and from when on it is named in the queue of work."""

    year: int
    until: date
    warned_from: date


def review_due(on: date, place: str = "") -> Due | None:
    """The review that the day belongs to (norm `accounts.review`); None without the norm."""
    norm = value("accounts.review", on=on, place=place)
    if norm is None:
        return None
    until = date(on.year, norm["month"], norm["day"])
    return Due(on.year, until, until - timedelta(days=norm["warn_days"]))


def to_review(review: Review, on: date) -> HoldingQuerySet:
    """Holdings of the branch in force today, given by the day of opening and not decided on yet."""
    marked = ReviewMark.objects.filter(review=review, holding=OuterRef("pk"))
    rows = Holding.objects.on(on).filter(within(review), ~Exists(marked), valid_from__lte=review.opened_on)
    return rows.filter(post__unit__closed_on__gt=on)


def within(review: Review) -> Q:
    return paths.within(review.unit.path or "", "post__unit__path")


@dataclass(frozen=True)
class Progress:
    unit: Unit
    done: int
    total: int


def progress_of(review: Review, on: date) -> list[Progress]:
    """The unit itself and each branch below it: decided of all, those with most left first. Three queries."""
    length = (review.unit.depth + 1) * paths.WIDTH
    left = to_review(review, on).annotate(head=Substr("post__unit__path", 1, length))
    marks = review.marks.annotate(head=Substr(F("holding__post__unit__path"), 1, length))
    waiting = dict(left.order_by().values_list("head").annotate(n=Count("pk")))
    done = dict(marks.order_by().values_list("head").annotate(n=Count("pk")))
    units = Unit.objects.filter(path__in=waiting.keys() | done.keys()).select_related("present").order_by("path")
    rows = [
        Progress(unit, done.get(unit.path, 0), done.get(unit.path, 0) + waiting.get(unit.path, 0)) for unit in units
    ]
    return sorted(rows, key=lambda row: row.done - row.total)


def remarks_on(holding: Holding) -> list[str | Promise]:
    """What a reviewer should look at twice: never signed in, a delegation without an end, a closed account."""
    found: list[str | Promise] = []
    if not holding.account.is_active:
        found.append(_("the account is closed"))
    elif holding.account.last_login is None:
        found.append(_("never signed in"))
    if holding.manner == Manner.DELEGATED and holding.valid_to == OPEN_END:
        found.append(_("delegated without an end"))
    return found


def marked_narrow(rows: HoldingQuerySet, mark: str) -> HoldingQuerySet:
    """Only those with a remark of that name."""
    narrow = {
        "chua-dang-nhap": Q(account__last_login=None),
        "uy-quyen": Q(manner=Manner.DELEGATED, valid_to=OPEN_END),
        "co-han": ~Q(valid_to=OPEN_END),
    }
    return rows.filter(narrow.get(mark, Q()))


def without_post(review: Review, on: date) -> QuerySet[Account]:
    """Open accounts that held a post in the branch and hold none any more, here or elsewhere."""
    held = Holding.objects.filter(within(review), account=OuterRef("pk"))
    lasting = Holding.objects.filter(account=OuterRef("pk"), valid_to__gt=on)
    return Account.objects.filter(Exists(held), ~Exists(lasting), is_active=True).order_by("sort_key", "pk")
