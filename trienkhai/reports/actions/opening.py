"""Periods are opened for all recipients in one act, once; reminding those that are missing."""

import hashlib
import logging
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import SYSTEM, record
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.paths import WIDTH
from trienkhai.common.verdict import Refused
from trienkhai.notices.actions import tell_units
from trienkhai.orgs.actors import actor
from trienkhai.orgs.selection import select
from trienkhai.people.models import Account
from trienkhai.reports import periods, rules
from trienkhai.reports.models import FormState, Period, PeriodKind, ReportForm, ReportState
from trienkhai.reports.queries.completeness import period_rows
from trienkhai.reports.queries.forms import drawn_up, version_for
from trienkhai.reports.wording import period_words

logger = logging.getLogger(__name__)
ANSWERS_TO = (
    "CASE WHEN f.answer_rule = 'by_level' AND substr(u.path, 1, length(g.path)) = g.path "
    f"AND length(u.path) > length(g.path) + {WIDTH} "
    f"THEN CAST(substr(u.path, length(g.path) + 1, {WIDTH}) AS BIGINT) ELSE f.unit_id END"
)
"""SQL for the unit a report of unit `u` goes to, over form `f` and its unit `g`: by level the direct subordinate of the
form's unit above it, else the form's unit.
"""


def open_periods(*, on: date, at: datetime) -> int:
    """Open every period that has begun by `on`, once each, whatever workers run; returns how many reports.

    A form that was long asleep opens all periods since, one after another. A form whose recipients cannot be read any
    more (a code that nobody bears) waits, and holds up no other.
    """
    opened, unread = 0, set[int]()
    while True:
        with transaction.atomic():
            due = ReportForm.objects.select_for_update(skip_locked=connection.vendor == "postgresql", of=("self",))
            found = due.filter(state=FormState.IN_FORCE, next_on__lte=on).select_related("unit__present")
            form = found.exclude(pk__in=unread).order_by("next_on", "pk").first()
            if form is None:
                return opened
            try:
                with transaction.atomic():
                    opened += _open(form, at)
            except ValidationError as fault:
                unread.add(form.pk)
                logger.warning("report form %d is not opened: %s", form.pk, "; ".join(fault.messages))


def _open(form: ReportForm, at: datetime) -> int:
    assert form.next_on is not None
    period = drawn_up(form, form.next_on)
    version = version_for(form, period.starts_on)
    assert version is not None  # a form comes in force with one
    period.version, period.opened_on = version, max(period.starts_on, day_of(at))
    period.save()
    units = _ask_all(period)
    period.count, period.digest = len(units), hashlib.sha256(",".join(units).encode()).hexdigest()
    act = record(
        "period.opened",
        period,
        by=SYSTEM,
        at=at,
        unit_path=form.unit.path or "",
        label=f"{form.title}, {period_words(form, period)}",
        selection=form.selection,
        count=period.count,
        digest=period.digest,
        due_on=str(period.due_on),
        version=version.number,
    )
    period.act = act.pk
    period.save(update_fields=["count", "digest", "act"])
    form.next_on = None if form.kind == PeriodKind.ONCE else periods.next_start(form.kind, form.next_on)
    form.save(update_fields=["next_on"])
    _tell(period, "", "period_opened", act.pk, at)
    return period.count


def _ask_all(period: Period) -> list[str]:
    """One INSERT … SELECT for all recipients that stand on the period's first day in the branch of the form's unit;
    the ids of the units, in order.
    """
    form = period.form
    chosen = select(form.selection, by=form.unit, on=period.starts_on).exclude(pk=form.unit_id)
    chosen = chosen.filter(paths.within(form.unit.path or "-"))
    units_sql, params = chosen.order_by().values_list("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH chosen(id) AS MATERIALIZED ({units_sql}) "
            "INSERT INTO reports_periodreport (period_id, version_id, unit_id, held_by_id, answers_to_id, summary, "
            'state, "values", machine, wrong, parts, revision, returned, reason) '
            f"SELECT %s, %s, u.id, u.id, {ANSWERS_TO}, %s, %s, '{{}}', '{{}}', '{{}}', '{{}}', 0, 0, '' "
            "FROM chosen JOIN orgs_unit u ON u.id = chosen.id "
            "JOIN reports_reportform f ON f.id = %s JOIN orgs_unit g ON g.id = f.unit_id",
            [*params, period.pk, period.version_id, False, ReportState.EXPECTED.value, form.pk],
        )
        cursor.execute("SELECT unit_id FROM reports_periodreport WHERE period_id = %s ORDER BY unit_id", [period.pk])
        return [str(pk) for (pk,) in cursor.fetchall()]


def _tell(period: Period, only: str, kind: str, act: int, at: datetime) -> None:
    """A notice to the posts that fill for the units asked, or for those whose report is in one of the states `only`."""
    tell_units(
        f"SELECT r.held_by_id FROM reports_periodreport r WHERE r.period_id = %s AND r.summary = %s{only}",
        [period.pk, False],
        rules.ADDRESSED,
        kind,
        url=reverse("reports:overview"),
        at=at,
        act=act,
        unit=period.form.unit.short_name,
        report=period.form.title,
        period=period_words(period.form, period),
        due=f"{period.due_on:%d/%m/%Y}",
    )


@transaction.atomic
def remind_missing(period_id: int, *, by: Account, at: datetime) -> int:
    """Remind every unit whose report is missing or was returned, in one act; returns how many.

    Raises Refused when none is missing, or they were reminded today.
    """
    rows = Period.objects.select_for_update(of=("self",))
    period = rows.select_related("form__unit__present").get(pk=period_id)
    verdict = rules.can_remind(by, period, period.form.unit, day_of(at)).require()
    missing = period_rows(period).missing().order_by("held_by")
    units = [str(pk) for pk in missing.values_list("held_by", flat=True)]
    if not units:
        raise Refused(_("No unit is missing."))
    digest = hashlib.sha256(",".join(units).encode()).hexdigest()
    label = f"{period.form.title}, {period_words(period.form, period)}"
    who, path = actor(by, verdict.holding), period.form.unit.path or ""
    act = record("period.reminded", period, by=who, at=at, unit_path=path, label=label, count=len(units), digest=digest)
    period.reminded_on = day_of(at)
    period.save(update_fields=["reminded_on"])
    _tell(period, " AND r.state IN ('expected', 'draft', 'returned')", "period_missing", act.pk, at)
    return len(units)
