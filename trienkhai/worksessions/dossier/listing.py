"""The rows behind numbers of a dossier that have no list of their own elsewhere."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone

from trienkhai.meetings.norms import bodies
from trienkhai.orgs.queries import kind_names
from trienkhai.reports.wording import period_words
from trienkhai.worksessions.dossier.organisation import units_of_kind
from trienkhai.worksessions.dossier.others import KINDS, meetings_of, reports_due
from trienkhai.worksessions.dossier.subject import Subject

PAGE = 50


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    note: str


def rows_behind(
    subject: Subject, section: str, kind: str, which: str, page: str | None
) -> tuple[list[Row], Page] | None:
    """One page of the rows that a number counts; None for no such list."""
    if section == "units":
        return _units(subject, kind, page)
    if section == "reports":
        return _reports(subject, kind, which, page)
    return _meetings(subject, kind, which, page) if section == "meetings" else None


def _units(subject: Subject, kind: str, page: str | None) -> tuple[list[Row], Page]:
    shown = Paginator(units_of_kind(subject, kind).order_by("sort_key", "pk"), PAGE).get_page(page)
    names = kind_names(subject.on, "vi")
    rows = [Row(one.name, reverse("orgs:unit", args=[one.unit_id]), names.get(one.kind, one.kind)) for one in shown]
    return rows, shown


def _reports(subject: Subject, form: str, which: str, page: str | None) -> tuple[list[Row], Page]:
    found = reports_due(subject, form, which).select_related("period__form").order_by("period__due_on", "pk")
    shown = Paginator(found, PAGE).get_page(page)
    rows = []
    for one in shown:
        sent = one.submitted_on and one.submitted_on <= subject.on
        words = f"gửi ngày {one.submitted_on:%d/%m/%Y}" if sent else "chưa gửi"
        note = f"hạn {one.period.due_on:%d/%m/%Y}, {words}"
        title = f"{one.period.form.title}, {period_words(one.period.form, one.period)}"
        rows.append(Row(title, reverse("reports:report", args=[one.pk]), note))
    return rows, shown


def _meetings(subject: Subject, kind: str, which: str, page: str | None) -> tuple[list[Row], Page]:
    """By body and kind, without titles: units above read these once the minutes were sent up."""
    shown = Paginator(meetings_of(subject, kind, which).order_by("starts_at", "pk"), PAGE).get_page(page)
    names = bodies(subject.on, subject.unit.path or "")
    rows = [
        Row(
            f"{names.get(one.body, {}).get('vi', one.body)}, {KINDS[one.kind]}",
            reverse("meetings:meeting", args=[one.pk]),
            f"{timezone.localtime(one.starts_at):%H:%M %d/%m/%Y}",
        )
        for one in shown
    ]
    return rows, shown
