"""What later areas know of a document, which documents have not heard of: who sees it by work, what leaves with it."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import Q

from trienkhai.documents.models import Document

Rule = Callable[[Iterable[int], Iterable[int], date], Q]
Removal = Callable[[Document], None]
_rules: list[Rule] = []
_removals: list[Removal] = []


def register(rule: Rule, removal: Removal) -> None:
    """Called once from an area's `AppConfig.ready`.

    `rule(own, branches, on)` → a condition on Document: what may be seen because of work that units `own` hold, or that
    is held below units `branches`; both are ids.
    `removal(document)` deletes the area's drafts from a document that is locked away, or raises Refused.
    """
    if rule not in _rules:
        _rules.append(rule)
        _removals.append(removal)


def by_work(own: Iterable[int], branches: Iterable[int], on: date) -> list[Q]:
    return [rule(own, branches, on) for rule in _rules]


def remove_drafts(document: Document) -> None:
    for removal in _removals:
        removal(document)
