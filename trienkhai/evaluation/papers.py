"""The list for the decision in words for paper, in Vietnamese as papers are."""

from datetime import date
from typing import Any

from django.utils.translation import override

from trienkhai.common.folding import printable
from trienkhai.documents.layouts.composing import Composition, Paper, compose
from trienkhai.documents.layouts.markup import pieces
from trienkhai.documents.queries.drafts import habits_of, kind_of, layout_of, lines_of, note_of_installation
from trienkhai.evaluation.models import INVALID, Campaign, Sheet, Step
from trienkhai.evaluation.queries.sheets import appealed
from trienkhai.evaluation.reasons import ceiling_sentence, level_name, shown_number
from trienkhai.tasks.periods import period_name

HEADS = ("I. Tập thể", "II. Cá nhân")
ILLUSTRATIVE = "Tính theo bộ tiêu chí minh họa, không phải quy định."


def title_of(campaign: Campaign) -> str:
    with override("vi"):
        return f"đề xuất xếp loại tổ chức và cá nhân {period_name(campaign.code)}"


def body_of(campaign: Campaign) -> str:
    """Two tables with points, vote, proposed and decided level, with that after an appeal; the ceiling; the norms."""
    with override("vi"):
        rows = list(campaign.sheets.order_by("unit__path", "person"))
        parts = []
        for head, kind in zip(HEADS, ("unit", "post"), strict=True):
            subjects = [row for row in rows if row.kind == kind and row.step != Step.LEFT_OUT]
            if subjects:
                parts += [head, _table(campaign, subjects), ceiling_sentence(campaign, kind)]
        left = [row for row in rows if row.step == Step.LEFT_OUT]
        if left:
            parts += ["Không xếp loại kỳ này:", *(f"- {_line(row.name)}: {_line(row.reason)}" for row in left)]
        return "\n\n".join([*parts, *_sources(campaign)])


def _table(campaign: Campaign, rows: list[Sheet]) -> str:
    after = appealed(rows)
    lines = ["| TT | Tên | Điểm | Phiếu cao nhất (phiếu/có mặt) | Đề xuất | Quyết định |"]
    for number, row in enumerate(rows, 1):
        name = f"{row.name}, {row.post}" if row.post else row.name
        levels = {code: n for code, n in row.votes.items() if code != INVALID}
        best = max(levels.items(), key=lambda pair: pair[1], default=("", 0))
        vote = f"{level_name(campaign, best[0])}: {best[1]}/{row.present}" if row.present else "–"
        decided = level_name(campaign, row.level) if row.level else ""
        if row.pk in after:
            decided += f"; sau kiến nghị: {level_name(campaign, after[row.pk])}"
        proposed = level_name(campaign, row.proposal["level"])
        cells = (str(number), name, shown_number(row.proposal["score"]), vote, proposed, decided)
        lines.append(f"| {' | '.join(_line(cell).replace('|', '/') for cell in cells)} |")
    return "\n".join(lines)


def _sources(campaign: Campaign) -> list[str]:
    said = [f"Căn cứ tính: {row['source']}." for row in campaign.norms.values()]
    if campaign.criteria.get("illustrative"):
        said.append(ILLUSTRATIVE)
    return list(dict.fromkeys(said))


def _line(text: str) -> str:
    return " ".join(printable(text).split())


def composition_of(campaign: Campaign, on: date) -> Composition:
    """The list as its file prints it, without number and signature, which the clerk gives to a draft."""
    habits: dict[str, Any] = habits_of(campaign.unit)
    layout = layout_of(habits["system"], on=on, place=campaign.unit.path or "").layout
    paper = Paper(
        kind=kind_of(layout, "report"),
        title=title_of(campaign),
        issuer=habits["issuer_name"],
        symbol_body=habits["symbol_body"],
        parent=habits["parent_name"],
        place=habits["place"],
        body=pieces(body_of(campaign)),
        recipients=lines_of(habits.get("recipients", "")),
        authority=lines_of(habits.get("authority", "")),
        note=note_of_installation(),
    )
    return compose(paper, layout)
