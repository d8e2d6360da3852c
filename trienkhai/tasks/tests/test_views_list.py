"""The list of tasks: it lists exactly what the number that leads to it counts."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.common.days import OPEN_END
from trienkhai.common.models import Installation
from trienkhai.dashboards.links import NAMES
from trienkhai.documents.models import Clause, DocumentText
from trienkhai.orgs.tests.make import NOON
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Focus, Task
from trienkhai.tasks.queries import cells_by_child, cells_of, due_soon_day, silent_filter
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_document, make_issue

pytestmark = pytest.mark.django_db
DAY = date(2017, 6, 28)
LIST = "/nhiem-vu"


def played() -> Cast:
    """Four tasks to five grassroots in every standing; one extended, one paused, one withdrawn."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": DAY})
    cast = Cast()
    days = (date(2017, 6, 30), date(2017, 5, 30), OPEN_END, date(2017, 9, 30))
    make_issue(cast, [{"due_on": day} for day in days])
    rows = list(Assignment.objects.order_by("task__position", "held_by__path"))
    for place, row in enumerate(rows[:14]):
        holder = cast.holder_of(row)
        actions.acknowledge(row.pk, by=holder, at=at(4))
        if place % 2 == 0:
            actions.submit_report(row.pk, text="Xong", by=holder, at=at(1 + place % 3, 6 if 5 <= place < 10 else 5))
        if place % 4 == 0:
            actions.approve(row.pk, by=cast.approver_of(row), at=at(20, 6))
    overdue = next(
        row for row in Assignment.objects.filter(task__title="Việc 2").order_by("held_by__path") if row.is_open
    )
    actions.extend(overdue.pk, date(2017, 7, 10), reason="Chờ", by=cast.leader, at=at(21, 6))
    actions.pause(rows[-1].pk, reason="Chờ", by=cast.leader, at=at(21, 6))
    actions.withdraw(rows[-2].pk, reason="Trùng", by=cast.leader, at=at(21, 6))
    return cast


def count(client, **params) -> int:
    address = {name.replace("_", "-"): value for name, value in params.items()}
    return len(client.get(f"{LIST}?{urlencode(address)}").context["rows"])


@pytest.mark.parametrize("cell", NAMES)
@pytest.mark.parametrize("judged", ["", "dau"])
def test_a_cell_of_the_sheet_lists_what_it_counts(client, cell, judged):
    cast = played()
    bloc = cast.tree.bloc
    client.force_login(cast.leader)
    soon = due_soon_day(DAY)
    cells = cells_of(bloc, on=DAY, soon=soon, by_first_due=bool(judged))

    listed = count(client, bang=bloc.pk, o=cell, han=judged)

    expected = Assignment.objects.filter(silent_filter(DAY)).count() if cell == "silent" else getattr(cells, cell)
    assert listed == expected


@pytest.mark.parametrize("cell", [name for name in NAMES if name != "silent"])
def test_a_line_of_the_children_lists_what_it_counts(client, cell):
    cast = played()
    bloc = cast.tree.bloc
    client.force_login(cast.leader)
    lines = cells_by_child(bloc, on=DAY, soon=due_soon_day(DAY))

    for child, cells in lines.items():
        assert count(client, bang=bloc.pk, don_vi=child, o=cell) == getattr(cells, cell)


def test_what_was_played_leaves_no_cell_empty():
    cast = played()
    cells = cells_of(cast.tree.bloc, on=DAY, soon=due_soon_day(DAY))

    empty = [name for name in NAMES if name != "silent" and not getattr(cells, name)]

    assert not empty


def test_the_other_parameters_narrow_the_list(client):
    cast = played()
    task = Task.objects.get(title="Việc 2")
    task.focus = Focus.objects.create(unit=cast.tree.bloc, kind="central", title="Trọng tâm", valid_from=DAY)
    task.save()
    client.force_login(cast.leader)

    assert count(client, don_vi=cast.tree.north.pk) == 8
    assert count(client, don_vi=cast.tree.north.pk, pham_vi="don-vi") == 0
    assert count(client, don_vi=cast.tree.north1.pk, pham_vi="don-vi") == 4
    assert count(client, van_ban=task.document_id) == 20
    assert count(client, trong_tam=task.focus.pk) == 5
    assert count(client, nhiem_vu=task.pk) == 5
    assert count(client, q="VIỆC 2") == 5
    assert count(client, trang_thai="withdrawn") == 1


@pytest.mark.parametrize("params", [{"bang": 999999}, {"don-vi": "x"}, {"van-ban": 0}, {"nhiem-vu": "9" * 30}])
def test_an_id_of_nothing_lists_nothing(client, params):
    cast = played()
    client.force_login(cast.leader)

    response = client.get(LIST, params)

    assert response.status_code == 200
    assert response.context["rows"] == []


def test_others_see_their_own_work_alone(client):
    cast = played()
    client.force_login(cast.focal[cast.tree.north1.pk])

    assert count(client) == 4
    assert count(client, don_vi=cast.tree.south.pk) == 0


def test_a_long_list_has_pages_of_fifty(client):
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": DAY})
    cast = Cast()
    make_issue(cast, [{} for _number in range(11)])
    client.force_login(cast.leader)

    first, second = client.get(LIST), client.get(LIST, {"page": 2})

    assert [len(page.context["rows"]) for page in (first, second)] == [50, 5]
    assert (first.context["pager"]["count"], second.context["pager"]["has_next"]) == ("55", False)
    shown = {row.assignment.pk for page in (first, second) for row in page.context["rows"]}
    assert len(shown) == 55


def test_queries_do_not_grow_with_the_rows(client):
    cast = Cast()
    issue = make_issue(cast)
    client.force_login(cast.leader)
    one_row = f"{LIST}?don-vi={cast.tree.north1.pk}"
    client.get(one_row)

    with CaptureQueriesContext(connection) as one:
        client.get(one_row)
    with CaptureQueriesContext(connection) as many:
        client.get(f"{LIST}?don-vi={cast.tree.north.pk}")

    assert assignment_of(issue, cast.tree.north2).pk
    assert len(many) == len(one)


def test_a_filter_the_form_does_not_show_stands_above_the_list_and_can_be_taken_away(client):
    cast = played()
    client.force_login(cast.leader)

    active = client.get(LIST, {"bang": cast.tree.north.pk, "han": "dau", "o": "done"}).context["active"]

    assert [row["url"] for row in active] == [f"{LIST}?han=dau&o=done", f"{LIST}?bang={cast.tree.north.pk}&o=done"]


def test_form_offers_the_branch_step_by_step_and_documents_in_sight(client):
    cast = played()
    client.force_login(cast.leader)
    document = Assignment.objects.first().task.document

    def offered(name: str, **given: Any) -> list[str]:
        return [str(label) for _value, label in client.get(LIST, given).context["form"].fields[name].choices][1:]

    assert offered("don-vi")[0] == "Đảng bộ Khối Thử" and "Đảng bộ Bắc" in offered("don-vi")
    assert "Đảng bộ Bắc Một" not in offered("don-vi")
    assert "Đảng bộ Bắc Một" in offered("don-vi", **{"don-vi": cast.tree.north.pk})
    assert str(document) in offered("van-ban")


def test_focal_point_is_offered_no_branch(client):
    cast = played()
    client.force_login(cast.focal[cast.tree.north1.pk])

    form = client.get(LIST).context["form"]

    assert "don-vi" not in form.fields and "van-ban" in form.fields


@pytest.mark.parametrize("name", ["van-ban", "nhiem-vu", "trong-tam", "khoan"])
def test_nothing_out_of_sight_is_called_by_its_name(client, name):
    cast = Cast()
    document = make_document(cast.tree.south, title="Văn bản kín", symbol="99-KH/KIN")
    text = DocumentText.objects.create(document=document, sha256="0" * 64, text="x", created_at=NOON)
    clause = Clause.objects.create(text=text, kind="roman", heading="Mục kín", position=0, start=0, end=1)
    focus = Focus.objects.create(unit=cast.tree.south, kind="key", title="Trọng tâm kín", valid_from=NOON.date())
    rows = [{"title": "Việc kín", "due_on": DUE, "focus": focus, "clauses": [clause.pk]}]
    issue = actions.prepare_issue(document, cast.tree.south, rows, by=cast.south_leader, at=NOON)
    actions.issue_tasks(issue.pk, by=cast.south_leader, at=NOON)
    ids = {"van-ban": document.pk, "nhiem-vu": issue.tasks.get().pk, "trong-tam": focus.pk, "khoan": clause.pk}
    client.force_login(cast.north_leader)

    page = client.get(LIST, {name: ids[name]})

    assert page.context["rows"] == []
    assert not any(word in page.content.decode() for word in ("kín", "KIN"))
