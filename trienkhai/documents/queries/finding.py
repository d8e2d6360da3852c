"""Documents that answer what a person typed, the best first; how each of the two databases is asked, side by side.

Both begin with the hits of the index and go through them from the newest. Where a person sees much, the right is tested
on one hit after another until there are enough; where few documents are seen, all hits are compared with those.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import F

from trienkhai.documents.models import DocumentQuerySet
from trienkhai.documents.models.search import place_of
from trienkhai.documents.search.asking import Stage
from trienkhai.documents.search.engines import ENTRIES, INDEX, fts5, tsquery

Period = tuple[date | None, date | None]
Places = tuple[int, int]
MANY = 1000
MAX_ID = 2**32 - 1
EVERYWHERE: Places = (0, 2**63 - 1)
_MATCHED = (
    f"WITH matched AS MATERIALIZED (SELECT document_id, place FROM {ENTRIES} WHERE words @@ %s::tsquery{{within}}) "
)
_WITHIN = " AND place + 0 BETWEEN %s AND %s"
"""Without the sum PostgreSQL goes by the places and looks into the words of each of them, ten times as slow."""
_ONE_BY_ONE = (
    _MATCHED + "SELECT found.* FROM (SELECT * FROM matched ORDER BY place DESC OFFSET 0) AS hit "
    "CROSS JOIN LATERAL ({rows} OFFSET 0) AS found ORDER BY hit.place DESC LIMIT %s"
)
_ALL_AT_ONCE = (
    _MATCHED + "SELECT found.* FROM matched AS hit JOIN ({rows}) AS found ON found.pk = hit.document_id "
    "ORDER BY hit.place DESC LIMIT %s"
)
_THIS_ONE = "documents_document.id = hit.document_id"
_SETTINGS = {"enable_seqscan": "off", "max_parallel_workers_per_gather": "0", "jit": "off"}


def in_order(rows: DocumentQuerySet) -> DocumentQuerySet:
    """The newest first; papers without a date come last."""
    return rows.order_by(F("issued_on").desc(nulls_last=True), "-pk")


def ranked(
    rows: DocumentQuerySet, stages: Iterable[Stage], limit: int, *columns: str, period: Period = (None, None)
) -> list[tuple[Any, ...]]:
    """`(pk, *columns)` of at most `limit` documents that answer one of the stages: by stage, then the newest first.

    One query for each stage until there are enough. period: of the rows, where it is known; spares looking at others.
    """
    answers = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    found: dict[int, tuple[Any, ...]] = {}
    with _told_the_way(rows):
        for stage in stages:
            if len(found) >= limit:
                break
            for row in answers(rows, stage, _places(period), limit, columns):
                found.setdefault(row[0], row)
    return list(found.values())[:limit]


def _places(period: Period) -> Places:
    first, last = period
    return place_of(0, first) if first else EVERYWHERE[0], place_of(MAX_ID, last) if last else EVERYWHERE[1]


def _on_sqlite(
    rows: DocumentQuerySet, stage: Stage, places: Places, limit: int, columns: tuple[str, ...]
) -> Iterable[Any]:
    """A plus before a column keeps SQLite from its index: it then begins with the documents and not with the hits."""
    place = f"{'+' if rows.is_few else ''}{ENTRIES}.place"
    hits = rows.filter(search_entry__isnull=False).extra(
        where=[f"{place} IN (SELECT rowid FROM {INDEX}(%s) WHERE rowid BETWEEN %s AND %s)"],
        params=[fts5(stage), *places],
    )
    return hits.order_by("-search_entry__place").values_list("pk", *columns)[:limit]


def _on_postgresql(
    rows: DocumentQuerySet, stage: Stage, places: Places, limit: int, columns: tuple[str, ...]
) -> Iterable[Any]:
    seen = rows.order_by() if rows.is_few else rows.order_by().extra(where=[_THIS_ONE])
    try:
        sql, params = seen.values_list("pk", *columns).query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        within = () if places == EVERYWHERE else places
        shape = _ALL_AT_ONCE if rows.is_few else _ONE_BY_ONE
        statement = shape.format(rows=sql, within=_WITHIN if within else "")
        cursor.execute(statement, [tsquery(stage), *within, *params, limit])
        return cursor.fetchall()


@contextmanager
def _told_the_way(rows: DocumentQuerySet) -> Iterator[None]:
    """PostgreSQL's planner takes a look into a `tsvector` for cheap, though most are kept out of line, and knows little
    of how many documents hold a word: left alone it took twenty seconds now and then. For one transaction."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        _set(_SETTINGS | {"enable_nestloop": "off" if rows.is_few else "on"})
        yield


def _set(values: dict[str, str]) -> None:
    calls = ", ".join("set_config(%s, %s, true)" for _name in values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [word for pair in values.items() for word in pair])
