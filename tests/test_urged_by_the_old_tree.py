"""What was urged in June, its units merged since: listed under who held it that day, and under who holds it now."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.test_sheets_by_the_old_tree import AUTUMN, merge
from trienkhai.common.clock import moment
from trienkhai.common.models import Installation
from trienkhai.tasks.tests.make import Cast, make_issue
from trienkhai.urging.actions import call
from trienkhai.urging.models import Urge
from trienkhai.urging.tests.make import play

pytestmark = pytest.mark.django_db
GIVEN, DUE, EVE = date(2017, 6, 1), date(2017, 6, 12), date(2017, 6, 19)


class Urged:
    """South Two is named by the ladder, then urged by the leader of South; later it goes into North One."""

    def __init__(self, tasks: int = 1) -> None:
        self.cast = Cast()
        self.issue = make_issue(self.cast, [{"due_on": DUE}] * tasks, when=moment(GIVEN))
        play(GIVEN, EVE)
        south2 = self.issue.tasks.order_by("pk").first().assignments.get(unit=self.cast.tree.south2)
        self.run = Urge.objects.filter(assignment=south2).order_by("pk").last().run
        self.call = call(south2.pk, text="Báo cáo ngay.", by=self.cast.south_leader, at=moment(EVE))
        merge(self.cast.tree)
        Installation.objects.create(pk=1, is_demo=True, demo_today=AUTUMN)

    def held(self, page) -> list[str]:
        """What stands in the column of units."""
        rows = page.content.decode().split('data-label="Đơn vị">')[1:]
        return sorted(row.split("</td>")[0] for row in rows)


@pytest.mark.parametrize("page", ["run", "call"])
def test_what_was_urged_stands_under_who_held_it_that_day_or_holds_it_now(client, page):
    urged = Urged()
    client.force_login(urged.cast.leader)
    tree = urged.cast.tree
    address, on = {
        "run": (f"/don-doc/luot/{urged.run.pk}", urged.run.on),
        "call": (f"/don-doc/loi/{urged.call.act}", EVE),
    }[page]
    old = f"cay={on.isoformat()}"

    then, now = client.get(f"{address}?{old}"), client.get(address)

    assert f"Như ngày {on:%d/%m/%Y}" in now.content.decode()
    assert len(then.context["rows"]) == len(now.context["rows"]) > 0
    assert "Đảng bộ Nam Hai" in urged.held(then) and "Đảng bộ Nam Hai" not in urged.held(now)
    assert sorted(name.replace("Nam Hai", "Bắc Một") for name in urged.held(then)) == urged.held(now)
    assert urged.held(client.get(f"{address}?{old}&don-vi={tree.south2.pk}")) == ["Đảng bộ Nam Hai"]
    assert urged.held(client.get(f"{address}?don-vi={tree.south2.pk}")) == []
    assert "Đảng bộ Bắc Một" in urged.held(client.get(f"{address}?don-vi={tree.north1.pk}"))


def test_the_old_holders_cost_as_many_queries_for_few_rows_as_for_all(client):
    urged = Urged(tasks=3)
    client.force_login(urged.cast.leader)
    address = f"/don-doc/luot/{urged.run.pk}?cay={urged.run.on.isoformat()}"
    counts = []
    for narrowed in (f"&don-vi={urged.cast.tree.south2.pk}", ""):
        with CaptureQueriesContext(connection) as found:
            assert client.get(address + narrowed).context["rows"]
        counts.append(len(found))

    assert counts[0] == counts[1]
