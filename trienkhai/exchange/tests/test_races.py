"""Two files at once, and a file against a change by hand: one after the other, never half of each."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from trienkhai.common import paths
from trienkhai.exchange.actions import WrongRows, apply_import
from trienkhai.exchange.files import read_tables
from trienkhai.exchange.tests.make import DAY, edited, row_of
from trienkhai.orgs.actions import change_unit
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[str]:
    start, results = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        start.wait()
        try:
            call()
            results.append("stored")
        except (WrongRows, ValidationError):
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def hung_on(tree: Tree, code: str, parent: str) -> Callable[[], object]:
    """An import, by the administrator of the bloc, of the file in which that unit hangs on that parent."""
    admin = make_holder(tree.bloc, Role.ADMIN)
    source = edited(tree.bloc, lambda units, posts: units.cell(row_of(units, code), 2, parent))
    tables = read_tables(source, "tep.xlsx", DAY)
    tables["units"].rows = [row for row in tables["units"].rows if row.values["code"] == code]
    return lambda: apply_import(tables, tree.bloc, by=Account.objects.get(pk=admin.pk), at=NOON)


def assert_is_tree() -> None:
    for unit in Unit.objects.select_related("present__parent"):
        above = unit.present.parent.path if unit.present.parent else ""
        assert unit.path == above + paths.segment(unit.pk)


def test_two_files_never_put_units_below_each_other():
    tree = Tree()

    results = at_once(hung_on(tree, "K.B", "K.N.1"), hung_on(tree, "K.N", "K.B.1"))

    assert results == ["refused", "stored"]
    assert_is_tree()


def test_file_against_a_move_by_hand_leaves_a_tree():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)

    def by_hand() -> None:
        change_unit(tree.south.pk, {"parent": tree.north1}, by=Account.objects.get(pk=admin.pk), at=NOON)

    results = at_once(hung_on(tree, "K.B", "K.N.1"), by_hand)

    assert results == ["refused", "stored"]
    assert_is_tree()
