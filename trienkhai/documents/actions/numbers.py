"""Numbers that no document bears: cancelled, reserved, given before this register was kept."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.documents import rules
from trienkhai.documents.actions.entering import begin_after
from trienkhai.documents.models import Document, RegisterEntry, Series, Slip
from trienkhai.documents.queries.earlier_lines import borne_earlier
from trienkhai.documents.queries.numbering import gaps_of
from trienkhai.orgs.actors import actor
from trienkhai.people.models import Account

RESERVED, CANCELLED, EARLIER = "reserved", "cancelled", "earlier"
AT_ONCE = 200


@transaction.atomic
def cancel_entry(entry_id: int, *, reason: str, by: Account, at: datetime) -> RegisterEntry:
    """Cancel a number: its line stays in the book, struck, with the reason; the number is never given again."""
    entry = RegisterEntry.objects.select_for_update(of=("self",), no_key=True).get(pk=entry_id)
    verdict = rules.can_cancel(by, entry, day_of(at)).require()
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    entry.reason, entry.cancelled_by, entry.cancelled_at = reason.strip(), by, at
    entry.save(update_fields=["reason", "cancelled_by", "cancelled_at"])
    record(
        "number.cancelled",
        entry,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=entry.unit.path or "",
        label=entry.number_shown,
        book=entry.book,
        personal={"reason": entry.reason},
    )
    return entry


def void_entries(document: Document, *, by: Account | None, at: datetime) -> dict[str, list[int]]:
    """Empty the lines of a document that is locked away: the numbers stay, cancelled, and say nothing of it.

    Part of the caller's transaction and act. Its slips go: an instruction may repeat what the document says.
    Returns the ids of lines and slips, by the label of their table: what acts about them said is to be erased.
    """
    locked = RegisterEntry.objects.select_for_update(of=("self",), no_key=True)
    entries = RegisterEntry.objects.filter(pk__in=[row.pk for row in locked.filter(document=document).order_by("pk")])
    slips = Slip.objects.filter(entry__in=entries)
    touched = {rows.model._meta.label_lower: list(rows.values_list("pk", flat=True)) for rows in (entries, slips)}
    slips.delete()
    blank = dict.fromkeys(("recipient", "drafted_by", "copy_kept_by", "note"), "")
    entries.update(document=None, cancelled_by=by, cancelled_at=at, reason=_("The document was locked away."), **blank)
    return touched


@transaction.atomic
def explain_gap(
    series_id: int, first: int, last: int, kind: str, *, reason: str, by: Account, at: datetime
) -> list[RegisterEntry]:
    """Account for skipped numbers: reserved for a paper to come, cancelled, or given before this register was kept.

    Returns the lines made (none for `earlier`, which moves the beginning of the run). Raises ValidationError unless
    all of `first` to `last` are missing; `earlier` must begin where the run does.
    """
    series = Series.objects.select_for_update(of=("self",), no_key=True).select_related("unit").get(pk=series_id)
    verdict = rules.can_explain(by, series.unit, day_of(at)).require()
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    gap = next((gap for gap in gaps_of(series) if gap.first <= first <= last <= gap.last), None)
    if gap is None or kind not in (RESERVED, CANCELLED, EARLIER):
        raise ValidationError({"last": _("These numbers are not all missing.")})
    made = _begin_after(series, first, last) if kind == EARLIER else _lines(series, first, last, kind, reason, by, at)
    record(
        "number.explained",
        series,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=series.unit.path or "",
        label=f"{first:02d}–{last:02d} {series.of}".strip(),
        book=series.book,
        kind=kind,
        reason=reason.strip(),
        count=last - first + 1,
    )
    return made


def _begin_after(series: Series, first: int, last: int) -> list[RegisterEntry]:
    if first != series.first:
        raise ValidationError({"first": _("The run begins at %(number)s.") % {"number": series.first}})
    series.first = last + 1
    series.save(update_fields=["first"])
    return []


def _lines(
    series: Series, first: int, last: int, kind: str, reason: str, by: Account, at: datetime
) -> list[RegisterEntry]:
    """A line for each number, of the day of the line that follows, so that the days of the book stay in order."""
    if last - first >= AT_ONCE:
        raise ValidationError({"last": _("At most %(limit)s numbers at once.") % {"limit": AT_ONCE}})
    after = RegisterEntry.objects.filter(series=series, number__gt=last).order_by("number").first()
    cancelled = {"cancelled_by": by, "cancelled_at": at} if kind == CANCELLED else {}
    return RegisterEntry.objects.bulk_create(
        RegisterEntry(
            unit=series.unit,
            book=series.book,
            series=series,
            number=number,
            on=after.on if after else day_of(at),
            entered_by=by,
            entered_at=at,
            reason=reason.strip(),
            **cancelled,
        )
        for number in range(first, last + 1)
    )


@transaction.atomic
def reserve_number(series_id: int, *, reason: str, by: Account, at: datetime) -> RegisterEntry:
    """Keep the next number of a run for a paper to come; a document that bears the number fills the line."""
    series = Series.objects.select_for_update(of=("self",), no_key=True).select_related("unit").get(pk=series_id)
    verdict = rules.can_explain(by, series.unit, day_of(at)).require()
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    begin_after(series, borne_earlier(series))
    series.last += 1
    series.save(update_fields=["last"])
    [entry] = _lines(series, series.last, series.last, RESERVED, reason, by, at)
    record(
        "number.reserved",
        entry,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=series.unit.path or "",
        label=entry.number_shown,
        book=series.book,
        personal={"reason": entry.reason},
    )
    return entry
