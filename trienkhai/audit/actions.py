"""Recording an act, erasing a personal value, sealing."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from trienkhai.audit.chain import GENESIS, act_hash
from trienkhai.audit.models import Act, ActDetail, Seal
from trienkhai.common.locks import Turn, takes_turn

SEAL_BATCH = 2000


@dataclass(frozen=True)
class Actor:
    """Who acts, as plain values: the account, the holding of a post by which it may, and for whom a delegate acts."""

    account_id: int | None = None
    name: str = ""
    holding_id: int | None = None
    post_label: str = ""
    principal: str = ""
    unit_path: str = ""


SYSTEM = Actor(name="Triển Khai")


def record(
    verb: str,
    target: models.Model | None = None,
    *,
    by: Actor,
    at: datetime,
    unit_path: str | None = None,
    label: str = "",
    personal: dict[str, str] | None = None,
    selection: str = "",
    count: int = 1,
    digest: str = "",
    **data: Any,
) -> Act:
    """Append one act in the caller's transaction and return it.

    verb: `noun.done`, e.g. "report.approved". unit_path: whose act it is for the log's readers (default: the actor's
    unit). data: old and new values, JSON-able. personal: values kept apart in ActDetail, with a salted digest in
    `data`. One INSERT, and one more for each personal value.
    """
    details = [(key, value, secrets.token_hex(16)) for key, value in (personal or {}).items()]
    for key, value, salt in details:
        data[f"{key}_digest"] = personal_digest(value, salt)
    told = Told(target, data, label, unit_path)
    act = _act(verb, told, by, at, selection=selection[:1000], count=count, digest=digest)
    act.save(force_insert=True)
    ActDetail.objects.bulk_create(
        ActDetail(act_id=act.pk, key=key, value=value, salt=salt) for key, value, salt in details
    )
    return act


@dataclass(frozen=True, slots=True)
class Told:
    """One of many acts of the same kind: on what, with which values; label and unit_path as of `record`."""

    target: models.Model | None
    data: dict[str, Any]
    label: str = ""
    unit_path: str | None = None


def record_each(verb: str, told: Iterable[Told], *, by: Actor, at: datetime) -> None:
    """Append an act for each, in their order, in a handful of statements. No personal values."""
    Act.objects.bulk_create((_act(verb, one, by, at) for one in told), batch_size=500)


def _act(verb: str, told: Told, by: Actor, at: datetime, **more: Any) -> Act:
    target = told.target
    return Act(
        verb=verb,
        at=at,
        stored_at=timezone.now(),
        actor_id=by.account_id,
        actor_name=by.name,
        holding_id=by.holding_id,
        post_label=by.post_label,
        principal=by.principal,
        unit_path=by.unit_path if told.unit_path is None else told.unit_path,
        target_type=target._meta.label_lower if target is not None else "",
        target_id=target.pk if target is not None else None,
        target_label=(told.label or (str(target) if target is not None else ""))[:300],
        data=told.data,
        **more,
    )


def personal_digest(value: str, salt: str) -> str:
    return hashlib.sha256(f"{salt}\n{value}".encode()).hexdigest()


@transaction.atomic
def erase_personal(act_id: int, key: str, *, by: Actor, at: datetime) -> None:
    """Remove a personal value and its salt; the act and the digest stay, and the erasure is an act itself."""
    ActDetail.objects.filter(act_id=act_id, key=key).update(value=None, salt=None, erased_at=at)
    record("act.detail_erased", by=by, at=at, label=f"{act_id}.{key}", act=act_id, key=key)


def seal_acts(limit: int = SEAL_BATCH) -> int:
    """Chain the acts that have no seal yet, oldest first; returns how many.

    Works in one transaction that only one sealer can be in at a time; a second one returns 0 at once on PostgreSQL and
    waits its turn on SQLite. Cost: two reads and one bulk insert for `limit` acts.
    """
    with transaction.atomic():
        if not takes_turn(Turn.SEALING):
            return 0
        previous = Seal.objects.order_by("-pk").values_list("hash", flat=True).first() or GENESIS
        sealed = Seal.objects.filter(act=models.OuterRef("pk"))
        acts = list(Act.objects.filter(~models.Exists(sealed)).order_by("pk")[:limit])
        seals = []
        for act in acts:
            previous = act_hash(act, previous)
            seals.append(Seal(act=act.pk, hash=previous, sealed_at=timezone.now()))
        Seal.objects.bulk_create(seals, batch_size=500)
        return len(seals)
