"""What leaves with a document that is locked away: the lines of reports that name work from it."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from trienkhai.common import paths
from trienkhai.documents.models import Document, Draft, DraftVersion
from trienkhai.reports.models import Change, IssuedSheet, PeriodReport
from trienkhai.reports.queries.integrity import digest_of
from trienkhai.reports.queries.prefilling import lines_of, without_lines
from trienkhai.tasks.models import Assignment, PastHolder

Work = dict[int, str | None]
"""Assignment → the path of the unit that holds it."""


def remove_lines(document: Document) -> dict[str, list[int]]:
    """Take the lines that the machine wrote of its work out of reports, their drafts and issued sheets, also where a
    summary gathered them or a unit held the work before, and out of papers drafted from them; a sheet gets the SHA-256
    of what is left.

    Tasks were emptied before, and are known by having no document any more; those of earlier times are empty already.
    """
    work: Work = dict(Assignment.objects.filter(task__document=None).values_list("pk", "held_by__path"))
    earlier = PastHolder.objects.filter(assignment__task__document=None).values_list("unit__path", flat=True)
    units = {pk for path in {*work.values(), *earlier} for pk in paths.ids(path or "")}
    reports = PeriodReport.objects.filter(Q(held_by__in=units) | Q(unit__in=units))
    gone = set[str]()
    for report in _changed(reports, ("values", "machine"), work, gone):
        report.save(update_fields=["values", "machine"])
    for change in _changed(Change.objects.filter(report__in=reports), ("old",), work, gone):
        change.save(update_fields=["old"])
    for sheet in _changed(IssuedSheet.objects.filter(report__in=reports), ("values",), work, gone):
        sheet.digest = digest_of(sheet)
        sheet.save(update_fields=["values", "digest"])
    if gone:
        _remove_from_papers(Draft.objects.filter(kind="report"), gone)
    return {}


def _remove_from_papers(drafts: QuerySet[Draft], gone: Collection[str]) -> None:
    """Papers drafted from reports say the same lines without the number of the work."""
    for draft in drafts.only("body").iterator(chunk_size=500):
        if (body := _without(draft.body, gone)) != draft.body:
            Draft.objects.filter(pk=draft.pk).update(body=body)
    for version in DraftVersion.objects.filter(draft__in=drafts).iterator(chunk_size=500):
        body = str(version.words.get("body", ""))
        if (kept := _without(body, gone)) != body:
            version.words["body"] = kept
            version.save(update_fields=["words"])


def _without(body: str, gone: Collection[str]) -> str:
    return "\n".join(line for line in body.split("\n") if line.strip() not in gone)


def _changed(rows: QuerySet[Any], names: tuple[str, ...], work: Work, gone: set[str]) -> list[Any]:
    """The rows of which a line leaves, without it, not stored yet; `gone` takes the lines."""
    found = []
    for row in rows.iterator(chunk_size=500):
        kept = {name: _cleaned(getattr(row, name), work, gone) for name in names}
        if any(kept[name] != getattr(row, name) for name in names):
            for name, value in kept.items():
                setattr(row, name, value)
            found.append(row)
    return found


def _cleaned(value: Any, work: Work, gone: set[str]) -> Any:
    if isinstance(value, dict):
        return {key: _cleaned(one, work, gone) for key, one in value.items()}
    if not isinstance(value, str):
        return value
    gone.update(lines_of(value, work))
    return without_lines(value, work)
