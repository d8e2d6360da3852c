"""Pages of comparisons: what each person meets, what the forms answer, how many queries a page takes."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from trienkhai.orgs.actions import comparing
from trienkhai.orgs.models import Comparison, Role, UnitOpinion
from trienkhai.orgs.tests.make import Tree, make_holder
from trienkhai.orgs.tests.make_reorganising import Office, dissolve, merge, move

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


class Desk:
    def __init__(self) -> None:
        self.tree = Tree()
        self.office = Office(self.tree.bloc)
        self.leader = make_holder(self.tree.north, Role.LEADER)
        self.now, self.on = timezone.now(), timezone.localdate()
        tree = self.tree
        self.first = self._file(merge(tree.north2, into=tree.north1))
        self.second = self._file(move(tree.bloc, tree.south1, tree.south2), dissolve(tree.south, tree.bloc))
        self.third = self._file(move(tree.south, tree.north1))

    def _file(self, *steps: tuple[str, dict[str, Any]]) -> Any:
        return self.office.file(*steps, at=self.now, effective_on=self.on)

    def compare(self, *files: Any) -> Comparison:
        ids = [file.pk for file in files]
        return comparing.begin_comparison(self.tree.bloc, title="So sánh", files=ids, by=self.office.admin, at=self.now)

    def ask(self, one: Comparison) -> UnitOpinion:
        comparing.ask_opinions(one.pk, [self.tree.north.pk], due_on=self.on, by=self.office.admin, at=self.now)
        return one.opinions.get()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def url(name: str, *args: Any) -> str:
    return reverse(f"orgs:{name}", args=args)


def test_comparison_is_begun_asked_answered_and_chosen_by_forms(client: Any, desk: Desk):
    client.force_login(desk.office.admin)
    client.post(url("comparison_new"), {"title": "Chọn mô hình", "drafts": [desk.first.pk, desk.second.pk]})
    one = Comparison.objects.get()
    client.post(url("comparison_ask", one.pk), {"due_on": desk.on.isoformat(), "units": [desk.tree.north.pk]})
    client.force_login(desk.leader)
    mine = client.get(reverse("tasks:mine")).content.decode()
    opinion = one.opinions.get()
    assert url("opinion_give", opinion.pk) in mine
    wanted = one.drafts.get(reorganisation=desk.second)
    client.post(url("opinion_give", opinion.pk), {"preference": str(wanted.pk), "text": "Gọn hơn."})
    client.force_login(desk.office.leader)
    answer = client.post(url("comparison_choose", one.pk), {"draft": wanted.pk, "reason": "Gọn hơn."})

    one.refresh_from_db()
    desk.second.refresh_from_db()
    assert answer.status_code == 302
    assert (one.state, one.chosen, desk.second.state) == ("chosen", desk.second, "submitted")
    assert "Gọn hơn." in client.get(url("comparison", one.pk)).content.decode()


def test_page_takes_few_more_queries_for_each_draft_and_the_list_none(client: Any, desk: Desk):
    client.force_login(desk.office.admin)
    one = desk.compare(desk.first)
    client.get(url("comparison", one.pk))
    counts = []
    for files in ([desk.first], [desk.first, desk.second, desk.third]):
        pk = desk.compare(*files).pk
        with CaptureQueriesContext(connection) as page:
            client.get(url("comparison", pk))
        with CaptureQueriesContext(connection) as rows:
            client.get(url("comparisons"))
        counts.append((len(page), len(rows)))

    assert counts[1][1] == counts[0][1]
    assert counts[1][0] - counts[0][0] <= 2 * 8


def test_number_of_opinions_does_not_add_queries(client: Any, desk: Desk, django_assert_num_queries: Any):
    make_holder(desk.tree.north1, Role.LEADER)
    make_holder(desk.tree.south, Role.LEADER)
    one = desk.compare(desk.first, desk.second)
    desk.ask(one)
    client.force_login(desk.office.admin)
    client.get(url("comparison", one.pk))
    with CaptureQueriesContext(connection) as single:
        client.get(url("comparison", one.pk))
    units = [desk.tree.north.pk, desk.tree.north1.pk, desk.tree.south.pk]
    comparing.ask_opinions(one.pk, units, due_on=desk.on, by=desk.office.admin, at=desk.now)

    with django_assert_num_queries(len(single)):
        client.get(url("comparison", one.pk))


def test_figure_opens_to_its_units_and_an_unknown_one_is_not_found(client: Any, desk: Desk):
    one = desk.compare(desk.first)
    client.force_login(desk.office.admin)
    column = one.drafts.get().pk

    shown = client.get(url("comparison_rows", one.pk), {"so": "ended", "cot": str(column)}).content.decode()

    assert "Chi bộ Bắc Hai" in shown and "Bắc Một" not in shown
    for wrong in ({"so": "ended", "cot": "0"}, {"so": "x"}, {"so": "units", "cot": "77777"}):
        assert client.get(url("comparison_rows", one.pk), wrong).status_code == 404


def test_asked_leader_reads_figures_without_the_opinions_of_others_or_the_ways_of_the_office(client: Any, desk: Desk):
    other = make_holder(desk.tree.north1, Role.LEADER)
    one = desk.compare(desk.first, desk.second)
    units = [desk.tree.north.pk, desk.tree.north1.pk]
    comparing.ask_opinions(one.pk, units, due_on=desk.on, by=desk.office.admin, at=desk.now)
    own = one.opinions.get(unit=desk.tree.north1)
    comparing.answer_opinion(own.pk, preference="none", text="Lời riêng của Bắc Một", by=other, at=desk.now)
    client.force_login(desk.leader)

    shown = client.get(url("comparison", one.pk)).content.decode()

    assert "Lời riêng" not in shown and url("comparison_choose", one.pk) not in shown
    assert url("reorganisation", desk.first.pk) not in shown
    assert client.get(url("opinion_give", own.pk)).status_code == 404
    assert client.get(url("comparison_costs", one.pk)).status_code == 404


def test_wrong_amount_is_told_and_everything_typed_stays(client: Any, desk: Desk):
    one = desk.compare(desk.first)
    client.force_login(desk.office.admin)
    typed = {"ten-0": "Chi thường xuyên", "do-0": "triệu đồng", "ghi-0": "", "so-0-0": "nhiều lắm"}

    answer = client.post(url("comparison_costs", one.pk), typed, **ENGLISH)

    page = answer.content.decode()
    assert answer.status_code == 422 and "nhiều lắm" in page and "Chi thường xuyên" in page and not one.costs.exists()
    client.post(url("comparison_costs", one.pk), typed | {"so-0-0": "1.250,5"})
    assert one.costs.get().amounts == {"0": "1250.5"}


def test_spreadsheet_holds_the_figures_and_no_formula(client: Any, desk: Desk):
    one = desk.compare(desk.first, desk.second)
    line = comparing.Cost("=1+1", "@SUM", "+2", {"0": "12.5"})
    comparing.set_costs(one.pk, [line], by=desk.office.admin, at=desk.now)
    client.force_login(desk.office.admin)

    book = load_workbook(io.BytesIO(client.get(url("comparison_sheet", one.pk)).content))

    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {12.5, 8} <= {cell.value for cell in cells}


def test_draft_that_fits_no_longer_does_not_break_its_page(client: Any, desk: Desk):
    one = desk.compare(desk.first, desk.second)
    desk.office.step(desk.first, *merge(desk.tree.north2, into=desk.tree.south1), at=desk.now)
    client.force_login(desk.office.admin)

    answer = client.get(url("comparison", one.pk), {"xem": "1"}, **ENGLISH)

    assert answer.status_code == 200 and "no longer stands" in answer.content.decode()
    for xem in ("2", "0", "9", "x"):
        assert client.get(url("comparison", one.pk), {"xem": xem}).status_code == 200
