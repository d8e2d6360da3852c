"""Findings become tasks through a document of their kind; a remedy is accepted when it is done and proved."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import register_document
from trienkhai.documents.marks import fault_of
from trienkhai.documents.models import Book, Clause, Document
from trienkhai.documents.queries.texts import current_text
from trienkhai.inspections import rules
from trienkhai.inspections.actions.locking import locked_inspection, note
from trienkhai.inspections.models import Finding, Inspection
from trienkhai.inspections.norms import CONCLUSION_TYPE
from trienkhai.inspections.queries.remedies import proof_of_remedy
from trienkhai.norms.queries import value
from trienkhai.people.models import Account
from trienkhai.tasks.actions import add_task, start_issue
from trienkhai.tasks.models import Issue

HEADING = "Tồn tại, hạn chế và biện pháp khắc phục"
"""Stands above the findings in the document, which are numbered from 1 there."""


def give_remedies(
    inspection_id: int, *, not_secret: bool, days: Mapping[int, date] | None = None, by: Account, at: datetime
) -> Issue:
    """One act: the conclusion stands as a document in the unit's internal book (made the first time), and each finding
    that is no task yet as a task on the sheet that is prepared from it. A leader then issues the sheet as always.

    not_secret: the person declares that it holds no state secret. days: finding → its new day, for those whose day has
    passed meanwhile. Raises Refused, also when all are tasks already; ValidationError, for a day under `day_` with the
    id of its finding.
    """
    with transaction.atomic():
        inspection = locked_inspection(inspection_id)
        verdict = rules.can_give(by, inspection, day_of(at)).require()
        if not not_secret:
            raise ValidationError({"not_secret": _("Declare that the document holds no state secret.")})
        document = inspection.paper or _registered(inspection, by, at)
        issue = start_issue(document, inspection.item.programme.unit, [], by=by, at=at)
        clauses, given, moved = _clauses(inspection, document), [], {}
        for row in Finding.objects.to_give().filter(inspection=inspection).order_by("position"):
            if row.due_on < issue.on:
                row.due_on = moved[row.position] = _new_day(row, days or {}, issue.on)
            row.task = add_task(issue.pk, _proposal(row, clauses), by=by, at=at)
            row.save(update_fields=["task", "due_on"])
            given.append(row.task.pk)
        new_days = {str(position): day.isoformat() for position, day in moved.items()}
        note("remedies_given", inspection, verdict, by, at, tasks=given, new_days=new_days)
        return issue


def _new_day(row: Finding, days: Mapping[int, date], on: date) -> date:
    day = days.get(row.pk)
    if day is None or day < on:
        raise ValidationError({f"day_{row.pk}": _("The day set for this finding is past: set another.")})
    return day


def _registered(inspection: Inspection, by: Account, at: datetime) -> Document:
    unit, day = inspection.item.programme.unit, inspection.concluded_on or day_of(at)
    kind = value(CONCLUSION_TYPE, on=day, place=unit.path or "", default="Kết luận")
    theme = f"{inspection.item.get_kind_display()} {inspection.unit.name}: {inspection.item.theme}"
    rows = inspection.findings.order_by("position")
    text = "\n".join(
        [theme, inspection.conclusion, HEADING, *(f"{n}. {row.text} {row.remedy}" for n, row in enumerate(rows, 1))]
    )
    fields = {"doc_type": kind, "title": f"{kind} {theme}"[:1000], "issued_on": day, "issuer_name": unit.name}
    document = register_document(unit, text=text, not_secret=True, book=Book.INTERNAL, fields=fields, by=by, at=at)
    inspection.paper = document
    inspection.save(update_fields=["paper"])
    return document


def _clauses(inspection: Inspection, document: Document) -> dict[int, list[int]]:
    """Finding → its clause in the document, looked for below the heading only: what the conclusion numbers itself
    bears the same labels."""
    text = current_text(document)
    start = text.text.rfind(f"\n{HEADING}\n") if text else -1
    if start < 0:
        return {}
    below = Clause.objects.filter(text=text, start__gt=start).order_by("-position").values_list("label", "pk")
    by_label = dict(below)
    ids = inspection.findings.order_by("position").values_list("pk", flat=True)
    return {pk: [by_label[str(n)]] for n, pk in enumerate(ids, 1) if str(n) in by_label}


def _proposal(row: Finding, clauses: Mapping[int, list[int]]) -> dict[str, object]:
    return {
        "title": row.remedy,
        "due_on": row.due_on,
        "selection": f"unit:{row.held_by.code}",
        "clauses": clauses.get(row.pk, []),
    }


@transaction.atomic
def accept_remedy(finding_id: int, *, remark: str = "", by: Account, at: datetime) -> Finding:
    """The finding is closed. Raises Refused while its task is not approved, or nothing proves what was done."""
    inspection = locked_inspection(Finding.objects.values_list("inspection", flat=True).get(pk=finding_id))
    finding = Finding.objects.select_related("inspection__item__programme__unit__present").get(pk=finding_id)
    verdict = rules.can_accept(by, finding, day_of(at)).require()
    if sentence := fault_of(remark):
        raise ValidationError({"remark": sentence})
    if missing := proof_of_remedy(finding).missing:
        raise Refused(missing)
    finding.closed_on, finding.closed_by, finding.remark = day_of(at), by, remark.strip()[:500]
    finding.save(update_fields=["closed_on", "closed_by", "remark"])
    note("remedy_accepted", inspection, verdict, by, at, finding=finding.position, task=finding.task_id)
    return finding
