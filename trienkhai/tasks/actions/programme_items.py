"""One item of a programme: added, changed, done, dropped, opened again."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused
from trienkhai.people.models import Account
from trienkhai.tasks import rules_programme as rules
from trienkhai.tasks.actions import giving
from trienkhai.tasks.actions.programme import locked, moved_on, note, reason_of
from trienkhai.tasks.models import Programme, ProgrammeItem
from trienkhai.tasks.queries.areas import official_names
from trienkhai.tasks.queries.programme import next_number, work_left

EDITABLE = ("title", "time_words", "due_on", "unit", "lead_words", "product", "work_area", "from_item", "clause")
WORDS = ("title", "time_words", "lead_words", "product")


@transaction.atomic
def add_item(
    programme_id: int,
    values: dict[str, Any],
    *,
    reason: str = "",
    after: int | None = None,
    by: Account,
    at: datetime,
) -> ProgrammeItem:
    """A new item at the end. after: the last number the person saw; the same words again behind it are stored once.

    Raises Refused, ValidationError by field: once in force the programme takes an item only for a reason.
    """
    programme = locked(programme_id)
    verdict = rules.can_keep(by, programme.unit, day_of(at)).require()
    title = squeeze(values.get("title", ""))[:1000]
    if after is not None and (same := programme.items.filter(position__gt=after, title=title).first()):
        return same
    item = ProgrammeItem(programme=programme, position=next_number(programme))
    _fill(item, values)
    item.added_reason = reason_of(programme, reason)
    item.save()
    moved_on(programme)
    note("item.added", item, verdict, by, at, personal=_why(item.added_reason))
    return item


@transaction.atomic
def change_item(item_id: int, values: dict[str, Any], *, reason: str = "", by: Account, at: datetime) -> ProgrammeItem:
    """Other words or another day for a planned item; what stays the same leaves no act."""
    item = _locked_item(item_id)
    verdict = rules.can_change_item(by, item, _standing(item), day_of(at)).require()
    old = {name: getattr(item, name) for name in EDITABLE}
    _fill(item, values)
    changed = {name: given for name, given in old.items() if given != getattr(item, name)}
    if not changed:
        return item
    why = reason_of(item.programme, reason)
    item.save()
    moved_on(item.programme)
    said = {name: f"{given or '–'} → {getattr(item, name) or '–'}" for name, given in changed.items()}
    note("item.changed", item, verdict, by, at, personal=said | _why(why))
    return item


@transaction.atomic
def drop_item(
    item_id: int, *, reason: str = "", keep_work: bool = False, by: Account, at: datetime
) -> ProgrammeItem | None:
    """Leave an item out; one of a programme that is not in force yet is simply taken away (None).

    keep_work: its task, which units are carrying out, goes on without it. Without that choice an item whose task was
    given is not dropped: the work is withdrawn first. A task that is still a draft leaves its sheet.
    """
    item = _locked_item(item_id)
    if item.closed == ProgrammeItem.Closed.DROPPED and item.reason == squeeze(reason):
        return item
    verdict = rules.can_drop_item(by, item, _standing(item), day_of(at)).require()
    why = reason_of(item.programme, reason)
    if item.task and not keep_work:
        _end_work(item, by, at)
    if not item.programme.in_force:
        note("item.removed", item, verdict, by, at)
        item.delete()
        return None
    item.closed, item.closed_on, item.reason = ProgrammeItem.Closed.DROPPED, day_of(at), why
    item.save(update_fields=["closed", "closed_on", "reason"])
    moved_on(item.programme)
    left, _done = work_left(item)
    note("item.dropped", item, verdict, by, at, personal=_why(why), kept=left)
    return item


def _end_work(item: ProgrammeItem, by: Account, at: datetime) -> None:
    """Take its draft off the sheet. Raises Refused when units carry the task out."""
    if item.task and item.prepared_task:
        giving.drop_task(item.task.pk, by=by, at=at)
        return
    left, done = work_left(item)
    if left:
        sentence = ngettext(
            "%(left)s unit is carrying out the task made of this item (%(done)s done): withdraw the work first, or "
            "choose to keep the task and drop only the item.",
            "%(left)s units are carrying out the task made of this item (%(done)s done): withdraw the work first, or "
            "choose to keep the task and drop only the item.",
            left,
        )
        raise Refused(sentence % {"left": left, "done": done})


@transaction.atomic
def finish_item(item_id: int, *, words: str, by: Account, at: datetime) -> ProgrammeItem:
    """Mark a planned item, of which no task was made, as done; words: what came of it."""
    item = _locked_item(item_id)
    said = squeeze(words)
    if item.closed == ProgrammeItem.Closed.DONE and item.reason == said:
        return item
    verdict = rules.can_change_item(by, item, _standing(item), day_of(at)).require()
    if not said:
        raise ValidationError({"reason": _("Say what came of it.")})
    item.closed, item.closed_on, item.reason = ProgrammeItem.Closed.DONE, day_of(at), said
    item.save(update_fields=["closed", "closed_on", "reason"])
    note("item.done", item, verdict, by, at, personal=_why(said))
    return item


@transaction.atomic
def reopen_item(item_id: int, *, reason: str, by: Account, at: datetime) -> ProgrammeItem:
    """Take back that an item was marked done or dropped."""
    item = _locked_item(item_id)
    verdict = rules.can_reopen_item(by, item, day_of(at)).require()
    if not squeeze(reason):
        raise ValidationError({"reason": _("Say why.")})
    item.closed, item.closed_on, item.reason = ProgrammeItem.Closed.OPEN, None, ""
    item.save(update_fields=["closed", "closed_on", "reason"])
    moved_on(item.programme)
    note("item.reopened", item, verdict, by, at, personal=_why(squeeze(reason)))
    return item


def _locked_item(item_id: int) -> ProgrammeItem:
    """The item, its programme locked first: every change of items takes that turn."""
    programme = locked(ProgrammeItem.objects.values_list("programme", flat=True).get(pk=item_id))
    rows = ProgrammeItem.objects.select_for_update(of=("self",)).select_related("unit__present", "task__issue")
    item = rows.get(pk=item_id)
    item.programme = programme
    return item


def _standing(item: ProgrammeItem) -> str:
    return str(ProgrammeItem.objects.standing().get(pk=item.pk).standing)  # type: ignore[attr-defined]


def _fill(item: ProgrammeItem, values: dict[str, Any]) -> None:
    """The values in their fields; ValidationError with a sentence for each that will not do."""
    for name in EDITABLE:
        if name in values:
            setattr(item, name, squeeze(values[name] or "") if name in WORDS else values[name])
    item.due_on = item.due_on or OPEN_END
    if faults := dict(_faults(item, item.programme)):
        raise ValidationError(faults)


def _faults(item: ProgrammeItem, programme: Programme) -> Any:
    if not item.title:
        yield "title", _("Say what is to be done.")
    for name in WORDS:
        limit = getattr(ProgrammeItem._meta.get_field(name), "max_length", 0)
        if limit and len(getattr(item, name)) > limit:
            yield name, _("At most %(limit)s characters.") % {"limit": limit}
    if item.due_on != OPEN_END and not programme.starts_on <= item.due_on <= programme.ends_on:
        yield "due_on", _("The day lies outside the days of the programme.")
    if item.work_area and item.work_area not in official_names(programme.starts_on):
        yield "work_area", _("Choose one of the values shown.")
    if item.unit and not paths.is_within(item.unit.path or "", programme.unit.path or "-"):
        yield "unit", _("A unit of the own branch is meant.")
    kept = ProgrammeItem.objects.filter(pk=item.pk, from_item=item.from_item_id).exists()
    if item.from_item and item.from_item.programme_id != programme.part_of_id and not kept:
        yield "from_item", _("An item of the programme that this one comes from is meant.")


def _why(reason: str) -> dict[str, str]:
    return {"reason": reason} if reason else {}
