"""The pages: designing, filling, deciding, completeness in a fixed number of queries, files."""

import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from trienkhai.common.models import Installation
from trienkhai.documents.models import Draft
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder, make_unit
from trienkhai.reports import actions
from trienkhai.reports.models import PeriodReport, ReportForm
from trienkhai.reports.tests.make import Cast, report_of
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 1, 20)})
    return Cast()


DETAILS = {
    "title": "Báo cáo tháng",
    "kind": "month",
    "cut_day": "14",
    "cut_months": "0",
    "due_day": "20",
    "due_months": "0",
    "moves": "after",
    "answer_rule": "by_level",
    "groups": ["grassroots"],
}
NUMBER = {"section": "m1", "kind": "number", "label": "Số việc", "decimals": "0", "rule": "sum"}


def test_an_office_designs_a_form_and_its_leader_puts_it_in_force(cast: Cast, client):
    client.force_login(cast.officer)
    assert client.post(reverse("reports:form_new"), DETAILS | {"due_day": "3"}).status_code == 422
    client.post(reverse("reports:form_new"), DETAILS)
    form = ReportForm.objects.get()
    client.post(reverse("reports:section", args=[form.pk]), {"title": "Kết quả"})
    address = reverse("reports:field", args=[form.pk])
    client.post(address, NUMBER)
    wrong = client.post(address, NUMBER | {"kind": "computed", "label": "Tỷ lệ", "formula": "c1 / c9"})
    assert wrong.status_code == 422 and "c9" in wrong.content.decode()
    client.post(address, NUMBER | {"kind": "computed", "label": "Tỷ lệ", "formula": "share(c1; c1)"})
    client.post(address, NUMBER | {"kind": "table", "label": "Bảng", "columns": "Việc\nSố: số 2", "rule": "sum"})
    client.post(reverse("reports:arrange", args=[form.pk]), {"do": "up:t1"})
    kept = form.versions.get().design["sections"][0]["fields"]
    assert [row["code"] for row in kept] == ["t1", "c1", "b1"]
    assert kept[2]["columns"][1] == {"code": "t2", "label": "Số", "kind": "number", "decimals": 2}
    refused = client.post(reverse("reports:arrange", args=[form.pk]), {"do": "remove:c1"})
    assert refused.status_code == 302 and len(form.versions.get().design["sections"][0]["fields"]) == 3
    assert client.post(reverse("reports:release", args=[form.pk]), {"holds_from": "2017-01-01"}).status_code == 409

    client.force_login(cast.leader)
    assert client.get(reverse("reports:release", args=[form.pk])).status_code == 200
    client.post(reverse("reports:release", args=[form.pk]), {"holds_from": "2017-01-01"})

    assert PeriodReport.objects.filter(period__form=form).count() == 5
    for name in ("form", "design", "form_change"):
        assert client.get(reverse(f"reports:{name}", args=[form.pk])).status_code == 200
    assert client.get(reverse("reports:version", args=[form.pk, 1])).status_code == 200


def test_filling_names_what_is_wrong_stores_the_rest_and_sends_after_a_second_look(cast: Cast, client):
    period = cast.opened()
    report = report_of(period, cast.tree.north1)
    client.force_login(cast.focal[cast.tree.north1.pk])
    address = reverse("reports:fill", args=[report.pk])
    assert client.get(address).status_code == 302
    assert client.post(reverse("reports:report_begin", args=[report.pk])).url == address
    page = {"base": "1", "f-c1": "ba", "f-c2": "2,5", "f-n1": "Lời", "f-l1": "Tốt", "f-b1-rows": "3"}
    page |= {"f-b1-0-t1": "Họp", "f-b1-0-t2": "4", "f-b1-1-t1": "", "f-b1-1-t2": ""}

    wrong = client.post(address, page | {"send": "1"})
    stored = PeriodReport.objects.get(pk=report.pk)
    assert wrong.status_code == 422 and "“ba”" in wrong.content.decode()
    assert (stored.values["c2"], stored.values["b1"], stored.wrong) == ("2.5", [{"t1": "Họp", "t2": "4"}], {"c1": "ba"})
    empty = client.post(address, page | {"base": str(stored.revision), "f-c1": "", "send": "1"})
    assert empty.status_code == 422
    ready = client.post(address, page | {"base": "9", "f-c1": "1.200", "send": "1"})
    assert ready.url == reverse("reports:submit", args=[report.pk])
    assert client.get(ready.url).status_code == 200
    client.post(ready.url)

    assert PeriodReport.objects.get(pk=report.pk).state == "submitted"
    assert client.post(ready.url).status_code == 409
    assert client.get(address).status_code == 409


def test_autosave_answers_with_the_new_revision_and_computed_numbers(cast: Cast, client):
    report = cast.fill(cast.opened(), cast.tree.north1, c1="4")
    client.force_login(cast.focal[cast.tree.north1.pk])
    address = reverse("reports:autosave", args=[report.pk])

    answer = client.post(
        address, {"base": str(report.revision), "f-c1": "8", "f-c2": "2"}, headers={"hx-request": "true"}
    )
    secret = client.post(address, {"base": "9", "f-n1": "TUYỆT MẬT\nđừng lưu"}, headers={"hx-request": "true"})

    words = answer.content.decode()
    assert f'value="{report.revision + 1}"' in words and "25,00" in words
    assert "data-secret" in secret.content.decode() and "đừng lưu" not in secret.content.decode()


def test_two_people_are_shown_both_texts_and_one_says_whose_stand(cast: Cast, client):
    period = cast.opened()
    report = cast.fill(period, cast.tree.north1, c1="4")
    other = make_holder(cast.tree.north1, Role.LEADER)
    actions.save_draft(report.pk, {"n1": "Của kia"}, base=report.revision, by=other, at=at(6))
    client.force_login(cast.focal[cast.tree.north1.pk])
    address = reverse("reports:fill", args=[report.pk])
    page = {"base": str(report.revision), "f-n1": "Của tôi", "f-c1": "4"}

    shown = client.post(address, page)
    words = shown.content.decode()
    assert shown.status_code == 422 and "Của kia" in words and "Của tôi" in words
    [older] = re.findall(r'name="older" value="([^"]+)"', words)
    unasked = client.post(address, page | {"base": "99", "older": older})
    assert unasked.status_code == 422 and PeriodReport.objects.get(pk=report.pk).values["n1"] == "Của kia"
    autosaved = client.post(reverse("reports:autosave", args=[report.pk]), page, headers={"hx-request": "true"})
    assert f'name="older" value="{older}"' in autosaved.content.decode()
    client.post(address, page | {"resolve": "mine:n1"})

    assert PeriodReport.objects.get(pk=report.pk).values["n1"] == "Của tôi"


def test_the_root_page_of_a_period_takes_the_same_few_queries_for_few_units_and_for_many(cast: Cast, client):
    small = cast.opened()
    client.force_login(cast.officer)
    address = reverse("reports:period", args=[small.pk])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(address).status_code == 200
    for _number in range(30):
        make_unit(cast.tree.south)
    actions.open_periods(on=date(2017, 2, 1), at=at(1, 2))
    large = small.form.periods.latest("starts_on")
    assert large.count == 35
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("reports:period", args=[large.pk]))

    own = [row["sql"] for row in many if "reports_" in row["sql"]]
    assert len(many) == len(few), "\n".join(row["sql"][:150] for row in many)
    assert len(own) <= 10, "\n".join(own)


def test_completeness_opens_into_lists_branches_and_a_file(cast: Cast, client):
    period = cast.opened()
    cast.send(period, cast.tree.north1, c1="1", n1="=1+1")
    client.force_login(cast.officer)
    address = reverse("reports:period", args=[period.pk])

    page = client.get(address, {"o": "received", "don-vi": cast.tree.north.pk})
    assert [row.held_by for row in page.context["rows"]] == [cast.tree.north1]
    assert client.get(address, {"don-vi": "0"}).status_code == 404
    assert client.get(address, {"o": "nonsense", "page": "x"}).status_code == 200
    book = load_workbook(io.BytesIO(client.get(reverse("reports:period_file", args=[period.pk])).content))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value == "=1+1"]
    assert cells and all(cell.data_type == "s" for cell in cells)
    client.force_login(cast.focal[cast.tree.north1.pk])
    own = client.get(address)
    assert own.context["table"].total.expected == 1 and not own.context["table"].lines


def test_decisions_singly_and_all_that_match_with_the_sheet_and_the_difference(cast: Cast, client):
    period = cast.opened()
    first, second = (cast.send(period, unit, c1="10") for unit in (cast.tree.north1, cast.tree.north2))
    client.force_login(cast.north_leader)
    assert len(client.get(reverse("reports:approvals")).context["rows"]) == 2
    assert client.post(reverse("reports:return", args=[first.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("reports:return", args=[first.pk]), {"reason": "Thiếu"})
    client.post(reverse("reports:approve_all"), {"ky": str(period.pk)})
    second.refresh_from_db()
    assert second.state == "approved"
    client.post(reverse("reports:reopen", args=[second.pk]), {"reason": "Nhầm"})
    cast.fill(period, cast.tree.north2, when=at(20), c1="11")
    actions.submit(second.pk, by=cast.focal[cast.tree.north2.pk], at=at(20))
    client.post(reverse("reports:approve", args=[second.pk]))

    words = client.get(reverse("reports:report", args=[second.pk])).content.decode()
    assert second.sheets.count() == 2 and ">10<" in words and ">11<" in words


def test_a_summary_is_drawn_up_and_its_numbers_open_into_their_parts(cast: Cast, client):
    period = cast.opened()
    cast.approve(cast.send(period, cast.tree.north1, c1="10", n1="Bắc nói"))
    client.force_login(cast.officer)

    begun = client.post(reverse("reports:summary_begin", args=[period.pk]), {"don-vi": cast.tree.bloc.pk})

    summary = report_of(period, cast.tree.bloc)
    assert begun.url == reverse("reports:fill", args=[summary.pk])
    page = client.get(reverse("reports:report", args=[summary.pk])).content.decode()
    assert "Bắc nói" in page and cast.tree.south1.name in page
    parts = client.get(reverse("reports:parts", args=[summary.pk, "c1"])).context
    assert [number for _row, number in parts["rows"]] == ["10"] and len(parts["below"].missing) == 4
    assert client.get(reverse("reports:parts", args=[summary.pk, "n1"])).status_code == 404


@pytest.mark.parametrize(("suffix", "start"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_a_report_goes_out_as_a_file_beside_the_period_before(cast: Cast, client, suffix: str, start: bytes):
    period = cast.opened(when=at(1, 2))
    cast.send(period, cast.tree.north1, c1="10", when=at(1, 2))
    second = period.form.periods.latest("starts_on")
    report = cast.send(second, cast.tree.north1, when=at(2, 2), c1="12", b1=[{"t1": "Họp | bàn", "t2": "3"}])
    client.force_login(cast.north_leader)

    answer = client.get(reverse("reports:file", args=[report.pk, suffix]))

    assert answer.content.startswith(start) and suffix in answer["Content-Disposition"]
    page = client.get(reverse("reports:report", args=[report.pk]))
    assert page.context["others"].before.values["c1"] == "10"


def test_the_paper_is_drafted_in_the_official_layout(cast: Cast, client):
    report = cast.send(cast.opened(), cast.tree.direct, c1="12", n1="Kết quả tốt")
    leader = make_holder(cast.tree.direct, Role.LEADER)
    client.force_login(leader)

    answer = client.post(reverse("reports:draft", args=[report.pk]))

    body = client.get(answer.url).content.decode()
    draft = Draft.objects.get()
    assert "Kết quả tốt" in body and draft.title == "tháng 1/2017" and draft.kind == "report"


def test_what_waits_stands_in_my_work(cast: Cast, client):
    period = cast.opened()
    cast.send(period, cast.tree.north1)
    client.force_login(cast.focal[cast.tree.north2.pk])
    assert "Báo cáo tháng" in client.get(reverse("tasks:mine")).content.decode()
    client.force_login(cast.north_leader)
    assert reverse("reports:approvals") in client.get(reverse("tasks:mine")).content.decode()
    assert client.get(reverse("reports:overview")).context["decisions"] == 1


def test_close_and_carry_ask_for_a_reason_and_a_known_unit(cast: Cast, client):
    report = report_of(cast.opened(), cast.tree.north1)
    client.force_login(cast.officer)
    address = reverse("reports:close", args=[report.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Sáp nhập", "unit": "KHÔNG.CÓ"}).status_code == 422

    client.post(address, {"reason": "Sáp nhập", "unit": "K.N.1"})

    report.refresh_from_db()
    assert report.held_by == cast.tree.south1
