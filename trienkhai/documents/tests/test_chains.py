"""How documents stand on each other: no circle, chains up and down, what units made, gaps of a register."""

import itertools
import threading
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import (
    Cited,
    add_link,
)
from trienkhai.documents.models import Document, DocumentLink, LinkKind
from trienkhai.documents.queries import described, gaps_of, made_below, standing_on, stands_on, top_for
from trienkhai.documents.queries.links import candidates_for
from trienkhai.documents.tests.make import basis, paper, register
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def clerk(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.CLERK)


def link(source: Document, target: Document, kind: str, by: Account, **fields: Any) -> DocumentLink:
    return add_link(source.pk, Cited(kind, target=target, **fields), by=by, at=NOON)


def test_a_circle_is_refused_with_a_sentence(tree: Tree, clerk: Account):
    first, second, third = (make_document(tree.bloc, symbol=f"{n}-NQ/ĐUTHU") for n in (1, 2, 3))
    link(second, first, LinkKind.BASIS, clerk)
    link(third, second, LinkKind.CARRIES_OUT, clerk)

    with pytest.raises(Refused, match="3-NQ/ĐUTHU"):
        link(first, third, LinkKind.AMENDS, clerk)

    assert link(first, third, LinkKind.REFERS, clerk).target == third


def test_a_document_does_not_stand_on_itself(tree: Tree, clerk: Account):
    document = make_document(tree.bloc)

    with pytest.raises(ValidationError):
        link(document, document, LinkKind.REFERS, clerk)


def test_a_gap_that_would_close_a_circle_stays_a_gap_and_says_why(tree: Tree, clerk: Account):
    citing = register(tree.bloc, clerk)
    cited = basis().replace("01-CTr/ĐUTHU ngày 05/01/2016", "12-NQ/ĐUTHU ngày 05/02/2017")

    document = register(tree.bloc, clerk, text=cited)

    assert document.links.get().target == citing
    gap = citing.links.get()
    assert gap.target is None
    assert "07-KH/ĐUTHU" in candidates_for(gap, clerk, DAY)[0].fault


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_close_no_circle(tree: Tree, clerk: Account):
    papers = [make_document(tree.bloc, symbol=f"{n}-NQ/ĐUTHU") for n in range(1, 4)]
    ring = list(zip(papers, papers[1:] + papers[:1], strict=True))
    start, answers = threading.Barrier(len(ring)), []

    def one(source: Document, target: Document) -> None:
        try:
            start.wait()
            link(source, target, LinkKind.BASIS, clerk)
            answers.append("stored")
        except Refused:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in ring]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["refused", "stored", "stored"]


@pytest.mark.django_db(transaction=True)
def test_papers_that_cite_each_other_registered_at_once_leave_no_circle(tree: Tree, clerk: Account):
    texts = [paper(f"{n}-NQ/ĐUTHU", f"{n % 4 + 1}-NQ/ĐUTHU", basis_day="05/02/2017") for n in range(1, 5)]
    start, faults = threading.Barrier(len(texts)), []

    def one(text: str) -> None:
        try:
            start.wait()
            register(tree.bloc, clerk, text=text)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert DocumentLink.objects.exclude(target=None).count() == 3


def test_the_chain_upward_has_every_level_and_names_what_is_missing(tree: Tree, clerk: Account):
    top, middle, low = (make_document(tree.bloc, symbol=f"{n}-NQ/ĐUTHU") for n in (1, 2, 3))
    link(middle, top, LinkKind.BASIS, clerk)
    link(low, middle, LinkKind.CARRIES_OUT, clerk)
    add_link(middle.pk, Cited("basis", symbol="99-NQ/TW"), by=clerk, at=NOON)

    chain = stands_on(low, clerk, DAY)

    assert [(step.depth, step.link.symbol) for step in chain.steps] == [
        (0, "2-NQ/ĐUTHU"),
        (1, "1-NQ/ĐUTHU"),
        (1, "99-NQ/TW"),
    ]
    assert [step.registered for step in chain.steps] == [True, True, False]


def test_a_chain_ends_at_a_circle_that_stands_in_the_table_all_the_same(tree: Tree, clerk: Account):
    first, second = make_document(tree.bloc, symbol="1-NQ/X"), make_document(tree.bloc, symbol="2-NQ/X")
    for source, target in ((first, second), (second, first)):
        DocumentLink.objects.create(source=source, target=target, kind="basis", key=target.symbol_key)

    assert [step.again for step in stands_on(first, clerk, DAY).steps] == [False, True]
    assert [step.again for step in standing_on(first, clerk, DAY).steps] == [False, True]


def test_a_chain_stops_at_what_is_not_shown_to_the_person(tree: Tree, clerk: Account):
    south = make_holder(tree.south, Role.CLERK)
    hidden, shown = make_document(tree.south, symbol="1-NQ/ĐUN"), make_document(tree.bloc, symbol="2-NQ/ĐUTHU")
    link(hidden, make_document(tree.south, symbol="9-NQ/ĐUN"), LinkKind.BASIS, south)
    DocumentLink.objects.create(source=shown, target=hidden, kind="basis", symbol="1-NQ/ĐUN", key="1-nq-dun")
    DocumentLink.objects.create(source=hidden, target=shown, kind="carries_out", key="2")

    up, down = stands_on(shown, clerk, DAY), standing_on(shown, clerk, DAY)

    assert [(step.document, step.registered) for step in up.steps] == [(None, True)]
    assert down.steps == []


def test_a_long_chain_costs_a_few_queries_a_level(tree: Tree, clerk: Account):
    papers = [make_document(tree.bloc, symbol=f"{n}-NQ/ĐUTHU") for n in range(1, 13)]
    for target, source in itertools.pairwise(papers):
        link(source, target, LinkKind.BASIS, clerk)

    with CaptureQueriesContext(connection) as queries:
        chain = stands_on(papers[-1], clerk, DAY)

    assert [step.depth for step in chain.steps] == list(range(11))
    assert len(queries) <= 2 * 12 + 17  # the seventeen: what the person sees


def test_what_units_below_made_of_it_stands_beside_those_that_made_nothing(tree: Tree, clerk: Account):
    leader = make_holder(tree.bloc, Role.LEADER)
    top = make_document(tree.bloc, symbol="1-NQ/ĐUTHU")
    north = make_document(tree.north, symbol="2-KH/ĐUB")
    cell = make_document(tree.north1, symbol="3-KH/B1")
    link(north, top, LinkKind.CARRIES_OUT, make_holder(tree.north, Role.CLERK))
    link(cell, north, LinkKind.CARRIES_OUT, make_holder(tree.north1, Role.CLERK))

    assert top_for(top, leader, DAY) == tree.bloc
    made = {row.unit: row.documents for row in made_below(top, tree.bloc, leader, DAY)}
    lower = {row.unit: row.documents for row in made_below(top, tree.north, leader, DAY)}

    assert made == {tree.north: [north, cell], tree.south: [], tree.direct: []}
    assert lower == {tree.north1: [cell], tree.north2: []}


def test_who_reaches_one_branch_sees_what_that_branch_made(tree: Tree):
    top = make_document(tree.bloc, symbol="1-NQ/ĐUTHU", published="branch")
    leader = make_holder(tree.north, Role.LEADER)

    chosen = top_for(top, leader, DAY)

    assert chosen == tree.north
    assert {row.unit for row in made_below(top, chosen, leader, DAY)} == {tree.north1, tree.north2}


def test_gaps_of_a_register_come_most_cited_first(tree: Tree, clerk: Account):
    for symbol in ("12-NQ/ĐUTHU", "13-NQ/ĐUTHU"):
        register(tree.bloc, clerk, text=paper(symbol))
    register(tree.bloc, clerk, text=paper("14-NQ/ĐUTHU", "08-KH/ĐUTHU"))
    register(tree.south, make_holder(tree.south, Role.CLERK), text=paper("15-NQ/ĐUTHU", "09-KH/ĐUTHU"))
    own = [tree.bloc.pk]

    rows = gaps_of(own, clerk, DAY)
    found = described(rows, own, clerk, DAY)

    assert [(gap.best.symbol, gap.count, len(gap.links)) for gap in found] == [
        ("07-KH/ĐUTHU", 2, 2),
        ("08-KH/ĐUTHU", 1, 1),
    ]
    assert (found[0].best.doc_type, found[0].best.cited_on) == ("Kế hoạch", date(2017, 1, 10))
