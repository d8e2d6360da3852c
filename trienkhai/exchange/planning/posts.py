"""What the sheet of posts would change: posts to make, people to put into them, holdings with another end."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold, squeeze
from trienkhai.exchange.files import Row, Table
from trienkhai.exchange.planning.plan import Plan, no_unit
from trienkhai.exchange.queries import own_holdings
from trienkhai.orgs.models import Holding, Post, Span, Unit
from trienkhai.orgs.seats import fullest
from trienkhai.people.models import Account

USERNAME = re.compile(r"[\w.@+-]+")
Key = tuple[str, str]


@dataclass
class Standing:
    """What stands in the branch, by (code of the unit, title of the post), and what the rows read so far have added.

    `spans`: for each post and user name the spans the person has it, [first day, first day without it); `taken`: for
    each post those of everybody.
    """

    units: set[str]
    posts: dict[Key, Post]
    accounts: dict[str, Account]
    holdings: dict[tuple[Key, str, date], Holding]
    roles: dict[Key, tuple[str, str]] = field(default_factory=dict)
    made: set[Key] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    spans: dict[tuple[Key, str], list[tuple[date, date]]] = field(default_factory=dict)
    taken: dict[Key, list[tuple[date, date]]] = field(default_factory=dict)

    def take(self, key: Key, username: str, first: date, last: date) -> None:
        self.spans.setdefault((key, username), []).append((first, last))
        self.taken.setdefault(key, []).append((first, last))


def judge_posts(plan: Plan, table: Table, unit: Unit, known: dict[str, Unit], on: date) -> None:
    """Judge the rows of posts, into `plan.posts`, `plan.holdings`, `plan.altered`. Three queries."""
    posts, held = {_key(row) for row in table.rows}, {_held(row) for row in table.rows}
    standing = _standing(plan, table, unit, known)
    others = {name: holding for name, holding in standing.holdings.items() if name not in held}
    for (key, username, first), holding in others.items():
        standing.take(key, username, first, holding.valid_to)
    for row in table.rows:
        _judge_post(row, standing)
        _judge_person(row, standing)
        _judge_span(row, standing)
        if not row.errors:
            _sort(plan, row, standing)
    plan.posts_left_alone = len(set(standing.posts) - posts) + sum(row.valid_to > on for row in others.values())


def _key(row: Row) -> Key:
    return row.values.get("unit_code", ""), row.values.get("title", "")


def _held(row: Row) -> tuple[Key, str, date | None]:
    return _key(row), _username(row), row.values.get("valid_from")


def _standing(plan: Plan, table: Table, unit: Unit, known: dict[str, Unit]) -> Standing:
    codes = {row.pk: code for code, row in known.items()}
    posts = {
        (codes[post.unit_id], squeeze(post.title)): post
        for post in Post.objects.filter(paths.within(unit.path or "", "unit__path"))
        if post.unit_id in codes
    }
    keys = {post.pk: key for key, post in posts.items()}
    usernames = {_username(row) for row in table.rows}
    accounts = {row.username: row for row in Account.objects.filter(username__in=usernames - {""})}
    holdings = {
        (keys[row.post_id], row.account.username, row.valid_from): row
        for row in own_holdings(unit).select_related("account")
        if row.post_id in keys
    }
    coming = {row.values.get("code", "") for row in plan.tables["units"].rows} if "units" in plan.tables else set()
    return Standing(coming | set(known), posts, accounts, holdings)


def _username(row: Row) -> str:
    return str(row.values.get("username", "")).lower()


def _judge_post(row: Row, standing: Standing) -> None:
    """The unit is there, and the post has the role and reach it has, or has in an earlier row."""
    key = _key(row)
    role, reach = row.values.get("role"), row.values.get("reach")
    if key[0] and key[0] not in standing.units:
        row.fault(no_unit(key[0]), "unit_code")
    if post := standing.posts.get(key):
        has = (post.role, post.reach)
    else:
        has = standing.roles.setdefault(key, (role or "", reach or Span.OWN))
    if role and role != has[0]:
        row.fault(_("A post of that title has another role there; a role does not change, make another post."), "role")
    if reach and reach != has[1]:
        row.fault(
            _("A post of that title has another reach there; a reach does not change, make another post."), "reach"
        )


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
        if not same and any(first < end and begin < last for begin, end in spans):
            row.fault(_("The person already holds this post in that time; a first day does not change."), "valid_from")
        standing.take(key, username, first, last)
        _judge_seats(row, standing, first, last)


def _judge_seats(row: Row, standing: Standing, first: date, last: date) -> None:
    """A post that stands has a seat for everybody at any time; one that the file makes gets as many as it needs."""
    post = standing.posts.get(_key(row))
    if row.errors:
        return
    most, day = fullest(standing.taken[_key(row)], first, last)
    if post and most > post.seats:
        words = {"n": post.seats, "day": f"{day:%d/%m/%Y}"}
        row.fault(_("The post has %(n)d seats, and on %(day)s they are taken.") % words, "username")


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


def _changes(row: Row, holding: Holding) -> dict[str, Any]:
    """Another end, manner or decision of a holding that stands; a column that the file lacks changes nothing."""
    values = row.values
    given: dict[str, Any] = {}
    if values.get("manner"):
        given["manner"] = values["manner"]
    if "decision" in values and values["decision"] != squeeze(holding.decision):
        given["decision"] = values["decision"]
    if "valid_to" in values:
        given["valid_to"] = values["valid_to"] or OPEN_END
    return {name: now for name, now in given.items() if now != getattr(holding, name)}
