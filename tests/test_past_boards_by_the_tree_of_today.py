"""The board of a day before a merger, by the tree of that day and by today's: the same at the top, each number with its
list.
"""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.test_sheets_by_the_old_tree import AUTUMN, EVE, SENT, fresh, lines, merge
from trienkhai.common.clock import moment
from trienkhai.common.models import Installation
from trienkhai.dashboards.actions import issue_sheet
from trienkhai.dashboards.links import Scope
from trienkhai.dashboards.printing import tables_of
from trienkhai.dashboards.queries.board import past_board_of
from trienkhai.dashboards.queries.figures import figures_from
from trienkhai.dashboards.verification import check_site
from trienkhai.orgs.tests.make import make_unit
from trienkhai.tasks import actions as tasks
from trienkhai.tasks.models import Sheet
from trienkhai.tasks.tests.make import Cast, assignment_of, make_issue

pytestmark = pytest.mark.django_db


def by_today() -> Scope:
    """A scope reads only once who has ended, so each reading takes a new one."""
    return Scope(day=EVE, now=AUTUMN)


def worked() -> Cast:
    """South Two has acknowledged, South One has done its work, before units are merged."""
    cast = Cast()
    issue = make_issue(cast, [{"due_on": EVE}])
    for unit in (cast.tree.south2, cast.tree.north1, cast.tree.south1):
        tasks.acknowledge(assignment_of(issue, unit).pk, by=cast.focal[unit.pk], at=moment(SENT))
    done = assignment_of(issue, cast.tree.south1).pk
    tasks.submit_report(done, text="Xong", by=cast.focal[cast.tree.south1.pk], at=moment(SENT))
    tasks.approve(done, by=cast.south_leader, at=moment(SENT))
    return cast


def test_the_board_of_a_day_before_by_both_trees():
    cast = worked()
    before = past_board_of(fresh(cast.tree.bloc), EVE, Scope(day=EVE))
    assert lines(past_board_of(fresh(cast.tree.bloc), EVE, by_today()), "cells") == lines(before, "cells")

    merge(cast.tree)
    bloc = fresh(cast.tree.bloc)
    then, now = past_board_of(bloc, EVE, Scope(day=EVE)), past_board_of(bloc, EVE, by_today())

    assert lines(then, "cells") == lines(before, "cells")
    assert now.cells == then.cells and now.rest == then.rest and now.own == then.own
    was, stands = lines(then, "cells"), lines(now, "cells")
    assert stands["Đảng bộ Bắc – Nam"] == was["Đảng bộ Bắc"] + was["Đảng bộ Nam"]
    assert set(stands) == {"Đảng bộ Bắc – Nam", "Đảng bộ Trực"}
    north = past_board_of(fresh(cast.tree.north), EVE, by_today())
    assert north.cells == stands["Đảng bộ Bắc – Nam"]
    assert {name: cells.total for name, cells in lines(north, "cells").items()} == {
        "Đảng bộ Bắc Một": 2,
        "Chi bộ Bắc Hai": 1,
        "Đảng bộ Nam Một": 1,
    }


def test_each_number_by_the_tree_of_today_opens_its_list(client):
    cast = worked()
    merge(cast.tree)
    Installation.objects.create(pk=1, is_demo=True, demo_today=AUTUMN)
    client.force_login(cast.leader)

    page = client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}?ngay=2017-06-19&cay=nay")
    words = page.content.decode()

    assert page.status_code == 200 and "Như tổ chức ngày 19/06/2017" in words
    assert f"/bang-dieu-hanh/{cast.tree.north.pk}?ngay=2017-06-19&amp;cay=nay" in words
    assert "Đảng bộ Nam Một" not in words
    for line, _url, urls in page.context["lines"]:
        for name in ("total", "done", "open_overdue", "unacknowledged"):
            found = client.get(urls[name])
            assert len(found.context["rows"]) == getattr(line.cells, name), (line.unit.name, name)
    assert "theo tổ chức hiện nay" in client.get(page.context["lines"][0][2]["total"]).content.decode()


def test_the_printed_sheet_and_its_workbook_take_the_choice_along(client):
    cast = worked()
    merge(cast.tree)
    Installation.objects.create(pk=1, is_demo=True, demo_today=AUTUMN)
    client.force_login(cast.leader)
    query = "?ngay=2017-06-19&cay=nay"

    sheet = client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}/bang-in{query}")
    address = sheet.context["xlsx_url"]
    book = load_workbook(BytesIO(client.get(address).content))

    assert address.endswith(query) and "Theo tổ chức hiện nay." in sheet.content.decode()
    named = {str(row[0].value) for page in book for row in page.iter_rows()}
    assert "Đảng bộ Bắc – Nam" in named and "Đảng bộ Nam" not in named
    issuing = client.get(sheet.context["issue_url"])
    assert issuing.context["params"] == {"ngay": "2017-06-19"}


def test_the_tree_of_today_costs_as_many_queries_for_few_units_as_for_many(client):
    cast = worked()
    merge(cast.tree)
    Installation.objects.create(pk=1, is_demo=True, demo_today=AUTUMN)
    client.force_login(cast.leader)

    def counted() -> int:
        address = f"/bang-dieu-hanh/{cast.tree.bloc.pk}?ngay=2017-06-19&cay=nay"
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    few = counted()
    for _number in range(3):
        make_unit(cast.tree.bloc)

    assert counted() == few


@pytest.mark.usefixtures("own_files")  # the check looks for files that belong to nothing
def test_an_issued_sheet_keeps_its_lines_and_groups_them_by_the_tree_of_today(client):
    cast = worked()
    sheet = issue_sheet(cast.tree.bloc.pk, Scope(), day=EVE, by=cast.leader, at=moment(EVE))
    merge(cast.tree)
    Installation.objects.create(pk=1, is_demo=True, demo_today=AUTUMN)
    client.force_login(cast.leader)
    address = f"/bang-dieu-hanh/da-chot/{sheet.pk}"

    was, now = client.get(address), client.get(f"{address}?cay=nay")
    book = load_workbook(BytesIO(client.get(f"{address}.xlsx?cay=nay").content))

    assert was.context["tables"] == tables_of(figures_from(Sheet.objects.get(pk=sheet.pk)))
    old, new = ({row[0]: row[1] for row in page.context["tables"][0].rows} for page in (was, now))
    assert old == {"Đảng bộ Bắc": 2, "Đảng bộ Nam": 2, "Đảng bộ Trực": 1, "Cộng": 5}
    assert new == {"Đảng bộ Bắc – Nam": 4, "Đảng bộ Trực": 1, "Cộng": 5}
    assert was.context["tables"][1:] == now.context["tables"][1:] and was.context["main"] == now.context["main"]
    assert "Như khi chốt" in was.content.decode() and f"{address}.xlsx?cay=nay" in now.content.decode()
    named = {str(row[0].value) for row in book.worksheets[0].iter_rows()}
    assert "Đảng bộ Bắc – Nam" in named and "Đảng bộ Nam" not in named
    assert check_site(AUTUMN) == []
