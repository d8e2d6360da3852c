"""What the pages of this area share."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from trienkhai.common import clock
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import can_read_unit, work_reach
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.reports import rules
from trienkhai.reports.answers import FROM, as_typed, shown
from trienkhai.reports.design import MOST_ROWS, Column, Design, Field, Section
from trienkhai.reports.figures import show_number, typed_number
from trienkhai.reports.models import Period, PeriodReport, ReportForm
from trienkhai.reports.queries.beside import Beside
from trienkhai.reports.queries.prefilling import is_corrected
from trienkhai.reports.wording import period_words

PAGE = 50
SPARE_ROWS = 3


def crumb() -> dict[str, str]:
    return {"label": _("Period reports"), "url": reverse("reports:overview")}


def form_crumbs(found: ReportForm) -> list[dict[str, str]]:
    forms = {"label": _("Forms"), "url": reverse("reports:forms")}
    return [crumb(), forms, {"label": found.title, "url": reverse("reports:form", args=[found.pk])}]


def period_crumbs(found: Period) -> list[dict[str, str]]:
    label = f"{found.form.title}, {period_words(found.form, found)}"
    return [crumb(), {"label": label, "url": reverse("reports:period", args=[found.pk])}]


def seen_form(request: HttpRequest, pk: int) -> ReportForm:
    rows = rules.visible_forms(account_of(request), clock.today())
    return get_object_or_404(rows.select_related("unit__present", "created_by"), pk=pk)


def seen_period(request: HttpRequest, pk: int) -> Period:
    rows = rules.visible_periods(account_of(request), clock.today())
    return get_object_or_404(rows.select_related("form__unit__present", "version"), pk=pk)


def seen_report(request: HttpRequest, pk: int) -> PeriodReport:
    rows = rules.visible_reports(account_of(request), clock.today())
    related = (
        "period__form__unit__present", "version", "unit__present", "held_by__present", "answers_to__present",
        "changed_by", "submitted_by", "decided_by",
    )  # fmt: skip
    return get_object_or_404(rows.select_related(*related), pk=pk)


def number_asked(request: HttpRequest, name: str = "don-vi") -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else None


def paged(request: HttpRequest, rows: QuerySet[Any]) -> Page:
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def top_within(account: Account, on: date, office: Unit) -> Unit:
    """The highest unit of the person's sight within the branch of `office`; 404 for none."""
    grants = work_reach(account, on).grants
    office_path = office.path or "-"
    paths = [office_path for grant in grants if grant.branch and grant.covers(office_path)]
    paths += [grant.path for grant in grants if grant.path.startswith(office_path)]
    if not paths:
        raise Http404
    return Unit.objects.select_related("present").get(path=min(paths, key=lambda path: (len(path), path)))


def branch_asked(request: HttpRequest, account: Account, on: date, office: Unit) -> tuple[Unit, Unit]:
    """(top, unit): the highest one the person reads there, and the one asked for; 404 outside the sight."""
    top = top_within(account, on, office)
    asked = number_asked(request)
    if asked is None or asked == top.pk:
        return top, top
    unit = get_object_or_404(Unit.objects.select_related("present"), pk=asked)
    if not can_read_unit(account, unit, on) or not (unit.path or "").startswith(top.path or "-"):
        raise Http404
    return top, unit


def download(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@dataclass
class Cell:
    """One cell of a table: its name on the page, its text for typing or reading, what is wrong with it."""

    name: str
    column: Column
    text: str
    fault: str = ""


@dataclass
class Entry:
    """One field as a page shows it. `shown`: in words; `typed`: as it is typed; `machine`: beside, '' for none."""

    one: Field
    shown: str = ""
    typed: str = ""
    machine: str = ""
    corrected: bool = False
    before: str = ""
    last_year: str = ""
    fault: str = ""
    mine: str = ""
    theirs: str = ""
    conflict: bool = False
    columns: list[Column] = field(default_factory=list)
    rows: list[tuple[str, list[Cell]]] = field(default_factory=list)
    locked: bool = False

    @property
    def name(self) -> str:
        return f"f-{self.one.code}"


@dataclass
class Part:
    section: Section
    entries: list[Entry]

    @property
    def figures(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.one.is_figure]

    @property
    def others(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.one.is_figure]


def parts_of(report: PeriodReport, design: Design, others: Beside, *, filling: bool = False) -> list[Part]:
    """The report section by section. filling: with room for more rows in free tables."""
    return [
        Part(section, [_entry(one, report, others, filling) for one in section.fields]) for section in design.sections
    ]


def _entry(one: Field, report: PeriodReport, others: Beside, filling: bool) -> Entry:
    value = report.values.get(one.code)
    entry = Entry(one)
    if one.kind == "table":
        _fill_table(entry, value or [], report.wrong, filling)
    else:
        entry.shown = shown(one, value)
        entry.typed = report.wrong.get(one.code, as_typed(one, value))
        if one.code in report.machine:
            entry.machine = shown(one, report.machine[one.code])
        entry.before = shown(one, others.before.values.get(one.code)) if others.before else ""
        entry.last_year = shown(one, others.last_year.values.get(one.code)) if others.last_year else ""
    entry.corrected = is_corrected(report, one)
    if one.code in report.wrong:
        entry.fault = _("This is not a number the form can take.")
    return entry


def _fill_table(entry: Entry, rows: list[dict[str, str]], wrong: dict[str, str], filling: bool) -> None:
    one = entry.one
    joined = any(FROM in row for row in rows)
    entry.columns = [*([Column(FROM, _("Unit"))] if joined else []), *one.columns]
    entry.locked = len(rows) > MOST_ROWS
    listed = rows + [{} for _row in range(len(one.rows) - len(rows))]
    if filling and not one.rows and not entry.locked:
        listed = listed + [{} for _row in range(SPARE_ROWS)]
    for number, row in enumerate(listed):
        label = one.rows[number] if number < len(one.rows) else ""
        entry.rows.append((label, [_cell(one, number, row, column, wrong, filling) for column in entry.columns]))


def _cell(one: Field, number: int, row: dict[str, str], column: Column, wrong: dict[str, str], filling: bool) -> Cell:
    name = f"f-{one.code}-{number}-{column.code}"
    place = f"{one.code}.{number}.{column.code}"
    text = row.get(column.code, "")
    if column.kind == "number":
        text = typed_number(text, column.decimals) if filling else show_number(text, column.decimals)
    if place in wrong:
        return Cell(name, column, wrong[place], _("not a number"))
    return Cell(name, column, text)
