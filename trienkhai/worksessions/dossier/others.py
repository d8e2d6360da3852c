"""What other areas know of the unit: indicators, period reports, meetings."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime

from trienkhai.common.clock import day_of, moment
from trienkhai.indicators.models import Definition, Indicator
from trienkhai.indicators.numerals import written
from trienkhai.indicators.queries.reading import held_by
from trienkhai.indicators.queries.tables import Cell as Reading
from trienkhai.indicators.queries.tables import latest_cells
from trienkhai.indicators.summing import Sign
from trienkhai.meetings.models import Kind, Meeting, MeetingState
from trienkhai.meetings.norms import bodies
from trienkhai.reports.models import PeriodReport
from trienkhai.worksessions.dossier.shape import OWN, Cell, Section, Table, number
from trienkhai.worksessions.dossier.subject import Subject

SIGNS = {
    Sign.MET: "đạt",
    Sign.NEAR: "gần đạt",
    Sign.MISSED: "chưa đạt",
    Sign.NO_DATA: "chưa có số liệu",
    Sign.NO_TARGET: "chưa giao mức",
}
KINDS: dict[str, str] = {Kind.REGULAR: "thường kỳ", Kind.THEMATIC: "chuyên đề", Kind.EXTRAORDINARY: "bất thường"}


def indicators(subject: Subject) -> Section:
    """The last figure of the year of each indicator that the unit holds."""
    listed = held_by(subject.unit, subject.year_starts_on, subject.on)
    cells = latest_cells(listed, subject.unit, subject.year_starts_on, subject.on, on=subject.on)
    rows = [_indicator(row, cells[row.pk], subject) for row in listed if row.pk in cells]
    title = f"Chỉ tiêu năm {subject.year}"
    if not rows:
        return Section("indicators", title, notes=["Đơn vị không được giao chỉ tiêu nào."])
    heads = ["Chỉ tiêu", "Đơn vị tính", "Tính đến", "Mức giao", "Thực hiện", "Đánh giá"]
    return Section("indicators", title, [Table(heads, rows)])


def _indicator(row: Indicator, cell: Reading, subject: Subject) -> list[Cell]:
    definition = cell.summed.definition or Definition(title=row.code)
    opens = {"route": "indicators:indicator", "args": [row.pk]}
    asked = {"query": {"don-vi": str(subject.unit.pk), "nam": str(subject.year)}}
    return [
        definition.title,
        definition.measure,
        f"{cell.summed.period.end:%d/%m/%Y}",
        cell.target_grade or written(cell.target and round(cell.target, 2)),
        {"words": cell.grade or written(cell.actual and round(cell.actual, 2)), **opens, **asked},
        SIGNS[cell.sign],
    ]


def reports(subject: Subject) -> Section:
    """Period reports of the unit that fell due in the year by that day, by form; the rows counted are kept."""
    kept = _reports_due(subject)
    rows: list[list[Cell]] = []
    for form, title in sorted({(row["kind"], row["title"]) for row in kept}, key=lambda row: (row[1], row[0])):
        own = [row for row in kept if row["kind"] == form]
        counts = {which: len(rows_of(own, form, which)) for which in ("", "in_time", "late", "missing")}
        rows.append([title, *(number(n, OWN, muc="reports", loai=form, o=which) for which, n in counts.items())])
    title = f"Báo cáo định kỳ đến hạn trong năm {subject.year}"
    if not rows:
        return Section("reports", title, notes=["Không có báo cáo định kỳ nào đến hạn."])
    heads = ["Mẫu báo cáo", "Phải gửi", "Gửi đúng hạn", "Gửi chậm", "Chưa gửi"]
    notes = ["Gồm những báo cáo mà đơn vị giữ khi lập hồ sơ."]
    return Section("reports", title, [Table(heads, rows, numbers=4)], notes=notes, rows=kept)


def rows_of(rows: list[dict[str, Any]], kind: str = "", which: str = "") -> list[dict[str, Any]]:
    """Of the rows kept with a section those that one number counts."""
    return [row for row in rows if (not kind or row["kind"] == kind) and (not which or which in row["counts"])]


def _reports_due(subject: Subject) -> list[dict[str, Any]]:
    rows = PeriodReport.objects.filter(held_by=subject.unit).counted()
    rows = rows.filter(period__due_on__gte=subject.year_starts_on, period__due_on__lte=subject.on)
    rows = rows.filter(period__opened_on__lte=subject.on).select_related("period__form")
    return [_report(row, subject) for row in rows.order_by("period__due_on", "pk")]


def _report(row: PeriodReport, subject: Subject) -> dict[str, Any]:
    due, sent = row.period.due_on, row.submitted_on
    if sent and sent > subject.on:
        sent = None
    which = "missing" if sent is None else "in_time" if sent <= due else "late"
    return {
        "id": row.pk,
        "kind": str(row.period.form_id),
        "title": row.period.form.title,
        "due": f"{due:%d/%m/%Y}",
        "sent": f"{sent:%d/%m/%Y}" if sent else "",
        "counts": [which],
    }


def meetings(subject: Subject) -> Section:
    """The unit's own meetings of the year up to that day, by body and kind; the rows counted are kept."""
    names = bodies(subject.on, subject.unit.path or "")
    kept = [_meeting(row, subject, names) for row in _meetings_of(subject)]
    rows: list[list[Cell]] = []
    for kind, words in sorted({(row["kind"], row["title"]) for row in kept}):
        counts = {which: len(rows_of(kept, kind, which)) for which in ("planned", "held", "sent")}
        rows.append([words, *(number(n, OWN, muc="meetings", loai=kind, o=which) for which, n in counts.items())])
    title = f"Sinh hoạt, hội nghị năm {subject.year}"
    if not rows:
        return Section("meetings", title, notes=["Chưa có cuộc họp nào được ghi trong hệ thống."])
    heads = ["Cuộc họp", "Theo kế hoạch đến ngày này", "Đã họp", "Đã gửi biên bản lên"]
    notes = ["Gồm những cuộc họp còn trong lịch khi lập hồ sơ."]
    return Section("meetings", title, [Table(heads, rows, numbers=3)], notes=notes, rows=kept)


def _meetings_of(subject: Subject) -> QuerySet[Meeting]:
    first, end = moment(subject.year_starts_on, 0), moment(_day_after(subject.on), 0)
    rows = Meeting.objects.filter(unit=subject.unit, starts_at__gte=first, starts_at__lt=end)
    return rows.exclude(state=MeetingState.CANCELLED).order_by("starts_at", "pk")


def _meeting(row: Meeting, subject: Subject, names: dict[str, Any]) -> dict[str, Any]:
    """By body and kind, without its title: units above read this once the minutes were sent up."""
    held = row.began_at and day_of(row.began_at) <= subject.on
    sent = row.sent_on and row.sent_on <= subject.on
    return {
        "id": row.pk,
        "kind": f"{row.body}.{row.kind}",
        "title": f"{names.get(row.body, {}).get('vi', row.body)}, {KINDS[row.kind]}",
        "when": f"{localtime(row.starts_at):%H:%M %d/%m/%Y}",
        "counts": ["planned", *(["held"] if held else []), *(["sent"] if sent else [])],
    }


def _day_after(day: date) -> date:
    return day + timedelta(days=1)
