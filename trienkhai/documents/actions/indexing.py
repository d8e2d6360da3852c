"""The index brought up to date where something wrote past the models, or a new release makes other tokens."""

from collections.abc import Callable
from itertools import islice

from django.db import connection, transaction

from trienkhai.documents.models import Document, SearchEntry
from trienkhai.documents.queries.index import broken_parts, drifted
from trienkhai.documents.search import engines

BATCH = 200


def renew_index(*, everything: bool = False, told: Callable[[int], None] = lambda number: None) -> int:
    """Renew the entries that lag behind, or all; returns how many. In batches, so it may be stopped and started again.

    told: called after each batch with the number of documents looked at in it.
    """
    if everything:
        SearchEntry.objects.update(stamp="")
    engines.install(connection)
    if broken_parts():
        engines.rebuild(connection)
    renewed, ids = 0, iter(list(drifted()))
    while batch := list(islice(ids, BATCH)):
        with transaction.atomic():
            rows = Document.objects.select_for_update(of=("self",)).filter(pk__in=batch).order_by("pk")
            renewed += SearchEntry.objects.renew(rows)
        told(len(batch))
    return renewed
