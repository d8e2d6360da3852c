"""Forms with their versions, the version that answers a period, the periods to open."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet

from trienkhai.norms.queries import days_off
from trienkhai.orgs.selection import select
from trienkhai.reports import periods
from trienkhai.reports.models import FormState, FormVersion, Period, PeriodKind, PeriodReport, ReportForm, ReportState


def working_version(form: ReportForm) -> FormVersion | None:
    """The version that is being worked on, None when the last one was released."""
    return form.versions.filter(released_at=None).first()


def last_version(form: ReportForm) -> FormVersion:
    return form.versions.order_by("-number").select_related("changed_by")[0]


def version_for(form: ReportForm, starts_on: date) -> FormVersion | None:
    """The released version that answers the period beginning that day: of those that hold by then the last one."""
    return form.versions.filter(released_at__isnull=False, holds_from__lte=starts_on).order_by("-number").first()


def span_from(form: ReportForm, starts_on: date) -> tuple[date, date]:
    if form.kind == PeriodKind.ONCE:
        assert form.once_from and form.once_to  # by a constraint
        return form.once_from, form.once_to
    return periods.span_of(form.kind, starts_on)


def drawn_up(form: ReportForm, starts_on: date) -> Period:
    """The period that begins that day with its days, not stored."""
    first, last = span_from(form, starts_on)
    due = form.due_rule.of(last)
    off = days_off(date(due.year - 1, 12, 1), date(due.year + 1, 1, 31))
    start = first if form.kind == PeriodKind.ONCE else periods.figures_from(form.cut_rule, first)
    return Period(
        form=form,
        starts_on=first,
        ends_on=last,
        figures_from=start,
        cut_on=form.cut_rule.of(last),
        due_on=max(periods.moved(due, form.moves, off), first),
    )


def starts_ahead(form: ReportForm, on: date, count: int = 6) -> list[date]:
    """First days of periods from which a version may hold: those already open and not over, then those to come.

    A form in force cannot begin in a period before the last one that was opened.
    """
    if form.kind == PeriodKind.ONCE:
        return [form.once_from] if form.once_from else []
    first, _last = periods.span_of(form.kind, on)
    opened = form.periods.aggregate(last=Max("starts_on"))["last"]
    start = periods.start_before(form.kind, first)
    found: list[date] = []
    while len(found) < count:
        if opened is None or start >= opened:
            found.append(start)
        start = periods.next_start(form.kind, start)
    return found


def current_start(form: ReportForm, starts: Sequence[date], on: date) -> date:
    """Of the first days from which a version may hold that of the period that runs, else the first."""
    now = [day for day in starts if day <= on <= span_from(form, day)[1]]
    return now[0] if now else starts[0]


def why_unopened(form: ReportForm, on: date) -> str:
    """Why a period that has begun is not opened, empty where nothing stands in its way."""
    if form.state != FormState.IN_FORCE or form.next_on is None or form.next_on > on:
        return ""
    try:
        select(form.selection, by=form.unit, on=form.next_on)
    except ValidationError as fault:
        return " ".join(fault.messages)
    return ""


def unopened(forms: QuerySet[ReportForm], on: date) -> list[tuple[ReportForm, str]]:
    """Forms whose period has begun and cannot be opened, each with the reason; one query, more for each such form."""
    due = forms.filter(state=FormState.IN_FORCE, next_on__lte=on).select_related("unit__present").order_by("pk")
    return [(form, why) for form in due if (why := why_unopened(form, on))]


def begun_by(form: ReportForm, starts_on: date) -> int:
    """How many units have begun to answer in periods from that day on."""
    rows = PeriodReport.objects.filter(period__form=form, period__starts_on__gte=starts_on)
    return rows.exclude(state__in=(ReportState.EXPECTED, ReportState.CLOSED)).count()
