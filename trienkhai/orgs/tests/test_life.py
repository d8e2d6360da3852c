"""What a unit came from and what went on after it, by its successions."""

from datetime import date

import pytest

from trienkhai.common.clock import moment
from trienkhai.orgs.life import events_of
from trienkhai.orgs.models import Role, Succession, Unit
from trienkhai.orgs.tests.make import Tree, make_holder, make_unit
from trienkhai.orgs.tests.make_ending import end_unit

pytestmark = pytest.mark.django_db
JUNE, JULY = date(2017, 6, 20), date(2017, 7, 20)


def told(unit: Unit) -> list[tuple[date, str, str]]:
    shown = Unit.objects.select_related("present").get(pk=unit.pk)
    rows = events_of(shown, {}, {})
    return [
        (event.on, event.words, event.unit.code if event.unit else "") for event in rows if event.on > date(2017, 1, 1)
    ]


def test_a_chain_of_endings_names_each_step_once():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    end_unit(tree.south2.pk, tree.south1.pk, by=admin, at=moment(JUNE))
    end_unit(tree.south1.pk, tree.north1.pk, by=admin, at=moment(JULY))

    assert told(tree.south2) == [(JUNE, "Kết thúc hoạt động; công việc chuyển sang Đảng bộ Nam Một", "K.N.1")]
    assert told(tree.south1) == [
        (JUNE, "Tiếp nhận công việc của Đảng bộ Nam Hai", "K.N.2"),
        (JULY, "Kết thúc hoạt động; công việc chuyển sang Đảng bộ Bắc Một", "K.B.1"),
    ]
    assert told(tree.north1) == [(JULY, "Tiếp nhận công việc của Đảng bộ Nam Một", "K.N.1")]


def test_what_was_divided_is_told_as_a_part():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    end_unit(tree.south2.pk, tree.south1.pk, by=admin, at=moment(JUNE))
    Succession.objects.create(unit=tree.south2, successor=tree.north1, on=JUNE, main=False)

    assert [words for _on, words, _unit in told(tree.south2)] == [
        "Kết thúc hoạt động; công việc chuyển sang Đảng bộ Nam Một",
        "Một phần công việc chuyển sang Đảng bộ Bắc Một",
    ]
    assert told(tree.north1) == [(JUNE, "Tiếp nhận một phần công việc của Đảng bộ Nam Hai", "K.N.2")]


def test_a_unit_that_nobody_took_over_ended():
    tree = Tree()
    alone = make_unit(tree.north, code="K.B.3")
    Unit.objects.filter(pk=alone.pk).update(closed_on=JUNE)

    assert told(alone) == [(JUNE, "Kết thúc hoạt động", "")]
