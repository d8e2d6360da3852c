"""What the sheet of posts would change: posts to make or refit, people to put into them, holdings with another end."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold, squeeze
from trienkhai.exchange.columns import lines
from trienkhai.exchange.files import Row, Table
from trienkhai.exchange.planning.plan import Plan, PostKey, no_unit
from trienkhai.exchange.progress import Stage, Tell, counted
from trienkhai.exchange.queries import (
    AccountFacts,
    HoldingFacts,
    PostFacts,
    accounts_named,
    standing_holdings,
    standing_posts,
)
from trienkhai.orgs.models import Span, Unit
from trienkhai.orgs.seats import fullest

USERNAME = re.compile(r"[\w.@+-]+")
FITTING = ("seats", "classes", "requirements", "term_bound", "may_issue")
"""What of a post that stands is changed by a file; its role and reach are not."""


@dataclass
class Standing:
    """What stands in the branch, by (code of the unit, title of the post), and what the rows read so far have added.

    `spans`: for each post and user name the spans the person has it, [first day, first day without it); `taken`: for
    each post those of everybody; `first`: for each post of the file its first row, which tells what the post is.
    """

    units: set[str]
    posts: dict[PostKey, PostFacts]
    accounts: dict[str, AccountFacts]
    holdings: dict[tuple[PostKey, str, date], HoldingFacts]
    first: dict[PostKey, Row] = field(default_factory=dict)
    roles: dict[PostKey, tuple[str, str]] = field(default_factory=dict)
    made: set[PostKey] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    spans: dict[tuple[PostKey, str], list[tuple[date, date]]] = field(default_factory=dict)
    taken: dict[PostKey, list[tuple[date, date]]] = field(default_factory=dict)

    def take(self, key: PostKey, username: str, first: date, last: date) -> None:
        self.spans.setdefault((key, username), []).append((first, last))
        self.taken.setdefault(key, []).append((first, last))

    def seats(self, key: PostKey) -> int | None:
        """How many seats the post will have: as the file says, else as it has; None for as many as it needs."""
        given = self.first[key].values.get("seats") if key in self.first else None
        return given or (self.posts[key].seats if key in self.posts else None)


def judge_posts(plan: Plan, table: Table, unit: Unit, known: set[str], on: date, tell: Tell) -> None:
    """Judge the rows of posts, into `plan.posts`, `.refitted`, `.holdings`, `.altered`. A handful of queries."""
    standing = _standing(plan, table, unit, known, on)
    plan.post_ids = {key: post.pk for key, post in standing.posts.items()}
    for row in table.rows:
        standing.first.setdefault(_key(row), row)
    held = {_held(row) for row in table.rows}
    left = [(name, holding) for name, holding in standing.holdings.items() if name not in held]
    for (key, username, first), holding in left:
        standing.take(key, username, first, holding.valid_to)
    before = plan.size - len(table.rows)
    for row in counted(table.rows, tell, Stage.JUDGE, plan.size, before=before):
        _judge_post(row, standing)
        _judge_person(row, standing)
        _judge_span(row, standing)
        if not row.errors:
            _sort(plan, row, standing)
    _refit(plan, standing, on)
    plan.crowded = sum(_is_crowded(row, standing) for row in plan.posts)
    others = len(set(standing.posts) - set(standing.first))
    plan.posts_left_alone = others + sum(holding.valid_to > on for _name, holding in left)


def _key(row: Row) -> PostKey:
    return row.values.get("unit_code", ""), row.values.get("title", "")


def _held(row: Row) -> tuple[PostKey, str, date | None]:
    return _key(row), _username(row), row.values.get("valid_from")


def _standing(plan: Plan, table: Table, unit: Unit, known: set[str], on: date) -> Standing:
    posts = {(post.unit_code, squeeze(post.title)): post for post in standing_posts(unit, on)}
    keys = {post.pk: key for key, post in posts.items()}
    usernames = {_username(row) for row in table.rows} - {""}
    accounts = {row.username: row for row in accounts_named(usernames)}
    holdings = {
        (keys[row.post_id], row.username, row.valid_from): row for row in standing_holdings(unit) if row.post_id in keys
    }
    coming = {row.values.get("code", "") for row in plan.tables["units"].rows} if "units" in plan.tables else set()
    return Standing(coming | known, posts, accounts, holdings)


def _username(row: Row) -> str:
    return str(row.values.get("username", "")).lower()


def _judge_post(row: Row, standing: Standing) -> None:
    """The unit is there, and the post is what it is, or what the first of its rows in the file says."""
    key, values = _key(row), row.values
    role, reach = values.get("role"), values.get("reach")
    if key[0] and key[0] not in standing.units:
        row.fault(no_unit(key[0]), "unit_code")
    if post := standing.posts.get(key):
        has = (post.role, post.reach)
    else:
        has = standing.roles.setdefault(key, (role or "", reach or Span.OWN))
    if post and _username(row) and post.abolished_on < (row.values.get("valid_to") or OPEN_END):
        told = {"day": f"{post.abolished_on:%d/%m/%Y}"}
        row.fault(_("The post is abolished from %(day)s on.") % told, "title")
    if role and role != has[0]:
        row.fault(_("A post of that title has another role there; a role does not change, make another post."), "role")
    if reach and reach != has[1]:
        row.fault(
            _("A post of that title has another reach there; a reach does not change, make another post."), "reach"
        )
    first = standing.first[key].values
    for name in (*FITTING, "established_on"):
        if values.get(name) not in (None, "", []) and values[name] != first.get(name):
            row.fault(_("An earlier row says something else of the same post."), name)


def _judge_person(row: Row, standing: Standing) -> None:
    """The account is there under that name, or can be made from the name given."""
    username, name = _username(row), row.values.get("holder", "")
    account = standing.accounts.get(username)
    if not username:
        if "username" not in row.wrong and (name or row.values.get("decision")):
            row.fault(_("Whose post is it? The user name is missing."), "username")
    elif account:
        if name and fold(name) != fold(account.name):
            told = {"username": username, "name": account.name}
            row.fault(_("The account “%(username)s” is %(name)s's; names do not change by a file.") % told, "holder")
    elif not USERNAME.fullmatch(username):
        row.fault(_("A user name has letters, digits and . @ + - _ only."), "username")
    elif not name:
        sentence = _("There is no account “%(name)s”; write the full name to make one.")
        row.fault(sentence % {"name": username}, "username", "holder")
    elif fold(standing.names.setdefault(username, name)) != fold(name):
        row.fault(_("The same user name stands with two names."), "holder")


def _judge_span(row: Row, standing: Standing) -> None:
    """From a day on, not backward, and the same person not twice at a time in one post."""
    key, username, first = _held(row)
    last = row.values.get("valid_to") or OPEN_END
    if {"valid_from", "valid_to"} & set(row.wrong) or not (username or first):
        return
    if not username:
        row.fault(_("Whose post is it? The user name is missing."), "username")
    elif first is None:
        row.fault(_("From which day does the person hold the post?"), "valid_from")
    elif last <= first:
        row.fault(_("The last day lies before the first."), "valid_to")
    else:
        spans = standing.spans.get((key, username), [])
        stands = standing.holdings.get((key, username, first))
        same = stands is not None and ("valid_to" not in row.values or last == stands.valid_to)
        if stands is not None and "valid_to" not in row.values:
            last = stands.valid_to
        if not same and any(first < end and begin < last for begin, end in spans):
            row.fault(_("The person already holds this post in that time; a first day does not change."), "valid_from")
        standing.take(key, username, first, last)
        if not same and not row.errors:
            _judge_seats(row, standing, first, last)


def _judge_seats(row: Row, standing: Standing, first: date, last: date) -> None:
    """A post that stands has a seat for everybody whom the file adds, at any time."""
    key = _key(row)
    seats, taken = standing.seats(key), standing.taken[key]
    if key not in standing.posts or seats is None or len(taken) <= seats:
        return
    most, day = fullest(taken, first, last)
    if most > seats:
        row.fault(
            _("The post has %(n)d seats, and on %(day)s they are taken.") % {"n": seats, "day": f"{day:%d/%m/%Y}"},
            "username",
        )


def _is_crowded(row: Row, standing: Standing) -> bool:
    """Has a new post more holders at once than the file gives it seats? It is shown so; it is not wrong."""
    seats, taken = row.values.get("seats"), standing.taken.get(_key(row), [])
    return bool(seats and len(taken) > seats and fullest(taken, date.min, OPEN_END)[0] > seats)


def _sort(plan: Plan, row: Row, standing: Standing) -> None:
    """The post to make, once for all its rows; the person to put into it, or what of the holding is another."""
    key, username, first = _held(row)
    if key not in standing.posts and key not in standing.made:
        standing.made.add(key)
        plan.posts.append(row)
    if not username or first is None:
        return
    holding = standing.holdings.get((key, username, first))
    if holding is None:
        account = standing.accounts.get(username)
        if account and not account.is_active:
            row.fault(_("The account “%(name)s” is closed.") % {"name": username}, "username")
        else:
            plan.holdings.append(row)
    elif changes := _changes(row, holding):
        plan.altered.append((holding, changes))


def _changes(row: Row, holding: HoldingFacts) -> dict[str, Any]:
    """Another end, manner or decision of a holding that stands; a column that the file lacks changes nothing."""
    values = row.values
    given: dict[str, Any] = {}
    if values.get("manner"):
        given["manner"] = values["manner"]
    if "decision" in values and values["decision"] != squeeze(holding.decision):
        given["decision"] = values["decision"]
    if "decided_on" in values:
        given["decided_on"] = values["decided_on"]
    if "valid_to" in values:
        given["valid_to"] = values["valid_to"] or OPEN_END
    return {name: now for name, now in given.items() if now != getattr(holding, name)}


def _refit(plan: Plan, standing: Standing, on: date) -> None:
    """What the first row of a post that stands says otherwise; fewer seats than people who sit there is a fault."""
    for key, row in standing.first.items():
        post = standing.posts.get(key)
        if post is None or not (changes := _refitting(row, post)):
            continue
        seats = changes.get("seats", post.seats)
        most, day = fullest(standing.taken.get(key, []), on, OPEN_END) if seats < post.seats else (0, on)
        if most > seats:
            row.fault(
                _("%(n)s people hold this post on %(day)s.") % {"n": most, "day": f"{day:%d/%m/%Y}"},
                "seats",
            )
        elif not row.errors:
            plan.refitted.append((post, changes))


def _refitting(row: Row, post: PostFacts) -> dict[str, Any]:
    """Empty cells take classes and requirements away; for the others they say nothing."""
    values, given = row.values, dict[str, Any]()
    if "classes" in values and tuple(values["classes"]) != post.classes:
        given["classes"] = tuple(values["classes"])
    if "requirements" in values and values["requirements"] != lines(post.requirements):
        given["requirements"] = values["requirements"]
    for name in ("seats", "term_bound", "may_issue"):
        if values.get(name) is not None and values[name] != getattr(post, name):
            given[name] = values[name]
    return given
