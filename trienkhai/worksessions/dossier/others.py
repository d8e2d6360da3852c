"""What other areas know of the unit: indicators, period reports, meetings."""

from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet

from trienkhai.common.clock import moment
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
    """Period reports of the unit that fell due in the year by that day, by form."""
    sent = Q(submitted_on__lte=subject.on)
    counted = reports_due(subject).order_by().values("period__form", "period__form__title").annotate(
        asked=Count("pk"),
        in_time=Count("pk", filter=sent & Q(submitted_on__lte=F("period__due_on"))),
        late=Count("pk", filter=sent & Q(submitted_on__gt=F("period__due_on"))),
    )  # fmt: skip
    rows: list[list[Cell]] = []
    for row in sorted(counted, key=lambda row: (row["period__form__title"], row["period__form"])):
        form, missing = row["period__form"], row["asked"] - row["in_time"] - row["late"]
        shown = {"": row["asked"], "in_time": row["in_time"], "late": row["late"], "missing": missing}
        numbers = [number(n, OWN, muc="reports", loai=form, o=which) for which, n in shown.items()]
        rows.append([row["period__form__title"], *numbers])
    title = f"Báo cáo định kỳ đến hạn trong năm {subject.year}"
    if not rows:
        return Section("reports", title, notes=["Không có báo cáo định kỳ nào đến hạn."])
    heads = ["Mẫu báo cáo", "Phải gửi", "Gửi đúng hạn", "Gửi chậm", "Chưa gửi"]
    return Section("reports", title, [Table(heads, rows, numbers=4)])


def reports_due(subject: Subject, form: str = "", which: str = "") -> QuerySet[PeriodReport]:
    rows = PeriodReport.objects.filter(held_by=subject.unit).counted()
    rows = rows.filter(period__due_on__gte=subject.year_starts_on, period__due_on__lte=subject.on)
    rows = rows.filter(period__opened_on__lte=subject.on)
    sent = Q(submitted_on__lte=subject.on)
    narrow = {
        "in_time": sent & Q(submitted_on__lte=F("period__due_on")),
        "late": sent & Q(submitted_on__gt=F("period__due_on")),
        "missing": Q(submitted_on=None) | Q(submitted_on__gt=subject.on),
    }
    rows = rows.filter(narrow.get(which, Q()))
    return rows.filter(period__form=int(form)) if form.isdecimal() else rows


def meetings(subject: Subject) -> Section:
    """The unit's own meetings of the year up to that day, by body and kind."""
    counted = meetings_of(subject).order_by().values("body", "kind").annotate(
        planned=Count("pk"), held=Count("pk", filter=_held(subject)), sent=Count("pk", filter=_sent(subject))
    )  # fmt: skip
    names = bodies(subject.on, subject.unit.path or "")
    rows: list[list[Cell]] = []
    for row in sorted(counted, key=lambda row: (row["body"], row["kind"])):
        asked = {"muc": "meetings", "loai": f"{row['body']}.{row['kind']}"}
        numbers = [number(row[name], OWN, o=name, **asked) for name in ("planned", "held", "sent")]
        rows.append([f"{names.get(row['body'], {}).get('vi', row['body'])}, {KINDS[row['kind']]}", *numbers])
    title = f"Sinh hoạt, hội nghị năm {subject.year}"
    if not rows:
        return Section("meetings", title, notes=["Chưa có cuộc họp nào được ghi trong hệ thống."])
    heads = ["Cuộc họp", "Theo kế hoạch đến ngày này", "Đã họp", "Đã gửi biên bản lên"]
    return Section("meetings", title, [Table(heads, rows, numbers=3)])


def meetings_of(subject: Subject, kind: str = "", which: str = "") -> QuerySet[Meeting]:
    """kind: body and kind with a stop between them."""
    first, end = moment(subject.year_starts_on, 0), moment(_day_after(subject.on), 0)
    rows = Meeting.objects.filter(unit=subject.unit, starts_at__gte=first, starts_at__lt=end)
    rows = rows.exclude(state=MeetingState.CANCELLED)
    rows = rows.filter({"held": _held(subject), "sent": _sent(subject)}.get(which, Q()))
    body, stop, kind = kind.partition(".")
    return rows.filter(body=body, kind=kind) if stop else rows


def _held(subject: Subject) -> Q:
    return Q(began_at__lt=moment(_day_after(subject.on), 0))


def _sent(subject: Subject) -> Q:
    return Q(sent_on__lte=subject.on)


def _day_after(day: date) -> date:
    return day + timedelta(days=1)
