"""When a unit ends: its successor answers for unfinished inspections and open findings; what was concluded stays filed
under the subject that it was. Programmes of an inspecting unit that ends go on at its successor."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.inspections.models import (
    Finding,
    Inspection,
    InspectionItem,
    InspectionProgramme,
    InspectionQuerySet,
    InspectionState,
)
from trienkhai.orgs import journal
from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import CLOSE, CONTINUE, DIVIDE, UP, Carrier, Ending, Kind, Move


def _count(move: Move) -> dict[str, int]:
    rows = Inspection.objects.unfinished().filter(paths.within(move.new_path, "held_by__path"))
    return {"inspections": rows.count()}


def _unfinished(ending: Ending) -> InspectionQuerySet:
    return Inspection.objects.unfinished().filter(held_by=ending.unit)


def _open_findings(ending: Ending) -> QuerySet[Finding]:
    """Also of running inspections, whose findings go with them."""
    return Finding.objects.filter(held_by=ending.unit, closed_on=None).exclude(
        inspection__state=InspectionState.DROPPED
    )


def _items(ending: Ending) -> QuerySet[InspectionItem]:
    """Items of the unit's own programmes that are not finished: nothing concluded alone, nothing left open."""
    going = Q(inspections__state__in=("planned", "prepare", "conduct", "finish"))
    unremedied = Q(inspections__state="concluded", inspections__findings__closed_on=None) & Q(
        inspections__findings__isnull=False
    )
    ahead = Q(inspections=None, programme__year__gte=ending.on.year)
    rows = InspectionItem.objects.filter(going | unremedied | ahead, programme__unit=ending.unit)
    return InspectionItem.objects.filter(pk__in=rows.values("pk"))


INSPECTIONS = Kind(
    "inspections", gettext_lazy("inspections of the unit, planned or going on"), (CONTINUE, CLOSE), _unfinished
)
FINDINGS = Kind(
    "findings", gettext_lazy("findings of inspections not remedied yet"), (CONTINUE, DIVIDE, UP), _open_findings
)
ITEMS = Kind("inspection_items", gettext_lazy("items of own inspection programmes"), (CONTINUE, UP), _items)


def _carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    _hold(ending)
    if INSPECTIONS.closes(ending):
        reason = str(_("The unit ended."))
        journal.update(_unfinished(ending), state=InspectionState.DROPPED, reason=reason)
    for heir, ids in FINDINGS.shares(ending):
        journal.update(Finding.objects.filter(pk__in=ids), held_by=heir)
    for heir, ids in INSPECTIONS.shares(ending):
        journal.update(Inspection.objects.filter(pk__in=ids), held_by=heir)
    for heir, ids in ITEMS.shares(ending):
        for item in InspectionItem.objects.filter(pk__in=ids).select_related("programme").order_by("pk"):
            journal.update(InspectionItem.objects.filter(pk=item.pk), programme=_programme_at(heir, item.programme))


def _hold(ending: Ending) -> None:
    rows = Inspection.objects.filter(Q(held_by=ending.unit) | Q(findings__held_by=ending.unit)).values("pk")
    locked = Inspection.objects.filter(pk__in=rows).select_for_update(of=("self",), no_key=True)
    list(locked.order_by("pk").values_list("pk", flat=True))


def _programme_at(heir: Unit, before: InspectionProgramme) -> InspectionProgramme:
    """The heir's own programme of that year, else a new one that is as far as the former."""
    copied = {name: getattr(before, name) for name in ("basis", "state", "approved_by", "approved_at")}
    found, made = InspectionProgramme.objects.get_or_create(unit=heir, year=before.year, defaults=copied)
    if made:
        journal.created([found])
    return found


carrier = Carrier("inspections", count=_count, kinds=(INSPECTIONS, FINDINGS, ITEMS), carry_ending=_carry_ending)
