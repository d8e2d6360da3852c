"""Numbers given by unit, book and year before there were series keep their places, forward and back."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.migrating import Step, migrate, model_at
from trienkhai.documents.actions.entering import enter
from trienkhai.documents.models import Book, RegisterEntry, Series
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_holder
from trienkhai.tasks.tests.make import make_document

pytestmark = pytest.mark.django_db(transaction=True)
AREA = "documents"


def before_the_series() -> Step:
    """The migration before the one that makes series, whatever its number."""
    loader = MigrationExecutor(connection).loader
    after = next(key for key in loader.disk_migrations if key[0] == AREA and key[1].endswith("books_and_numbers"))
    return next(key for key in loader.disk_migrations[after].dependencies if key[0] == AREA)


@pytest.fixture
def at_the_end() -> Iterator[None]:
    """Whatever happens, the tables are the present ones afterwards."""
    yield
    migrate()


def test_numbers_go_back_into_the_old_books_and_old_numbers_become_series_that_go_on_after_them(at_the_end: None):
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    resolution = make_document(tree.bloc, number="07", symbol="07-NQ/ĐUTHU")
    documents = [make_document(tree.north) for _turn in range(3)]
    for document in documents[:2]:
        enter(tree.north, document, Book.IN, by=clerk, at=NOON)
    RegisterEntry.objects.filter(document=documents[1]).update(on=date(2018, 3, 1))
    before = before_the_series()

    migrate(before)

    old = model_at(before, "RegisterEntry")
    assert sorted(old.objects.values_list("unit", "book", "number", "year")) == [
        (tree.north.pk, "in", 1, 2017),
        (tree.north.pk, "in", 2, 2018),
    ], "the year of the day that counts"
    for unit, number, year, document in (
        (tree.north, 3, 2017, documents[2]),
        (tree.bloc, 1, 2017, resolution),
    ):
        old.objects.create(unit_id=unit.pk, book="out", number=number, year=year, on=DAY, document_id=document.pk)

    migrate()

    series = Series.objects.filter(unit=tree.north)
    assert sorted((row.book, row.of, row.period, row.last) for row in series) == [
        ("in", "", "2017", 1),
        ("in", "", "2018", 2),
        ("out", "", "2017", 3),
    ]
    entries = RegisterEntry.objects.filter(document__in=documents).order_by("number")
    assert [str(row) for row in entries] == ["in 1/2017", "in 2/2018", "out 3/2017"]
    assert {row.entered_at for row in entries} == {NOON}
    blank = make_document(tree.bloc, number="", symbol="", issued_on=None)
    entry = enter(tree.bloc, blank, Book.OUT, by=clerk, at=NOON)
    assert (entry.number, blank.symbol) == (8, "08-NQ/ĐU"), "by type, after what the old outgoing book bears"
