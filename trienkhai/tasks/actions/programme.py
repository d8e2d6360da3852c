"""A unit opens its programme, puts it in force, prints it, makes tasks of its items, carries them over."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.documents import actions as documents
from trienkhai.documents.models import Document, Draft
from trienkhai.documents.queries.drafts import basis_on, habits_of
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs import naming
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.tasks import rules_programme as rules
from trienkhai.tasks.actions import giving
from trienkhai.tasks.models import Issue, Mode, Programme, ProgrammeItem, Standing, Task
from trienkhai.tasks.queries.areas import official_names
from trienkhai.tasks.queries.programme import (
    body_of,
    items_of,
    longer_programmes,
    next_number,
    next_programmes,
    span_of,
)

COPIED = ("title", "time_words", "unit", "lead_words", "product", "work_area", "clause")
KINDS = {"term": "work_programme", "year": "work_programme", "quarter": "plan"}
TITLES = {"term": "toàn khóa, nhiệm kỳ {}", "year": "công tác năm {}", "quarter": "công tác quý {}"}


@transaction.atomic
def open_programme(
    unit: Unit,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    *,
    part_of: Programme | None = None,
    by: Account,
    at: datetime,
) -> Programme:
    """A new programme being prepared; the one that already begins on that day again.

    A year and a quarter are taken whole from any day in them. Raises Refused, ValidationError by field.
    """
    verdict = rules.can_keep(by, unit, day_of(at)).require()
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if kind not in Programme.Kind.values:
        raise ValidationError({"kind": _("Choose one of the values shown.")})
    first, last = span_of(kind, starts_on, ends_on)
    if last is None or last <= first:
        raise ValidationError({"ends_on": _("The last day lies after the first.")})
    same = Programme.objects.filter(unit=unit, kind=kind)
    if found := same.filter(starts_on=first, ends_on=last).first():
        return found
    if same.filter(starts_on__lte=last, ends_on__gte=first).exists():
        raise ValidationError({"starts_on": _("Another programme of this kind holds some of these days.")})
    row = Programme(unit=unit, kind=kind, starts_on=first, ends_on=last, opened_by=by, opened_at=at)
    _belong(row, part_of)
    row.save()
    note("programme.opened", row, verdict, by, at)
    return row


def _belong(row: Programme, part_of: Programme | None) -> None:
    if part_of and not longer_programmes(row).filter(pk=part_of.pk).exists():
        raise ValidationError(
            {"part_of": _("A longer programme, or one from above, that holds the same days is meant.")}
        )
    row.part_of = part_of


@transaction.atomic
def set_source(
    programme_id: int, *, part_of: Programme | None, document: Document | None, by: Account, at: datetime
) -> Programme:
    """Name the programme it comes from and its signed paper, one that the unit holds itself. Raises Refused."""
    row = locked(programme_id)
    verdict = rules.can_keep(by, row.unit, day_of(at)).require()
    old = (row.part_of_id, row.document_id)
    if document and document.pk != row.document_id:
        if not visible_documents(by, day_of(at)).filter(pk=document.pk).exists():
            raise Refused(_("This document is not within your sight."))
        if document.owner_id != row.unit_id:
            raise Refused(_("The unit's own document is meant: one that it holds itself."))
    if part_of is None or part_of.pk != row.part_of_id:
        _belong(row, part_of)
    row.document = document
    if (row.part_of_id, row.document_id) != old:
        row.save(update_fields=["part_of", "document"])
        note("programme.source_named", row, verdict, by, at, document=row.document_id, programme=row.part_of_id)
    return row


@transaction.atomic
def put_in_force(programme_id: int, *, by: Account, at: datetime) -> Programme:
    """Ban hành: from now on additions, changes and drops need a reason. Raises Refused."""
    row = locked(programme_id)
    verdict = rules.can_put_in_force(by, row, day_of(at)).require()
    row.state, row.in_force_on = Programme.State.IN_FORCE, day_of(at)
    row.save(update_fields=["state", "in_force_on"])
    note("programme.in_force", row, verdict, by, at, count=row.items.count())
    return row


@transaction.atomic
def draft_programme_paper(programme_id: int, *, by: Account, at: datetime) -> Draft:
    """Begin its paper in the official layout, a table for each area of work. One draft: the open one again."""
    row = locked(programme_id)
    rules.can_keep(by, row.unit, day_of(at)).require()
    if row.draft and row.draft.is_open:
        return row.draft
    body = body_of(row, official_names(row.starts_on))
    if not body:
        raise Refused(_("The programme has no item yet."))
    above = row.part_of.paper if row.part_of else None
    words = habits_of(row.unit) | {
        "kind": KINDS[row.kind],
        "bases": basis_on(above) if above else "",
        "title": TITLES[row.kind].format(row.period),
        "body": body,
    }
    row.draft = documents.begin_draft(row.unit, words, source=above, by=by, at=at)
    row.save(update_fields=["draft"])
    return row.draft


@transaction.atomic
def give_items(programme_id: int, item_ids: Iterable[int], *, by: Account, at: datetime) -> Issue:
    """Make draft tasks of these planned items, on the open sheet of the programme's paper, else on a new one.

    Items that have a task already are passed over; the same form sent again gives the same sheet. Raises Refused.
    """
    row = locked(programme_id)
    verdict = rules.can_give(by, row, day_of(at)).require()
    paper = row.paper
    assert paper is not None  # by the rule
    wanted = list(items_of(row, "", day_of(at)).filter(pk__in=list(item_ids)))
    chosen = [item for item in wanted if item.standing == Standing.PLANNED]  # type: ignore[attr-defined]
    if not chosen:
        earlier = next((item.task.issue for item in wanted if item.task), None)
        if earlier is None:
            raise Refused(_("Choose at least one planned item."))
        return earlier
    issue, tasks = _onto_sheet(paper, row.unit, [_proposal(item, row, day_of(at)) for item in chosen], by, at)
    for item, task in zip(chosen, tasks, strict=True):
        ProgrammeItem.objects.filter(pk=item.pk).update(task=task)
    note("programme.given", row, verdict, by, at, count=len(chosen), issue=issue.pk)
    return issue


def _onto_sheet(
    paper: Document, unit: Unit, rows: Sequence[dict[str, Any]], by: Account, at: datetime
) -> tuple[Issue, list[Task]]:
    """The sheet and the tasks that these rows became on it, in their order."""
    Document.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    sheet = Issue.objects.filter(document=paper, assigner=unit).exclude(state=Issue.State.ISSUED).first()
    if sheet:
        return sheet, [giving.add_task(sheet.pk, dict(row), by=by, at=at) for row in rows]
    sheet = giving.prepare_issue(paper, unit, rows, by=by, at=at)
    return sheet, list(sheet.tasks.order_by("position"))


def _proposal(item: ProgrammeItem, programme: Programme, on: date) -> dict[str, Any]:
    """The item as a draft task. What a person should decide is a doubt, as with tasks read from a paper."""
    row: dict[str, Any] = {
        "title": item.title,
        "product": item.product,
        "work_area": item.work_area,
        "due_on": item.due_on,
        "due_words": item.time_words,
        "lead_words": item.lead_words,
        "clauses": [item.clause_id] if item.clause_id else [],
        "doubts": [],
    }
    if item.unit:
        row |= {"selection": f"unit:{item.unit.code}", "mode": Mode.JOINT}
    elif item.lead_words:
        found = naming.resolve(item.lead_words, programme.unit, on)
        row["selection"] = found.selection
        row["doubts"] += [] if found.selection else [{"code": "not_matched", "words": item.lead_words}]
    else:
        row["doubts"].append({"code": "no_lead"})
    if item.due_on < on:
        row |= {"due_on": OPEN_END}
        row["doubts"].append({"code": "before_issue", "words": item.time_words or f"{item.due_on:%d/%m/%Y}"})
    return row


@transaction.atomic
def take_items(
    programme_id: int, item_ids: Iterable[int], *, reason: str = "", by: Account, at: datetime
) -> list[ProgrammeItem]:
    """Take items of the programme it is part of over into this one; those taken already are passed over.

    A day that lies outside this programme is left for a person to set. Raises Refused, ValidationError.
    """
    row = locked(programme_id)
    verdict = rules.can_keep(by, row.unit, day_of(at)).require()
    added = reason_of(row, reason)
    if row.part_of is None or not rules.visible_programmes(by, day_of(at)).filter(pk=row.part_of.pk).exists():
        raise Refused(_("Name the programme that this one comes from first."))
    known = set(row.items.values_list("from_item", flat=True))
    rows = [one for one in items_of(row.part_of, "", day_of(at)).filter(pk__in=list(item_ids)) if one.pk not in known]
    found = [
        _copied(one, row, due_on=one.due_on if row.starts_on <= one.due_on <= row.ends_on else OPEN_END,
                from_item=one, added_reason=added)
        for one in rows
        if one.closed in ("", ProgrammeItem.Closed.CARRIED)
    ]  # fmt: skip
    if found:
        moved_on(row)
        note("programme.items_taken", row, verdict, by, at, count=len(found), personal=_why(added))
    return found


@transaction.atomic
def carry_over(programme_id: int, item_ids: Iterable[int], *, to: int, by: Account, at: datetime) -> int:
    """Let open items go on in the unit's next programme of that kind, with the tasks made of them; returns how many.

    Those carried already are passed over. A day that has passed by then becomes the last day of that programme.
    """
    rows = {pk: locked(pk) for pk in sorted({programme_id, to})}
    source, target = rows[programme_id], rows[to]
    verdict = rules.can_keep(by, source.unit, day_of(at)).require()
    if not next_programmes(source).filter(pk=target.pk).exists():
        raise Refused(_("Items go on in a later programme of the same kind of this unit."))
    if not source.in_force:
        raise Refused(_("Only a programme that is in force is carried over."))
    chosen = list(items_of(source, "open", day_of(at)).filter(pk__in=list(item_ids)))
    added = _("Carried over from: %(programme)s") % {"programme": source} if target.in_force else ""
    for item in chosen:
        due_on = item.due_on if target.starts_on <= item.due_on <= target.ends_on else target.ends_on
        going = {"task": item.task, "from_item": item.from_item, "added_reason": added}
        item.carried_to = _copied(item, target, due_on=due_on, **going)
        item.closed, item.closed_on = ProgrammeItem.Closed.CARRIED, day_of(at)
        item.save(update_fields=["carried_to", "closed", "closed_on"])
    if chosen:
        moved_on(source)
        moved_on(target)
        note("programme.items_carried", source, verdict, by, at, count=len(chosen), to=target.pk)
    return len(chosen)


def _copied(item: ProgrammeItem, programme: Programme, **values: Any) -> ProgrammeItem:
    kept = {name: getattr(item, name) for name in COPIED}
    return ProgrammeItem.objects.create(programme=programme, position=next_number(programme), **(kept | values))


def locked(pk: int) -> Programme:
    rows = Programme.objects.select_for_update(of=("self",))
    return rows.select_related("unit__present", "document", "draft__document", "part_of__document").get(pk=pk)


def reason_of(programme: Programme, reason: str) -> str:
    """Why something is added, changed or dropped: needed once it is in force, not kept before."""
    said = " ".join(reason.replace("\x00", "").split())
    if programme.in_force and not said:
        raise ValidationError({"reason": _("The programme is in force: say why.")})
    return said if programme.in_force else ""


def moved_on(programme: Programme) -> None:
    """A programme in force has another version with each change."""
    if programme.in_force:
        programme.version += 1
        programme.save(update_fields=["version"])


def _why(reason: str) -> dict[str, str]:
    return {"reason": reason} if reason else {}


def note(verb: str, row: Programme | ProgrammeItem, verdict: Verdict, by: Account, at: datetime, **data: Any) -> None:
    """The act names a programme by kind and period, an item by its number: never by words that came from a paper."""
    programme = row.programme if isinstance(row, ProgrammeItem) else row
    label = f"{programme}, {row.position}" if isinstance(row, ProgrammeItem) else str(programme)
    who, path = actor(by, verdict.holding), programme.unit.path or ""
    record(verb, row, by=who, at=at, unit_path=path, label=label, version=programme.version, **data)
