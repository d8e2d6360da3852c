"""Papers that come out of a unit's own meetings: its secretary writes and issues these, and no others.

`documents` has not heard of meetings: their area names the drafts and the documents.
"""

from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet

Rows = Callable[[Iterable[int]], list[QuerySet]]
_drafts: list[Rows] = []
_documents: list[Rows] = []


def register(drafts: Rows, documents: Rows) -> None:
    """Called once from an area's `AppConfig.ready`: units → queries for ids of drafts, of documents."""
    if drafts not in _drafts:
        _drafts.append(drafts)
        _documents.append(documents)


def drafts_of(units: Iterable[int]) -> Q:
    return _among(_drafts, list(units))


def documents_of(units: Iterable[int], name: str = "pk") -> Q:
    return _among(_documents, list(units), name)


def _among(rules: list[Rows], units: list[int], name: str = "pk") -> Q:
    found = Q(pk__in=[])
    if units:
        for rule in rules:
            for rows in rule(units):
                found |= Q(**{f"{name}__in": rows})
    return found
