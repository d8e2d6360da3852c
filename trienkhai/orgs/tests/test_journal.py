"""What a reorganisation changes is noted row by row and put back; outside of one nothing is noted."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.actions import SYSTEM
from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.orgs import journal
from trienkhai.orgs.actions import UnitRow, establish_units, store_change
from trienkhai.orgs.models import Journal, Post, Term, Unit, UnitPlace, UnitVersion
from trienkhai.orgs.taking_back import take_back
from trienkhai.orgs.tests.make import Tree, make_holder

pytestmark = pytest.mark.django_db
DAY = date(2017, 3, 1)
WHEN = moment(DAY, 9)
TABLES = (Unit, UnitVersion, UnitPlace, Post, Term)


def rows() -> dict[str, Any]:
    ids = {model: list(model.objects.values_list("pk", flat=True)) for model in TABLES}
    return {model.__name__: journal.rows_of(model, found) for model, found in ids.items()}


def fresh(unit: Unit) -> Unit:
    return Unit.objects.select_related("present__parent").get(pk=unit.pk)


def change(unit: Unit, **changes: Any) -> Unit:
    return store_change(fresh(unit), changes, by=SYSTEM, at=WHEN)


def found(code: str, parent: str) -> Unit:
    row = UnitRow(code=code, name=f"Đảng bộ {code}", kind="grassroots_committee", parent_code=parent)
    return establish_units([row], by=SYSTEM, at=WHEN)[code]


def test_a_file_of_many_steps_is_put_back_to_the_last_column():
    tree = Tree()
    before = rows()

    with journal.keep("PA-1", on=DAY):
        new = found("K.M", "K")
        change(tree.north1, parent=fresh(new), name="Đảng bộ Mới")
        change(tree.south, parent=tree.north)
        change(tree.south, name="Đảng bộ Nam mới")
    assert rows() != before
    act = take_back("PA-1", by=SYSTEM, at=WHEN)

    assert rows() == before
    assert act.verb == "reorganisation.taken_back" and not Journal.objects.exists()
    assert Act.objects.filter(verb="unit.moved").count() == 2


def test_codes_and_places_that_units_exchanged_come_back_to_each():
    tree = Tree()
    change(tree.north1, name="Đổi trong ngày")
    change(tree.south1, name="Đổi trong ngày nữa")
    before = rows()

    with journal.keep("PA-1", on=DAY):
        change(tree.north1, code="TẠM")
        change(tree.south1, code="K.B.1", parent=tree.north)
        change(tree.north1, code="K.N.1", parent=tree.south)
    take_back("PA-1", by=SYSTEM, at=WHEN)

    assert rows() == before


def test_a_unit_that_was_founded_and_used_since_keeps_the_file_in_force():
    Tree()
    with journal.keep("PA-1", on=DAY):
        new = found("K.M", "K")
    make_holder(new, "focal")
    before = rows()

    with pytest.raises(Refused, match="focal"):
        take_back("PA-1", by=SYSTEM, at=WHEN)

    assert rows() == before and Journal.objects.exists()


def test_a_later_change_is_named_and_the_first_file_goes_after_the_second():
    tree = Tree()
    before = rows()
    with journal.keep("PA-1", on=DAY):
        change(tree.north1, parent=tree.south)
    with journal.keep("PA-2", on=DAY):
        change(tree.north1, parent=tree.bloc)

    with pytest.raises(Refused, match="Đảng bộ Bắc Một"):
        take_back("PA-1", by=SYSTEM, at=WHEN)
    take_back("PA-2", by=SYSTEM, at=WHEN)
    take_back("PA-1", by=SYSTEM, at=WHEN)

    assert rows() == before


def test_what_is_undone_inside_leaves_nothing_to_take_back():
    tree = Tree()

    with journal.keep("PA-1", on=DAY), pytest.raises(ValidationError):
        change(tree.north, parent=tree.north1)
    with pytest.raises(RuntimeError), journal.keep("PA-2", on=DAY):
        change(tree.north1, parent=tree.south)
        raise RuntimeError

    assert not Journal.objects.exists()
    assert fresh(tree.north1).present.parent == tree.north


def test_journals_of_days_before_are_dropped_and_two_are_never_open_at_once():
    tree = Tree()
    with journal.keep("PA-1", on=date(2017, 2, 1)):
        change(tree.north1, short_name="Bắc 1")

    with journal.keep("PA-2", on=DAY):
        change(tree.north1, short_name="Bắc Một")
        with pytest.raises(RuntimeError), journal.keep("PA-3", on=DAY):
            pass

    assert set(Journal.objects.values_list("key", flat=True)) == {"PA-2"}


def test_without_a_journal_a_change_costs_its_own_statement_alone(django_assert_num_queries):
    tree = Tree()

    with django_assert_num_queries(1):
        journal.update(Unit.objects.filter(pk=tree.north1.pk), external=True)
    with django_assert_num_queries(0):
        journal.touch(Unit.objects.all())
        journal.created([tree.north1])
    with django_assert_num_queries(1), journal.making(Unit.objects.all()):
        Unit.objects.filter(pk=tree.north1.pk).update(external=False)


def test_rows_that_were_removed_come_back():
    tree = Tree()
    term = Term.objects.create(unit=tree.bloc, name="2015–2020", starts_on=date(2015, 1, 1), ends_on=date(2020, 1, 1))
    before = rows()

    with journal.keep("PA-1", on=DAY):
        journal.delete(Term.objects.filter(pk=term.pk))
    take_back("PA-1", by=SYSTEM, at=WHEN)

    assert rows() == before
