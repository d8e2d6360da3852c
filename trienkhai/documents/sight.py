"""What later areas know of a document, which documents have not heard of: who sees it by work, what leaves with it."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import QuerySet

from trienkhai.documents.models import Document

Rule = Callable[[Iterable[int], Iterable[int], date], list[QuerySet]]
Removal = Callable[[Document], dict[str, list[int]]]
_rules: list[Rule] = []
_removals: list[Removal] = []
_work: list[Callable[[Document], bool]] = []
_members: list[Callable[[Iterable[int]], QuerySet]] = []


def register(rule: Rule, removal: Removal) -> None:
    """Called once from an area's `AppConfig.ready`.

    `rule(own, branches, on)` → queries for ids of documents: what may be seen because of work that units `own` hold,
    or that is held below units `branches`; both are ids.
    `removal`: see `register_removal`.
    """
    if rule not in _rules:
        _rules.append(rule)
    register_removal(removal)


def register_removal(removal: Removal) -> None:
    """Called once from an area's `AppConfig.ready`: `removal(document)` deletes or empties what the area made of a
    document that is locked away, or raises Refused. It returns the ids by table, so that what acts about them said is
    erased too; under the label of acts those of acts that have no target.
    """
    if removal not in _removals:
        _removals.append(removal)


def register_members(rule: Callable[[Iterable[int]], QuerySet]) -> None:
    """Called once from an area's `AppConfig.ready`: `rule(units)` → ids of the documents that members of these units
    read because the unit puts them before its members.
    """
    if rule not in _members:
        _members.append(rule)


def by_membership(units: Iterable[int]) -> list[QuerySet]:
    return [rule(units) for rule in _members]


def by_work(own: Iterable[int], branches: Iterable[int], on: date) -> list[QuerySet]:
    return [rows for rule in _rules for rows in rule(own, branches, on)]


def remove_made(document: Document) -> dict[str, list[int]]:
    """Ids of what later areas removed or emptied, by the label of its table."""
    touched: dict[str, list[int]] = {}
    for removal in _removals:
        for table, ids in removal(document).items():
            touched.setdefault(table, []).extend(ids)
    return touched


def register_work(issued: Callable[[Document], bool]) -> None:
    """Called once from an area's `AppConfig.ready`: `issued(document)` tells whether work was issued from it."""
    if issued not in _work:
        _work.append(issued)


def has_work(document: Document) -> bool:
    """Was work issued from the document, so that it may cover what a slip asks for?"""
    return any(issued(document) for issued in _work)
