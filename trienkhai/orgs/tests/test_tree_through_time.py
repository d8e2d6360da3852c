"""The tree and the page of a unit on any day: rows, what differs from today, days of change, pages of a long branch."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from trienkhai.common.clock import moment
from trienkhai.common.models import Installation
from trienkhai.orgs import actions, branches
from trienkhai.orgs.branches import days_of_change, marked
from trienkhai.orgs.models import Holding, Post, Role, Unit
from trienkhai.orgs.tests.make import NOON, Tree, make_account, make_holder, make_unit
from trienkhai.orgs.tests.make_ending import end_unit

BEFORE, MERGED, MOVED, TODAY = date(2017, 5, 31), date(2017, 6, 1), date(2017, 7, 1), date(2017, 9, 1)
HTMX = {"HX-Request": "true"}
db = pytest.mark.django_db


@pytest.fixture
def tree(db) -> Tree:
    """In June Nam Hai goes into Nam Một and Bắc is renamed; in July Bắc Một moves to Nam; in August one is founded."""
    Installation.objects.create(pk=1, is_demo=True, demo_today=TODAY)
    made = Tree()
    made.admin = make_holder(made.bloc, Role.ADMIN)
    end_unit(made.south2.pk, made.south1.pk, by=made.admin, at=moment(MERGED))
    actions.change_unit(made.north.pk, {"name": "Đảng bộ Miền Bắc"}, by=made.admin, at=moment(MERGED))
    actions.change_unit(made.north1.pk, {"parent": made.south}, by=made.admin, at=moment(MOVED))
    made.new = make_unit(
        made.south, code="K.N.9", name="Đảng bộ Mới Lập", established_on=date(2017, 8, 1), at=moment(date(2017, 8, 1))
    )
    return made


def said(node) -> list[str]:
    return [one.kind for one in node.differences]


def test_a_past_day_shows_what_stood_and_what_is_otherwise_today(client, tree):
    client.force_login(tree.admin)
    address = f"/to-chuc?ngay={BEFORE}&mo={tree.north.pk}&mo={tree.south.pk}"

    (top,) = client.get(address).context["tops"]
    north, south, direct = (next(n for n in top.main if n.version.code == code) for code in ("K.B", "K.N", "K.T"))

    assert (said(north), said(south), said(direct)) == (["renamed"], [], [])
    assert [(n.version.name, said(n)) for n in north.main] == [("Chi bộ Bắc Hai", []), ("Đảng bộ Bắc Một", ["moved"])]
    assert [(n.version.name, said(n)) for n in south.main] == [("Đảng bộ Nam Hai", ["ended"]), ("Đảng bộ Nam Một", [])]
    assert [n.version.name for n in south.later] == ["Đảng bộ Bắc Một", "Đảng bộ Mới Lập"]


def test_today_nothing_differs_and_what_ended_is_not_there(client, tree):
    client.force_login(tree.admin)

    (top,) = client.get(f"/to-chuc?mo={tree.south.pk}").context["tops"]
    south = next(n for n in top.main if n.version.code == "K.N")

    assert [n.version.code for n in south.main] == ["K.B.1", "K.N.9", "K.N.1"]
    assert not south.later and not any(said(n) for n in south.main)


def test_days_of_change_are_those_of_the_branch_with_what_left_it(tree):
    founded = date(2010, 1, 1)
    north, south = Unit.objects.get(pk=tree.north.pk), Unit.objects.get(pk=tree.south.pk)

    assert set(days_of_change(north, TODAY)) == {founded, MERGED, MOVED}
    assert set(days_of_change(south, TODAY)) == {founded, MERGED, MOVED, date(2017, 8, 1)}
    assert set(days_of_change(Unit.objects.get(pk=tree.direct.pk), TODAY)) == {founded}
    assert days_of_change(south, MERGED)[0] == MERGED


def test_the_slider_stops_at_the_last_change_before_a_free_day(client, tree):
    client.force_login(tree.admin)

    shown = client.get("/to-chuc?ngay=2017-06-20&cac-ngay=1").context

    assert shown["days"][shown["stop"]][0] == MERGED
    assert [day for day, _url in shown["days"]][-1] == TODAY
    part = client.get("/to-chuc?cac-ngay=1", headers=HTMX).content.decode()
    assert 'id="slider"' in part and "<html" not in part and "data-tree" not in part
    assert "days" not in client.get("/to-chuc").context


@pytest.mark.parametrize(
    "odd", ["ngay=x", "ngay=0000-01-01", "mo=x", "mo=²", "cac-ngay=", "goc=99999999999", "tu=-1", "tim=%00", "tim="]
)
def test_odd_addresses_show_the_tree_of_today(client, tree, odd):
    client.force_login(tree.admin)

    answer = client.get(f"/to-chuc?{odd}")

    assert answer.status_code == 200 and len(answer.context["tops"]) == 1


def test_the_first_and_the_last_day_there_are_show_what_stood(client, tree):
    client.force_login(tree.admin)

    assert client.get("/to-chuc?ngay=0001-01-01").context["tops"] == []
    assert client.get("/to-chuc?ngay=9999-12-31").status_code == 200


def test_an_open_branch_in_itself_and_a_thousand_open_ones_do_no_harm(client, tree):
    client.force_login(tree.admin)
    many = "&".join(f"mo={number}" for number in range(1000))

    assert client.get(f"/to-chuc?goc={tree.north.pk}&mo={tree.north.pk}&{many}").status_code == 200


def test_a_long_branch_comes_in_pages(client, tree):
    below = [make_unit(tree.direct, name=f"Chi bộ {number}", at=NOON) for number in range(205)]
    client.force_login(tree.admin)
    address = f"/to-chuc/{tree.direct.pk}/nhanh"

    first, third = (client.get(f"{address}{start}", headers=HTMX) for start in ("", "?tu=200"))
    plain = client.get(f"/to-chuc?goc={tree.direct.pk}&tu=200").context["tops"][0]

    assert [n.version.name for n in first.context["node"].main][:3] == ["Chi bộ 0", "Chi bộ 1", "Chi bộ 2"]
    assert (len(first.context["node"].main), first.context["node"].left) == (100, 105)
    assert [n.version.unit_id for n in third.context["node"].main] == [unit.pk for unit in below[200:]]
    assert [n.version.unit_id for n in plain.main] == [unit.pk for unit in below[200:]] and plain.left == 0
    assert "<ul" not in third.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/to-chuc?mo={n}&mo={s}",
        "/to-chuc?ngay=2017-05-31&mo={n}&mo={s}",
        "/to-chuc?tim=bo",
        "/to-chuc?cac-ngay=1",
        "/don-vi/{s}?ngay=2017-05-31",
    ],
)
def test_as_many_queries_for_three_rows_as_for_thirty(client, tree, address):
    client.force_login(tree.admin)
    address = address.format(n=tree.north.pk, s=tree.south.pk)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for above in (tree.north, tree.south, tree.bloc):
        for _number in range(10):
            make_unit(above, at=NOON)

    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(few) == len(many)


def test_the_page_of_a_unit_as_of_a_day_names_holders_children_and_place_of_that_day(client, tree):
    post = Post.objects.create(unit=tree.south, title="Bí thư", role=Role.LEADER)
    first, second = make_account("Người Trước"), make_account("Người Sau")
    Holding.objects.create(post=post, account=first, valid_from=date(2017, 1, 1), valid_to=MERGED)
    Holding.objects.create(post=post, account=second, valid_from=MERGED)
    client.force_login(tree.admin)

    then, now = client.get(f"/don-vi/{tree.south.pk}?ngay={BEFORE}"), client.get(f"/don-vi/{tree.south.pk}")

    assert "Người Trước" in then.content.decode() and "Người Sau" not in then.content.decode()
    assert "Người Sau" in now.content.decode() and "Người Trước" not in now.content.decode()
    assert [row.code for row in then.context["children"]] == ["K.N.2", "K.N.1"]
    assert [row.code for row in now.context["children"]] == ["K.B.1", "K.N.9", "K.N.1"]
    moved = client.get(f"/don-vi/{tree.north1.pk}?ngay={BEFORE}").context
    assert moved["above"].name == "Đảng bộ Bắc" and [crumb["label"] for crumb in moved["crumbs"]][-1] == "Đảng bộ Bắc"
    assert [one.kind for one in moved["differences"][tree.north1.pk]] == ["moved"]


def test_no_form_is_offered_on_a_past_day(client, tree):
    client.force_login(tree.admin)

    assert "/sua" in client.get(f"/don-vi/{tree.south.pk}").content.decode()
    assert "/sua" not in client.get(f"/don-vi/{tree.south.pk}?ngay={BEFORE}").content.decode()


def test_the_life_of_a_unit_is_told_with_what_went_before_and_after(client, tree):
    client.force_login(tree.admin)

    ended = client.get(f"/don-vi/{tree.south2.pk}").context["events"]
    heir = client.get(f"/don-vi/{tree.south1.pk}").context["events"]
    moved = client.get(f"/don-vi/{tree.north1.pk}").context["events"]

    assert [(event.on, event.unit) for event in ended] == [(date(2010, 1, 1), None), (MERGED, tree.south1)]
    assert [(event.on, event.unit) for event in heir] == [(date(2010, 1, 1), None), (MERGED, tree.south2)]
    assert [event.on for event in moved] == [date(2010, 1, 1), MOVED] and "Đảng bộ Nam" in moved[1].words


@pytest.mark.parametrize("day", ["2009-12-31", "2017-06-01", "2017-09-01", "9999-12-31", "0001-01-01"])
def test_a_day_on_which_it_did_not_stand_is_said(client, tree, day):
    client.force_login(tree.admin)

    answer = client.get(f"/don-vi/{tree.south2.pk}?ngay={day}")

    assert answer.status_code == 200 and answer.context["standing"] is False
    assert answer.context["version"].name == "Đảng bộ Nam Hai"


@db
def test_every_days_tree_is_read_as_its_places_have_it():
    """Whatever is moved on which day, rows below a unit are the places one level under it."""
    from trienkhai.orgs.models import UnitPlace

    made = Tree()
    admin = make_holder(made.bloc, Role.ADMIN)
    moves = [(made.north1, made.south), (made.south, made.north), (made.direct, made.north2), (made.north1, made.bloc)]
    for number, (unit, parent) in enumerate(moves):
        actions.change_unit(unit.pk, {"parent": parent}, by=admin, at=moment(MERGED + timedelta(days=number)))

    for offset in range(-1, len(moves) + 1):
        on = MERGED + timedelta(days=offset)
        placed = UnitPlace.objects.filter(valid_from__lte=on, valid_to__gt=on)
        paths_of = dict(placed.values_list("unit", "path"))
        below = branches.rows_below(list(paths_of), on)
        assert {(row.parent_id, row.unit_id) for row in below} == {
            (int(path[-16:-8]), pk) for pk, path in paths_of.items() if len(path) > 8
        }


@given(st.text(max_size=40), st.text(max_size=12))
def test_marking_loses_no_letter(text, asked):
    assert "".join(piece.words for piece in marked(text, asked)) == text


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("Đảng bộ Báo Đồng Xanh", "dong bao", ["Báo", "Đồng"]),
        ("Chi bộ 10", "1", ["1"]),
        ("Văn phòng", "đảng", []),
        ("K.B.1", "k.b", ["K.B"]),
    ],
)
def test_what_was_asked_is_marked_without_minding_accents(text, asked, found):
    assert [piece.words for piece in marked(text, asked) if piece.found] == found
