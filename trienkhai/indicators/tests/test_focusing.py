"""The indicators of a focus: on its page, on the first tile of a unit's board, by what each branch moved."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.common.models import Installation
from trienkhai.indicators.models import Indicator
from trienkhai.indicators.queries.focusing import marks_of, standing_of, told_within
from trienkhai.indicators.summing import Sign
from trienkhai.indicators.tests.make import JANUARY, Q1, Q2, Cast
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks import actions as work
from trienkhai.tasks.models import Focus

pytestmark = pytest.mark.django_db
ON = date(2017, 4, 20)
SINCE = date(2017, 4, 1)
WORDS = {"kind": "key", "title": "Phát triển đảng viên", "goal": "", "rhythm": "", "valid_from": Q1}


class Place(Cast):
    """A focus of the bloc with a quarterly indicator, given to all grassroots: ten in the first quarter."""

    def __init__(self) -> None:
        super().__init__()
        Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": ON})
        values = WORDS | {"last_day": date(2017, 12, 31)}
        self.focus: Focus = work.set_focus(self.tree.bloc, values, by=self.officer, at=JANUARY)
        self.serve(self.indicator)
        self.give("grassroots", targets={Q1: Decimal(10)})

    def serve(self, *indicators: Indicator) -> None:
        Indicator.objects.filter(pk__in=[one.pk for one in indicators]).update(focus=self.focus)

    def more(self, *codes: str) -> None:
        for code in codes:
            other = self.define(code)
            self.give("grassroots", to=other, targets={Q1: Decimal(10)})
            self.serve(other)
            self.told(self.tree.north1, "4", indicator=other)

    def served(self) -> list[Indicator]:
        return told_within(Indicator.objects.filter(focus=self.focus), self.tree.bloc, ON)


@pytest.fixture
def place() -> Place:
    return Place()


def test_the_branches_of_a_focus_are_those_that_stand_still_first_with_what_is_behind(place: Place):
    tree = place.tree
    for unit, number in ((tree.north1, "12"), (tree.north2, "9"), (tree.direct, "10")):
        place.told(unit, number)

    found = standing_of(place.served(), tree.bloc, SINCE, ON, below=True)

    [cell] = found.cells
    assert (cell.actual, cell.target, cell.sign) == (31, 50, Sign.MISSED)
    assert [row.unit for row in found.branches] == [tree.south, tree.north, tree.direct]
    south, north, direct = found.branches
    assert south.stands_still and (south.met, south.under_way, south.silent, south.missing) == (0, 0, 1, 2)
    assert not north.stands_still and (north.met, north.under_way, north.moved) == (1, 0, 2)
    assert (direct.met, direct.moved, direct.behind) == (1, 1, [])
    assert [row.sign for row in south.behind] == [Sign.NO_DATA]


def test_a_branch_whose_values_came_before_the_review_stands_still_unless_all_is_met(place: Place):
    tree = place.tree
    place.told(tree.north1, "9"), place.told(tree.direct, "10")

    later = standing_of(place.served(), tree.bloc, date(2017, 4, 6), ON, below=True)

    still = {row.unit: row.stands_still for row in later.branches}
    assert still == {tree.north: True, tree.south: True, tree.direct: False}


def test_a_value_waiting_for_approval_moves_a_branch_and_counts_only_once_approved(place: Place):
    sent = place.tell(place.tree.north1, "20").sent[0]
    before = standing_of(place.served(), place.tree.bloc, SINCE, ON, below=True)
    place.approve(sent)
    after = standing_of(place.served(), place.tree.bloc, SINCE, ON, below=True)

    north = [next(row for row in found.branches if row.unit == place.tree.north) for found in (before, after)]
    assert [(row.moved, row.silent, row.met) for row in north] == [(1, 1, 0), (1, 0, 1)]
    assert not any(row.stands_still for row in north)


def test_each_indicator_is_told_in_its_own_latest_period(place: Place):
    monthly = place.define("CT2", frame={"period": "month"})
    place.give("grassroots", to=monthly)
    place.serve(monthly)
    place.told(place.tree.north1, "3", indicator=monthly, start=date(2017, 3, 1))
    place.told(place.tree.north1, "2", indicator=monthly, start=date(2017, 2, 1))
    place.told(place.tree.north1, "7")

    cells = standing_of(place.served(), place.tree.bloc, SINCE, ON, below=False).cells

    shown = [(cell.summed.indicator.code, cell.summed.period.start, cell.actual) for cell in cells]
    assert shown == [("CT1", Q1, 7), ("CT2", date(2017, 3, 1), 3)]
    assert marks_of(place.served(), place.tree.bloc, ON)[place.focus.pk].total == 2


def test_without_any_value_the_present_period_is_shown_as_without_data(place: Place):
    [cell] = standing_of(place.served(), place.tree.bloc, SINCE, ON, below=False).cells

    assert (cell.summed.period.start, cell.sign, cell.actual) == (Q2, Sign.NO_DATA, None)


def test_closed_taken_back_and_foreign_indicators_do_not_count(place: Place):
    other = place.define("CT2")
    place.serve(other)
    Indicator.objects.filter(pk=place.indicator.pk).update(valid_to=ON)

    assert place.served() == [other]
    assert told_within(Indicator.objects.filter(focus=place.focus), place.tree.south1, ON) == []


def test_the_page_of_a_focus_shows_its_indicators_to_those_who_see_them(place: Place, client):
    place.told(place.tree.north1, "12")
    address = reverse("tasks:focus", args=[place.focus.pk])
    client.force_login(place.leader)

    page = client.get(address).content.decode()

    indicator = reverse("indicators:indicator", args=[place.indicator.pk])
    assert f"{indicator}?don-vi={place.tree.bloc.pk}" in page
    assert 'id="indicators"' in page and "Đảng bộ Bắc" in page
    assert "ky=2017-01-01" in page
    client.force_login(make_holder(place.tree.bloc, Role.FOCAL))
    alone = client.get(address)
    assert alone.context["parts"][0]["still"] == alone.context["parts"][0]["moved"] == []
    client.force_login(make_holder(place.tree.bloc, Role.MEMBER))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("asked", ["", "?don-vi=x", "?don-vi=99999999999999999999", "?don-vi=0"])
def test_an_address_with_a_wrong_unit_shows_the_unit_of_the_focus(place: Place, client, asked: str):
    client.force_login(place.leader)

    answer = client.get(reverse("tasks:focus", args=[place.focus.pk]) + asked)

    assert answer.context["parts"][0]["unit"] == place.tree.bloc


def test_a_focus_without_indicators_has_no_part_of_them(place: Place, client):
    Indicator.objects.update(focus=None)
    client.force_login(place.leader)

    assert client.get(reverse("tasks:focus", args=[place.focus.pk])).context["parts"] == []


def test_a_focus_that_is_over_shows_its_indicators_as_they_stood_at_its_end(place: Place, client):
    place.told(place.tree.north1, "12")
    Focus.objects.filter(pk=place.focus.pk).update(valid_to=date(2017, 4, 15))
    Indicator.objects.update(valid_to=date(2017, 4, 18))
    client.force_login(place.leader)

    [part] = client.get(reverse("tasks:focus", args=[place.focus.pk])).context["parts"]

    assert [cell.actual for cell in part["cells"]] == [12]


def test_the_first_tile_of_the_board_tells_how_many_indicators_of_each_focus_are_met(place: Place, client):
    place.more("CT2")
    for unit in place.tree.grassroots:
        place.told(unit, "10")
    client.force_login(place.leader)
    address = reverse("dashboards:board", args=[place.tree.bloc.pk])
    mark = f'id="focus-{place.focus.pk}-indicators"'

    first = client.get(address).content.decode()
    whole = client.get(f"{address}?phan=them").content.decode()
    asked = f"{address}?phan=them&chitieu={place.focus.pk}"
    later = client.get(asked, headers={"HX-Request": "true"}).content.decode()
    wrong = client.get(f"{address}?phan=them&chitieu=x,{'9' * 30},,-1", headers={"HX-Request": "true"})
    past = client.get(f"{address}?ngay=2017-04-10").content.decode()

    assert re.search(mark + r"[^>]*>2 ", first) and f"chitieu={place.focus.pk}" in first
    assert mark in whole and "1/2" in whole and "hx-swap-oob" not in whole
    assert mark in later and "1/2" in later and "hx-swap-oob" in later
    assert wrong.status_code == 200 and mark not in wrong.content.decode()
    assert mark not in past


def test_the_board_of_one_unit_tells_its_own_indicators_at_once(place: Place, client):
    unit = place.tree.north1
    own = work.set_focus(unit, WORDS | {"last_day": None}, by=make_holder(unit, Role.OFFICER), at=JANUARY)
    Indicator.objects.filter(pk=place.indicator.pk).update(focus=own)
    place.told(unit, "12")
    client.force_login(make_holder(unit, Role.LEADER))

    page = client.get(reverse("dashboards:board", args=[unit.pk])).content.decode()

    assert "1/1" in page


@pytest.mark.parametrize("name", ["page", "board", "rest"])
def test_one_indicator_costs_as_many_queries_as_three(place: Place, client, name: str):
    place.told(place.tree.north1, "12")
    board = reverse("dashboards:board", args=[place.tree.bloc.pk])
    address = {
        "page": reverse("tasks:focus", args=[place.focus.pk]),
        "board": board,
        "rest": f"{board}?phan=them&chitieu={place.focus.pk}",
    }[name]
    headers = {"HX-Request": "true"} if name == "rest" else {}

    def count() -> int:
        client.force_login(place.leader)
        client.get(address, headers=headers)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, headers=headers).status_code == 200
        return len(captured)

    one = count()
    place.more("CT2", "CT3")

    assert count() == one


def test_the_figures_of_a_focus_take_ten_queries_at_most(place: Place, django_assert_max_num_queries):
    place.told(place.tree.north1, "12")
    place.more("CT2", "CT3")
    indicators = place.served()

    with django_assert_max_num_queries(10):
        standing_of(indicators, place.tree.bloc, SINCE, ON, below=True)


def test_a_unit_that_holds_only_an_indicator_of_a_focus_opens_its_page(place: Place, client):
    unit = place.tree.south1
    address = reverse("tasks:focus", args=[place.focus.pk])
    place.told(unit, "4")
    client.force_login(make_holder(unit, Role.FOCAL))

    page = client.get(address)
    listed = client.get(reverse("tasks:focuses")).content.decode()
    Indicator.objects.update(focus=None)
    unserved = client.get(address)

    assert page.status_code == 200 and "Số đảng viên mới kết nạp" in page.content.decode()
    assert place.focus.title in listed
    assert unserved.status_code == 404
