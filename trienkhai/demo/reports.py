"""The demo's period reports: two forms of the bloc, one that a subordinate organisation made for its own branch.

Periods are opened, a few reports filled, returned and approved with the real actions; what the other units say is
written in bulk, each period with one act, and approved by filter.
"""

import random
from datetime import date, datetime, timedelta
from typing import Any

from trienkhai.audit.actions import record
from trienkhai.common.clock import moment
from trienkhai.demo.books import office
from trienkhai.demo.organisation import BRANCH_WITH_CELLS, load
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.people.models import Account
from trienkhai.reports import actions
from trienkhai.reports.actions import FormDetails
from trienkhai.reports.answers import with_computed
from trienkhai.reports.models import Period, PeriodReport, ReportForm, ReportState
from trienkhai.reports.queries.approving import Filter
from trienkhai.tasks.actions import begin_job, run_portion

BEGUN, FIRST, LAST_FILLED = date(2017, 1, 4), date(2017, 1, 1), date(2017, 11, 30)
SHOWN = "MH.01.001"
MISSING_IN = 11
"""The month of which some reports are missing."""
WRITTEN = ("values", "state", "revision", "changed_by", "changed_at", "submitted_by", "submitted_at", "submitted_on")


def make_reports(bloc: Unit) -> tuple[int, int]:
    """How many forms, and how many reports were sent."""
    people, chance = office(), random.Random(914)
    branch = Unit.objects.select_related("present").get(present__code=BRANCH_WITH_CELLS)
    head = Account.objects.get(username="lanhdao2")
    forms = [
        _form(bloc, "monthly", people.officer, people.leader),
        _form(bloc, "quarterly", people.officer, people.leader),
        _form(branch, "branch", head, head),
    ]
    for month in range(1, 13):
        day = date(2017, month, 1)
        actions.open_periods(on=day, at=moment(max(day, BEGUN), 7))
    fillers = _fillers(forms)
    for period in (
        Period.objects.filter(form__in=forms, ends_on__lte=LAST_FILLED).select_related("form").order_by("due_on", "pk")
    ):
        leader = people.leader if period.form.unit_id == bloc.pk else head
        if period.form_id == forms[2].pk:
            _fill_one_by_one(period, leader)
        _fill(period, fillers, chance)
        _approve(period, leader)
    _sum(forms, bloc, people.officer, people.leader)
    return len(forms), PeriodReport.objects.filter(submitted_on__isnull=False).count()


def _form(unit: Unit, name: str, designer: Account, leader: Account) -> ReportForm:
    row = load("reports.yaml")[name]
    sections = [{"code": f"m{n}"} | section for n, section in enumerate(row["sections"], start=1)]
    details = FormDetails(row["title"], row["kind"], **row["days"])
    form = actions.begin_form(unit, details, by=designer, at=moment(BEGUN, 8))
    actions.change_design(form.pk, {"sections": sections}, base=1, by=designer, at=moment(BEGUN, 9))
    actions.release(form.pk, holds_from=FIRST, by=leader, at=moment(BEGUN, 10))
    return form


def _fillers(forms: list[ReportForm]) -> dict[int, Account]:
    units = PeriodReport.objects.filter(period__form__in=forms).values("held_by")
    rows = Holding.objects.filter(post__unit__in=units, post__role__in=(Role.FOCAL, Role.LEADER))
    found: dict[int, Account] = {}
    for row in rows.select_related("post", "account").order_by("post__role", "pk"):
        found.setdefault(row.post.unit_id, row.account)
    return found


def _fill_one_by_one(period: Period, leader: Account) -> None:
    """The unit whose focal point signs in: filled by hand; in the first quarter returned once."""
    report = PeriodReport.objects.get(period=period, held_by__present__code=SHOWN)
    focal = Account.objects.get(username="daumoi")
    day = period.due_on - timedelta(days=6)
    typed = {"c1": "3", "c2": "1.204", "n1": "Mỗi chi bộ chọn một việc khó để bàn và phân công theo dõi."}
    _send(report, typed, focal, moment(day, 9))
    if period.starts_on == FIRST:
        reason = "Đề nghị bổ sung số lượt đảng viên của chi bộ ghép."
        actions.return_report(report.pk, reason=reason, by=leader, at=moment(day + timedelta(days=1), 9))
        _send(report, typed | {"c2": "1.236"}, focal, moment(day + timedelta(days=2), 9))


def _send(report: PeriodReport, typed: dict[str, Any], focal: Account, at: datetime) -> None:
    begun = actions.begin(report.pk, by=focal, at=at)
    actions.save_draft(report.pk, typed, base=begun.revision, by=focal, at=at)
    actions.submit(report.pk, by=focal, at=at)


def _fill(period: Period, fillers: dict[int, Account], chance: random.Random) -> None:
    """What the units of a period say and when, with one act; some late, in one month some not at all."""
    design = period.version.read()
    monthly = period.form.kind == "month"
    wanting = monthly and period.starts_on.month == MISSING_IN
    rows = []
    for report in period.reports.filter(state=ReportState.EXPECTED).select_related("held_by").order_by("pk"):
        if wanting and chance.random() < 0.15:
            continue
        late = chance.random() < 0.08
        days = chance.randint(1, 4) if late else -chance.randint(0, 4)
        report.submitted_on = period.due_on + timedelta(days=days)
        report.submitted_at = report.changed_at = moment(report.submitted_on, chance.randint(8, 16))
        report.submitted_by = report.changed_by = fillers[report.held_by_id]
        report.values = with_computed(design, _answers(period, chance))
        report.state, report.revision = ReportState.SUBMITTED, 1
        rows.append(report)
    if not rows:
        return
    PeriodReport.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["unit", "period"], update_fields=WRITTEN, batch_size=200
    )
    last = max(rows, key=lambda row: row.submitted_at or moment(FIRST))
    assert last.submitted_by and last.submitted_at
    record(
        "period_report.submitted",
        by=actor(last.submitted_by),
        at=last.submitted_at,
        unit_path=period.form.unit.path or "",
        selection=period.form.title,
        count=len(rows),
        bulk=True,
    )


def _answers(period: Period, chance: random.Random) -> dict[str, Any]:
    told = load("reports.yaml")
    if period.form.kind == "month":
        given = chance.randint(20, 60)
        called = chance.randint(60, 400)
        return {
            "c1": str(given),
            "c2": str(round(given * chance.uniform(0.4, 0.95))),
            "c3": str(chance.randint(0, 5)),
            "c4": str(chance.randint(5, 40)),
            "c5": str(round(called * chance.uniform(0.88, 1))),
            "c6": str(called),
            "c7": f"{chance.uniform(6.5, 9.8):.1f}",
            "l1": chance.choice(["Tốt", "Tốt", "Khá", "Cần chấn chỉnh"]),
        }
    if "b1" in period.version.read().by_code:
        proposals = chance.sample(told["proposals"], chance.choice([0, 0, 1]))
        return {
            "n1": chance.choice(told["told"]),
            "n2": "",
            "c1": f"{chance.uniform(55, 98):.1f}",
            "n3": chance.choice(told["troubles"]),
            "b1": proposals,
        }
    return {"c1": str(chance.randint(1, 4)), "c2": str(chance.randint(40, 900)), "n1": chance.choice(told["told"])}


def _approve(period: Period, leader: Account) -> None:
    """A week after the due day everything that came, once in the background; the last quarter's figures are left to be
    decided on.
    """
    if period.form.kind == "quarter" and period.starts_on.month == 7 and period.form.unit.code == "MH":
        return
    at = moment(period.due_on + timedelta(days=7), 15)
    if period.form.kind == "month" and period.starts_on.month == 10 and period.form.unit.code == "MH":
        begin_job("reports", "approve", Filter(period=period.pk).kept(), by=leader, at=at)
        while run_portion(at=at):
            pass
        return
    rows = PeriodReport.objects.filter(period=period)
    actions.approve_matching(rows, selection=period.form.title, by=leader, at=at)


def _sum(forms: list[ReportForm], bloc: Unit, officer: Account, leader: Account) -> None:
    """The bloc's summaries of two months: one approved; the one of which some are missing drafted, not sent yet."""
    before = forms[0].periods.get(starts_on__month=MISSING_IN - 1)
    done = actions.begin_summary(before.pk, bloc, by=officer, at=moment(before.due_on + timedelta(days=8), 9))
    actions.submit(done.pk, by=officer, at=moment(before.due_on + timedelta(days=9), 9))
    actions.approve(done.pk, by=leader, at=moment(before.due_on + timedelta(days=9), 15))
    period = forms[0].periods.get(starts_on__month=MISSING_IN)
    at = moment(period.due_on + timedelta(days=8), 9)
    actions.remind_missing(period.pk, by=officer, at=at)
    actions.begin_summary(period.pk, bloc, by=officer, at=at)
