"""Open receipts and plans when a unit moves: they stay with their unit, and the branches above it now see them. When a
unit ends they go to its successor."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.dissemination.actions import carry_branches
from trienkhai.dissemination.models import Receipt, ReceiptQuerySet, SessionState, StudyPlan
from trienkhai.dissemination.queries.integrity import open_plans
from trienkhai.orgs.succession import Carrier, Ending, Move


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


def _open_receipts(ending: Ending) -> ReceiptQuerySet:
    return Receipt.objects.filter(unit=ending.unit).missing()


def _count_ending(ending: Ending) -> dict[str, int]:
    return {
        "receipts": _open_receipts(ending).count(),
        "study_plans": open_plans().filter(unit=ending.unit).count(),
    }


def _needs_decision(ending: Ending) -> list[str]:
    """A study begun here and still planned goes on only where the successor has a plan that takes its sessions."""
    begun = open_plans().filter(unit=ending.unit, sessions__state=SessionState.HELD).distinct()
    theirs = StudyPlan.objects.filter(unit=ending.successor).values("document")
    sentence = _("The study of %(document)s is half done: hold or cancel the sessions still planned.")
    return [sentence % {"document": plan.document} for plan in begun.exclude(document__in=theirs)]


def _carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    """Receipts that the successor holds already are closed here as no longer current; the others become its own.

    So are plans without a session held; of a study that both have, the sessions still planned join the successor's.
    """
    receipts = _open_receipts(ending).select_for_update(of=("self",), no_key=True)
    list(receipts.order_by("pk").values_list("pk", flat=True))
    own = Receipt.objects.filter(unit=ending.successor)
    twice = own.filter(
        Q(sending=OuterRef("sending"))
        | Q(current=True, sending__document=OuterRef("sending__document"), sending__sender=OuterRef("sending__sender"))
    )
    both = list(_open_receipts(ending).filter(Exists(twice)).values_list("pk", flat=True))
    Receipt.objects.filter(pk__in=both).update(current=False)
    _open_receipts(ending).update(unit=ending.successor)
    carry_branches(ending.successor.path or "")
    plans = {plan.document_id: plan for plan in StudyPlan.objects.filter(unit=ending.successor)}
    for plan in open_plans().filter(unit=ending.unit).select_for_update(of=("self",)).order_by("pk"):
        if theirs := plans.get(plan.document_id):
            plan.sessions.filter(state=SessionState.PLANNED).update(plan=theirs)
            if not plan.sessions.exists():
                plan.delete()
        else:
            plan.unit = ending.successor
            plan.save(update_fields=["unit"])


carrier = Carrier(
    "dissemination",
    count=_count,
    hold=_hold,
    carry=_carry,
    count_ending=_count_ending,
    needs_decision=_needs_decision,
    carry_ending=_carry_ending,
)
