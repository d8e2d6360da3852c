"""A report in words for paper, in Vietnamese as papers are, and the composition its files are written from."""

from datetime import date
from typing import Any

from trienkhai.common.folding import printable
from trienkhai.documents.layouts.composing import Composition, Paper, compose
from trienkhai.documents.layouts.markup import pieces
from trienkhai.documents.queries.drafts import habits_of, kind_of, layout_of, lines_of, note_of_installation
from trienkhai.reports.answers import FROM
from trienkhai.reports.design import Field, Section
from trienkhai.reports.figures import show_number
from trienkhai.reports.models import PeriodReport
from trienkhai.reports.periods import ROMAN, official_name
from trienkhai.reports.queries.beside import Beside
from trienkhai.reports.queries.prefilling import NUMBER

NOTHING = "…"
NUMERALS = (*ROMAN, "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def title_of(report: PeriodReport) -> str:
    """“số liệu công tác tháng 11/2017”: the name of the form without what the layout or the period says again."""
    period, title = report.period, report.period.form.title
    words = title[:1].lower() + title[1:] if title[1:2].islower() else title
    named = official_name(period.form.kind, period.starts_on, period.ends_on)
    words = words.removesuffix(f" {named.split()[0]}").removeprefix("báo cáo").strip()
    return f"{words} {named}".strip()


def body_of(report: PeriodReport, others: Beside, on: date) -> str:
    """The body as a clerk would type it: `markup` reads it. Figures of a section stand in one table."""
    design = report.version.read()
    parts = []
    for number, section in enumerate(design.sections):
        numeral = NUMERALS[number] if number < len(NUMERALS) else str(number + 1)
        parts.append(f"{numeral}. {_one_line(section.title)}" if section.title else "")
        parts += _section(section, report, others)
    day = f"Số liệu tính từ ngày {report.period.figures_from:%d/%m/%Y} đến ngày {report.period.cut_on:%d/%m/%Y}."
    return "\n\n".join([*filter(None, parts), day])


def _section(section: Section, report: PeriodReport, others: Beside) -> list[str]:
    figures = [one for one in section.fields if one.is_figure]
    parts = [_figures(figures, report, others)] if figures else []
    for one in section.fields:
        if one.kind == "table":
            parts += [_one_line(one.label) + ":", _table(one, report.values.get(one.code) or [])]
        elif one.kind == "choice":
            parts.append(f"- {_one_line(one.label)}: {report.values.get(one.code) or NOTHING}")
        elif one.kind == "text":
            parts += [f"{_one_line(one.label)}:", NUMBER.sub("", str(report.values.get(one.code) or NOTHING))]
    return parts


def _figures(figures: list[Field], report: PeriodReport, others: Beside) -> str:
    columns = [report.values]
    heads = ["TT", "Chỉ tiêu", "Đơn vị tính", "Kỳ này"]
    for head, other in (("Kỳ trước", others.before), ("Cùng kỳ năm trước", others.last_year)):
        if other is not None:
            heads.append(head)
            columns.append(other.values)
    lines = [_row(heads)]
    for number, one in enumerate(figures, start=1):
        shown = [show_number(values.get(one.code), one.decimals, "vi") for values in columns]
        lines.append(_row([str(number), one.label, one.unit, *shown]))
    return "\n".join(lines)


def _table(one: Field, rows: list[dict[str, str]]) -> str:
    joined = any(FROM in row for row in rows)
    heads = (["Nội dung"] if one.rows else []) + (["Đơn vị"] if joined else [])
    lines = [_row([*heads, *(column.label for column in one.columns)])]
    for number, row in enumerate(rows or [{}]):
        first = [one.rows[number]] if len(one.rows) > number else []
        first += [row.get(FROM, "")] if joined else []
        cells = [
            show_number(row.get(column.code), column.decimals, "vi")
            if column.kind == "number"
            else row.get(column.code, "")
            for column in one.columns
        ]
        lines.append(_row([*first, *cells]))
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(_one_line(str(cell)).replace('|', '/') for cell in cells)} |"


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


def composition_of(report: PeriodReport, others: Beside, on: date) -> Composition:
    """The report as its files print it, without number and signature, which the clerk gives to a draft."""
    habits: dict[str, Any] = habits_of(report.held_by)
    layout = layout_of(habits["system"], on=on, place=report.held_by.path or "").layout
    paper = Paper(
        kind=kind_of(layout, "report"),
        title=title_of(report),
        issuer=habits["issuer_name"],
        symbol_body=habits["symbol_body"],
        parent=habits["parent_name"],
        place=habits["place"],
        body=pieces(body_of(report, others, on)),
        recipients=lines_of(habits.get("recipients", "")),
        authority=lines_of(habits.get("authority", "")),
        note=note_of_installation(),
    )
    return compose(paper, layout)
