"""Open receipts and plans when a unit moves: they stay with their unit, and the branches above it now see them."""

from datetime import datetime

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.dissemination.actions import carry_branches
from trienkhai.dissemination.models import Receipt, StudyPlan
from trienkhai.orgs.succession import Carrier, Move


def _count(move: Move) -> dict[str, int]:
    below = paths.within(move.new_path, "unit__path")
    return {
        "receipts": Receipt.objects.filter(below).missing().count(),
        "study_plans": StudyPlan.objects.filter(below).count(),
    }


def _hold(move: Move) -> None:
    rows = Receipt.objects.filter(paths.within(move.old_path, "unit__path")).select_for_update(
        of=("self",), no_key=True
    )
    list(rows.order_by("pk").values_list("pk", flat=True))


def _carry(move: Move, by: Actor, at: datetime) -> None:
    carry_branches(move.new_path)


carrier = Carrier("dissemination", count=_count, hold=_hold, carry=_carry)
