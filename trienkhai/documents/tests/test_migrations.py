"""Numbers given by unit, book and year before there were series keep their places, forward and back."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from trienkhai.documents.actions import begin_draft
from trienkhai.documents.actions.entering import enter
from trienkhai.documents.models import Book, Draft, RegisterEntry, Series
from trienkhai.documents.tests.make_drafts import WORDS, begin
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_holder
from trienkhai.tasks.tests.make import make_document

pytestmark = pytest.mark.django_db(transaction=True)
AREA = "documents"


def steps() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The migration before the series, and the one that makes them, whatever its number."""
    loader = MigrationExecutor(connection).loader
    after = next(key for key in loader.disk_migrations if key[0] == AREA and key[1].endswith("books_and_numbers"))
    before = next(key for key in loader.disk_migrations[after].dependencies if key[0] == AREA)
    return [before], [after]


def migrate(target: list[tuple[str, str]]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(target)


@pytest.fixture
def at_the_end() -> Iterator[None]:
    """Whatever happens, the tables are the present ones afterwards."""
    yield
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def test_old_numbers_become_series_and_old_numbers_again(at_the_end: None):
    tree = Tree()
    documents = [make_document(tree.bloc) for _turn in range(3)]
    before, after = steps()
    migrate(before)
    old = MigrationExecutor(connection).loader.project_state(before).apps.get_model(AREA, "RegisterEntry")
    for number, (book, year, document) in enumerate(
        [("in", 2017, documents[0]), ("in", 2017, documents[1]), ("out", 2018, documents[2])], start=1
    ):
        old.objects.create(unit_id=tree.bloc.pk, book=book, number=number, year=year, on=DAY, document_id=document.pk)

    migrate(after)

    assert sorted((row.book, row.of, row.period, row.last) for row in Series.objects.all()) == [
        ("in", "", "2017", 2),
        ("out", "", "2018", 3),
    ]
    assert [str(row) for row in RegisterEntry.objects.order_by("number")] == ["in 1/2017", "in 2/2017", "out 3/2018"]
    assert {row.entered_at for row in RegisterEntry.objects.all()} == {NOON}
    migrate(before)
    assert sorted(old.objects.values_list("number", "year")) == [(1, 2017), (2, 2017), (3, 2017)]


def test_copies_made_before_they_were_linked_are_linked_by_their_acts(at_the_end: None):
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    first = begin(tree.bloc, clerk)
    copy = begin_draft(tree.bloc, WORDS, copied=first, by=clerk, at=NOON)
    begin_draft(tree.bloc, WORDS, by=clerk, at=NOON)
    migrate([(AREA, "0010_scans")])

    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())

    assert list(Draft.objects.exclude(copied_from=None).values_list("pk", "copied_from")) == [(copy.pk, first.pk)]


def test_numbers_by_type_go_on_after_those_that_papers_in_the_old_outgoing_book_bear(at_the_end: None):
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    resolution = make_document(tree.bloc, number="07", symbol="07-NQ/ĐUTHU")
    before, _after = steps()
    migrate(before)
    old = MigrationExecutor(connection).loader.project_state(before).apps.get_model(AREA, "RegisterEntry")
    old.objects.create(unit_id=tree.bloc.pk, book="out", number=1, year=2017, on=DAY, document_id=resolution.pk)

    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    blank = make_document(tree.bloc, number="", symbol="", issued_on=None)
    entry = enter(tree.bloc, blank, Book.OUT, by=clerk, at=NOON)

    assert (entry.number, blank.symbol) == (8, "08-NQ/ĐU")
