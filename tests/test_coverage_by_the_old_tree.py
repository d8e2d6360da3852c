"""What became of a document, its units merged and moved in June: as it was the same to the digit, as it is now under
who took over; each number with the list it counts.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.test_sheets_by_the_old_tree import AUTUMN, fresh, merge
from trienkhai.common.clock import moment
from trienkhai.common.models import Installation
from trienkhai.dissemination.actions import Order, acknowledge_receipt, send_document
from trienkhai.dissemination.models import Receipt
from trienkhai.orgs.models import Unit
from trienkhai.orgs.places import Places
from trienkhai.orgs.tests.make import make_unit
from trienkhai.tasks import actions
from trienkhai.tasks.queries.coverage import BranchRow, branch_rows
from trienkhai.tasks.tests.make import Cast, assignment_of, make_issue

pytestmark = pytest.mark.django_db
GIVEN, DUE = date(2017, 6, 1), date(2017, 8, 1)
OLD = Places(GIVEN)
FIGURES = ("sent", "received", "studied", "given", "reported", "done", "papers", "tasks")


class Covered:
    """A document sent and given to all in June; South Two has done its work, South One and North One have begun."""

    def __init__(self) -> None:
        self.cast, self.tree = (cast := Cast()), cast.tree
        issue = make_issue(cast, [{"due_on": DUE}], when=moment(GIVEN))
        self.document = issue.document
        send_document(self.document.pk, self.tree.bloc, Order("grassroots"), by=cast.officer, at=moment(GIVEN))
        for unit in (self.tree.south1, self.tree.north1):
            self.begin(assignment_of(issue, unit).pk, cast.focal[unit.pk])
            receipt = Receipt.objects.get(unit=unit)
            acknowledge_receipt(receipt.pk, by=cast.focal[unit.pk], at=moment(GIVEN))
        done, focal = assignment_of(issue, self.tree.south2).pk, cast.focal[self.tree.south2.pk]
        self.begin(done, focal)
        actions.submit_report(done, text="Xong", by=focal, at=moment(GIVEN))
        actions.approve(done, by=cast.south_leader, at=moment(GIVEN))

    def begin(self, pk: int, by: Any) -> None:
        actions.acknowledge(pk, by=by, at=moment(GIVEN))
        actions.update_progress(pk, percent=30, text="Đang làm", by=by, at=moment(GIVEN))

    def rows(self, unit: Unit, places: Places) -> dict[str, BranchRow]:
        return {
            row.unit.name: replace(row, unit=None) for row in branch_rows(self.document, fresh(unit), places=places)
        }


def total(rows: dict[str, BranchRow]) -> dict[str, int]:
    return {name: sum(getattr(row, name) for row in rows.values()) for name in FIGURES}


def test_the_coverage_of_a_document_before():
    covered = Covered()
    bloc = covered.tree.bloc
    before = covered.rows(bloc, Places(today=AUTUMN))
    assert before == covered.rows(bloc, OLD) and total(before)["done"] == 1 and total(before)["received"] == 2

    merge(covered.tree)
    then, now = covered.rows(bloc, OLD), covered.rows(bloc, Places(today=AUTUMN))

    assert then == before
    assert set(now) == {"Đảng bộ Bắc – Nam", "Đảng bộ Trực"}
    twice = Receipt.objects.filter(current=False).count()
    assert total(now) | {"sent": total(now)["sent"] + twice} == total(then)
    assert now["Đảng bộ Bắc – Nam"].done == 1


@pytest.mark.parametrize("kept", ["", "&cay=2017-06-01"])
def test_each_number_of_the_coverage_opens_its_list(client, kept):
    covered = Covered()
    merge(covered.tree)
    Installation.objects.create(pk=1, is_demo=True, demo_today=AUTUMN)
    client.force_login(covered.cast.leader)
    document = covered.document.pk

    page = client.get(f"/van-ban/{document}/do-phu?{kept.removeprefix('&')}")
    words = page.content.decode()

    assert page.status_code == 200 and "Như ngày 01/06/2017" in words
    names = {row.unit.name for row in page.context["branches"]}
    assert ("Đảng bộ Nam" in names) == bool(kept)
    for row in page.context["branches"]:
        for cell, number in (("total", row.given), ("done", row.done)):
            address = f"?don-vi={row.unit.pk}&van-ban={document}&o={cell}{kept}"
            assert not number or address.replace("&", "&amp;") in words
            assert len(client.get(f"/nhiem-vu{address}").context["rows"]) == number
    if kept:
        shown = client.get(f"/nhiem-vu?don-vi={covered.tree.south.pk}{kept}").content.decode()
        assert "theo tổ chức ngày 01/06/2017" in shown and "Đôn đốc các việc đang xem" not in shown
        below = client.get(f"/van-ban/{document}/do-phu?don-vi={covered.tree.south.pk}{kept}")
        assert {row.unit.name: row.given for row in below.context["branches"]} == {
            "Đảng bộ Nam Một": 1,
            "Đảng bộ Nam Hai": 1,
        }


@pytest.mark.parametrize("kept", ["", "?cay=2017-06-01"])
def test_the_coverage_costs_as_many_queries_for_few_units_as_for_many(client, kept):
    covered = Covered()
    merge(covered.tree)
    Installation.objects.create(pk=1, is_demo=True, demo_today=AUTUMN)
    client.force_login(covered.cast.leader)

    def counted() -> int:
        address = f"/van-ban/{covered.document.pk}/do-phu{kept}"
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    few = counted()
    for _number in range(3):
        make_unit(covered.tree.bloc)
    send_document(
        covered.document.pk, covered.tree.bloc, Order("grassroots"), by=covered.cast.officer, at=moment(AUTUMN)
    )

    assert counted() == few
