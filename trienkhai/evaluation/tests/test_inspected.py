"""What inspections say of a unit reaches its sheet, as on a day, and opens into inspections and findings."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from trienkhai.common.clock import moment
from trienkhai.evaluation.actions import open_campaign
from trienkhai.evaluation.models import Sheet
from trienkhai.evaluation.queries.figures import counts_of, figures_of
from trienkhai.evaluation.queries.rows import ids_of, rows_of
from trienkhai.evaluation.reasons import reasons_of
from trienkhai.evaluation.scoring import Figure, Subject, level_of
from trienkhai.evaluation.tests.test_norms import ROWS
from trienkhai.inspections import actions as inspecting
from trienkhai.inspections.models import Inspection
from trienkhai.inspections.tests.make import Cast, at
from trienkhai.orgs.models import Unit
from trienkhai.orgs.tests.make import make_unit

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2017, 1, 1), date(2017, 3, 31)
REMEDIES = ("remedied", "remedied_late", "unremedied")


def figures(unit: Unit, on: date, first: date = FIRST, last: date = LAST) -> dict[str, tuple[int, int]]:
    counts = counts_of(figures_of([unit], first, last, on, ())[unit.pk])
    return {name: (one.num, one.den) for name, one in counts.items()}


def remedied(cast: Cast, reported: Any = None, accepted: Any = None) -> int:
    """An inspection concluded with one finding due on 31/3, its remedy reported and accepted on these days."""
    row = cast.concluded()
    task = cast.given(row)[0]
    finding = row.findings.get()
    cast.remedied(task)
    inspecting.accept_remedy(finding.pk, remark="", by=cast.inspector, at=accepted or at(17))
    if reported:
        type(task).objects.filter(pk=task.pk).update(submitted_on=reported)
    return finding.pk


def test_a_finding_counts_once_its_day_has_passed_or_its_remedy_was_accepted():
    cast = Cast()
    cast.given(cast.concluded())

    before, after = figures(cast.subject, date(2017, 3, 31)), figures(cast.subject, date(2017, 4, 1))

    assert [before[name] for name in REMEDIES] == [(0, 0)] * 3
    assert [after[name] for name in REMEDIES] == [(0, 1), (0, 1), (1, 1)]
    assert before["clean"] == after["clean"] == (0, 1)


@pytest.mark.parametrize(
    ("reported", "accepted", "expected"),
    [
        (None, at(17), [(1, 1), (0, 1), (0, 1)]),
        (date(2017, 3, 31), at(20, 4), [(1, 1), (0, 1), (0, 1)]),
        (date(2017, 4, 1), at(20, 4), [(0, 1), (1, 1), (0, 1)]),
    ],
)
def test_who_reported_in_time_is_not_late_by_the_inspectors_waiting(reported: Any, accepted: Any, expected: Any):
    cast = Cast()
    remedied(cast, reported, accepted)

    found = figures(cast.subject, date(2017, 5, 1))

    assert [found[name] for name in REMEDIES] == expected


@pytest.mark.parametrize(("reported", "expected"), [(date(2017, 3, 31), (0, 0)), (date(2017, 4, 1), (1, 1))])
def test_reported_in_time_and_not_accepted_yet_is_no_open_finding(reported: date, expected: Any):
    cast = Cast()
    task = cast.given(cast.concluded())[0]
    cast.remedied(task)
    type(task).objects.filter(pk=task.pk).update(submitted_on=reported)

    assert figures(cast.subject, date(2017, 5, 1))["unremedied"] == expected


def test_what_was_open_when_the_period_began_is_not_forgotten():
    cast = Cast()
    row = cast.concluded()
    second: dict[str, Any] = {"first": date(2017, 4, 1), "last": date(2017, 6, 30)}

    assert figures(cast.subject, date(2017, 7, 1), **second)["unremedied"] == (1, 1)

    cast.remedied(cast.given(row)[0])
    inspecting.accept_remedy(row.findings.get().pk, remark="", by=cast.inspector, at=at(17))
    assert figures(cast.subject, date(2017, 7, 1), **second)["unremedied"] == (0, 0)


def test_findings_of_an_inspection_not_concluded_count_nowhere():
    cast = Cast()
    cast.written()

    found = figures(cast.subject, date(2017, 7, 1))

    assert all(found[name] == (0, 0) for name in (*REMEDIES, "clean"))


def test_subjects_of_the_own_programme_count_when_their_time_is_over():
    cast = Cast()
    item = cast.item(ends_on=date(2017, 3, 31))
    done = cast.concluded(item=item)
    cast.named(cast.tree.south1, item=done.item)
    left = cast.named(cast.tree.south2, item=done.item)
    inspecting.drop_inspection(left.pk, reason="Đơn vị chuẩn bị sáp nhập", by=cast.leader, at=at(20))

    assert figures(cast.bloc, date(2017, 3, 31))["inspected"] == (1, 1)
    assert figures(cast.bloc, date(2017, 4, 1))["inspected"] == (1, 3)
    assert figures(cast.subject, date(2017, 4, 1))["inspected"] == (0, 0)


def test_figures_of_inspections_are_asked_in_sets():
    cast = Cast()
    cast.concluded()
    more = [cast.subject, *(make_unit(cast.tree.north) for _n in range(5))]
    with CaptureQueriesContext(connection) as one:
        figures(cast.subject, date(2017, 5, 1))

    with CaptureQueriesContext(connection) as six:
        figures_of(more, FIRST, LAST, date(2017, 5, 1), ())

    assert len(six) == len(one)


@pytest.fixture
def evaluated() -> tuple[Cast, Sheet]:
    """North evaluates north1 for the first quarter, which has one finding overdue."""
    cast = Cast()
    cast.given(cast.concluded())
    when = moment(date(2017, 4, 5), 9)
    campaign = open_campaign(cast.tree.north, "2017-Q1", [cast.subject], by=cast.north_leader, at=when)
    return cast, campaign.sheets.get()


def test_a_figure_opens_into_inspections_and_findings(client, evaluated):
    cast, sheet = evaluated
    client.force_login(cast.north_leader)
    inspection = reverse("inspections:inspection", args=[Inspection.objects.get().pk])

    page = client.get(reverse("evaluation:sheet", args=[sheet.pk])).content.decode()

    for name in ("clean", "unremedied", "inspected"):
        address = reverse("evaluation:figure", args=[sheet.pk, name])
        assert address in page
        rows = client.get(address).content.decode()
        assert (inspection in rows) == (name != "inspected")
    assert "Chưa cập nhật kết quả thực hiện" in client.get(
        reverse("evaluation:figure", args=[sheet.pk, "unremedied"])
    ).content.decode()  # fmt: skip


def test_rows_of_inspections_outside_the_readers_reach_say_nothing_of_them(evaluated):
    cast, sheet = evaluated
    on = date(2017, 4, 5)
    for name in ("clean", "unremedied"):
        (row,) = rows_of(sheet, name, ids_of(sheet, name), cast.south_leader, on)
        assert not row.url and "Chưa cập nhật" not in row.title and "Thực hiện nghị quyết" not in row.title


@pytest.mark.parametrize("levels", [row["value"] for row in ROWS if row["key"] == "evaluation.levels"])
def test_with_a_finding_still_open_the_highest_level_is_not_proposed(levels: Any):
    full = dict.fromkeys(("done", "on_time", "above"), Figure(5, 5)) | {"late": Figure(0, 5)}
    confirmed = {"undisciplined": True, "repaired": True}
    open_, closed = Figure(1, 4), Figure(0, 4)

    def level(figure: Figure) -> tuple[str, list[Any]]:
        return level_of(Subject(1, "unit", full | {"unremedied": figure}, {}, confirmed), 95, levels)

    assert level(closed)[0] == "excellent"
    code, reasons = level(open_)
    assert code == "good" and ("too_high", "unremedied") in [(name, words.get("figure")) for name, words in reasons]


def test_the_reason_tells_how_many_findings_are_open(evaluated):
    words = {"level": "excellent", "figure": "unremedied", "num": 1, "den": 4, "percent": "25.0", "bound": "0"}
    with override("en"):
        (reason,) = reasons_of(evaluated[1].campaign, {"reasons": [("too_high", words)]})
    assert "Findings still open 25 % (1/4), at most 0 %" in str(reason)
