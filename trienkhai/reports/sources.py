"""What leaves with a document that is locked away: the lines of reports that name work from it."""

from typing import Any

from django.db.models import QuerySet

from trienkhai.common import paths
from trienkhai.documents.models import Document
from trienkhai.reports.models import Change, IssuedSheet, PeriodReport
from trienkhai.reports.queries.integrity import digest_of
from trienkhai.reports.queries.prefilling import without_lines
from trienkhai.tasks.models import Assignment


def remove_lines(document: Document) -> dict[str, list[int]]:
    """Take the lines that the machine wrote of its work out of reports, their drafts and issued sheets, also where a
    summary gathered them; a sheet gets the SHA-256 of what is left.

    Tasks were emptied before, and are known by having no document any more; those of earlier times are empty already.
    """
    work = dict(Assignment.objects.filter(task__document=None).values_list("pk", "held_by__path"))
    units = {pk for path in work.values() for pk in paths.ids(path or "")}
    reports = PeriodReport.objects.filter(held_by__in=units)
    for report in _changed(reports, ("values", "machine"), work):
        report.save(update_fields=["values", "machine"])
    for change in _changed(Change.objects.filter(report__in=reports), ("old",), work):
        change.save(update_fields=["old"])
    for sheet in _changed(IssuedSheet.objects.filter(report__in=reports), ("values",), work):
        sheet.digest = digest_of(sheet)
        sheet.save(update_fields=["values", "digest"])
    return {}


def _changed(rows: QuerySet[Any], names: tuple[str, ...], work: dict[int, str | None]) -> list[Any]:
    """The rows of which a line leaves, without it, not stored yet."""
    found = []
    for row in rows.iterator(chunk_size=500):
        kept = {name: _cleaned(getattr(row, name), work) for name in names}
        if any(kept[name] != getattr(row, name) for name in names):
            for name, value in kept.items():
                setattr(row, name, value)
            found.append(row)
    return found


def _cleaned(value: Any, work: dict[int, str | None]) -> Any:
    if isinstance(value, dict):
        return {key: _cleaned(one, work) for key, one in value.items()}
    return without_lines(value, work) if isinstance(value, str) else value
