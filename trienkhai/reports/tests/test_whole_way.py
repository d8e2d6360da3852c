"""From the form to the summary: opened once, filled, sent, returned, approved, counted, summed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.reports import actions, rules
from trienkhai.reports.models import IssuedSheet, Period, PeriodReport, ReportState
from trienkhai.reports.queries.completeness import Counts, by_branch, total_of
from trienkhai.reports.tests.make import Cast, report_of
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    """Sentences are looked at in the language of the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def cast() -> Cast:
    return Cast()


def test_a_period_is_opened_once_for_all_recipients_and_answers_by_level(cast: Cast):
    period = cast.opened()

    again = actions.open_periods(on=date(2017, 1, 5), at=at(5))

    reports = {row.unit_id: row for row in period.reports.all()}
    tree = cast.tree
    assert (again, period.count, len(reports)) == (0, 5, 5)
    assert reports[tree.north1.pk].answers_to == tree.north and reports[tree.direct.pk].answers_to == tree.bloc
    assert reports[tree.north1.pk].values == {} and reports[tree.north1.pk].state == "expected"
    assert Act.objects.filter(verb="period.opened").get().count == 5
    assert Notice.objects.filter(kind="period_opened").count() == 5


def test_months_asleep_are_opened_one_after_another(cast: Cast):
    cast.opened(when=at(2, 3))

    assert [row.starts_on.month for row in Period.objects.order_by("starts_on")] == [1, 2, 3]
    assert PeriodReport.objects.count() == 15


def test_a_report_goes_up_is_returned_goes_again_and_is_locked(cast: Cast):
    period = cast.opened()
    report = cast.send(period, cast.tree.north1, c1="12", c2="3,5")
    assert report.values["t1"] == "29.17" and report.submitted_on == date(2017, 1, 6)

    with pytest.raises(Refused, match="awaits approval"):
        actions.submit(report.pk, by=cast.focal[cast.tree.north1.pk], at=at(6))
    with pytest.raises(ValidationError):
        actions.return_report(report.pk, reason=" ", by=cast.north_leader, at=at(7))
    actions.return_report(report.pk, reason="Thiếu thuyết minh", by=cast.north_leader, at=at(7))
    back = report_of(period, cast.tree.north1)
    assert (back.state, back.reason, back.submitted_on) == ("returned", "Thiếu thuyết minh", None)
    cast.fill(period, cast.tree.north1, c1="13")
    sent = actions.submit(report.pk, by=cast.focal[cast.tree.north1.pk], at=at(8))
    cast.approve(sent)

    sheet = IssuedSheet.objects.get()
    assert (sheet.number, sheet.values["c1"], sheet.submitted_on) == (1, "13", date(2017, 1, 8))
    with pytest.raises(Refused, match="locked"):
        actions.save_draft(report.pk, {"c1": "14"}, base=99, by=cast.focal[cast.tree.north1.pk], at=at(26))


def test_the_period_reported_twice_is_refused_whoever_writes(cast: Cast):
    period = cast.opened()
    report = cast.send(period, cast.tree.north1)

    with pytest.raises(IntegrityError), transaction.atomic():
        PeriodReport.objects.create(
            period=period,
            version=report.version,
            unit=report.unit,
            held_by=report.unit,
            answers_to=report.unit,
        )


def test_whoever_sent_it_never_approves_nor_does_a_focal_point(cast: Cast):
    period = cast.opened()
    both = make_holder(cast.tree.north, Role.LEADER)
    make_holder(cast.tree.north1, Role.FOCAL, account=both)
    report = cast.fill(period, cast.tree.north1)
    actions.submit(report.pk, by=both, at=at(6))

    for person in (both, cast.focal[cast.tree.north1.pk]):
        with pytest.raises(Refused):
            actions.approve(report.pk, by=person, at=at(7))
    assert list(rules.awaiting_decision(both, date(2017, 1, 7))) == []
    assert [row.pk for row in rules.awaiting_decision(cast.north_leader, date(2017, 1, 7))] == [report.pk]


def test_a_step_with_nobody_else_goes_to_the_next_level(cast: Cast):
    period = cast.opened()
    make_holder(cast.tree.north1, Role.FOCAL, account=cast.north_leader)
    report = cast.fill(period, cast.tree.north1)
    actions.submit(report.pk, by=cast.north_leader, at=at(6))

    assert [row.pk for row in rules.awaiting_decision(cast.leader, date(2017, 1, 7))] == [report.pk]
    actions.approve(report.pk, by=cast.leader, at=at(7))
    assert report_of(period, cast.tree.north1).state == ReportState.APPROVED


def test_missing_answers_and_bad_numbers_are_named_and_nothing_is_sent(cast: Cast):
    period = cast.opened()
    report = cast.fill(period, cast.tree.north1, c1="mười", c2="2.5", n1="Có lời")

    with pytest.raises(ValidationError) as fault:
        actions.submit(report.pk, by=cast.focal[cast.tree.north1.pk], at=at(6))

    stored = report_of(period, cast.tree.north1)
    assert set(fault.value.message_dict) == {"c1"}
    assert stored.wrong == {"c1": "mười"} and stored.values["c2"] == "2.5" and stored.values["n1"] == "Có lời"


def test_counts_add_up_by_branch_in_two_queries_for_one_unit_and_for_many(cast: Cast, django_assert_num_queries):
    period = cast.opened()
    tree, on = cast.tree, date(2017, 1, 25)
    cast.approve(cast.send(period, tree.north1))
    cast.send(period, tree.south1, when=at(24))
    returned = cast.send(period, tree.direct)
    actions.return_report(returned.pk, reason="Sai", by=cast.leader, at=at(8))

    with django_assert_num_queries(2):
        table = by_branch(period, tree.bloc, on)
    with django_assert_num_queries(2):
        by_branch(period, tree.north, on)

    found = {line.unit.pk: line.counts for line in table.lines}
    assert found[tree.north.pk] == Counts(2, on_time=1, missing=1, approved=1, overdue=1)
    assert found[tree.south.pk] == Counts(2, late=1, missing=1, overdue=1)
    assert found[tree.direct.pk] == Counts(1, returned=1, overdue=1)
    assert table.total == total_of(period, on) == Counts(5, 1, 1, 2, 1, 1, 3)
    for line in (*table.lines, table):
        counts = line.total if line is table else line.counts
        assert counts.expected == counts.on_time + counts.late + counts.missing + counts.returned


def test_all_missing_are_reminded_in_one_act_once_a_day(cast: Cast):
    period = cast.opened()
    cast.send(period, cast.tree.north1)

    assert actions.remind_missing(period.pk, by=cast.officer, at=at(20)) == 4
    with pytest.raises(Refused, match="today"):
        actions.remind_missing(period.pk, by=cast.officer, at=at(20))

    assert Act.objects.filter(verb="period.reminded").get().count == 4
    assert Notice.objects.filter(kind="period_missing").count() == 4


def test_bulk_approval_closes_each_sheet_and_leaves_own_reports_out(cast: Cast):
    period = cast.opened()
    north = cast.tree.north
    for unit in (cast.tree.north1, cast.tree.north2):
        cast.send(period, unit, c1="7")

    done = actions.approve_matching(
        PeriodReport.objects.filter(held_by__path__startswith=north.path),
        selection="Bắc",
        by=cast.north_leader,
        at=at(9),
    )

    assert done == 2 == IssuedSheet.objects.filter(number=1).count()
    assert Act.objects.get(verb="period_report.approved").count == 2
    with pytest.raises(Refused):
        actions.approve_matching(PeriodReport.objects.all(), selection="hết", by=cast.north_leader, at=at(9))


def test_a_late_correction_makes_a_second_sheet_and_the_first_stays(cast: Cast):
    period = cast.opened()
    report = cast.send(period, cast.tree.north1, c1="10")
    cast.approve(report)
    actions.reopen(report.pk, reason="Nhầm số", by=cast.north_leader, at=at(26))
    cast.fill(period, cast.tree.north1, when=at(26), c1="11")
    actions.submit(report.pk, by=cast.focal[cast.tree.north1.pk], at=at(26))
    actions.approve(report.pk, by=cast.north_leader, at=at(27))

    assert [(row.number, row.values["c1"]) for row in IssuedSheet.objects.order_by("number")] == [(1, "10"), (2, "11")]
    act = Act.objects.get(verb="period_report.reopened")
    assert "Nhầm số" not in str(act.data)


def test_the_summary_adds_joins_and_gathers_with_the_source_units(cast: Cast):
    period = cast.opened()
    tree = cast.tree
    rows = [{"t1": "Họp", "t2": "2"}]
    cast.approve(cast.send(period, tree.north1, c1="10", c2="2,0", n1="Bắc nói", b1=rows))
    cast.approve(cast.send(period, tree.south1, c1="1.000", c2="3.0", n1="Nam nói", b1=rows))
    cast.send(period, tree.direct, c1="5")

    summary = actions.begin_summary(period.pk, tree.bloc, by=cast.officer, at=at(26))

    values = summary.values
    assert (values["c1"], values["c2"], values["t1"]) == ("1010", "2.5", "0.25")
    assert values["n1"] == "Đảng bộ Bắc Một:\nBắc nói\n\nĐảng bộ Nam Một:\nNam nói"
    assert [row["don_vi"] for row in values["b1"]] == ["Đảng bộ Bắc Một", "Đảng bộ Nam Một"]
    assert len(summary.parts["in"]) == 2 and len(summary.parts["missing"]) == 3
    assert summary.summary and summary.machine["c1"] == "1010"
    again = actions.begin_summary(period.pk, tree.bloc, by=cast.officer, at=at(27))
    assert again.pk == summary.pk and total_of(period, date(2017, 1, 27)).expected == 5


def test_a_corrected_sum_stays_when_summed_anew_and_the_machine_value_stands_beside(cast: Cast):
    period = cast.opened()
    cast.approve(cast.send(period, cast.tree.north1, c1="10", c2="1"))
    summary = actions.begin_summary(period.pk, cast.tree.bloc, by=cast.officer, at=at(26))
    actions.save_draft(summary.pk, {"c1": "12"}, base=summary.revision, by=cast.officer, at=at(26))
    cast.approve(cast.send(period, cast.tree.direct, c1="5", c2="2"))

    summary = actions.draw_up(summary.pk, by=cast.officer, at=at(27))

    assert (summary.values["c1"], summary.machine["c1"]) == ("12", "15")
    assert summary.values["c2"] == "1.5"


def test_a_unit_designs_for_its_own_branch_without_any_central_act(cast: Cast):
    form = cast.form(cast.tree.north, title="Việc của nhánh Bắc", selection="children")
    actions.open_periods(on=date(2017, 1, 3), at=NOON)

    period = form.periods.get()
    assert {row.unit for row in period.reports.all()} == {cast.tree.north1, cast.tree.north2}
    assert not rules.visible_forms(cast.south_leader, date(2017, 1, 3)).filter(pk=form.pk).exists()
    assert rules.visible_forms(cast.focal[cast.tree.north1.pk], date(2017, 1, 3)).filter(pk=form.pk).exists()
