"""The web of documents: what is proposed, matched, entered, corrected; gaps, circles, chains."""

import itertools
import threading
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import (
    Cited,
    add_link,
    correct_document,
    correct_link,
    quarantine_document,
    remove_link,
)
from trienkhai.documents.models import Document, DocumentLink, LinkKind, Origin
from trienkhai.documents.queries import described, gaps_of, made_below, standing_on, stands_on, top_for
from trienkhai.documents.queries.links import candidates_for, citations_of, corrections_of
from trienkhai.documents.symbols import symbol_key
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


def live(document: Document) -> dict[str, Document | None]:
    rows = document.links.live().select_related("target").order_by("pk")
    return {f"{row.kind} {row.symbol}": row.target for row in rows}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("101-QĐ/TW", "101 QĐ TW"),
        ("101-QĐ/TW", "101-QĐ/TW ngày 7/6/2012"),
        ("101-QĐ/TW", "Số: 101-QĐ/TW"),
        ("101-QĐ/TW", "Quy định số 101–QĐ / TW"),
        ("101-QĐ/TW", "101QĐ/TW"),
        ("05-NQ/ĐU", "5-NQ/ĐU"),
        ("30/2020/NĐ-CP", "30/2020/nđ-cp"),
        ("05a-NQ/ĐU", "05A-NQ/ĐU"),
    ],
)
def test_one_symbol_has_one_key_however_it_is_written(one: str, other: str):
    assert symbol_key(one) == symbol_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("101-QĐ/TW", "102-QĐ/TW"), ("05-NQ/ĐU", "05a-NQ/ĐU"), ("5/BC-VP", "5/BC-VPC")]
)
def test_different_symbols_have_different_keys(one: str, other: str):
    assert symbol_key(one) != symbol_key(other)


@pytest.mark.parametrize("text", ["", "   ", "–/–", "ngày 7/6/2012"])
def test_what_is_no_symbol_has_no_key(text: str):
    assert symbol_key(text) == ""


def test_a_symbol_without_end_has_a_key_that_fits():
    assert len(symbol_key("9-" + "AB1-" * 60)) == 80


def test_intake_proposes_each_relation_with_what_the_paper_says_of_its_target(tree: Tree, clerk: Account):
    words = "Nghị quyết này thay thế Nghị quyết số 05-NQ/ĐUTHU ngày 01/3/2015 của Đảng ủy Khối Thử."
    document = register(tree.bloc, clerk, text=paper(words=words))

    found = {row.kind: row for row in document.links.all()}

    assert set(found) == {LinkKind.BASIS, LinkKind.REPLACES}
    replaced, text = found["replaces"], document.texts.get().text
    assert (replaced.symbol, replaced.doc_type, replaced.cited_on) == ("05-NQ/ĐUTHU", "Nghị quyết", date(2015, 3, 1))
    assert (replaced.origin, replaced.partial) == (Origin.MACHINE, False)
    assert "05-NQ/ĐUTHU" in text[replaced.start : replaced.end]


def test_what_ends_an_article_ends_a_part(tree: Tree, clerk: Account):
    words = "Nghị quyết này bãi bỏ Điều 3 của Quyết định số 09-QĐ/ĐUTHU ngày 02/4/2016."
    document = register(tree.bloc, clerk, text=paper(words=words))

    assert document.links.get(symbol="09-QĐ/ĐUTHU").partial


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("(Ban hành kèm theo Quyết định số 09-QĐ/ĐUTHU ngày 02/4/2016)", "attached"),
        ("Kèm theo Công văn số 09-QĐ/ĐUTHU ngày 02/4/2016 của Đảng ủy Khối Thử", "attached"),
        ("Thực hiện tốt Quy chế ban hành kèm theo Quyết định số 09-QĐ/ĐUTHU ngày 02/4/2016.", "refers"),
    ],
)
def test_attached_is_what_says_so_of_itself(tree: Tree, clerk: Account, words: str, kind: str):
    document = register(tree.bloc, clerk, text=paper(words=words))

    assert document.links.get(symbol="09-QĐ/ĐUTHU").kind == kind


def test_a_paper_cited_twice_is_cited_once_by_its_day(tree: Tree, clerk: Account):
    words = "Thực hiện nghiêm Kế hoạch số 07-KH/ĐUTHU; xem Kế hoạch số 07-KH/ĐUTHU."
    document = register(tree.bloc, clerk, text=paper(words=words))

    bases = document.links.filter(symbol="07-KH/ĐUTHU", kind="basis")
    assert bases.get().cited_on == date(2017, 1, 10)
    assert not document.links.filter(kind="refers").exists()


@pytest.mark.parametrize("symbol", ["7 KH ĐUTHU", "07-KH/ĐUTHU ngày 10/01/2017"])
def test_a_gap_closes_though_the_symbol_is_written_otherwise(tree: Tree, clerk: Account, symbol: str):
    citing = register(tree.bloc, clerk)

    cited = register(tree.bloc, clerk, text=basis(), fields={"symbol": symbol})

    assert citing.links.get().target == cited


def test_a_paper_of_the_same_symbol_and_another_day_is_not_meant(tree: Tree, clerk: Account):
    citing = register(tree.bloc, clerk)
    other = make_document(tree.bloc, symbol="07-KH/ĐUTHU", issued_on=date(2012, 1, 10))

    register(tree.bloc, clerk, text=paper("01-BC/ĐUTHU"))

    assert citing.links.get().target is None
    assert [row.document for row in candidates_for(citing.links.get(), clerk, DAY)] == [other]


def test_the_day_chooses_between_two_terms(tree: Tree, clerk: Account):
    make_document(tree.bloc, symbol="07-KH/ĐUTHU", issued_on=date(2012, 1, 10))
    meant = make_document(tree.bloc, symbol="07-KH/ĐUTHU", issued_on=date(2017, 1, 10))

    assert register(tree.bloc, clerk).links.get().target == meant


def test_the_issuer_chooses_between_two_bodies(tree: Tree, clerk: Account):
    day = date(2017, 1, 10)
    make_document(tree.north, symbol="07-KH/ĐUTHU", issued_on=day, issuer_name="Đảng ủy Bắc", issuer=None)
    meant = make_document(tree.bloc, symbol="07-KH/ĐUTHU", issued_on=day, issuer_name="ĐẢNG ỦY KHỐI THỬ", issuer=None)

    assert register(tree.bloc, clerk).links.get().target == meant


def test_without_a_day_two_papers_of_one_symbol_are_asked(tree: Tree, clerk: Account):
    for year in (2010, 2015):
        make_document(tree.bloc, symbol="05-NQ/ĐUTHU", issued_on=date(year, 5, 1))
    document = register(tree.bloc, clerk, text=paper(words="Thực hiện Nghị quyết số 05-NQ/ĐUTHU."))

    cited = document.links.get(symbol="05-NQ/ĐUTHU")

    assert cited.target is None
    assert len(candidates_for(cited, clerk, DAY)) == 2


def test_without_a_day_the_only_paper_that_is_not_younger_is_meant(tree: Tree, clerk: Account):
    meant = make_document(tree.bloc, symbol="05-NQ/ĐUTHU", issued_on=date(2015, 5, 1))
    make_document(tree.bloc, symbol="05-NQ/ĐUTHU", issued_on=date(2020, 5, 1))

    document = register(tree.bloc, clerk, text=paper(words="Thực hiện Nghị quyết số 05-NQ/ĐUTHU."))

    assert document.links.get(symbol="05-NQ/ĐUTHU").target == meant


def test_a_corrected_day_settles_what_the_document_itself_cites(tree: Tree, clerk: Account):
    make_document(tree.bloc, symbol="05-NQ/ĐUTHU", issued_on=date(2015, 5, 1))
    make_document(tree.bloc, symbol="05-NQ/ĐUTHU", issued_on=date(2020, 5, 1))
    document = register(tree.bloc, clerk, text=paper(words="Thực hiện Nghị quyết số 05-NQ/ĐUTHU."))

    correct_document(document.pk, {"issued_on": date(2021, 1, 1)}, by=clerk, at=NOON)

    assert document.links.get(symbol="05-NQ/ĐUTHU").target is None


def test_a_second_paper_of_the_symbol_opens_the_question_again(tree: Tree, clerk: Account):
    first = make_document(tree.bloc, symbol="05-NQ/ĐUTHU", issued_on=date(2010, 5, 1))
    document = register(tree.bloc, clerk, text=paper(words="Thực hiện Nghị quyết số 05-NQ/ĐUTHU."))
    assert document.links.get(symbol="05-NQ/ĐUTHU").target == first

    register(tree.bloc, clerk, text=basis("05-NQ/ĐUTHU"))

    assert document.links.get(symbol="05-NQ/ĐUTHU").target is None


def test_of_two_copies_the_one_in_the_own_register_is_meant(tree: Tree, clerk: Account):
    day = date(2017, 1, 10)
    values = {"symbol": "07-KH/ĐUTHU", "issued_on": day, "issuer": None, "issuer_name": "Đảng ủy Khối Thử"}
    make_document(tree.south, **values)
    own = make_document(tree.bloc, **values)

    assert register(tree.bloc, clerk).links.get().target == own


def test_an_abbreviated_issuer_agrees_with_the_full_one(tree: Tree, clerk: Account):
    words = "Thực hiện Quyết định số 15/QĐ-UBND ngày 03/02/2016 của UBND thành phố Thử."
    day = date(2016, 2, 3)
    meant = make_document(
        tree.bloc, symbol="15/QĐ-UBND", issued_on=day, issuer=None, issuer_name="ỦY BAN NHÂN DÂN THÀNH PHỐ THỬ"
    )

    document = register(tree.bloc, clerk, text=paper(words=words))

    assert document.links.get(symbol="15/QĐ-UBND").target == meant


def test_a_person_adds_a_relation_and_an_act_tells_it(tree: Tree, clerk: Account):
    target, source = make_document(tree.bloc, symbol="02-CT/ĐUTHU"), make_document(tree.bloc, symbol="03-KH/ĐUTHU")

    made = link(source, target, LinkKind.CARRIES_OUT, clerk)

    assert (made.target, made.origin, made.added_by) == (target, Origin.PERSON, clerk)
    act = Act.objects.get(verb="document.link_added")
    assert (act.target_id, act.data["cited"]) == (source.pk, "02-CT/ĐUTHU")
    assert target.title not in str(act.data)


def test_a_relation_to_a_paper_not_registered_is_a_gap_that_closes(tree: Tree, clerk: Account):
    source = make_document(tree.bloc, symbol="03-KH/ĐUTHU", issued_on=date(2017, 2, 1))
    add_link(source.pk, Cited("carries_out", symbol="07 KH ĐUTHU", title="Kế hoạch năm"), by=clerk, at=NOON)
    assert source.links.get().target is None

    cited = register(tree.bloc, clerk, text=basis())

    assert source.links.get().target == cited


@pytest.mark.parametrize(
    ("cited", "field"),
    [
        (Cited("basis"), "symbol"),
        (Cited("basis", symbol=" –/– "), "symbol"),
        (Cited("unknown", symbol="1-NQ/X"), "kind"),
        (Cited("basis", symbol="1-NQ/X"), "symbol"),
        (Cited("refers", symbol="03-KH/ĐUTHU"), "symbol"),
    ],
)
def test_a_relation_that_cannot_be_is_told_at_its_field(tree: Tree, clerk: Account, cited: Cited, field: str):
    source = make_document(tree.bloc, symbol="03-KH/ĐUTHU")
    add_link(source.pk, Cited("basis", symbol="1 NQ X"), by=clerk, at=NOON)

    with pytest.raises(ValidationError) as caught:
        add_link(source.pk, cited, by=clerk, at=NOON)

    assert list(caught.value.message_dict) == [field]
    assert source.links.count() == 1


def test_a_correction_keeps_what_the_machine_proposed(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)
    proposed = document.links.get()

    made = correct_link(proposed.pk, Cited("carries_out", symbol="08-KH/ĐUTHU"), by=clerk, at=NOON)

    proposed.refresh_from_db()
    assert (proposed.kind, proposed.symbol, proposed.set_aside_by) == ("basis", "07-KH/ĐUTHU", clerk)
    assert live(document) == {"carries_out 08-KH/ĐUTHU": None}
    assert [(row.old, row.new) for row in corrections_of(document)] == [(proposed, made)]


def test_what_was_corrected_or_removed_is_not_changed_again(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)
    proposed = document.links.get()
    remove_link(proposed.pk, by=clerk, at=NOON)

    for attempt in (
        lambda: remove_link(proposed.pk, by=clerk, at=NOON),
        lambda: correct_link(proposed.pk, Cited("refers", symbol="9-X/Y"), by=clerk, at=NOON),
    ):
        with pytest.raises(Refused):
            attempt()

    assert live(document) == {}
    assert Act.objects.filter(verb="document.link_removed").count() == 1


@pytest.mark.parametrize(("place", "role"), [("north", Role.CLERK), ("bloc", Role.INSPECTOR), ("bloc", Role.FOCAL)])
def test_only_the_unit_that_holds_the_document_speaks_of_its_relations(
    tree: Tree, clerk: Account, place: str, role: str
):
    document = register(tree.bloc, clerk)
    row, stranger = document.links.get(), make_holder(getattr(tree, place), role)

    for attempt in (
        lambda: add_link(document.pk, Cited("refers", symbol="9-X/Y"), by=stranger, at=NOON),
        lambda: correct_link(row.pk, Cited("refers", symbol="9-X/Y"), by=stranger, at=NOON),
        lambda: remove_link(row.pk, by=stranger, at=NOON),
    ):
        with pytest.raises(Refused):
            attempt()

    assert list(document.links.live()) == [row]


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
    assert len(queries) <= 2 * 12 + 2


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


def test_a_document_locked_away_leaves_a_gap_and_not_its_subject(tree: Tree, clerk: Account):
    target, source = register(tree.bloc, clerk, text=basis()), make_document(tree.bloc, symbol="3-KH/ĐUTHU")
    link(source, target, LinkKind.CARRIES_OUT, clerk)

    quarantine_document(target.pk, by=clerk, at=NOON)

    row = source.links.get()
    assert (row.target, row.symbol, row.title) == (None, "07-KH/ĐUTHU", "")


def test_citations_put_what_it_stands_on_first(tree: Tree, clerk: Account):
    words = "Tham khảo Báo cáo số 44-BC/ĐUTHU."
    document = register(tree.bloc, clerk, text=paper(words=words))

    cited, citing = citations_of(document, clerk, DAY)

    assert [row.link.kind for row in cited] == ["basis", "refers"]
    assert citing == []
