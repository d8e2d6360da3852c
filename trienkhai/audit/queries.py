"""Does the chain hold, and what is not yet in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef

from trienkhai.audit import triggers
from trienkhai.audit.chain import GENESIS, act_hash
from trienkhai.audit.models import Act, Seal

CHUNK = 2000


@dataclass(frozen=True)
class Verification:
    """`broken_act`: the first act whose seal does not fit (None: all fit); `reason` says how it does not.

    `head`: the newest hash. `unsealed_late`: ids of acts without a seal for over a minute. `missing_triggers`: names.
    """

    checked: int
    head: str
    broken_act: int | None
    reason: str
    unsealed_late: list[int]
    missing_triggers: list[str]
    head_found: bool = True

    @property
    def holds(self) -> bool:
        return self.broken_act is None and not self.missing_triggers and self.head_found and not self.unsealed_late


def verify(now: datetime, head: str = "") -> Verification:
    """Recompute the whole chain, in chunks of 2,000 acts; with `head`, also whether that hash stands in the chain."""
    previous, checked, broken, reason = GENESIS, 0, None, ""
    left, found = Seal.objects.order_by("pk"), not head
    while broken is None and (seals := list(left[:CHUNK])):
        acts = Act.objects.in_bulk([seal.act for seal in seals])
        for seal in seals:
            act = acts.get(seal.act)
            if act is None or act_hash(act, previous) != seal.hash:
                broken, reason = seal.act, "missing" if act is None else "changed"
                break
            previous, checked = seal.hash, checked + 1
            found = found or seal.hash == head
        left = left.filter(pk__gt=seals[-1].pk)
    return Verification(checked, previous, broken, reason, _unsealed_late(now), triggers.missing(connection), found)


def _unsealed_late(now: datetime) -> list[int]:
    sealed = Seal.objects.filter(act=OuterRef("pk"))
    late = Act.objects.filter(~Exists(sealed), stored_at__lt=now - timedelta(minutes=1))
    return list(late.order_by("pk").values_list("pk", flat=True)[:100])


def chain_head() -> str:
    return Seal.objects.order_by("-pk").values_list("hash", flat=True).first() or GENESIS
