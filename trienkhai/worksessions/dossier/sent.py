"""Proposals and advice that the unit sent up and that came before the unit which leads the session.

Never feedback, by name or without one, nor what a person proposed in the own name: the sight of those is another one.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from trienkhai.common.clock import day_of, moment
from trienkhai.common.days import OPEN_END
from trienkhai.feedback.models import Outcome, Proposal, ProposalStep, Sort
from trienkhai.orgs.queries import names_of
from trienkhai.worksessions.dossier.others import rows_of
from trienkhai.worksessions.dossier.shape import OWN, Cell, Section, Table, number
from trienkhai.worksessions.dossier.subject import Subject
from trienkhai.worksessions.queries.sessions import lineage

LISTED = 30
SORTS: dict[str, str] = {
    Sort.ADVICE: "Tham mưu",
    Sort.PROPOSAL: "Đề xuất",
    Sort.PETITION: "Đề nghị tháo gỡ khó khăn",
}
OUTCOMES: dict[str, str] = {
    "": "chưa trả lời",
    Outcome.TAKEN: "tiếp thu",
    Outcome.PARTLY: "tiếp thu một phần",
    Outcome.NOT_TAKEN: "không tiếp thu",
    Outcome.WITHDRAWN: "đơn vị đã rút",
}
COUNTED = ("sent", Outcome.TAKEN, Outcome.PARTLY, Outcome.NOT_TAKEN, "waiting", "overdue")
HEADS = ["Loại", "Đã gửi", "Tiếp thu", "Tiếp thu một phần", "Không tiếp thu", "Chưa trả lời", "trong đó quá hạn"]


def sent_up(subject: Subject) -> Section:
    """Those sent in the year by that day, and older ones that nobody had answered; the rows counted are kept."""
    kept = [_sent(row, subject.on) for row in _proposals(subject)]
    title = "Tham mưu, đề xuất gửi lên"
    if not kept:
        return Section("sent", title, notes=["Không có tham mưu, đề xuất nào gửi lên trong năm."])
    sorts = [sort for sort in SORTS if rows_of(kept, sort)]
    lines: list[list[Cell]] = [[SORTS[sort], *_numbers(kept, sort)] for sort in sorts]
    lines.append(["Tổng số", *_numbers(kept, "")])
    names = names_of({row["unit"] for row in kept})
    shown: list[list[Cell]] = [
        [{"sent": row["id"]}, names[row["unit"]].short_name, row["on"], row["said"]] for row in kept[:LISTED]
    ]
    tables = [
        Table(HEADS, lines, numbers=len(COUNTED)),
        Table(["Nội dung", "Đơn vị gửi", "Ngày gửi", "Kết quả"], shown),
    ]
    notes = [
        "Tính những tham mưu, đề xuất đứng tên đơn vị hoặc do đơn vị chuyển lên, đã đến đơn vị chủ trì buổi làm việc; "
        "không gồm góp ý và đề xuất của cá nhân."
    ]
    if len(kept) > LISTED:
        notes.append(f"Bảng nêu {LISTED} tham mưu, đề xuất gửi gần đây nhất.")
    return Section("sent", title, tables, notes=notes, rows=kept)


def _numbers(kept: list[dict[str, Any]], sort: str) -> list[Cell]:
    return [number(len(rows_of(kept, sort, one)), OWN, muc="sent", loai=sort, o=one) for one in COUNTED]


def _proposals(subject: Subject) -> QuerySet[Proposal]:
    """Of the unit or passed on by it, so that its people see them; come before the upper unit, so that those do."""
    own, upper = lineage(subject.unit.pk), lineage(subject.session.upper_id)
    end = moment(subject.on + timedelta(days=1), 0)
    steps = ProposalStep.objects.filter(on__lte=subject.on)
    ours = Q(unit__in=own) | Q(pk__in=steps.filter(source__in=own).values("proposal"))
    theirs = Q(sent_to__in=upper) | Q(pk__in=steps.filter(target__in=upper).values("proposal"))
    fresh = Q(sent_at__gte=moment(subject.year_starts_on, 0))
    waiting = Q(answered_on=None) | Q(answered_on__gt=subject.on)
    rows = Proposal.objects.filter(ours, theirs, fresh | waiting, for_unit=True, sent_at__lt=end)
    return rows.prefetch_related("steps").order_by("-sent_at", "-pk")


def _sent(row: Proposal, on: date) -> dict[str, Any]:
    """As it stood that day: an answer that came later had not come."""
    outcome = row.outcome if row.answered_on and row.answered_on <= on else ""
    counts = ["sent", *([outcome] if outcome else ["waiting"])]
    due = _due_then(row, on)
    if not outcome and due < on:
        counts.append("overdue")
    late = " (quá hạn)" if "overdue" in counts else f" (hạn {due:%d/%m/%Y})" if not outcome and due != OPEN_END else ""
    return {
        "id": row.pk,
        "unit": row.unit_id,
        "kind": row.sort,
        "on": f"{day_of(row.sent_at):%d/%m/%Y}",
        "said": f"{OUTCOMES[outcome]}{late}",
        "note": f"gửi ngày {day_of(row.sent_at):%d/%m/%Y}, {OUTCOMES[outcome]}{late}",
        "counts": counts,
    }


def _due_then(row: Proposal, on: date) -> date:
    """The day by which whoever held it then had to answer."""
    later = sorted((step for step in row.steps.all() if step.on > on), key=lambda step: step.pk)
    return later[0].due_on if later else row.due_on
