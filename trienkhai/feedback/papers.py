"""The table of opinions and answers for paper, in Vietnamese as papers are."""

from dataclasses import replace
from datetime import date
from typing import Any

from trienkhai.common.folding import printable
from trienkhai.documents.layouts.composing import Composition, Paper, compose
from trienkhai.documents.layouts.markup import pieces
from trienkhai.documents.queries.drafts import habits_of, kind_of, layout_of, lines_of, note_of_installation
from trienkhai.feedback.models import Asked, ClauseOpinion, Consultation, Reply
from trienkhai.feedback.queries.consultations import figures_of, opinions_given, units_asked

TYPE, TITLE = "BẢNG TỔNG HỢP", "ý kiến góp ý và giải trình, tiếp thu"
HEADS = ("TT", "Nội dung lấy ý kiến", "Đơn vị góp ý", "Nội dung góp ý", "Giải trình, tiếp thu")
REPLIES = {Reply.TAKEN: "Tiếp thu.", Reply.PARTLY: "Tiếp thu một phần.", Reply.NOT_TAKEN: "Không tiếp thu."}
WAITS = "Đang xem xét."


def body_of(consultation: Consultation, on: date) -> str:
    """How many were asked and answered, who is silent, then each other wording with its answer, and who agrees."""
    asked, given = Asked.objects.all(), ClauseOpinion.objects.filter(asked__sent_on__isnull=False)
    figures = figures_of(consultation, asked, given)
    said, units = figures.opinions, figures.units
    parts = [
        f"{consultation.unit.name} đã lấy ý kiến đối với {_quoted(consultation)} từ ngày "
        f"{consultation.opened_on:%d/%m/%Y}, thời hạn gửi ý kiến đến hết ngày {consultation.due_on:%d/%m/%Y}.",
        f"Tổng số đơn vị được lấy ý kiến: {figures.asked}; số đơn vị đã gửi ý kiến: {units['da-gui']}, trong đó gửi "
        f"sau thời hạn: {units['tre']}; số đơn vị chưa gửi: {units['chua-gui']}{_released(units['khong-con'])}.",
        f"Tổng số ý kiến đề nghị sửa đổi, bổ sung: {said['y-kien-khac']}; tiếp thu: {said['tiep-thu']}; tiếp thu một "
        f"phần: {said['mot-phan']}; không tiếp thu: {said['khong-tiep-thu']}; đang xem xét: {said['cho']}.",
    ]
    rows = list(opinions_given(given, consultation, "y-kien-khac"))
    if rows:
        parts += ["I. Ý KIẾN GÓP Ý VÀ GIẢI TRÌNH, TIẾP THU", _table(rows)]
    parts += _agreeing(list(opinions_given(given, consultation, "thong-nhat")), "II" if rows else "I")
    silent = [row.unit.name for row in units_asked(asked, consultation, "chua-gui")]
    if silent:
        parts.append(f"Đơn vị chưa gửi ý kiến: {_one_line('; '.join(silent))}.")
    if consultation.withdrawn:
        parts.append(
            f"Việc lấy ý kiến đã dừng ngày {consultation.closed_on:%d/%m/%Y}: {_one_line(consultation.closing_reason)}"
        )
    parts.append(f"Số liệu tính đến ngày {on:%d/%m/%Y}.")
    return "\n\n".join(parts)


def _released(count: int) -> str:
    return f"; số đơn vị không còn phải gửi do sắp xếp tổ chức: {count}" if count else ""


def _quoted(consultation: Consultation) -> str:
    return f"{'dự thảo ' if consultation.document_id is None else ''}“{_one_line(consultation.title)}”"


def _table(rows: list[ClauseOpinion]) -> str:
    lines = [_row(HEADS)]
    for number, row in enumerate(rows, 1):
        answer = f"{REPLIES[Reply(row.reply)]} {row.reply_reason}" if row.reply else WAITS
        words = f"{row.wording} (Lý do: {row.reason})"
        lines.append(_row((str(number), row.passage.label, row.asked.unit.name, words, answer)))
    return "\n".join(lines)


def _agreeing(rows: list[ClauseOpinion], numeral: str) -> list[str]:
    """A line for each clause with who agrees to it."""
    if not rows:
        return []
    by_clause: dict[str, list[str]] = {}
    for row in rows:
        by_clause.setdefault(row.passage.label, []).append(row.asked.unit.name)
    lines = [f"- {_one_line(label)}: {_one_line('; '.join(names))}." for label, names in by_clause.items()]
    return [f"{numeral}. Ý KIẾN THỐNG NHẤT", *lines]


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(_one_line(cell).replace('|', '/') for cell in cells)} |"


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


def composition_of(consultation: Consultation, on: date) -> Composition:
    """The table as its files print it, without number and signature."""
    habits: dict[str, Any] = habits_of(consultation.unit)
    layout = layout_of(habits["system"], on=on, place=consultation.unit.path or "").layout
    paper = Paper(
        kind=replace(kind_of(layout, "report"), name=TYPE),
        title=f"{TITLE} đối với {_quoted(consultation)}",
        issuer=habits["issuer_name"],
        symbol_body=habits["symbol_body"],
        parent=habits["parent_name"],
        place=habits["place"],
        body=pieces(body_of(consultation, on)),
        recipients=lines_of(habits.get("recipients", "")),
        authority=lines_of(habits.get("authority", "")),
        note=note_of_installation(),
    )
    return compose(paper, layout)
