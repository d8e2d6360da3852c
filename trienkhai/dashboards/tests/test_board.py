"""The board: who reads it, what it counts, that every number leads to its list, and what it costs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.audit.models import Act
from trienkhai.common import clock
from trienkhai.dashboards.links import Scope
from trienkhai.dashboards.queries.beside import background_of, month_ends
from trienkhai.dashboards.queries.board import board_of
from trienkhai.dashboards.tests.make import DAY, on_day, played
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder, make_unit
from trienkhai.tasks import actions
from trienkhai.tasks.models import Focus
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_issue

pytestmark = pytest.mark.django_db


def test_board_shows_the_four_cells_with_their_denominator_and_both_shares(client):
    cast = played()
    on_day(DAY)
    client.force_login(cast.leader)

    response = client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}")

    board = response.context["board"]
    cells = board.cells
    assert response.status_code == 200
    assert (cells.done_on_time, cells.done_late, cells.open_in_time, cells.open_overdue) == (1, 1, 6, 2)
    assert (cells.total, cells.due_by_today, cells.done_of_due, cells.due_in_week) == (10, 5, 2, 5)
    assert sum(line.cells.total for line in board.lines) == cells.total
    assert board.rest.total == 0


@pytest.mark.parametrize("who", ["leader", "officer"])
def test_every_number_of_the_board_is_a_link_that_names_its_cell(client, who):
    cast = played()
    on_day(DAY)
    client.force_login(getattr(cast, who))

    page = client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}").content.decode()

    top, north = cast.tree.bloc.pk, cast.tree.north.pk
    for cell in ("total", "done_on_time", "done_late", "open_in_time", "open_overdue", "due_by_today", "no_deadline"):
        assert f"bang={top}&amp;o={cell}" in page
    assert f"bang={top}&amp;don_vi={north}" not in page
    assert f"bang={top}&amp;don-vi={north}&amp;o=total" in page
    assert ("/duyet" in page) == (who == "leader")


def test_board_of_a_middle_unit_counts_in_its_children_what_came_from_above():
    cast = played()

    board = board_of(cast.tree.north, DAY)

    assert board.cells.total == 4
    assert [line.cells.total for line in board.lines] == [2, 2]


def test_board_of_a_grassroots_unit_shows_what_it_holds(client):
    cast = played()
    on_day(DAY)
    client.force_login(cast.focal[cast.tree.south2.pk])

    response = client.get(f"/bang-dieu-hanh/{cast.tree.south2.pk}")

    assert response.context["alone"]
    assert response.context["main"].total == 2
    assert f"don-vi={cast.tree.south2.pk}&amp;pham-vi=don-vi&amp;o=total" in response.content.decode()


def test_focal_point_of_a_middle_unit_sees_its_own_work_alone(client):
    cast = played()
    on_day(DAY)
    client.force_login(make_holder(cast.tree.north, Role.FOCAL))

    response = client.get(f"/bang-dieu-hanh/{cast.tree.north.pk}")

    assert response.context["main"].total == 0
    assert response.context["lines"] == []


def test_board_outside_ones_reach_is_not_there(client):
    cast = played()
    on_day(DAY)
    client.force_login(cast.north_leader)

    assert client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}").status_code == 404
    assert client.get(f"/bang-dieu-hanh/{cast.tree.south.pk}").status_code == 404
    assert client.get(f"/bang-dieu-hanh/{cast.tree.north1.pk}").status_code == 200


def test_board_answers_htmx_with_the_part_asked_for_and_writes_nothing(client):
    cast = played()
    on_day(DAY)
    client.force_login(cast.leader)
    acts = Act.objects.count()
    url = f"/bang-dieu-hanh/{cast.tree.bloc.pk}"

    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    more = client.get(f"{url}?phan=them", headers={"HX-Request": "true"}).content.decode()
    whole = client.get(f"{url}?phan=them").content.decode()

    assert "<html" not in part and 'id="figures"' in part
    assert "<html" not in more and 'id="background"' in more
    assert "<html" in whole and 'class="trend"' in whole
    assert Act.objects.count() == acts


def test_figures_cost_the_same_queries_with_three_times_as_many_units(django_assert_max_num_queries):
    cast = played()
    with CaptureQueriesContext(connection) as small:
        board_of(cast.tree.bloc, DAY)
    for number in range(20):
        make_unit(cast.tree.north if number % 2 else cast.tree.bloc)
    make_issue(cast, [{}, {}, {}])

    with django_assert_max_num_queries(10), CaptureQueriesContext(connection) as large:
        board_of(cast.tree.bloc, DAY)

    assert len(large) == len(small)


def test_filters_by_document_and_focus_and_first_due_day():
    cast = Cast()
    focus = Focus.objects.create(
        unit=cast.tree.bloc, kind="breakthrough", title="Đổi mới sinh hoạt", valid_from=date(2017, 1, 1)
    )
    first = make_issue(cast)
    first.tasks.update(focus=focus)
    second = make_issue(cast, [{}, {}])
    moved = assignment_of(first, cast.tree.north1)
    actions.extend(moved.pk, date(2017, 12, 31), reason="Lý do", by=cast.leader, at=at(1, 6))

    whole = board_of(cast.tree.bloc, DAY)
    one = board_of(cast.tree.bloc, DAY, Scope(document=second.document_id))
    focused = board_of(cast.tree.bloc, DAY, Scope(focus=focus.pk))
    judged = board_of(cast.tree.bloc, DAY, Scope(first_due=True))

    assert (whole.cells.total, one.cells.total, focused.cells.total) == (15, 10, 5)
    assert sum(line.cells.total for line in one.lines) == 10
    assert [(row.pk, cells.total) for row, cells in whole.focuses] == [(focus.pk, 5)]
    assert (whole.cells.open_overdue, judged.cells.open_overdue) == (14, 15)


def test_worst_first_puts_the_most_overdue_on_top(client):
    cast = played()
    on_day(DAY)
    client.force_login(cast.leader)

    response = client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}?sort=worst")

    overdue = [line.cells.open_overdue for line, _url, _urls in response.context["lines"]]
    assert overdue == sorted(overdue, reverse=True)


def test_silent_work_stands_apart_from_overdue_and_a_report_ends_the_silence():
    cast = Cast()
    issue = make_issue(cast)
    row = assignment_of(issue, cast.tree.north1)
    actions.acknowledge(row.pk, by=cast.holder_of(row), at=at(4))
    day = date(2017, 3, 1)

    assert background_of(cast.tree.bloc, day).silent == 5

    actions.update_progress(row.pk, percent=10, text="Đang làm", by=cast.holder_of(row), at=at(27, 2))
    assert background_of(cast.tree.bloc, day).silent == 4
    assert board_of(cast.tree.bloc, day).cells.open_overdue == 0


def test_steps_without_an_approver_are_named():
    cast = Cast()
    make_issue(cast)
    cast.north_leader.holdings.update(valid_to=date(2017, 2, 1))

    assert background_of(cast.tree.bloc, date(2017, 3, 1)).without_approver == [cast.tree.north]


def test_trend_is_the_sheet_of_the_last_month_ends_and_of_the_day():
    cast = played()

    points = background_of(cast.tree.bloc, DAY).points

    assert [day for day, _cells in points] == [*month_ends(DAY, 6), DAY]
    assert points[-1][1].done == 2 and points[-2][1].done == 0
    assert DUE in [day for day, _cells in points]


@pytest.mark.parametrize(
    ("role", "start"),
    [
        (Role.LEADER, "/bang-dieu-hanh/"),
        (Role.INSPECTOR, "/bang-dieu-hanh/"),
        (Role.FOCAL, "/viec-cua-toi"),
        (Role.SECRETARY, "/viec-cua-toi"),
        (Role.CLERK, "/van-ban"),
        (Role.ADMIN, "/to-chuc"),
        (Role.MEMBER, "/van-ban"),
    ],
)
def test_everyone_starts_at_what_suits_the_role(client, role, start):
    account = make_holder(make_unit(), role)
    client.force_login(account)

    assert client.get("/")["Location"].startswith(start)


def test_board_bears_the_head_of_the_chain_and_the_moment(client):
    from trienkhai.audit.actions import seal_acts
    from trienkhai.audit.queries import chain_head

    cast = played()
    seal_acts()
    on_day(DAY)
    client.force_login(cast.leader)

    page = client.get(f"/bang-dieu-hanh/{cast.tree.bloc.pk}").content.decode()

    assert chain_head() in page
    assert clock.now().strftime("%d/%m/%Y") in page
