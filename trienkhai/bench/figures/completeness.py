"""Period reports of all units: opening a period in one act, and the page of the root that tells who is missing."""

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.bench.organisation import TODAY, Organisation
from trienkhai.bench.scratch import execute
from trienkhai.bench.timing import seconds, taking_turns
from trienkhai.common.clock import moment
from trienkhai.reports import actions
from trienkhai.reports.actions import FormDetails
from trienkhai.reports.models import Period, PeriodReport
from trienkhai.reports.queries import completeness

AT = moment(TODAY, 9)
MONTH = TODAY.replace(day=1)
DESIGN = {
    "sections": [
        {"code": "m1", "title": "Kết quả", "fields": [{"code": "c1", "kind": "number", "label": "Số buổi đã tổ chức"}]}
    ]
}
ROUNDS = 7


def measure(organisation: Organisation) -> dict[str, float]:
    """`period_open_s` for all leaves; `completeness_queries` of the root's page to the tables of reports, its seconds,
    and the table by branch to a bare COUNT of its rows.

    Of ten reports seven have come, one of them late.
    """
    root, leader = organisation.root, organisation.leader
    form = actions.begin_form(root, FormDetails("Báo cáo tháng", "month", "grassroots"), by=leader, at=AT)
    actions.change_design(form.pk, DESIGN, base=1, by=leader, at=AT)
    actions.release(form.pk, holds_from=MONTH, by=leader, at=AT)
    opened = seconds(lambda: actions.open_periods(on=TODAY, at=AT))
    period = Period.objects.select_related("form").get(form=form)
    _send(period)
    reader = Client(headers={"host": "localhost"})
    reader.force_login(leader)
    address = reverse("reports:period", args=[period.pk])
    found = taking_turns(
        {
            "page": lambda: seconds(lambda: reader.get(address)),
            "table": lambda: seconds(lambda: completeness.by_branch(period, root, TODAY)),
            "floor": lambda: seconds(lambda: PeriodReport.objects.filter(period=period, summary=False).count()),
        },
        ROUNDS,
    )
    with CaptureQueriesContext(connection) as captured:
        answer = reader.get(address)
    table = completeness.by_branch(period, root, TODAY)
    if answer.status_code != 200 or table.total.expected != len(organisation.leaves):
        raise RuntimeError("not every unit was asked, or the page does not open")
    return {
        "period_reports": table.total.expected,
        "period_open_s": opened,
        "completeness_queries": sum("reports_" in row["sql"] for row in captured),
        "completeness_to_floor": found["table"] / found["floor"],
        "completeness_s": found["page"],
    }


@transaction.atomic
def _send(period: Period) -> None:
    day = connection.ops.adapt_datefield_value
    execute(
        "UPDATE reports_periodreport SET state = 'submitted', submitted_on = CASE WHEN id % 10 = 6 THEN %s ELSE %s END "
        "WHERE period_id = %s AND id % 10 < 7".replace(" % 10", " %% 10"),
        [day(TODAY.replace(day=30)), day(MONTH), period.pk],
    )
