"""Frozen results of evaluation: of the unit, by year and quarter, and of the units below that it evaluated.

Results of people are not told here.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import override

from trienkhai.common.clock import moment
from trienkhai.evaluation.models import Appeal, Campaign, CampaignState, Sheet, Step
from trienkhai.evaluation.reasons import level_name
from trienkhai.orgs.queries import subtree
from trienkhai.tasks.periods import period_name
from trienkhai.worksessions.dossier.others import rows_of
from trienkhai.worksessions.dossier.shape import OWN, Cell, Section, Table, number
from trienkhai.worksessions.dossier.subject import Subject
from trienkhai.worksessions.queries.sessions import lineage

UNCONFIRMED = ("G", "B")


def results(subject: Subject) -> Section:
    """Levels as they stood that day, after appeals answered by then, with the norms they were reckoned by."""
    own, below = list(_own(subject)), list(_below(subject))
    after = _appealed([*own, *below], subject.on)
    title = "Kết quả đánh giá, xếp loại"
    tables, notes = [], []
    with override("vi"):
        if own:
            lines = [_line(row, after) for row in own]
            tables.append(Table(["Kỳ đánh giá", "Đơn vị đánh giá", "Mức xếp loại", "Ngày quyết định"], lines))
        else:
            notes.append("Chưa có kết quả đánh giá của đơn vị.")
        kept = [_kept(row, after) for row in below]
        tables += [_by_level(campaign, kept) for campaign in _campaigns(below)]
        notes += dict.fromkeys(_norms(row.campaign) for row in [*own, *below])
    return Section("results", title, tables, notes=notes, rows=kept)


def _decided(subject: Subject) -> QuerySet[Sheet]:
    """Sheets of units, decided by that day, of the term; of the year where no term is known."""
    first = subject.term.starts_on if subject.term else subject.year_starts_on
    rows = Sheet.objects.filter(person=0, step=Step.DECIDED, campaign__state=CampaignState.DECIDED)
    rows = rows.filter(campaign__decided_on__lte=subject.on, campaign__starts_on__gte=first)
    return rows.select_related("campaign__unit__present")


def _own(subject: Subject) -> QuerySet[Sheet]:
    return (
        _decided(subject).filter(unit__in=lineage(subject.unit.pk)).order_by("campaign__starts_on", "-campaign", "pk")
    )


def _below(subject: Subject) -> QuerySet[Sheet]:
    """Of units below, evaluated by the unit: what others evaluated in its branch is theirs to tell."""
    branch = subtree(subject.unit, subject.on).exclude(pk=subject.unit.pk)
    rows = _decided(subject).filter(campaign__unit=subject.unit, unit__in=branch.values("pk"))
    return rows.filter(campaign__starts_on__gte=subject.year_starts_on).order_by("campaign", "unit__path", "pk")


def _appealed(sheets: list[Sheet], on: date) -> dict[int, str]:
    """Sheet → the level that its last appeal had brought by that day."""
    rows = Appeal.objects.filter(
        sheet__in=[row.pk for row in sheets], answered_at__lt=moment(on + timedelta(days=1), 0)
    ).exclude(level="")
    return dict(rows.order_by("answered_at", "pk").values_list("sheet", "level"))


def _level(sheet: Sheet, after: dict[int, str]) -> str:
    words = level_name(sheet.campaign, after.get(sheet.pk, sheet.level))
    return f"{words} (sau kiến nghị)" if sheet.pk in after else words


def _line(sheet: Sheet, after: dict[int, str]) -> list[Cell]:
    campaign = sheet.campaign
    return [
        capfirst(period_name(campaign.code)),
        campaign.unit.short_name,
        {"sheet": sheet.pk, "said": _level(sheet, after)},
        f"{campaign.decided_on:%d/%m/%Y}",
    ]


def _norms(campaign: Campaign) -> str:
    """By which version of the norms it was reckoned: each source once, since when, whether confirmed."""
    said = []
    for norm in campaign.norms.values():
        since = f", áp dụng từ {date.fromisoformat(norm['from']):%d/%m/%Y}" if norm.get("from") else ""
        said.append(f"{norm['source']}{since}{' (chưa kiểm chứng)' if norm['grade'] in UNCONFIRMED else ''}")
    return f"Căn cứ tính {period_name(campaign.code)}: {'; '.join(dict.fromkeys(said))}."


def _kept(sheet: Sheet, after: dict[int, str]) -> dict[str, Any]:
    said, level = _level(sheet, after), after.get(sheet.pk, sheet.level)
    return {"id": sheet.pk, "kind": str(sheet.campaign_id), "note": said, "counts": ["rated", level]}


def _campaigns(sheets: list[Sheet]) -> list[Campaign]:
    return list({row.campaign_id: row.campaign for row in sheets}.values())


def _by_level(campaign: Campaign, kept: list[dict[str, Any]]) -> Table:
    key = str(campaign.pk)
    levels = [
        ("rated", "Được xếp loại"),
        *((row["code"], level_name(campaign, row["code"])) for row in campaign.levels),
    ]
    lines: list[list[Cell]] = [
        [name, number(len(rows_of(kept, key, code)), OWN, muc="results", loai=key, o=code)] for code, name in levels
    ]
    return Table([f"Tổ chức trực thuộc, {period_name(campaign.code)}", "Số lượng"], lines, numbers=1)
