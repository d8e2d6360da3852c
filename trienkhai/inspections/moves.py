"""When a unit ends: its successor answers for unfinished inspections and open findings; what was concluded stays filed
under the subject that it was. Programmes of an inspecting unit that ends go on at its successor."""

from datetime import datetime

from django.db.models import F, Q, QuerySet
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
    StepRow,
)
from trienkhai.orgs import journal
from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import CLOSE, CONTINUE, DIVIDE, UP, Carrier, Ending, Kind, Move, numbered
from trienkhai.tasks.models import Task


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
    "findings",
    gettext_lazy("findings of inspections not remedied yet"),
    (CONTINUE, DIVIDE, UP),
    _open_findings,
    words=lambda row: numbered(row, row.due_on),
)
ITEMS = Kind("inspection_items", gettext_lazy("items of own inspection programmes"), (CONTINUE, UP), _items)


def _carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    _hold(ending)
    _follow_tasks(ending)
    if INSPECTIONS.closes(ending):
        _drop(_unfinished(ending), str(_("The unit ended.")), ending)
    for heir, ids in FINDINGS.shares(ending):
        journal.update(Finding.objects.filter(pk__in=ids), held_by=heir)
    for heir, ids in INSPECTIONS.shares(ending):
        journal.update(Inspection.objects.filter(pk__in=ids), held_by=heir)
    for heir, ids in ITEMS.shares(ending):
        for item in InspectionItem.objects.filter(pk__in=ids).select_related("programme").order_by("pk"):
            journal.update(InspectionItem.objects.filter(pk=item.pk), programme=_programme_at(heir, item.programme))
    itself = Inspection.objects.unfinished().filter(held_by=F("item__programme__unit"), held_by__in=list(ending.heirs))
    _drop(itself, str(_("The unit would inspect itself.")), ending)


def _drop(rows: InspectionQuerySet, reason: str, ending: Ending) -> None:
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    journal.update(StepRow.objects.filter(inspection__in=ids, ended_on=None), ended_on=ending.on)
    journal.update(Inspection.objects.filter(pk__in=ids), state=InspectionState.DROPPED, reason=reason)


def _needs_decision(ending: Ending) -> list[str]:
    """Findings of concluded inspections that the unit which inspected would have to remedy itself."""
    moved = {pk: heir.pk for heir, ids in ITEMS.shares(ending) for pk in ids}
    found = _own_findings(FINDINGS.shares(ending), moved)
    for heir, ids in ITEMS.shares(ending):
        rows = Finding.objects.filter(closed_on=None, inspection__state=InspectionState.CONCLUDED, held_by=heir)
        found += list(rows.filter(inspection__item__in=ids).order_by("pk"))
    if not found:
        return []
    said = _(
        "Who inspected would have to remedy what it found itself: “%(first)s” (%(n)s in all). Accept these remedies "
        "first, or hand the findings or the items to another unit."
    )
    return [said % {"first": FINDINGS.words(found[0]), "n": len(found)}]


def _own_findings(shares: list[tuple[Unit, list[int]]], moved: dict[int, int]) -> list[Finding]:
    """moved: item → the unit whose programme it comes into."""
    found = []
    for heir, ids in shares:
        rows = Finding.objects.filter(pk__in=ids, inspection__state=InspectionState.CONCLUDED)
        for row in rows.select_related("inspection__item__programme").order_by("pk"):
            item = row.inspection.item
            if moved.get(item.pk, item.programme.unit_id) == heir.pk:
                found.append(row)
    return found


def _follow_tasks(ending: Ending) -> None:
    """Open work that the unit gave went on under copies of its tasks: open findings look at those from now on."""
    rows = Finding.objects.filter(closed_on=None, task__assigner=ending.unit)
    tasks = dict(rows.order_by("pk").values_list("pk", "task"))
    copies = dict(Task.objects.filter(continues__in=tasks.values()).order_by("pk").values_list("continues", "pk"))
    for finding, task in tasks.items():
        if task in copies:
            journal.update(Finding.objects.filter(pk=finding), task=copies[task])


def _hold(ending: Ending) -> None:
    concerned = Q(held_by=ending.unit) | Q(findings__held_by=ending.unit) | Q(findings__task__assigner=ending.unit)
    rows = Inspection.objects.filter(concerned).values("pk")
    locked = Inspection.objects.filter(pk__in=rows).select_for_update(of=("self",), no_key=True)
    list(locked.order_by("pk").values_list("pk", flat=True))


def _programme_at(heir: Unit, before: InspectionProgramme) -> InspectionProgramme:
    """The heir's own programme of that year, else a new one that is as far as the former."""
    names = ("basis", "state", "submitted_by", "submitted_for", "approved_by", "approved_at")
    copied = {name: getattr(before, name) for name in names}
    found, made = InspectionProgramme.objects.get_or_create(unit=heir, year=before.year, defaults=copied)
    if made:
        journal.created([found])
    return found


carrier = Carrier(
    "inspections",
    count=_count,
    kinds=(INSPECTIONS, FINDINGS, ITEMS),
    needs_decision=_needs_decision,
    carry_ending=_carry_ending,
)
