"""Every number of the board is a link to the list it counts, and the list holds as many rows."""

from datetime import date

import pytest

from trienkhai.dashboards.tests.make import DAY, on_day, played
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Task
from trienkhai.tasks.tests.make import Cast, at, make_issue

pytestmark = pytest.mark.django_db


def extended() -> Cast:
    cast = played()
    row = Assignment.objects.filter(task__title="Việc 1", state="assigned").first()
    actions.extend(row.pk, date(2017, 12, 31), reason="Lý do", by=cast.leader, at=at(20, 6))
    make_issue(cast, [{"work_area": "organisation"}], selection="children")
    Task.objects.filter(title="Việc 2").update(work_area="organisation")
    return cast


def rows_behind(client, url: str) -> int:
    return len(client.get(url).context["rows"])


SCOPES = [
    "",
    "han=dau",
    "mat=organisation",
    "ky=2017-Q2",
    "ky=2017",
    "ky=2017-06&han=dau",
    "mat=organisation&ky=2017-07",
]


@pytest.mark.parametrize("scope", SCOPES)
def test_the_list_behind_each_cell_and_tile_holds_as_many_rows(client, scope):
    cast = extended()
    on_day(DAY)
    client.force_login(cast.leader)

    context = client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}?{scope}").context

    for name, url in context["urls"].items():
        if name != "silent":
            assert rows_behind(client, url) == getattr(context["main"], name), name


@pytest.mark.parametrize("scope", SCOPES)
def test_the_list_behind_each_number_of_a_child_holds_as_many_rows(client, scope):
    cast = extended()
    on_day(DAY)
    client.force_login(cast.leader)

    context = client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}?{scope}").context

    for line, _url, urls in [*context["lines"], *context["attached"]]:
        for name in ("total", "done", "done_on_time", "done_late", "open_overdue", "unacknowledged"):
            assert rows_behind(client, urls[name]) == getattr(line.cells, name), (line.unit, name)


def test_the_list_behind_each_cell_of_the_heat_map_and_behind_silence_holds_as_many_rows(client):
    cast = extended()
    on_day(DAY)
    client.force_login(cast.leader)

    context = client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}?phan=them").context

    cells = [cell for row in context["heat"]["rows"] for cell in row["cells"] if cell]
    assert cells and all(rows_behind(client, cell["url"]) == cell["total"] for cell in cells)
    assert rows_behind(client, context["silent_url"]) == context["background"].silent


def test_the_list_behind_the_own_work_of_a_unit_holds_as_many_rows(client):
    cast = Cast()
    make_issue(cast, [{}, {}])
    unit = cast.tree.north1
    first = Assignment.objects.filter(held_by=unit).order_by("pk").first()
    actions.acknowledge(first.pk, by=cast.focal[unit.pk], at=at(4))
    on_day(DAY)
    client.force_login(cast.focal[unit.pk])

    context = client.get(f"/bang-dieu-hanh/{unit.pk}").context

    assert rows_behind(client, context["urls"]["total"]) == context["main"].total == 2
    assert rows_behind(client, context["urls"]["unacknowledged"]) == 1
