"""The hash of an act in its chain, made in Python so that both databases give the same."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from trienkhai.audit.models import Act

GENESIS = "0" * 64
_FIELDS = [field.attname for field in Act._meta.concrete_fields]


def canonical(act: Act) -> str:
    """All fields of the act as one JSON text: keys sorted, times in UTC to the microsecond, letters as they are."""
    return json.dumps(
        {name: _plain(getattr(act, name)) for name in _FIELDS},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )


def act_hash(act: Act, previous: str) -> str:
    return hashlib.sha256(f"{previous}\n{canonical(act)}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
