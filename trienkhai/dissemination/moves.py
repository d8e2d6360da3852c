"""Open receipts and plans when a unit moves: they stay with their unit, and the branches above it now see them. When a
unit ends they go to its successor."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.dissemination.actions import carry_branches
from trienkhai.dissemination.models import (
    Receipt,
    ReceiptQuerySet,
    SendingBranch,
    SessionState,
    StudyPlan,
    StudySession,
)
from trienkhai.dissemination.queries.integrity import open_plans
from trienkhai.orgs import journal
from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import CLOSE, CONTINUE, DIVIDE, UP, Carrier, Ending, Kind, Move, numbered


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
    _reach(move.new_path)


def _reach(path: str) -> None:
    near = paths.within(path, "unit__path") | Q(unit__in=paths.ids(path))
    with journal.making(SendingBranch.objects.filter(near)):
        carry_branches(path)


def _open_receipts(ending: Ending) -> ReceiptQuerySet:
    return Receipt.objects.filter(unit=ending.unit).missing()


def _open_plans(ending: Ending) -> QuerySet[StudyPlan]:
    return open_plans().filter(unit=ending.unit)


RECEIPTS = Kind(
    "receipts",
    gettext_lazy("receipts not acknowledged"),
    (CONTINUE, CLOSE, DIVIDE, UP),
    _open_receipts,
    words=lambda row: numbered(row, row.sending.on, row.sending.document.reference),
)
PLANS = Kind("study_plans", gettext_lazy("study plans not finished"), (CONTINUE, CLOSE, UP), _open_plans)


def _needs_decision(ending: Ending) -> list[str]:
    """A study begun here and still planned goes on only where its heir has a plan that takes its sessions."""
    if PLANS.closes(ending):
        return []
    heir = ending.above if PLANS.choice(ending) == UP else ending.successor
    begun = _open_plans(ending).filter(sessions__state=SessionState.HELD).distinct()
    theirs = StudyPlan.objects.filter(unit=heir).values("document")
    sentence = _("The study of %(document)s is half done: hold or cancel the sessions still planned.")
    return [sentence % {"document": plan.document.reference} for plan in begun.exclude(document__in=theirs)]


def _carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    receipts = _open_receipts(ending).select_for_update(of=("self",), no_key=True)
    list(receipts.order_by("pk").values_list("pk", flat=True))
    if RECEIPTS.closes(ending):
        journal.update(_open_receipts(ending), current=False)
    for heir, ids in RECEIPTS.shares(ending):
        _hand_receipts(ids, heir)
    if PLANS.closes(ending):
        _close_plans(ending)
    for heir, ids in PLANS.shares(ending):
        _hand_plans(ids, heir)


def _hand_receipts(ids: list[int], heir: Unit) -> None:
    """Receipts that the heir holds already are closed here as no longer current; the others become its own."""
    rows, own = Receipt.objects.filter(pk__in=ids), Receipt.objects.filter(unit=heir)
    twice = own.filter(
        Q(sending=OuterRef("sending"))
        | Q(current=True, sending__document=OuterRef("sending__document"), sending__sender=OuterRef("sending__sender"))
    )
    both = list(rows.filter(Exists(twice)).values_list("pk", flat=True))
    journal.update(Receipt.objects.filter(pk__in=both), current=False)
    journal.update(rows.exclude(pk__in=both), unit=heir)
    _reach(heir.path or "")


def _hand_plans(ids: list[int], heir: Unit) -> None:
    """Plans without a session held become the heir's; of a study that both have, the sessions still planned do."""
    theirs = {plan.document_id: plan for plan in StudyPlan.objects.filter(unit=heir)}
    for plan in StudyPlan.objects.filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk"):
        if known := theirs.get(plan.document_id):
            journal.update(plan.sessions.filter(state=SessionState.PLANNED), plan=known)
            if not plan.sessions.exists():
                journal.delete(StudyPlan.objects.filter(pk=plan.pk))
        else:
            journal.update(StudyPlan.objects.filter(pk=plan.pk), unit=heir)


def _close_plans(ending: Ending) -> None:
    """Sessions still planned are cancelled; a plan without any goes."""
    reason = str(_("The unit ended."))
    plans = list(_open_plans(ending).select_for_update(of=("self",)).order_by("pk"))
    sessions = StudySession.objects.filter(plan__in=plans)
    journal.update(sessions.filter(state=SessionState.PLANNED), state=SessionState.CANCELLED, reason=reason)
    none = StudyPlan.objects.filter(pk__in=[plan.pk for plan in plans], sessions=None)
    journal.delete(none)


carrier = Carrier(
    "dissemination",
    count=_count,
    hold=_hold,
    carry=_carry,
    kinds=(RECEIPTS, PLANS),
    needs_decision=_needs_decision,
    carry_ending=_carry_ending,
    parts=(RECEIPTS,),
    carry_part=_carry_ending,
)
