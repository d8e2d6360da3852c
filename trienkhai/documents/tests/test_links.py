"""The web of documents: what is proposed, matched, entered, corrected; gaps, circles, chains."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

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


def test_a_law_cited_without_symbol_goes_by_its_name():
    law = DocumentLink(doc_type="Luật", title="Luật Thử nghiệm")
    plan = DocumentLink(doc_type="Kế hoạch", title="thử nghiệm năm 2031")

    assert (law.cited, plan.cited) == ("Luật Thử nghiệm", "Kế hoạch thử nghiệm năm 2031")
    assert DocumentLink(doc_type="Nghị định", symbol="5/NĐ-MH", title="về thử nghiệm").cited == "Nghị định 5/NĐ-MH"
