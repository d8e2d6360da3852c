"""What whoever manages a form or a summary is shown: a period that cannot be opened, a summary that is late, the
period that a new version holds from; and reasons that are refused.
"""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.common.models import Installation
from trienkhai.dashboards.verification import check_site
from trienkhai.orgs.models import Role, UnitVersion
from trienkhai.orgs.tests.make import make_holder
from trienkhai.reports import actions
from trienkhai.reports.models import ReportForm, ReportState
from trienkhai.reports.queries.forms import current_start, starts_ahead, unopened
from trienkhai.reports.tests.make import FIELDS, Cast, design_of, report_of
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db


def on(day: date) -> None:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": day})


def test_a_form_that_cannot_be_opened_is_told_to_whoever_manages_it_and_by_the_check(client: Any):
    on(date(2017, 1, 20))
    cast = Cast()
    form = cast.form(selection=f"unit:{cast.tree.north1.code}")
    before = check_site(date(2017, 1, 20))
    UnitVersion.objects.filter(unit=cast.tree.north1).update(code="KHAC")
    actions.open_periods(on=date(2017, 1, 20), at=at(20))

    found = [sentence for sentence in check_site(date(2017, 1, 20)) if sentence not in before]
    assert len(found) == 1 and "K.B.1" in found[0] and form.title in found[0]
    for person, told in ((cast.officer, True), (cast.leader, True), (cast.north_leader, False)):
        client.force_login(person)
        for address in (reverse("reports:overview"), reverse("reports:form", args=[form.pk])):
            assert ("Chưa mở được kỳ" in client.get(address).content.decode()) == told, (person, address)
    UnitVersion.objects.filter(unit=cast.tree.north1).update(code="K.B.1")
    assert unopened(ReportForm.objects.all(), date(2017, 1, 20)) == []
    assert unopened(ReportForm.objects.all(), date(2016, 12, 31)) == []


def test_looking_for_such_forms_takes_one_query_for_one_form_and_for_three():
    cast = Cast()
    counts = []
    for _n in range(2):
        cast.form()
        cast.form()
        with CaptureQueriesContext(connection) as asked:
            unopened(ReportForm.objects.all(), date(2016, 12, 31))
        counts.append(len(asked))

    assert counts == [1, 1]


def test_a_summary_that_was_not_sent_by_its_day_is_shown_overdue(client: Any):
    cast = Cast()
    period = cast.opened()
    summary = actions.begin_summary(period.pk, cast.tree.bloc, by=cast.officer, at=at(19))
    client.force_login(cast.officer)

    shown = {}
    for day in (period.due_on, date(2017, 2, 20)):
        on(day)
        addresses = [reverse("reports:overview"), reverse("reports:report", args=[summary.pk])]
        shown[day] = ["quá hạn</span>" in client.get(address).content.decode() for address in addresses]

    assert list(shown.values()) == [[False, False], [True, True]]
    assert report_of(period, cast.tree.bloc).is_overdue(date(2017, 2, 20))


@pytest.mark.parametrize(
    ("kind", "day", "start"),
    [
        ("month", date(2017, 3, 31), "2017-03-01"),
        ("quarter", date(2017, 8, 1), "2017-07-01"),
        ("nine_months", date(2017, 5, 1), "2017-01-01"),
        ("year", date(2017, 12, 31), "2017-01-01"),
    ],
)
def test_a_version_holds_from_the_period_that_runs_unless_another_is_chosen(client: Any, kind, day, start):
    on(day)
    cast = Cast()
    details = actions.FormDetails(title="Biểu", kind=kind, selection="grassroots")
    form = actions.begin_form(cast.tree.bloc, details, by=cast.officer, at=at(1, day.month))
    actions.change_design(form.pk, design_of(*FIELDS), base=1, by=cast.officer, at=at(1, day.month))
    client.force_login(cast.leader)

    shown = client.get(reverse("reports:release", args=[form.pk])).content.decode()

    assert shown.count(" checked") == 1 and f'value="{start}"' in shown.split(" checked")[0].rsplit("<input", 1)[1]


def test_a_form_filled_nine_months_of_the_year_begins_with_the_first_to_come_when_none_runs():
    cast = Cast()
    form = cast.form(kind="nine_months")
    ahead = starts_ahead(form, date(2017, 11, 1))

    assert current_start(form, ahead, date(2017, 11, 1)) in ahead


def test_reasons_with_a_mark_of_secrecy_are_refused_and_nothing_is_changed(client: Any):
    cast = Cast()
    period = cast.opened()
    report = cast.send(period, cast.tree.north1)
    client.force_login(cast.north_leader)
    marked = {"reason": "TUYỆT MẬT\nthiếu số liệu"}

    answers = [
        client.post(reverse("reports:return", args=[report.pk]), marked),
        client.post(reverse("reports:return_all"), marked),
    ]
    client.force_login(make_holder(cast.tree.bloc, Role.LEADER))
    answers.append(client.post(reverse("reports:close", args=[report.pk]), marked))

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert not any("thiếu số liệu" in answer.content.decode() for answer in answers)
    report.refresh_from_db()
    assert (report.state, report.reason) == (ReportState.SUBMITTED, "")
