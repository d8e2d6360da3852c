"""Dossiers that are no longer what was stored: none, as long as only the actions of this area write."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q

from trienkhai.audit.models import Act
from trienkhai.worksessions.models import Dossier, Session, SessionState

MADE = "worksession.dossier_made"


def digest_of(dossier: Dossier) -> str:
    """SHA-256 over the JSON of what a dossier says: keys sorted, letters as they are."""
    said = {
        "session": dossier.session_id,
        "unit": dossier.unit_id,
        "number": dossier.number,
        "on": str(dossier.on),
        "content": dossier.content,
        "head": dossier.head,
    }
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def altered_dossiers() -> Iterator[str]:
    """Dossiers, as their acts name them, that are no longer what was made or are gone; and those that no act made."""
    kept = {row.act: row for row in Dossier.objects.iterator(chunk_size=200)}
    for act in Act.objects.filter(verb=MADE).order_by("pk").iterator(chunk_size=500):
        dossier = kept.pop(act.pk, None)
        if dossier is None or not act.digest == dossier.digest == digest_of(dossier):
            yield act.target_label
    yield from (f"{row.session_id}/{row.number}" for row in kept.values())


def left_with_closed(on: date) -> dict[int, int]:
    """Unit that no longer stands → how many sessions still to be held it has."""
    found: dict[int, int] = {}
    for side in ("upper", "unit"):
        rows = Session.objects.filter(Q(**{f"{side}__closed_on__lte": on}), state=SessionState.PLANNED)
        for pk, n in rows.order_by().values_list(side).annotate(n=Count("pk")):
            found[pk] = found.get(pk, 0) + n
    return found
