"""Posts, accounts and holdings of a file, written in portions."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from copy import copy
from datetime import date, datetime
from typing import Any

from trienkhai.audit.actions import Actor, Told, record_each
from trienkhai.common.days import OPEN_END
from trienkhai.exchange.files import Row
from trienkhai.exchange.planning import Plan
from trienkhai.exchange.planning.plan import PostKey
from trienkhai.exchange.queries import PostFacts, accounts_named, portions
from trienkhai.orgs.actions.posts import keep_an_administrator
from trienkhai.orgs.models import Holding, Manner, Post, PostClass, Span
from trienkhai.orgs.models.posts import BEGINNING
from trienkhai.orgs.seats import fullest
from trienkhai.people.models import Account

PORTION = 1000
Done = Callable[[int], None]
Spans = dict[PostKey, list[tuple[date, date]]]


def _key(row: Row) -> PostKey:
    return row.values["unit_code"], row.values["title"]


def store_posts(plan: Plan, done: Done) -> None:
    """The posts to make, with their classes; where the file names no seats, as many as people hold it at once."""
    held: Spans = defaultdict(list)
    for row in plan.holdings:
        held[_key(row)].append((row.values["valid_from"], row.values.get("valid_to") or OPEN_END))
    for number, rows in enumerate(portions(plan.posts, PORTION)):
        made = Post.objects.bulk_create(_post(row, plan.unit_ids[row.values["unit_code"]], held) for row in rows)
        plan.post_ids |= {_key(row): post.pk for row, post in zip(rows, made, strict=True)}
        _classify((post.pk, row.values.get("classes") or ()) for row, post in zip(rows, made, strict=True))
        done(number * PORTION + len(rows))


def _post(row: Row, unit_id: int, held: Spans) -> Post:
    values, spans = row.values, held.get(_key(row), [])
    since: date = values.get("established_on") or BEGINNING
    return Post(
        unit_id=unit_id,
        title=values["title"],
        role=values["role"],
        reach=values.get("reach") or Span.OWN,
        seats=values.get("seats") or max(1, fullest(spans, date.min, OPEN_END)[0]),
        requirements=values.get("requirements") or "",
        term_bound=bool(values.get("term_bound")),
        may_issue=bool(values.get("may_issue")),
        established_on=min([since, *(first for first, _last in spans)]),
    )


def _classify(classes: Iterable[tuple[int, Iterable[str]]]) -> None:
    PostClass.objects.bulk_create(PostClass(post_id=pk, name=name) for pk, names in classes for name in names)


def refit_posts(plan: Plan, *, by: Actor, at: datetime) -> None:
    """Other seats, classes, requirements of posts that stand; an act for each with old and new values."""
    for listed in portions(plan.refitted, PORTION):
        changes = {post.pk: given for post, given in listed}
        posts = list(Post.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=changes).order_by("pk"))
        for post in posts:
            for name, value in changes[post.pk].items():
                if name != "classes":
                    setattr(post, name, value)
        Post.objects.bulk_update(posts, ["seats", "requirements", "term_bound", "may_issue"], batch_size=100)
        others = {pk: given["classes"] for pk, given in changes.items() if "classes" in given}
        PostClass.objects.filter(post__in=others).delete()
        _classify(others.items())
        facts, rows = {post.pk: post for post, _given in listed}, {post.pk: post for post in posts}
        paths = dict(Post.objects.filter(pk__in=changes).values_list("pk", "unit__path"))
        told = (
            Told(rows[pk], {"old": _words(facts[pk], given), "new": _told(given)}, unit_path=paths[pk])
            for pk, given in changes.items()
        )
        record_each("post.changed", told, by=by, at=at)


def _words(post: PostFacts, given: dict[str, Any]) -> dict[str, Any]:
    return _told({name: getattr(post, name) for name in given})


def _told(given: dict[str, Any]) -> dict[str, Any]:
    return given | ({"classes": ", ".join(given["classes"])} if "classes" in given else {})


def store_holdings(plan: Plan, done: Done) -> int:
    """The people to put into posts; returns how many accounts were opened for them.

    A new account has no password: an administrator lets the person in afterwards.
    """
    names = {row.values["username"].lower(): row.values.get("holder", "") for row in plan.holdings}
    ids = {row.username: row.pk for row in accounts_named(names)}
    missing = {username: name for username, name in names.items() if username not in ids}
    for listed in portions(list(missing.items()), PORTION):
        ids |= Account.objects.create_many(dict(listed), batch_size=PORTION)
    for number, rows in enumerate(portions(plan.holdings, PORTION)):
        Holding.objects.bulk_create(_holding(row, plan.post_ids[_key(row)], ids) for row in rows)
        done(number * PORTION + len(rows))
    return len(missing)


def _holding(row: Row, post_id: int, ids: dict[str, int]) -> Holding:
    values = row.values
    return Holding(
        post_id=post_id,
        account_id=ids[values["username"].lower()],
        manner=values.get("manner") or Manner.HOLDS,
        valid_from=values["valid_from"],
        valid_to=values.get("valid_to") or OPEN_END,
        decision=values.get("decision", ""),
        decided_on=values.get("decided_on"),
    )


def alter_holdings(plan: Plan, done: Done, *, by: Actor, at: datetime) -> None:
    """Another end, manner or decision of holdings, and an act for each; their delegations end with them.

    Called when all else is stored. Raises ValidationError where a unit would be left without an administrator.
    """
    sooner: list[tuple[Holding, date]] = []
    for number, listed in enumerate(portions(plan.altered, PORTION)):
        changes = {holding.pk: given for holding, given in listed}
        locked = Holding.objects.select_for_update(of=("self",)).filter(pk__in=changes).order_by("pk")
        rows = list(locked.select_related("post__unit__present", "account"))
        told = []
        for row in rows:
            given = changes[row.pk]
            if given.get("valid_to", row.valid_to) < row.valid_to:
                sooner.append((copy(row), given["valid_to"]))
            old = {name: _plain(getattr(row, name)) for name in given}
            for name, value in given.items():
                setattr(row, name, value)
            new = {name: _plain(value) for name, value in given.items()}
            data = {"account": row.account_id, "old": old, "new": new}
            told.append((row, Told(row.post, data, unit_path=row.post.unit.path)))
        Holding.objects.bulk_update(rows, ["valid_to", "manner", "decision", "decided_on"], batch_size=100)
        _end_delegations({row.pk: row.valid_to for row in rows})
        for verb, ends in (("post.given", True), ("post.ended", False)):
            some = (one for row, one in told if (row.valid_to == OPEN_END) == ends)
            record_each(verb, some, by=by, at=at)
        done(number * PORTION + len(listed))
    for as_it_was, last in sooner:
        keep_an_administrator(as_it_was, last)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _end_delegations(ends: dict[int, date]) -> None:
    """Those that would outlast the holding they come from."""
    rows = Holding.objects.filter(principal__in=ends, valid_to__gt=min(ends.values())).order_by("pk")
    outlasting = [row for row in rows if row.principal_id and row.valid_from < ends[row.principal_id] < row.valid_to]
    for row in outlasting:
        row.valid_to = ends[row.principal_id or 0]
    Holding.objects.bulk_update(outlasting, ["valid_to"], batch_size=100)
