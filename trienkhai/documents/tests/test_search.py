"""Finding documents: what answers first, to whom, and that the index says what the documents say."""

import unicodedata
from datetime import date
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trienkhai.dashboards.verification import check_site
from trienkhai.documents import rules
from trienkhai.documents.actions import correct_document, quarantine_document, renew_index
from trienkhai.documents.models import Document, DocumentText, Published, SearchEntry
from trienkhai.documents.queries import Wanted, facets, find, narrowed, own_units, ranked
from trienkhai.documents.queries.index import broken_parts, drifted
from trienkhai.documents.search import engines
from trienkhai.documents.search.asking import asked
from trienkhai.documents.tests.make import paper, register
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


def make_text(document: Document, text: str) -> DocumentText:
    version = document.texts.count() + 1
    return DocumentText.objects.create(
        document=document, version=version, sha256=f"{hash(text)}", text=text, created_at=NOON
    )


def library(tree: Tree, *titles: str, **fields: Any) -> None:
    """Documents with these subjects, the first the newest; the symbol is the subject's number."""
    fields = {"doc_type": "Công văn", "issuer_name": "", "signer_name": "", "number": ""} | fields
    for number, title in enumerate(titles):
        make_document(tree.bloc, title=title, symbol=f"{number}-X", issued_on=date(2016, 12, 31 - number), **fields)


def titles(account: Account, line: str, *, typing: bool = False) -> list[str]:
    question = asked(line)
    stages = (*question.stages, *(question.nearly if typing else ()))
    return [row[1] for row in ranked(rules.visible_documents(account, DAY), stages, 100, "title")]


def test_exact_accents_come_first_then_the_other_readings_of_the_letters(tree: Tree, clerk: Account):
    library(tree, "về cây dương", "về đường bộ", "về dưỡng sinh", "về đương nhiệm", "về dòng sông")

    assert titles(clerk, "đường") == ["về đường bộ", "về cây dương", "về dưỡng sinh", "về đương nhiệm"]
    assert titles(clerk, "dương")[0] == "về cây dương"
    assert titles(clerk, "duong") == ["về cây dương", "về đường bộ", "về dưỡng sinh", "về đương nhiệm"]
    assert titles(clerk, "đường bộ") == ["về đường bộ"]


def test_a_bare_word_beside_accented_ones_stands_for_itself_first(tree: Tree, clerk: Account):
    library(tree, "về ăn toàn bộ", "về an toàn")

    assert titles(clerk, "an toàn") == ["về an toàn", "về ăn toàn bộ"]


def test_the_subject_goes_before_the_text_and_the_newer_before_the_older(tree: Tree, clerk: Account):
    library(tree, "về việc khác", "về lưu trữ", "về lưu trữ hồ sơ")
    make_text(Document.objects.get(title="về việc khác"), "Nói về lưu trữ ở đây.")

    assert titles(clerk, "lưu trữ") == ["về lưu trữ", "về lưu trữ hồ sơ", "về việc khác"]


@pytest.mark.parametrize(
    "line", ["hoà bình", "hòa bình", "HOÀ BÌNH", "hoa binh", unicodedata.normalize("NFD", "hòa bình")]
)
def test_tone_habits_capitals_and_unicode_forms_find_alike(tree: Tree, clerk: Account, line: str):
    library(tree, "về hoà bình", unicodedata.normalize("NFD", "về hòa bình lâu dài"), "về chiến tranh")

    assert titles(clerk, line) == ["về hoà bình", "về hòa bình lâu dài"]


@pytest.mark.parametrize(
    "line",
    ["101-QĐ/TW", "101 QĐ TW", "101 qd tw", "101QĐTW", "101qd", "số 101", "so 101", "101", "quy định 101-QĐ/TW",
     "Quy định 101 QĐ-TW"],
)  # fmt: skip
def test_a_symbol_is_found_in_every_spelling_before_those_who_cite_it(tree: Tree, clerk: Account, line: str):
    citing = make_document(tree.bloc, symbol="7-KH/X", number="7", title="theo quy định", issued_on="2016-12-31")
    make_text(citing, "Căn cứ Quy định số 101-QĐ/TW ngày 07/6/2012.")
    make_document(tree.bloc, symbol="101-QĐ/TW", number="101", doc_type="Quy định", title="nêu gương", issued_on=DAY)
    make_document(tree.bloc, symbol="1101-QĐ/TW", number="1101", title="khác", issued_on="2016-11-30")

    assert titles(clerk, line)[:1] == ["nêu gương"]
    assert "khác" not in titles(clerk, line)
    if line not in ("101qd",):
        assert titles(clerk, line) == ["nêu gương", "theo quy định"]


def test_phrases_stand_together_and_minus_words_take_away(tree: Tree, clerk: Account):
    library(tree, "về kế hoạch kiểm tra", "về kiểm tra theo kế hoạch", "về hoạch định kế tiếp")

    assert titles(clerk, '"kế hoạch kiểm tra"') == ["về kế hoạch kiểm tra"]
    assert len(titles(clerk, "kế hoạch kiểm tra")) == 2
    assert titles(clerk, '"kế hoạch" -"hoạch kiểm"') == ["về kiểm tra theo kế hoạch"]
    assert titles(clerk, "hoạch -kiểm") == ["về hoạch định kế tiếp"]
    assert titles(clerk, "hoạch -kiêm") == titles(clerk, "hoạch")


def test_half_a_word_finds_while_typing(tree: Tree, clerk: Account):
    library(tree, "về nghị quyết", "về nghị sự")

    assert titles(clerk, "nghị quy") == []
    assert titles(clerk, "nghị quy", typing=True) == ["về nghị quyết"]
    make_text(Document.objects.get(title="về nghị sự"), "Nói về cải cách hành chính.")
    assert titles(clerk, "cải cách hành chín", typing=True) == ["về nghị sự"]
    found = find(rules.visible_documents(clerk, DAY), asked("nghị quy"), 1, [])
    assert found.nearly and [row.document.title for row in found.rows] == ["về nghị quyết"]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(line=st.one_of(st.text(max_size=60), st.text("\"-*:^()&|!<>{}\\' aăđ12/", max_size=30)))
def test_no_line_is_a_fault_of_the_database(tree: Tree, clerk: Account, line: str):
    titles(clerk, line, typing=True)


def test_everyone_finds_only_what_is_visible_whatever_the_shape_of_the_question(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
):
    for unit in (tree.bloc, tree.north1, tree.south1):
        make_document(unit, title=f"về lưu trữ ở {unit.pk}", issuer=unit)
    make_document(tree.south2, title="về lưu trữ chung", issuer=None, published=Published.ALL)
    scattered = make_holder(tree.north1, Role.CLERK)
    make_holder(tree.south2, Role.CLERK, account=scattered)
    people = [make_holder(tree.bloc, Role.LEADER), make_holder(tree.north, Role.LEADER), scattered, Account()]
    people[-1] = make_holder(tree.direct, Role.ADMIN)

    def seen() -> list[list[str]]:
        return [sorted(titles(account, "lưu trữ")) for account in people]

    few = seen()
    monkeypatch.setattr(rules, "FEW", 0)
    monkeypatch.setattr(rules, "LISTED", 0)

    assert seen() == few
    assert [len(found) for found in few] == [4, 2, 2, 1]


def test_what_is_locked_away_leaves_nothing_in_the_index(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk, text=paper().replace("thử nghiệm", "zyxwvuts"))
    assert titles(clerk, "zyxwvuts")

    quarantine_document(document.pk, by=clerk, at=NOON)

    assert titles(clerk, "zyxwvuts") == []
    assert not SearchEntry.objects.exists()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT COUNT(*) FROM documents_words_data WHERE instr(block, CAST('zyxwvuts' AS BLOB))")
            assert cursor.fetchone() == (0,)
    assert broken_parts() == []


def test_the_index_follows_registering_correcting_and_a_new_text(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)
    assert titles(clerk, "ban tổ chức chủ trì") == [document.title]

    correct_document(document.pk, {"title": "về chuyện mới", "issued_on": date(2015, 1, 1)}, by=clerk, at=NOON)
    make_text(document, "Bản thứ hai có voọc mũi hếch.")

    assert titles(clerk, "chuyện mới voọc") == ["về chuyện mới"]
    assert titles(clerk, "ban tổ chức chủ trì") == []
    assert list(drifted()) == []
    assert check_site(DAY) == []


def test_drift_is_told_and_put_right(tree: Tree, clerk: Account):
    library(tree, "về một", "về hai lúa", "về ba")
    Document.objects.filter(title="về một").update(title="về bốn phương")
    SearchEntry.objects.filter(document__title="về hai lúa").delete()

    assert len(list(drifted())) == 2
    assert any("tìm kiếm" in sentence or "search index" in sentence for sentence in check_site(DAY))
    assert renew_index() == 2
    assert titles(clerk, "bốn phương") and titles(clerk, "lúa")
    assert (check_site(DAY), renew_index(), renew_index(everything=True)) == ([], 0, 3)


@pytest.mark.django_db(transaction=True)
def test_a_missing_part_of_the_index_is_told_and_made_anew(tree: Tree, clerk: Account):
    library(tree, "về lưu trữ")
    engines.remove(connection)
    assert engines.INDEX in broken_parts()

    renew_index()

    assert broken_parts() == []
    assert titles(clerk, "lưu trữ") == ["về lưu trữ"]


def test_an_index_that_does_not_say_what_the_entries_say_is_told(tree: Tree, clerk: Account):
    if connection.vendor != "sqlite":
        return
    library(tree, "về lưu trữ")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO documents_words(documents_words) VALUES ('delete-all')")

    assert broken_parts() == [engines.INDEX]
    renew_index()
    assert (broken_parts(), titles(clerk, "lưu trữ")) == ([], ["về lưu trữ"])


def test_filters_narrow_and_facets_count_what_was_found(tree: Tree, clerk: Account):
    library(tree, "về lưu trữ", "về lưu trữ số", doc_type="Kế hoạch", issuer_name=tree.bloc.name)
    make_document(tree.bloc, title="về lưu trữ cũ", issued_on="2015-05-05", issuer_name="Nơi khác", issuer=None)
    own = own_units(clerk, DAY)

    def found(**fields: Any) -> Any:
        wanted = Wanted(**fields)
        rows = narrowed(rules.visible_documents(clerk, DAY), wanted, own)
        return find(rows, asked("lưu trữ"), 1, own, wanted.period)

    assert dict(facets(found())["type"]) == {"Kế hoạch": 2, "Nghị quyết": 1}
    assert facets(found())["year"] == [(2016, 2), (2015, 1)]
    assert facets(found(doc_type="Kế hoạch"))["issuer"] == [("Đảng bộ Khối Thử", 2)]
    assert found(year=2015).count == 1
    assert found(since=date(2016, 12, 31)).count == 1
    assert found(until=date(2016, 12, 30)).count == 2
    assert found(since=date(2016, 1, 1), year=2015).count == 0
    assert found(until=date.max, issuer="Nơi khác").count == 1
    assert found(book="in").count == 0


def test_past_a_thousand_hits_the_count_is_bounded_and_every_page_is_there(tree: Tree, clerk: Account):
    rows = [
        Document(title=f"về số {n}", owner=tree.bloc, issued_on=DAY, declared_at=NOON, created_at=NOON, doc_type="X")
        for n in range(1070)
    ]
    SearchEntry.objects.renew(Document.objects.bulk_create(rows))
    visible = rules.visible_documents(clerk, DAY)

    pages = {(line, number): find(visible, asked(line), number, []) for line in ("", "số") for number in (1, 22, 99)}

    for line in ("", "số"):
        first, last, beyond = (pages[line, number] for number in (1, 22, 99))
        assert (first.count, first.has_next, len(first.rows)) == (1001, True, 50)
        assert (last.first, len(last.rows), last.has_next) == (1051, 20, False)
        assert beyond.number == 1
        assert facets(first)["type"] == [("X", 1000)]
