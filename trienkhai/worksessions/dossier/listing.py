"""The rows behind numbers of a dossier that have no list of their own elsewhere."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse

from trienkhai.orgs.queries import kind_names
from trienkhai.people.models import Account
from trienkhai.reports.models import PeriodReport
from trienkhai.reports.wording import period_words
from trienkhai.worksessions.dossier.organisation import units_of_kind
from trienkhai.worksessions.dossier.others import rows_of
from trienkhai.worksessions.dossier.shape import read
from trienkhai.worksessions.dossier.subject import Subject
from trienkhai.worksessions.dossier.words import Words
from trienkhai.worksessions.models import Dossier

PAGE = 50


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    note: str


def rows_behind(
    dossier: Dossier, asked: tuple[str, str, str], page: str | None, account: Account, on: date
) -> tuple[list[Row], Page] | None:
    """One page of the rows that a number counts, as many as it says; None for no such list.

    asked: the section, the kind and which of them. Of a row out of the reader's sight nothing but its place is shown.
    """
    section, kind, which = asked
    if section == "units":
        return _units(Subject(dossier.session, dossier.unit, dossier.on, None), kind, page)
    if section not in KEPT:
        return None
    kept = next((one.rows for one in read(dossier.content) if one.key == section), [])
    shown = Paginator(rows_of(kept, kind, which), PAGE).get_page(page)
    return KEPT[section](list(shown), account, on), shown


def _units(subject: Subject, kind: str, page: str | None) -> tuple[list[Row], Page]:
    shown = Paginator(units_of_kind(subject, kind).order_by("sort_key", "pk"), PAGE).get_page(page)
    names = kind_names(subject.on, "vi")
    rows = [Row(one.name, reverse("orgs:unit", args=[one.unit_id]), names.get(one.kind, one.kind)) for one in shown]
    return rows, shown


def _reports(kept: list[dict[str, Any]], account: Account, on: date) -> list[Row]:
    """As they stood when the dossier was made; the period is read, since its words follow the form."""
    found = PeriodReport.objects.select_related("period__form").in_bulk([row["id"] for row in kept])
    rows = []
    for row in kept:
        known = found.get(row["id"])
        period = f", {period_words(known.period.form, known.period)}" if known else ""
        url = reverse("reports:report", args=[row["id"]]) if known else ""
        sent = f"gửi ngày {row['sent']}" if row["sent"] else "chưa gửi"
        rows.append(Row(f"{row['title']}{period}", url, f"hạn {row['due']}, {sent}"))
    return rows


def _meetings(kept: list[dict[str, Any]], account: Account, on: date) -> list[Row]:
    return [Row(row["title"], reverse("meetings:meeting", args=[row["id"]]), row["when"]) for row in kept]


def _inspections(kept: list[dict[str, Any]], account: Account, on: date) -> list[Row]:
    return _seen(kept, [row["row"] for row in kept], account, on)


def _sent(kept: list[dict[str, Any]], account: Account, on: date) -> list[Row]:
    return _seen(kept, ["sent"] * len(kept), account, on)


def _results(kept: list[dict[str, Any]], account: Account, on: date) -> list[Row]:
    return _seen(kept, ["sheet"] * len(kept), account, on)


def _seen(kept: list[dict[str, Any]], kinds: list[str], account: Account, on: date) -> list[Row]:
    """What each row says and what was noted of it that day, of those in sight."""
    pairs = [(kind, row["id"]) for kind, row in zip(kinds, kept, strict=True)]
    words = Words(pairs, account, on)
    return [
        Row(words.of(kind, pk), words.url(kind, pk), row["note"] if words.sees(kind, pk) else "")
        for (kind, pk), row in zip(pairs, kept, strict=True)
    ]


KEPT = {
    "reports": _reports,
    "meetings": _meetings,
    "inspections": _inspections,
    "sent": _sent,
    "results": _results,
}
"""Sections whose rows are kept, with how these are shown."""
