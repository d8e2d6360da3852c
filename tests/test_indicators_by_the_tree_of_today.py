"""An indicator told in the first quarter, units merged and moved in June: as it was the same to the digit, as it is now
under who took over, the sum at the top the same.
"""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.test_sheets_by_the_old_tree import AUTUMN, fresh, merge
from trienkhai.common.models import Installation
from trienkhai.indicators.queries.reading import rollup
from trienkhai.indicators.queries.tables import table_of
from trienkhai.indicators.tests.make import Cast, quarter
from trienkhai.orgs.models import Unit
from trienkhai.orgs.places import Places
from trienkhai.orgs.tests.make import make_unit

pytestmark = pytest.mark.django_db
YEAR = date(2017, 1, 1), date(2017, 12, 31)


def told() -> Cast:
    """Each grassroots unit has its own power of two, so that a sum tells of whom it is."""
    cast = Cast()
    cast.give()
    for power, unit in enumerate(cast.tree.grassroots):
        cast.told(unit, str(2**power))
    return cast


def figures(cast: Cast, unit: Unit, places: Places | None = None) -> dict[str, Decimal | None]:
    """Of the first quarter: the unit's own sum ('') and that of each directly below."""
    table = table_of(cast.indicator, fresh(unit), *YEAR, on=AUTUMN, below=True, places=places)
    return {"": table.own.cells[0].actual} | {row.unit.name: row.cells[0].actual for row in table.rows}


def test_the_table_of_an_indicator_before():
    cast = told()
    bloc = cast.tree.bloc
    before = figures(cast, bloc)
    assert before == {"": 31, "Đảng bộ Trực": 1, "Đảng bộ Bắc": 2 + 4, "Đảng bộ Nam": 8 + 16}
    assert figures(cast, bloc, Places(today=AUTUMN)) == before

    merge(cast.tree)
    then, now = figures(cast, bloc), figures(cast, bloc, Places(today=AUTUMN))

    assert list(then.values()) == [31, 6, 24, 1] and set(then) - set(before) == {"Đảng bộ Bắc – Nam"}
    assert now == {"": 31, "Đảng bộ Trực": 1, "Đảng bộ Bắc – Nam": 30}
    below = figures(cast, cast.tree.north, Places(today=AUTUMN))
    assert below == {"": 30, "Chi bộ Bắc Hai": 4, "Đảng bộ Bắc Một": 2 + 16, "Đảng bộ Nam Một": 8}


def test_the_opened_sum_counts_the_same_units():
    cast = told()
    merge(cast.tree)
    first, bloc, north = quarter(cast.indicator), fresh(cast.tree.bloc), fresh(cast.tree.north)

    then, now = (rollup(cast.indicator, bloc, first, places=places) for places in (None, Places(today=AUTUMN)))

    assert then.total == now.total and {part.unit_id for part in then.parts} == {part.unit_id for part in now.parts}
    assert [total.number for _unit, total in now.branches()] == [30, 1]
    assert rollup(cast.indicator, north, first, places=Places(today=AUTUMN)).number == 30
    assert rollup(cast.indicator, north, first).number == 6


@pytest.mark.parametrize("asked", ["", "nay", "2017-06-01", "x"])
def test_the_pages_have_the_switch_and_take_it_along(client, asked):
    cast = told()
    merge(cast.tree)
    Installation.objects.create(pk=1, is_demo=True, demo_today=AUTUMN)
    client.force_login(cast.leader)
    top, pk, kept = cast.tree.bloc.pk, cast.indicator.pk, "&amp;cay=nay" if asked == "nay" else ""

    table = client.get(f"/chi-tieu/{pk}?don-vi={top}&nam=2017&cay={asked}")
    parts = client.get(f"/chi-tieu/{pk}/so-tong-hop?don-vi={top}&ky=2017-01-01&cay={asked}")
    book = load_workbook(BytesIO(client.get(f"/chi-tieu/{pk}/bang.xlsx?don-vi={top}&nam=2017&cay={asked}").content))

    assert "Như cuối từng kỳ" in table.content.decode() and "Như ngày 31/03/2017" in parts.content.decode()
    north = cast.tree.north.pk
    assert f"don-vi={north}&amp;nam=2017{kept}" + '"' in table.content.decode()
    assert f"don-vi={north}&amp;ky=2017-01-01{kept}" + '"' in parts.content.decode()
    names = {row.unit.name for row in table.context["table"].rows}
    assert names == {row[0].name for row in parts.context["branches"]} - {"Đảng bộ Khối Thử"} or asked != "nay"
    assert ("Đảng bộ Nam" in names) == (asked != "nay")
    listed = {row[0].value for row in book.active.iter_rows(min_row=5) if row[0].value}
    assert ("Đảng bộ Nam" in listed) == (asked != "nay")


def test_the_tree_of_today_costs_as_many_queries_for_few_units_as_for_many(client):
    cast = told()
    merge(cast.tree)
    Installation.objects.create(pk=1, is_demo=True, demo_today=AUTUMN)
    client.force_login(cast.leader)

    def counted() -> int:
        address = f"/chi-tieu/{cast.indicator.pk}?nam=2017&cay=nay"
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    few = counted()
    for _number in range(3):
        make_unit(cast.tree.north)
    cast.give("grassroots")

    assert counted() == few
