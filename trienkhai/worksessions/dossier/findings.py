"""What inspections of the unit and its branch found, and how far it was put right that day."""

from datetime import date
from typing import Any

from django.db.models import Q

from trienkhai.common.days import OPEN_END
from trienkhai.inspections.models import Finding, Inspection, InspectionState
from trienkhai.orgs.queries import names_of, subtree
from trienkhai.worksessions.dossier.others import rows_of
from trienkhai.worksessions.dossier.shape import OWN, Cell, Section, Table, number
from trienkhai.worksessions.dossier.subject import Subject

LISTED = 30
WHOSE = {"own": "Đơn vị", "below": "Các tổ chức trực thuộc"}
COUNTED = ("concluded", "found", "remedied", "open", "overdue")
HEADS = ["Đối tượng", "Cuộc đã kết luận", "Tồn tại, hạn chế", "Đã khắc phục", "Chưa khắc phục", "trong đó quá hạn"]


def inspections(subject: Subject) -> Section:
    """Inspections concluded in the year by that day; their findings, and those of former years still open that day.

    The rows counted are kept. What is not concluded is known to nobody here.
    """
    found = _findings(subject)
    kept = [_inspected(row, subject) for row in _concluded(subject)] + [_found(row, subject) for row in found]
    title = f"Kiểm tra, giám sát năm {subject.year}"
    if not kept:
        return Section("inspections", title, notes=["Không có kết luận kiểm tra, giám sát nào."])
    lines: list[list[Cell]] = []
    for whose in ("own", "below"):
        if any(row["kind"] == whose for row in kept):
            lines.append([WHOSE[whose], *_numbers(kept, whose)])
    lines.append(["Tổng số", *_numbers(kept, "")])
    tables = [Table(HEADS, lines, numbers=len(COUNTED))]
    open_now = [row for row in found if not _closed(row, subject.on)]
    if open_now:
        tables.append(_open(open_now[:LISTED], subject.on))
    notes = ["Gồm cả tồn tại của các năm trước đến ngày này chưa khắc phục."]
    if len(open_now) > LISTED:
        notes.append(f"Bảng nêu {LISTED} tồn tại chưa khắc phục đến hạn sớm nhất.")
    return Section("inspections", title, tables, notes=notes, rows=kept)


def _numbers(kept: list[dict[str, Any]], whose: str) -> list[Cell]:
    return [number(len(rows_of(kept, whose, one)), OWN, muc="inspections", loai=whose, o=one) for one in COUNTED]


def _of_branch(subject: Subject, row: str = "") -> Q:
    """Of units that stood in the branch that day, also what such a unit answers for since it took over."""
    branch = subtree(subject.unit, subject.on).values("pk")
    return Q(**{f"{row}unit__in": branch}) | Q(**{f"{row}held_by__in": branch})


def _concluded(subject: Subject) -> list[Inspection]:
    rows = Inspection.objects.filter(_of_branch(subject), state=InspectionState.CONCLUDED)
    rows = rows.filter(concluded_on__gte=subject.year_starts_on, concluded_on__lte=subject.on)
    return list(rows.order_by("concluded_on", "pk"))


def _findings(subject: Subject) -> list[Finding]:
    """The longest due first."""
    rows = Finding.objects.filter(_of_branch(subject, "inspection__"), inspection__state=InspectionState.CONCLUDED)
    still_open = Q(closed_on=None) | Q(closed_on__gt=subject.on)
    of_year = Q(inspection__concluded_on__gte=subject.year_starts_on)
    rows = rows.filter(of_year | still_open, inspection__concluded_on__lte=subject.on)
    return list(rows.select_related("inspection").order_by("due_on", "inspection", "position"))


def _whose(row: Inspection, subject: Subject) -> str:
    return "own" if subject.unit.pk in (row.unit_id, row.held_by_id) else "below"


def _inspected(row: Inspection, subject: Subject) -> dict[str, Any]:
    note = f"kết luận ngày {row.concluded_on:%d/%m/%Y}"
    return {"id": row.pk, "row": "inspection", "kind": _whose(row, subject), "note": note, "counts": ["concluded"]}


def _found(row: Finding, subject: Subject) -> dict[str, Any]:
    closed, counts = _closed(row, subject.on), ["found"]
    counts += ["remedied"] if closed else ["open", *(["overdue"] if row.due_on < subject.on else [])]
    due = f"hạn {row.due_on:%d/%m/%Y}" if row.has_day else "không đặt hạn"
    note = f"{due}, đã khắc phục ngày {row.closed_on:%d/%m/%Y}" if closed else f"{due}, chưa khắc phục"
    whose = _whose(row.inspection, subject)
    return {"id": row.pk, "row": "finding", "kind": whose, "note": note, "counts": counts}


def _closed(row: Finding, on: date) -> bool:
    return row.closed_on is not None and row.closed_on <= on


def _open(rows: list[Finding], on: date) -> Table:
    names = names_of({row.held_by_id for row in rows})
    lines: list[list[Cell]] = [
        [{"finding": row.pk}, names[row.held_by_id].short_name, _due(row.due_on, on)] for row in rows
    ]
    return Table(["Tồn tại, hạn chế chưa khắc phục", "Đơn vị khắc phục", "Thời hạn"], lines)


def _due(due: date, on: date) -> str:
    if due == OPEN_END:
        return "không đặt hạn"
    return f"{due:%d/%m/%Y}{' (quá hạn)' if due < on else ''}"
