"""Posts of a unit: making and changing them, giving them to people, handing them over, ending."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.norms.queries import value
from trienkhai.orgs import journal, rules, rules_posts
from trienkhai.orgs.actions.telling import tell_ended, tell_given
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Manner, Post, PostClass, Role, Span, Unit
from trienkhai.orgs.seats import covered, fullest
from trienkhai.people.models import Account


@transaction.atomic
def create_post(
    unit: Unit,
    *,
    title: str,
    role: str,
    reach: str = Span.OWN,
    by: Account,
    at: datetime,
    may_issue: bool = False,
    seats: int = 1,
    requirements: str = "",
    term_bound: bool = False,
    classes: Collection[str] = (),
) -> Post:
    """A new post at `unit`. Raises Refused; ValidationError when the unit already has a post of that title."""
    verdict = rules.can_manage_units(by, day_of(at), unit).require()
    post = Post(unit=unit, title=title, role=role, reach=reach, may_issue=may_issue, established_on=day_of(at))
    post.seats, post.requirements, post.term_bound = seats, requirements.strip(), term_bound
    _store(post, classes, day_of(at))
    record("post.created", post, by=actor(by, verdict.holding), at=at, unit_path=unit.path, **_words(post, classes))
    return post


@transaction.atomic
def change_post(
    post_id: int,
    *,
    title: str,
    role: str,
    reach: str,
    may_issue: bool,
    seats: int,
    requirements: str,
    term_bound: bool,
    classes: Collection[str],
    by: Account,
    at: datetime,
) -> Post:
    """Other words, seats or rights of a post; fewer seats than people who hold it now or later are refused."""
    post = locked_post(post_id)
    verdict = rules_posts.can_change_post(by, post, day_of(at)).require()
    old = _words(post, post.classes.values_list("name", flat=True))
    holders = post.holdings.seated().meeting(day_of(at), OPEN_END).values_list("valid_from", "valid_to")
    most, day = fullest(holders, day_of(at), OPEN_END)
    if seats < most:
        words = {"n": most, "day": f"{day:%d/%m/%Y}"}
        raise ValidationError({"seats": _("%(n)s people hold this post on %(day)s.") % words})
    if post.role == Role.ADMIN and (role != Role.ADMIN or reach != post.reach):
        for holding in post.holdings.on(day_of(at)).seated():
            keep_an_administrator(holding, day_of(at))
    post.title, post.role, post.reach, post.may_issue = title, role, reach, may_issue
    post.seats, post.requirements, post.term_bound = seats, requirements.strip(), term_bound
    _store(post, classes, day_of(at))
    who, new = actor(by, verdict.holding), _words(post, classes)
    record("post.changed", post, by=who, at=at, unit_path=post.unit.path, old=old, new=new)
    return post


def _store(post: Post, classes: Collection[str], on: date) -> None:
    same = Post.objects.filter(unit=post.unit, title=post.title).exclude(pk=post.pk).first()
    if same and same.abolished_on < OPEN_END:
        words = {"day": f"{same.abolished_on:%d/%m/%Y}"}
        raise ValidationError(
            {"title": _("A post of that title was abolished from %(day)s on: choose another.") % words}
        )
    if same:
        raise ValidationError({"title": _("This unit already has a post of that title.")})
    if post.role not in Role.values or post.reach not in Span.values:
        raise ValidationError(_("There is no such role or reach."))
    if not 1 <= post.seats <= 999:
        raise ValidationError({"seats": _("A post has at least one seat.")})
    if unknown := set(classes) - set(value("posts.classes", on=on, default={})):
        raise ValidationError({"classes": _("There is no class of posts “%(name)s”.") % {"name": min(unknown)}})
    new = post.pk is None
    post.save()
    journal.created([post] if new else [])
    post.classes.exclude(name__in=classes).delete()
    known = set(post.classes.values_list("name", flat=True))
    PostClass.objects.bulk_create(PostClass(post=post, name=name) for name in sorted(set(classes) - known))


def _words(post: Post, classes: Collection[str]) -> dict[str, Any]:
    names = ("title", "role", "reach", "may_issue", "seats", "requirements", "term_bound")
    return {name: getattr(post, name) for name in names} | {"classes": ", ".join(sorted(classes))}


@transaction.atomic
def appoint(
    post: Post,
    account: Account,
    *,
    valid_from: date,
    valid_to: date = OPEN_END,
    manner: str = Manner.HOLDS,
    decision: str = "",
    decided_on: date | None = None,
    by: Account,
    at: datetime,
) -> Holding:
    """Give a post to a person for a span.

    Raises Refused; ValidationError for a span that runs backward, a person who holds the post already, no free seat.
    Acting and being in charge take a seat too: they are for a post that is vacant; who is away sets a deputy.
    """
    post = locked_post(post.pk)
    verdict = rules.can_manage_units(by, day_of(at), post.unit).require()
    holding = Holding(post=post, account=account, manner=manner, decision=decision, decided_on=decided_on)
    holding.valid_from, holding.valid_to = valid_from, valid_to
    _seat(holding)
    act = record("post.given", post, by=actor(by, verdict.holding), at=at, unit_path=post.unit.path, **_of(holding))
    tell_given(holding, act, at)
    return holding


def locked_post(post_id: int) -> Post:
    """The post, locked until the end: two people are not given its last seat at once.

    With an administrator's post those of the units above are locked, in one order, so that two do not go at once.
    """
    post = Post.objects.select_related("unit").get(pk=post_id)
    wanted = Q(pk=post_id)
    if post.role == Role.ADMIN:
        wanted |= Q(role=Role.ADMIN, unit__in=paths.ids(post.unit.path or ""))
    list(Post.objects.filter(wanted).order_by("pk").select_for_update(of=("self",), no_key=True))
    return Post.objects.select_related("unit__present").get(pk=post_id)


def _of(holding: Holding) -> dict[str, Any]:
    span = {"valid_from": str(holding.valid_from), "valid_to": str(holding.valid_to)}
    return {"account": holding.account_id, "manner": holding.manner, "decision": holding.decision} | span


def _seat(holding: Holding) -> None:
    """Store a holding whose post is locked, when it has a seat."""
    post, first, end = holding.post, holding.valid_from, holding.valid_to
    if holding.manner not in Manner.values or holding.manner == Manner.DELEGATED:
        raise ValidationError({"manner": _("A post is held, acted in, or taken charge of; delegating is another act.")})
    if end <= first:
        raise ValidationError({"valid_to": _("The last day lies before the first.")})
    if post.unit.closed_on <= first:
        raise ValidationError({"valid_from": _("The unit has ended by then.")})
    if post.abolished_on < end:
        words = {"day": f"{post.abolished_on:%d/%m/%Y}"}
        raise ValidationError({"valid_to": _("The post is abolished from %(day)s on.") % words})
    others = list(post.holdings.seated().meeting(first, end).select_related("account").order_by("valid_from", "pk"))
    if own := next((row for row in others if row.account_id == holding.account_id), None):
        words = {"name": own.account.name, "day": f"{own.valid_from:%d/%m/%Y}"}
        raise ValidationError({"account": _("%(name)s already holds this post, from %(day)s.") % words})
    most, day = fullest([(row.valid_from, row.valid_to) for row in others], first, end)
    if most >= post.seats:
        names = ", ".join(row.account.name for row in others if row.valid_from <= day < row.valid_to)
        taken: dict[str, Any] = {"n": post.seats, "names": names, "day": f"{day:%d/%m/%Y}"}
        raise ValidationError(
            {
                "account": _(
                    "This post has %(n)s seats, and on %(day)s they are taken by %(names)s. End that holding first, or "
                    "hand the post over; who is only away sets a deputy."
                )
                % taken
            }
        )
    holding.save()
    journal.created([holding])
    if first < post.established_on:
        post.established_on = first
        post.save(update_fields=["established_on"])


@transaction.atomic
def end_holding(holding_id: int, *, on: date, ending: str = "", by: Account, at: datetime) -> Holding:
    """Let a holding end: `on` is the first day without it, not after its present end. Its delegations end with it.

    What has not yet lasted a day may end on its first day: it is then as if it had never been.
    Raises Refused; ValidationError for a day outside the span, and for the last administrator of a unit.
    """
    holding = _locked_holding(holding_id)
    verdict = rules_posts.can_end_holding(by, holding, day_of(at)).require()
    if not holding.principal_id:
        keep_an_administrator(holding, on)
    ended = end_one(holding, on, ending, at)
    verb = "post.delegation_ended" if holding.principal_id else "post.ended"
    who, path = actor(by, verdict.holding), holding.post.unit.path
    act = record(verb, holding.post, by=who, at=at, unit_path=path, account=holding.account_id, on=str(on))
    tell_ended(ended, on, act, at)
    return holding


def _locked_holding(holding_id: int) -> Holding:
    """The post first, then the holding, in the order in which all acts on posts lock."""
    locked_post(Holding.objects.values_list("post_id", flat=True).get(pk=holding_id))
    rows = Holding.objects.select_for_update(of=("self",))
    joined = ("post__unit__present", "account", "principal__post__unit", "principal__account")
    return rows.select_related(*joined).get(pk=holding_id)


def end_one(holding: Holding, on: date, ending: str, at: datetime) -> list[Holding]:
    """The holding ends, and so do its deputies; returns all that did."""
    earliest = holding.valid_from if holding.valid_from >= day_of(at) else None
    if on > holding.valid_to or on < holding.valid_from or (on == holding.valid_from and earliest is None):
        raise ValidationError({"on": _("The last day lies before the first.")})
    if ending and ending not in value("posts.endings", on=day_of(at), default={}):
        raise ValidationError({"ending": _("There is no such reason.")})
    deputies = Holding.objects.filter(principal=holding)
    rows = deputies.filter(valid_to__gt=on).exclude(valid_to=F("valid_from"))
    ended = [holding, *rows.select_related("post__unit__present", "principal__account").order_by("pk")]
    journal.update(deputies.filter(valid_to__gt=on, valid_from__lt=on), valid_to=on)
    journal.update(deputies.filter(valid_from__gte=on), valid_to=F("valid_from"))
    holding.valid_to, holding.ending = on, ending
    journal.save(holding, fields=["valid_to", "ending"])
    return ended


def keep_an_administrator(holding: Holding, on: date, instead: Collection[tuple[date, date]] = ()) -> None:
    """Refuse to end the holding of the last administrator of its unit: nobody could give the post again.

    instead: spans of whoever takes over. The posts of administrators above were locked with this one.
    """
    if holding.post.role != Role.ADMIN or not holding.post.unit.path:
        return
    above = paths.ids(holding.post.unit.path)
    posts = Post.objects.filter(unit__in=above, role=Role.ADMIN)
    able = [post.pk for post in posts if post.unit_id == holding.post.unit_id or post.reach == Span.BRANCH]
    others = Holding.objects.seated().filter(post__in=able, account__is_active=True).exclude(pk=holding.pk)
    spans = [*others.values_list("valid_from", "valid_to"), *instead]
    if not covered(spans, on, holding.valid_to):
        raise ValidationError(
            _("%(name)s is the last administrator of %(unit)s. Give the post of administrator to another person first.")
            % {"name": holding.account.name, "unit": holding.post.unit.name}
        )


@transaction.atomic
def hand_over(
    holding_id: int,
    to: Account,
    *,
    on: date,
    manner: str = Manner.HOLDS,
    decision: str = "",
    decided_on: date | None = None,
    ending: str = "",
    by: Account,
    at: datetime,
) -> Holding:
    """Bàn giao chức danh: on day `on` one person leaves the post and another has it, in one act.

    Rights and the queue hang on the post and go along; what was done stays with whoever did it. The new holding lasts
    until the old one would have. Raises as `end_holding` and `appoint`; nothing is then stored.
    """
    old = _locked_holding(holding_id)
    verdict = rules.can_manage_units(by, day_of(at), old.post.unit).require()
    if old.principal_id:
        raise ValidationError(_("A delegation is ended and set anew, not handed over."))
    end = old.valid_to
    keep_an_administrator(old, on, [(on, end)] if to.is_active else [])
    ended = end_one(old, on, ending or "handed_over", at)
    new = Holding(post=old.post, account=to, manner=manner, decision=decision, decided_on=decided_on)
    new.valid_from, new.valid_to = on, end
    _seat(new)
    who, path = actor(by, verdict.holding), old.post.unit.path
    names = old.account.name, to.name
    act = record("post.handed_over", old.post, by=who, at=at, unit_path=path, on=str(on), old=names[0], new=names[1])
    tell_given(new, act, at)
    tell_ended([row for row in ended if row.account_id != to.pk], on, act, at)
    return new
