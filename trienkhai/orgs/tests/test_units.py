"""Establishing and changing units: what is stored, and what is refused whole."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from trienkhai.audit.actions import SYSTEM
from trienkhai.audit.models import Act
from trienkhai.common import paths
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.orgs.actions import UnitRow, change_unit, establish_units
from trienkhai.orgs.models import Relation, Role, Unit, UnitPlace, UnitVersion
from trienkhai.orgs.queries import subtree, unit_by_code, version_on
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_account, make_holder, make_unit
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db
LATER = moment(date(2017, 6, 1), 9)


def row(code: str, parent: str = "", **fields) -> UnitRow:
    return UnitRow(**({"code": code, "name": f"Đơn vị {code}", "kind": "cell", "parent_code": parent} | fields))


def fresh(unit: Unit) -> Unit:
    return Unit.objects.select_related("present__parent").get(pk=unit.pk)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Unit, UnitVersion, UnitPlace, Act))


def test_units_in_any_order_of_rows_stand_below_their_parents():
    made = establish_units([row("C", "B"), row("B", "A"), row("A"), row("D", "A")], by=SYSTEM, at=NOON)

    a, b, c, d = (made[code] for code in "ABCD")
    assert [paths.ids(unit.path) for unit in (a, b, c, d)] == [[a.pk], [a.pk, b.pk], [a.pk, b.pk, c.pk], [a.pk, d.pk]]
    assert fresh(c).present.parent == b
    assert version_on(c, DAY).name == "Đơn vị C"
    assert UnitPlace.objects.get(unit=c).depth == 3
    act = Act.objects.get()
    assert (act.verb, act.count) == ("units.established", 4)


def test_units_join_a_tree_that_stands():
    tree = Tree()

    made = establish_units([row("K.T.1", "K.T"), row("K.T.1.1", "K.T.1")], by=SYSTEM, at=NOON)

    assert made["K.T.1.1"].path.startswith(tree.direct.path)


FAULTS = {
    "code twice": [row("A"), row("A")],
    "code taken": [row("A"), row("K.B", "K")],
    "unknown parent": [row("A"), row("B", "X")],
    "unknown kind": [row("A"), row("B", "A", kind="kingdom")],
    "unknown sector": [row("A"), row("B", "A", sector="space")],
    "unknown relation": [row("A"), row("B", "A", relation="friend")],
    "no code": [row("A"), row("")],
    "code with blanks around": [row("A"), row(" B ")],
    "code too long": [row("A"), row("B" * 41)],
    "no name": [row("A"), row("B", name=" \n")],
    "name too long": [row("A"), row("B", name="n" * 251)],
    "below itself": [row("A"), row("B", "B")],
    "circle": [row("A"), row("B", "C"), row("C", "D"), row("D", "B")],
    "ninth level": [row(f"L{level}", f"L{level - 1}" if level else "") for level in range(9)],
}


@pytest.mark.parametrize("rows", FAULTS.values(), ids=list(FAULTS))
def test_rows_with_one_fault_are_refused_whole(rows):
    Tree()
    before = counts()

    with pytest.raises(ValidationError):
        establish_units(rows, by=SYSTEM, at=NOON)

    assert counts() == before


def test_eight_levels_fit():
    rows = [row(f"L{level}", f"L{level - 1}" if level else "") for level in range(8)]

    assert establish_units(rows, by=SYSTEM, at=NOON)["L7"].depth == 8


def test_external_body_is_marked_as_such():
    assert make_unit(relation=Relation.EXTERNAL, kind="external").external
    assert not make_unit().external


def test_renaming_keeps_the_past_and_is_one_act():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    acts = Act.objects.count()

    change_unit(tree.north.pk, {"name": "Đảng bộ  Bắc mới", "code": "K.B-M"}, by=admin, at=LATER)

    assert version_on(tree.north, date(2017, 5, 31)).name == "Đảng bộ Bắc"
    assert version_on(tree.north, date(2017, 6, 1)).name == "Đảng bộ Bắc mới"
    assert unit_by_code("K.B-M") == tree.north and unit_by_code("K.B") is None
    assert UnitPlace.objects.filter(unit=tree.north).count() == 1
    act = Act.objects.get(verb="unit.changed")
    assert act.data["old"] == {"name": "Đảng bộ Bắc", "code": "K.B"}
    assert Act.objects.count() == acts + 1


def test_second_change_of_a_day_writes_to_the_same_version():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)

    change_unit(tree.north.pk, {"name": "Bắc A"}, by=admin, at=LATER)
    change_unit(tree.north.pk, {"name": "Bắc B"}, by=admin, at=LATER)

    names = UnitVersion.objects.filter(unit=tree.north).order_by("valid_from").values_list("name", flat=True)
    assert list(names) == ["Đảng bộ Bắc", "Bắc B"]


def test_change_that_changes_nothing_leaves_no_act():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    before = counts()

    change_unit(tree.north.pk, {"name": "Đảng bộ Bắc", "parent": tree.bloc}, by=admin, at=LATER)

    assert counts() == before


def test_code_that_another_unit_gave_up_may_be_taken():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    change_unit(tree.north.pk, {"code": "K.X"}, by=admin, at=LATER)

    change_unit(tree.south.pk, {"code": "K.B"}, by=admin, at=LATER)

    assert unit_by_code("K.B") == tree.south


def test_move_takes_the_whole_subtree_and_the_past_stays_readable():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)

    change_unit(tree.north.pk, {"parent": tree.south}, by=admin, at=LATER)

    north, north1 = fresh(tree.north), fresh(tree.north1)
    assert north.path == tree.south.path + paths.segment(north.pk)
    assert north1.path == north.path + paths.segment(north1.pk)
    before, after = date(2017, 5, 31), date(2017, 6, 1)
    assert tree.north1 not in subtree(tree.south, before) and tree.north1 in subtree(tree.south, after)
    assert tree.north1 in subtree(tree.north, before) and tree.north1 in subtree(tree.north, after)
    assert subtree(tree.bloc, before).count() == subtree(tree.bloc, after).count() == 9
    act = Act.objects.get(verb="unit.moved")
    assert (act.data["new"], act.unit_path) == ({"parent": "K.N"}, north.path)


def test_unit_is_in_no_subtree_before_it_was_established():
    tree = Tree()
    young = make_unit(tree.north, established_on=date(2016, 7, 1))

    assert young not in subtree(tree.bloc, date(2016, 6, 30))
    assert young in subtree(tree.bloc, date(2016, 7, 1))
    assert not subtree(young, date(2016, 6, 30)).exists()


CHANGES = {
    "code taken": ("north", {"code": "K.N", "name": "Khác"}),
    "parent below the unit": ("bloc", {"parent": "north1", "name": "Khác"}),
    "itself as parent": ("north", {"parent": "north", "name": "Khác"}),
    "unknown kind": ("north", {"kind": "kingdom", "name": "Khác"}),
    "unknown sector": ("north", {"sector": "space", "name": "Khác"}),
    "unknown relation": ("north", {"relation": "friend", "name": "Khác"}),
    "no name": ("north", {"name": "  ", "short_name": "Khác"}),
    "no code": ("north", {"code": "", "name": "Khác"}),
}


@pytest.mark.parametrize("unit, changes", CHANGES.values(), ids=list(CHANGES))
def test_wrong_change_is_refused_and_nothing_is_stored(unit, changes):
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    before, target = counts(), getattr(tree, unit)
    if "parent" in changes:
        changes = changes | {"parent": getattr(tree, changes["parent"])}

    with pytest.raises(ValidationError):
        change_unit(target.pk, changes, by=admin, at=LATER)

    assert counts() == before
    assert (fresh(target).path, fresh(target).name) == (target.path, target.name)


def test_move_that_would_make_a_ninth_level_is_refused_and_nothing_is_stored():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    deep = make_unit(tree.north1, kind="cell")
    parent = tree.south1
    for _level in range(3):
        parent = make_unit(parent, kind="cell")
    before = counts()

    with pytest.raises(ValidationError):
        change_unit(tree.north.pk, {"parent": make_unit(parent, kind="cell")}, by=admin, at=LATER)

    assert fresh(deep).path == deep.path
    assert counts() == (before[0] + 1, before[1] + 1, before[2] + 1, before[3] + 1)


def test_change_before_the_last_one_is_refused():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    change_unit(tree.north.pk, {"name": "Bắc A"}, by=admin, at=LATER)

    with pytest.raises(Refused):
        change_unit(tree.north.pk, {"name": "Bắc B"}, by=admin, at=moment(date(2017, 5, 1)))

    assert version_on(tree.north, date(2017, 5, 15)).name == "Đảng bộ Bắc"


def test_move_before_a_later_move_of_what_stands_above_is_refused():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    change_unit(tree.north.pk, {"parent": tree.south}, by=admin, at=LATER)

    with pytest.raises(Refused):
        change_unit(tree.north1.pk, {"parent": tree.bloc}, by=admin, at=moment(date(2017, 5, 1)))

    assert fresh(tree.north1).present.parent == tree.north
    assert UnitPlace.objects.filter(unit=tree.north1).count() == 2


def test_only_an_administrator_above_changes_a_unit():
    tree = Tree()
    others = [make_holder(tree.bloc, role) for role in Role.values if role != Role.ADMIN]
    others += [make_holder(tree.south, Role.ADMIN), make_holder(tree.bloc, Role.ADMIN, reach="own"), make_account()]
    before = counts()

    for person in others:
        with pytest.raises(Refused):
            change_unit(tree.north.pk, {"name": "Khác"}, by=person, at=LATER)

    assert counts() == before
    assert change_unit(tree.north.pk, {"name": "Khác"}, by=make_holder(tree.north, Role.ADMIN), at=LATER)


def test_administrator_moves_nothing_into_a_branch_that_is_not_the_own():
    tree = Tree()
    north_admin = make_holder(tree.north, Role.ADMIN)

    for unit, parent in ((tree.north1, tree.south), (tree.north, tree.south), (tree.north1, tree.bloc)):
        with pytest.raises(Refused):
            change_unit(unit.pk, {"parent": parent}, by=north_admin, at=LATER)

    assert fresh(tree.north1).path == tree.north1.path
    moved = change_unit(tree.north1.pk, {"parent": tree.north2}, by=north_admin, at=LATER)
    assert moved.path.startswith(tree.north2.path)


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_never_put_units_below_each_other():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    start, results = threading.Barrier(2), []

    def move(unit: Unit, parent: Unit) -> None:
        start.wait()
        try:
            change_unit(unit.pk, {"parent": parent}, by=Account.objects.get(pk=admin.pk), at=LATER)
            results.append("moved")
        except ValidationError:
            results.append("refused")
        finally:
            connection.close()

    pairs = ((tree.north, tree.south1), (tree.south, tree.north1))
    threads = [threading.Thread(target=move, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["moved", "refused"]
    for unit in Unit.objects.select_related("present__parent"):
        above = unit.present.parent.path if unit.present.parent else ""
        assert unit.path == above + paths.segment(unit.pk)
