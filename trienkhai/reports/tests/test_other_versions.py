"""Answers to a version in which a code was of another kind; characters that nothing holds; long formulas."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from trienkhai.common.models import Installation
from trienkhai.reports import actions
from trienkhai.reports.models import Period, PeriodReport
from trienkhai.reports.tests.make import Cast, design_of, field, report_of
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db


def table(**column: Any) -> dict[str, Any]:
    return field("b1", "table", columns=[{"code": "t1", "label": "Việc"} | column])


WORDS = (field("c1", "text"), table(), field("c2"))
NUMBERS = (field("c1"), table(kind="number"), field("c2"), field("t9", "computed", formula="sum(b1.t1) + c1"))


@pytest.fixture
def cast() -> Cast:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 2, 20)})
    return Cast()


def redesigned(cast: Cast, holds_from: date) -> Period:
    """January was answered in words, by one unit; from that day on the same codes are numbers."""
    period = cast.opened(fields=WORDS)
    cast.approve(cast.send(period, cast.tree.north1, c1="Lời", b1=[{"t1": "chữ"}], c2="7"))
    actions.change_design(period.form_id, design_of(*NUMBERS), base=1, by=cast.officer, at=at(7))
    actions.release(period.form_id, holds_from=holds_from, by=cast.leader, at=at(7))
    return period


def test_a_summary_takes_from_an_older_version_what_fits(cast: Cast, client):
    period = redesigned(cast, date(2017, 1, 1))

    summary = actions.begin_summary(period.pk, cast.tree.bloc, by=cast.officer, at=at(26))

    assert (summary.values.get("c1"), summary.values["c2"], summary.values["t9"]) == (None, "7", "")
    client.force_login(cast.officer)
    pages = [("report", [summary.pk]), ("file", [summary.pk, "xlsx"]), ("parts", [summary.pk, "c1"])]
    for name, args in [*pages, ("period_file", [period.pk])]:
        assert client.get(reverse(f"reports:{name}", args=args)).status_code == 200, name


def test_a_period_in_words_stands_beside_one_in_numbers(cast: Cast, client):
    form = redesigned(cast, date(2017, 2, 1)).form
    actions.open_periods(on=date(2017, 2, 3), at=at(3, 2))
    focal = cast.focal[cast.tree.north1.pk]
    report = actions.begin(report_of(form.periods.latest("starts_on"), cast.tree.north1).pk, by=focal, at=at(3, 2))

    client.force_login(focal)
    for name, *more in (["report"], ["fill"], ["file", "xlsx"], ["file", "docx"]):
        assert client.get(reverse(f"reports:{name}", args=[report.pk, *more])).status_code == 200, name


def test_control_characters_are_left_out(cast: Cast, client):
    report = cast.fill(cast.opened(), cast.tree.north1)
    client.force_login(cast.focal[cast.tree.north1.pk])

    typed = {"f-c1": "1x\x00", "f-n1": "một\x01\ufffe\nhai", "f-b1-rows": "1", "f-b1-0-t1": "a\x00"}
    answer = client.post(
        reverse("reports:autosave", args=[report.pk]),
        typed | {"base": str(report.revision), "f-b1-0-t2": "1\x00", "f-b1-0-don_vi": "x\x00y"},
    )

    assert answer.status_code == 200
    kept = PeriodReport.objects.get(pk=report.pk)
    assert (kept.wrong, kept.values["n1"]) == ({"c1": "1x"}, "một\nhai")
    assert kept.values["b1"] == [{"don_vi": "xy", "t1": "a", "t2": "1"}]
    for suffix in ("xlsx", "docx", "pdf"):
        assert client.get(reverse("reports:file", args=[report.pk, suffix])).status_code == 200


@pytest.mark.parametrize("formula", ["c1" + "%" * 498, "(" * 250 + "1" + ")" * 249, "c1%%"])
def test_a_formula_too_deep_to_work_out_is_refused(cast: Cast, formula):
    form = cast.form()
    computed = field("t1", "computed", formula=formula)

    with pytest.raises(ValidationError):
        actions.change_design(form.pk, design_of(field("c1"), computed), base=1, by=cast.officer, at=at(7))


def test_a_sum_beyond_every_field_is_missing(cast: Cast):
    period = cast.opened(fields=[field("c1", decimals=6)])
    for unit in cast.tree.grassroots:
        cast.approve(cast.send(period, unit, c1="999999999999999999,999999"))

    assert actions.begin_summary(period.pk, cast.tree.bloc, by=cast.officer, at=at(26)).values.get("c1") is None
