"""Pages of a past day: what an address may ask, who sees what, what they cost, the sheet as a workbook."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from trienkhai.dashboards.links import Scope
from trienkhai.dashboards.printing import Table, write_sheet
from trienkhai.dashboards.queries.beside import trend
from trienkhai.dashboards.queries.board import past_board_of
from trienkhai.dashboards.tests.make import DAY, on_day, played
from trienkhai.orgs.actions import change_unit
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder, make_unit
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Sheet
from trienkhai.tasks.queries.past import sheet_as_of
from trienkhai.tasks.tests.make import Cast, at, make_document, make_issue

pytestmark = pytest.mark.django_db
THEN = date(2017, 6, 30)


@pytest.mark.parametrize(
    "asked",
    [
        "ngay=hôm qua",
        "ngay=2017-07-10",
        "ngay=2030-01-01",
        "ngay=2017-02-30",
        "ngay=0001-01-01",
        "ky=2017-13",
        "ky=1",
        "mat=",
    ],
)
def test_what_is_no_past_day_and_no_period_limits_nothing(client, asked):
    cast = played()
    on_day(DAY)
    client.force_login(cast.leader)

    board = client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}?{asked}")
    rows = client.get(f"/nhiem-vu?{asked}")

    assert board.context["scope"].day is None and board.context["main"].total == 10
    assert rows.context["day"] is None and len(rows.context["rows"]) == 10


def test_a_past_day_is_marked_and_rows_bear_the_state_and_due_day_of_that_day(client):
    cast = played()
    row = Assignment.objects.filter(task__title="Việc 1", state="done").order_by("pk").first()
    late = Assignment.objects.filter(task__title="Việc 1", state="assigned").first()
    actions.extend(late.pk, date(2017, 12, 31), reason="Lý do", by=cast.leader, at=at(5, 7))
    on_day(DAY)
    client.force_login(cast.leader)

    page = client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}?ngay=2017-06-30")
    rows = {one.assignment.pk: one for one in client.get("/nhiem-vu?o=total&ngay=2017-06-30").context["rows"]}
    now = {one.assignment.pk: one for one in client.get("/nhiem-vu?o=total").context["rows"]}

    assert 'class="strip warning past"' in page.content.decode()
    assert page.context["main"].total == 10 and page.context["main"].done == 0
    assert (rows[row.pk].assignment.state, now[row.pk].assignment.state) == ("submitted", "done")
    assert (rows[late.pk].assignment.due_on, now[late.pk].assignment.due_on) == (THEN, date(2017, 12, 31))


def test_a_unit_that_left_the_branch_is_still_read_there_for_the_days_before(client):
    cast = played()
    admin = make_holder(cast.tree.bloc, Role.ADMIN)
    change_unit(cast.tree.north1.pk, {"parent": cast.tree.south}, by=admin, at=at(5, 7))
    on_day(DAY)
    client.force_login(cast.north_leader)

    board = client.get(f"/bang-dieu-hanh/{cast.tree.north.pk}?ngay=2017-06-30").context
    rows = client.get(board["urls"]["total"]).context["rows"]

    assert board["main"].total == len(rows) == 4
    assert {row.linked for row in rows} == {True, False}
    shut = next(row.assignment.pk for row in rows if not row.linked)
    assert client.get(f"/nhiem-vu/{shut}").status_code == 404
    assert client.get(f"/bang-dieu-hanh/{cast.tree.north.pk}").context["main"].total == 2


def test_focal_point_reads_its_own_past_alone(client):
    cast = played()
    unit = cast.tree.south2
    on_day(DAY)
    client.force_login(cast.focal[unit.pk])

    board = client.get(f"/bang-dieu-hanh/{unit.pk}?ngay=2017-06-30").context
    rows = client.get("/nhiem-vu?o=total&ngay=2017-06-30").context["rows"]

    assert board["alone"] and board["main"].total == 2
    assert {row.assignment.held_by_id for row in rows} == {unit.pk}
    assert client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}?ngay=2017-06-30").status_code == 404


def test_past_pages_cost_the_same_queries_whatever_their_size(client):
    cast = played()
    on_day(DAY)
    client.force_login(cast.leader)
    urls = (f"/bang-dieu-hanh/{cast.tree.bloc.pk}?ngay=2017-06-30", "/nhiem-vu?o=total&ngay=2017-06-30")

    def cost() -> list[int]:
        found = []
        for url in urls:
            with CaptureQueriesContext(connection) as made:
                client.get(url)
            found.append(len(made))
        return found

    cost()
    small = cost()
    for number in range(6):
        make_unit(cast.tree.north if number % 2 else cast.tree.bloc)
    make_issue(cast, [{}, {}, {}])

    assert cost() == small
    with CaptureQueriesContext(connection) as made:
        past_board_of(cast.tree.bloc, THEN, Scope(day=THEN))
    assert len(made) < 20


def test_the_trend_of_a_scope_is_the_sheet_of_each_month_end_and_stored_ones_stand_as_closed():
    cast = played()
    unit = cast.tree.bloc
    Sheet.objects.create(
        unit=unit, on=date(2017, 5, 31), kind="month_end", cells={"open_in_time": 7, "done_on_time": 3}
    )

    whole = dict(trend(unit, DAY))
    scope = Scope(period="2017-06")
    scoped = dict(trend(unit, DAY, scope))

    assert whole[date(2017, 5, 31)].done == 3
    assert whole[THEN].total == 10 and scoped[THEN].total == 5
    assert all(cells == sheet_as_of(unit, day, scope.question) for day, cells in scoped.items())
    assert min(whole) >= date(2017, 1, 31) and max(whole) == DAY


def test_the_sheet_never_names_a_document_that_the_unit_has_no_work_from(client):
    cast = played()
    other = make_document(make_unit(None), title="về việc không liên quan")
    on_day(DAY)
    client.force_login(cast.leader)

    board = client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}?van-ban={other.pk}").content.decode()
    sheet = client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}/bang-in?van-ban={other.pk}").content.decode()

    assert other.title not in board and other.title not in sheet


def test_the_workbook_holds_the_numbers_of_the_page_and_no_formula(client):
    cast = Cast()
    make_issue(cast, [{"work_area": "organisation"}])
    admin = make_holder(cast.tree.bloc, Role.ADMIN)
    change_unit(cast.tree.north.pk, {"name": "=1+1"}, by=admin, at=at(6))
    on_day(DAY)
    client.force_login(cast.leader)

    page = client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}/bang-in?ngay=2017-06-30")
    file = client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}/bang-in.xlsx?ngay=2017-06-30")

    book = load_workbook(BytesIO(file.content))
    rows = [row for row in book.worksheets[0].iter_rows() if row[0].value]
    assert page.status_code == file.status_code == 200 and "2017-06-30" in file["Content-Disposition"]
    assert rows[-1][1].value == 5 and {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    assert "=1+1" in [row[0].value for row in rows]
    assert len(book.worksheets) == len(page.context["found"].tables) == 3


def test_an_empty_table_is_written_too():
    target = BytesIO()

    write_sheet(target, ["Tên"], [Table("Trống", ["Đơn vị"], [])])

    assert load_workbook(BytesIO(target.getvalue())).worksheets[0]["A1"].value == "Tên"
