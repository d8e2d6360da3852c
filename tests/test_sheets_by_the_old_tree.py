"""One branch goes into another in June: by the old tree the sheets of June stay the same to the digit, by the new tree
they stand under the unit that took over.
"""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from trienkhai.common.clock import moment
from trienkhai.common.models import Installation
from trienkhai.dashboards.queries.board import past_board_of
from trienkhai.dissemination.queries.study import study_by_branch
from trienkhai.dissemination.tests.make import Cast as StudyCast
from trienkhai.orgs import actions as orgs
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.places import PRESENT, Places
from trienkhai.orgs.tests.make import Tree, make_holder, make_unit
from trienkhai.orgs.tests.make_ending import end_unit
from trienkhai.reports.queries.completeness import by_branch, listed
from trienkhai.reports.tests.make import Cast as ReportCast
from trienkhai.tasks import actions as tasks
from trienkhai.tasks.tests.make import Cast as TaskCast
from trienkhai.tasks.tests.make import assignment_of, make_issue

pytestmark = pytest.mark.django_db
OPENED, SENT, EVE, MERGED, LATER = (date(2017, 6, day) for day in (1, 10, 19, 20, 30))
AUTUMN = date(2017, 9, 1)


def merge(tree: Tree) -> None:
    """Nam Hai goes into Bắc Một, Nam Một moves below Bắc, Nam ends in Bắc, which gets another name."""
    admin = make_holder(tree.bloc, Role.ADMIN)
    who: dict[str, Any] = {"by": admin, "at": moment(MERGED)}
    end_unit(tree.south2.pk, tree.north1.pk, **who)
    orgs.change_unit(tree.south1.pk, {"parent": tree.north}, **who)
    end_unit(tree.south.pk, tree.north.pk, **who)
    orgs.change_unit(tree.north.pk, {"name": "Đảng bộ Bắc – Nam"}, **who)


def fresh(unit: Unit) -> Unit:
    return Unit.objects.select_related("present").get(pk=unit.pk)


def lines(table: Any, name: str) -> dict[str, Any]:
    """By the name of the unit: its figures."""
    return {line.unit.name: getattr(line, name) for line in table.lines}


def test_the_board_of_a_day_before():
    cast = TaskCast()
    issue = make_issue(cast, [{"due_on": EVE}])
    for unit in (cast.tree.south2, cast.tree.north1):
        work = assignment_of(issue, unit)
        tasks.acknowledge(work.pk, by=cast.holder_of(work), at=moment(SENT))
    bloc = fresh(cast.tree.bloc)
    before = past_board_of(bloc, EVE)

    merge(cast.tree)
    after = past_board_of(fresh(bloc), EVE)

    assert lines(before, "cells") == lines(after, "cells") and before.cells == after.cells
    assert set(lines(after, "cells")) == {"Đảng bộ Bắc", "Đảng bộ Nam", "Đảng bộ Trực"}


def test_the_completeness_of_junes_reports():
    cast = ReportCast()
    period = cast.opened(start=OPENED, when=moment(OPENED))
    cast.send(period, cast.tree.south2, when=moment(SENT))
    cast.send(period, cast.tree.north1, when=moment(SENT))
    bloc, old = fresh(cast.tree.bloc), Places(OPENED)
    before = by_branch(period, bloc, SENT)
    assert before == by_branch(period, bloc, SENT, places=old)

    merge(cast.tree)
    period.refresh_from_db()
    then, now = by_branch(period, bloc, SENT, places=old), by_branch(period, bloc, SENT)

    assert lines(then, "counts") == lines(before, "counts") and then.total == before.total and then.own == before.own
    assert set(lines(now, "counts")) == {"Đảng bộ Bắc – Nam", "Đảng bộ Trực"}
    assert lines(by_branch(period, bloc, SENT, places=Places(LATER)), "counts").keys() != lines(then, "counts").keys()
    south = fresh(cast.tree.south)
    rows = {row.unit_id for row in listed(period, south, "expected", SENT, places=old)}
    assert rows == {cast.tree.south1.pk, cast.tree.south2.pk}


def test_who_ended_within_a_period_stands_at_its_end_under_who_took_its_place():
    cast = ReportCast()
    period = cast.opened(start=OPENED, when=moment(OPENED))
    for unit in (cast.tree.south2, cast.tree.north1):
        cast.send(period, unit, when=moment(SENT))
    bloc, old, end = fresh(cast.tree.bloc), Places(OPENED), Places(LATER)
    before = by_branch(period, bloc, SENT, places=old)

    merge(cast.tree)
    period.refresh_from_db()
    then = by_branch(period, bloc, SENT, places=end)

    assert then.total == before.total and set(lines(then, "counts")) == {"Đảng bộ Bắc – Nam", "Đảng bộ Trực"}
    north = by_branch(period, fresh(cast.tree.north), SENT, places=end)
    assert {name: counts.expected for name, counts in lines(north, "counts").items()} == {
        "Đảng bộ Bắc Một": 2, "Chi bộ Bắc Hai": 1, "Đảng bộ Nam Một": 1,
    }  # fmt: skip
    rows = {row.unit_id for row in listed(period, fresh(cast.tree.north1), "expected", SENT, places=end)}
    assert rows == {cast.tree.north1.pk, cast.tree.south2.pk}
    south = by_branch(period, fresh(cast.tree.south), SENT, places=end)
    assert south.total.expected == 0


def test_the_study_of_a_document_sent_before():
    cast = StudyCast()
    cast.send()
    for unit in cast.tree.grassroots:
        cast.acknowledge(unit)
    for number, unit in enumerate((cast.tree.south1, cast.tree.south2, cast.tree.north1), start=1):
        cast.hold(unit, {"members": (10 * number, 9 * number)})
    bloc, old = fresh(cast.tree.bloc), Places(date(2017, 1, 3))
    before = study_by_branch(cast.document, bloc, EVE)
    assert before == study_by_branch(cast.document, bloc, EVE, places=old)

    merge(cast.tree)
    then, now = (study_by_branch(cast.document, bloc, LATER, places=places) for places in (old, PRESENT))

    assert lines(then, "study") == lines(before, "study") and then.total == before.total
    assert set(lines(now, "study")) == {"Đảng bộ Bắc – Nam", "Đảng bộ Trực", "Đảng bộ Nam"}
    assert replace(now.total, units=0, planned=0, studied=0) == replace(then.total, units=0, planned=0, studied=0)
    today = study_by_branch(cast.document, bloc, LATER, places=Places(today=LATER))
    assert today.total == now.total and set(lines(today, "study")) == {"Đảng bộ Bắc – Nam", "Đảng bộ Trực"}


def test_a_unit_founded_after_the_day_is_not_lost_and_each_is_counted_once():
    tree = Tree()
    new = make_unit(tree.north, established_on=EVE, at=moment(EVE))
    merge(tree)
    old = Places(OPENED)

    rows = Unit.objects.filter(old.at(old.path(tree.bloc))).values_list("pk", old.column())

    places = dict(rows)
    assert len(rows) == len(places) == Unit.objects.count()
    assert places[new.pk].startswith(tree.north.path) and places[tree.south1.pk] == tree.south1.path


@pytest.mark.parametrize("asked", ["", "2017-06-01", "2017-06-30", "2017-05-05", "x", "9999-12-31"])
def test_the_page_of_a_period_has_the_switch(client, asked):
    cast = ReportCast()
    period = cast.opened(start=OPENED, when=moment(OPENED))
    merge(cast.tree)
    Installation.objects.create(pk=1, is_demo=True, demo_today=AUTUMN)
    client.force_login(cast.leader)

    page = client.get(f"/bao-cao/ky/{period.pk}?o=expected&cay={asked}")
    words = page.content.decode()

    assert page.status_code == 200 and "Như ngày 01/06/2017" in words and "Như ngày 30/06/2017" in words
    names = set(lines(page.context["table"], "counts"))
    assert ("Đảng bộ Nam" in names) == (asked == "2017-06-01")
    if asked == "2017-06-01":
        ended = cast.tree.south.pk
        assert f"don-vi={cast.tree.north.pk}&amp;o=expected&amp;cay=2017-06-01" in words
        assert client.get(f"/bao-cao/ky/{period.pk}?don-vi={ended}&cay=2017-06-01").status_code == 200


def test_the_old_tree_costs_as_many_queries_for_three_units_as_for_twenty(client):
    cast = ReportCast()
    period = cast.opened(start=OPENED, when=moment(OPENED))
    Installation.objects.create(pk=1, is_demo=True, demo_today=AUTUMN)
    client.force_login(cast.leader)
    address = f"/bao-cao/ky/{period.pk}?o=expected&cay=2017-06-01"
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _number in range(15):
        make_unit(cast.tree.north)
    other = cast.opened(start=OPENED, when=moment(OPENED), title="Báo cáo khác")

    with CaptureQueriesContext(connection) as many:
        client.get(f"/bao-cao/ky/{other.pk}?o=expected&cay=2017-06-01")

    assert len(few) == len(many)


def test_the_workbook_of_a_period_names_who_was_asked(client):
    cast = ReportCast()
    period = cast.opened(start=OPENED, when=moment(OPENED))
    merge(cast.tree)
    Installation.objects.create(pk=1, is_demo=True, demo_today=AUTUMN)
    client.force_login(cast.leader)

    def listed_in(asked: str) -> tuple[str, list[str]]:
        answer = client.get(f"/bao-cao/ky/{period.pk}/xlsx?cay={asked}")
        rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
        return rows[0][0], [row[1] for row in rows[2:]]

    (title, then), (now_title, now) = listed_in("2017-06-01"), listed_in("")

    assert title.endswith("Như ngày 01/06/2017") and "Như ngày" not in now_title
    assert "Đảng bộ Nam Hai" in then and "Đảng bộ Nam Hai" not in now and len(then) == len(now)
    page = client.get(f"/bao-cao/ky/{period.pk}?cay=2017-06-01").content.decode()
    assert f"/xlsx?don-vi={cast.tree.bloc.pk}&amp;cay=2017-06-01" in page
