"""What the unit and its branch were given and have done: of the term, of the year, by focus; what is open."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from trienkhai.common.days import OPEN_END
from trienkhai.orgs.queries import names_of
from trienkhai.tasks import past
from trienkhai.tasks.models import Assignment, Focus
from trienkhai.tasks.periods import named_days
from trienkhai.tasks.queries import Cells
from trienkhai.tasks.queries.areas import official_names
from trienkhai.tasks.queries.past import ALL, Question, held_in, percents_as_of, sums_as_of
from trienkhai.tasks.queries.wanted import NO_AREA, Wanted
from trienkhai.worksessions.dossier.shape import Cell, Chart, Section, Table, number
from trienkhai.worksessions.dossier.subject import Subject

HEADS = ["Được giao", "Xong đúng hạn", "Xong quá hạn", "Chưa xong, trong hạn", "Chưa xong, quá hạn", "Tỷ lệ xong"]
CELLS = ("total", "done_on_time", "done_late", "open_in_time", "open_overdue")
LISTED = 30
UNNAMED = "Không ghi mặt công tác"


def of_term(subject: Subject) -> Section:
    """By area of work, of what is due in the years of the term."""
    if not subject.term_code:
        return Section("term", "Kết quả nhiệm kỳ", notes=["Chưa có nhiệm kỳ của đơn vị trong hệ thống."])
    name = subject.term.name if subject.term else ""
    return _by_area(subject, "term", f"Kết quả nhiệm kỳ {name}", subject.term_code)


def of_year(subject: Subject) -> Section:
    return _by_area(subject, "year", f"Kết quả năm {subject.year}", str(subject.year))


def _by_area(subject: Subject, key: str, title: str, period: str) -> Section:
    names, asked = official_names(subject.on), Question(within=named_days(period))
    sums = sums_as_of(subject.on, "work_area", held=held(subject), asked=asked)
    found = {str(area): cells for (area,), cells in sums.items()}
    if not found:
        return Section(key, title, notes=["Không có nhiệm vụ có thời hạn trong thời gian này."])
    order = [
        *(code for code in names if code in found),
        *sorted(set(found) - set(names), key=lambda code: (not code, code)),
    ]
    called = {code: names.get(code, code) or UNNAMED for code in order}
    rows = [_line(called[code], found[code], subject, ky=period, mat=code or NO_AREA) for code in order]
    rows.append(_line("Tổng số", sum(found.values(), Cells()), subject, ky=period))
    chart = Chart("Tình hình thực hiện theo mặt công tác", [(called[code], _parts(found[code])) for code in order])
    return Section(key, title, [Table(["Mặt công tác", *HEADS], rows, numbers=len(HEADS))], [chart])


def held(subject: Subject) -> Q:
    """What the unit or its branch held that day."""
    return held_in(subject.unit.pk, subject.on, alone=False)


def _line(name: str, cells: Cells, subject: Subject, **limits: Any) -> list[Cell]:
    return [name, *line_of(cells, don_vi=subject.unit.pk, ngay=subject.on, **limits)]


def line_of(cells: Cells, names: Sequence[str] = CELLS, **asked: Any) -> list[Cell]:
    """These figures of a sheet and the share that is done; each number opens into the list of tasks asked for so."""
    return [*(number(getattr(cells, cell), "tasks:list", o=cell, **asked) for cell in names), _share(cells)]


def _share(cells: Cells) -> str:
    return "–" if cells.share_done is None else f"{cells.share_done:.1f} %".replace(".", ",")


def _parts(cells: Cells) -> list[int]:
    return [getattr(cells, cell) for cell in CELLS[1:]]


def focuses(subject: Subject) -> Section:
    """Those that the work of the branch serves, and the unit's own in force."""
    sums = sums_as_of(subject.on, "focus", held=held(subject), asked=ALL)
    found = {pk: cells for (pk,), cells in sums.items() if pk}
    own = Q(unit=subject.unit, valid_from__lte=subject.on, valid_to__gt=subject.on)
    order = list(Focus.Kind.values)
    rows = sorted(Focus.objects.filter(own | Q(pk__in=found)).order_by("pk"), key=lambda row: order.index(row.kind))
    lines = [_line(row.title, found.get(row.pk, Cells()), subject, trong_tam=row.pk) for row in rows]
    if not lines:
        return Section("focuses", "Trọng tâm, giải pháp đột phá", notes=["Không có trọng tâm nào."])
    return Section("focuses", "Trọng tâm, giải pháp đột phá", [Table(["Trọng tâm", *HEADS], lines, numbers=len(HEADS))])


def open_rows(subject: Subject) -> QuerySet[Any]:
    """Assignments open that day in the branch, the longest due first; with `was_held_by`."""
    wanted = Wanted(ids={"don-vi": subject.unit.pk}, cell="open")
    return wanted.narrow_as_of(past.given_by(subject.on), subject.on)


def open_tasks(subject: Subject) -> Section:
    rows = open_rows(subject)
    count = rows.count()
    shown: list[Any] = past.restored(list(rows[:LISTED]), subject.on)
    percents = percents_as_of([row.pk for row in shown], subject.on)
    names = names_of({row.was_held_by for row in shown})
    lines: list[list[Cell]] = [
        [
            {"assignment": row.pk},
            names[row.was_held_by].short_name,
            _due(row, subject),
            f"{percents.get(row.pk, 0)} %",
        ]
        for row in shown
    ]
    title = "Nhiệm vụ chưa hoàn thành"
    if not lines:
        return Section("open", title, notes=["Không có nhiệm vụ chưa hoàn thành."])
    asked = {"don_vi": subject.unit.pk, "ngay": subject.on}
    total: list[list[Cell]] = [
        ["Chưa hoàn thành", number(count, "tasks:list", o="open", **asked)],
        ["trong đó quá hạn", number(_overdue(subject), "tasks:list", o="open_overdue", **asked)],
    ]
    notes = [f"Bảng nêu {LISTED} nhiệm vụ đến hạn sớm nhất."] if count > LISTED else []
    tables = [
        Table(["Tổng hợp", "Số lượng"], total, numbers=1),
        Table(["Nhiệm vụ", "Đơn vị thực hiện", "Thời hạn", "Tiến độ"], lines),
    ]
    return Section("open", title, tables, notes=notes)


def _overdue(subject: Subject) -> int:
    wanted = Wanted(ids={"don-vi": subject.unit.pk}, cell="open_overdue")
    return wanted.narrow_as_of(past.given_by(subject.on), subject.on).count()


def _due(row: Assignment, subject: Subject) -> str:
    if row.due_on == OPEN_END:
        return "không thời hạn"
    late = " (quá hạn)" if row.due_on < subject.on and not row.submitted_on else ""
    return f"{row.due_on:%d/%m/%Y}{late}"
