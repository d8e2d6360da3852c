"""Receipts of a sending, its units merged and moved in June: as it was the same to the digit, as it is now under who
took over.
"""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.test_sheets_by_the_old_tree import AUTUMN, fresh, merge
from trienkhai.common.clock import moment
from trienkhai.common.models import Installation
from trienkhai.dissemination.models import Receipt
from trienkhai.dissemination.queries import sending as queries
from trienkhai.dissemination.tests.make import Cast
from trienkhai.orgs.places import PRESENT, Places
from trienkhai.orgs.tests.make import make_unit

pytestmark = pytest.mark.django_db
SENT, BY, EVE = date(2017, 6, 1), date(2017, 6, 15), date(2017, 6, 19)
OLD = Places(SENT)


def sent(cast: Cast):
    """North One and South One acknowledge; South Two never does."""
    sending = cast.send("children + grassroots", when=moment(SENT), acknowledge_by=BY)
    for unit in (cast.tree.north1, cast.tree.south1):
        cast.acknowledge(unit, when=moment(SENT))
    return sending


def figures(sending, unit, places):
    rows = queries.receipts_of(sending, EVE, places=places)
    own, found, outside = queries.figures_by_branch(rows, fresh(unit), EVE, places=places)
    return own, {line.unit.name: line.figures for line in found}, outside


def test_the_receipts_of_a_sending_before():
    cast = Cast()
    sending, bloc = sent(cast), cast.tree.bloc
    before = figures(sending, bloc, PRESENT)
    assert before == figures(sending, bloc, OLD)
    south2 = Receipt.objects.get(unit=cast.tree.south2)

    merge(cast.tree)
    then, (_own, now, outside) = figures(sending, bloc, OLD), figures(sending, bloc, PRESENT)

    assert then == before
    assert set(now) == {"Đảng bộ Bắc – Nam", "Đảng bộ Trực"} and outside == queries.Figures()
    closed = queries.closed_since(sending, EVE) + Receipt.objects.filter(current=False).count()
    assert sum(line.sent for line in now.values()) + closed == sum(line.sent for line in before[1].values())
    rows = queries.receipts_of(sending, EVE, places=OLD)
    missing = queries.missing_in(rows, fresh(cast.tree.south), places=OLD)
    assert {row.sent_to.code for row in missing} == {"K.N", "K.N.2"} and south2.pk in {row.pk for row in missing}


def test_a_receipt_that_the_successor_took_over_stays_where_it_was_sent():
    cast = Cast()
    sending = cast.send("unit:K.N.1 + unit:K.N.2", when=moment(SENT), acknowledge_by=BY)
    before = figures(sending, cast.tree.bloc, OLD)

    merge(cast.tree)
    then, (_own, now, _outside) = figures(sending, cast.tree.bloc, OLD), figures(sending, cast.tree.bloc, PRESENT)

    assert then == before and {name: line.sent for name, line in then[1].items()} == {"Đảng bộ Nam": 2}
    assert {name: line.sent for name, line in now.items()} == {"Đảng bộ Bắc – Nam": 2}
    rows = queries.receipts_of(sending, EVE, places=OLD)
    missing = queries.missing_in(rows, fresh(cast.tree.south), places=OLD)
    assert {(row.sent_to.code, row.unit.code) for row in missing} == {("K.N.1", "K.N.1"), ("K.N.2", "K.B.1")}


def test_a_later_version_leaves_each_unit_counted_once():
    cast = Cast()
    sending = sent(cast)
    before = figures(sending, cast.tree.bloc, OLD)
    cast.document.texts.create(version=2, sha256="2" * 64, text="Nội dung", created_at=moment(SENT))
    later = cast.send("grassroots", when=moment(SENT), reopens="all")
    merge(cast.tree)

    then = figures(later, cast.tree.bloc, OLD)

    assert [line.sent for line in then[1].values()] == [line.sent for line in before[1].values()]
    assert sum(line.acknowledged for line in then[1].values()) == 0


@pytest.mark.parametrize("asked", ["", "2017-06-01", "2017-06-15", "2017-05-05", "x"])
def test_the_page_of_a_sending_has_the_switch(client, asked):
    cast = Cast()
    sending = sent(cast)
    merge(cast.tree)
    Installation.objects.create(pk=1, is_demo=True, demo_today=AUTUMN)
    client.force_login(cast.clerk)

    page = client.get(f"/quan-triet/lan-gui/{sending.pk}?cay={asked}")
    words = page.content.decode()

    assert page.status_code == 200 and "Như ngày 01/06/2017" in words and "Như ngày 15/06/2017" in words
    names = {line.unit.name for line in page.context["lines"]}
    old = asked in ("2017-06-01", "2017-06-15")
    assert ("Đảng bộ Nam" in names) == old
    if old:
        assert f"?don-vi={cast.tree.south.pk}&amp;cay={asked}" in words and "Đảng bộ Nam Hai" in words
        south = client.get(f"/quan-triet/lan-gui/{sending.pk}?don-vi={cast.tree.south2.pk}&cay={asked}")
        assert south.context["branch"] == cast.tree.south2
        assert f"?don-vi={cast.tree.south.pk}&amp;cay={asked}" in south.content.decode()


def test_the_old_tree_costs_as_many_queries_for_few_units_as_for_many(client):
    cast = Cast()
    sending = sent(cast)
    Installation.objects.create(pk=1, is_demo=True, demo_today=AUTUMN)
    client.force_login(cast.clerk)

    def counted() -> int:
        address = f"/quan-triet/lan-gui/{sending.pk}?cay=2017-06-01"
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    merge(cast.tree)
    few = counted()
    for _number in range(5):
        make_unit(cast.tree.north)
    cast.send("grassroots", when=moment(EVE))

    assert counted() == few
