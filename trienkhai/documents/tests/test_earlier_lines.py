"""Outgoing lines of before numbers ran by type: what their papers bear is never given again."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from trienkhai.dashboards.verification import check_site
from trienkhai.documents.actions import correct_document
from trienkhai.documents.actions.entering import enter
from trienkhai.documents.actions.numbers import reserve_number
from trienkhai.documents.models import Book, Document, RegisterEntry, Series
from trienkhai.documents.queries.numbering import gaps_of
from trienkhai.documents.tests.make import make_entry
from trienkhai.orgs.actions import set_term
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import make_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def clerk(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.CLERK)


def earlier(unit: Unit, *symbols: str, year: int = 2017, **fields: Any) -> list[RegisterEntry]:
    """Lines as the release before stored them and the migration keeps them: one run for all types of a year."""
    run = Series.objects.create(unit=unit, book=Book.OUT, of="", period=str(year), last=len(symbols))
    made = []
    for line, symbol in enumerate(symbols, start=1):
        document = make_document(unit, symbol=symbol, number=symbol.split("-")[0], **fields)
        made.append(
            RegisterEntry.objects.create(
                unit=unit, book=Book.OUT, series=run, number=line, on=date(year, 1, 2), document=document,
                entered_at=NOON, entered_by=None,
            )
        )  # fmt: skip
    return made


def out(unit: Unit, by: Account, doc_type: str = "Nghị quyết", **fields: Any) -> RegisterEntry:
    values = {"number": "", "symbol": "", "issued_on": None} | fields
    document = make_document(unit, doc_type=doc_type, **values)
    return enter(unit, document, Book.OUT, by=by, at=NOON)


def test_numbering_by_type_goes_on_after_the_numbers_that_earlier_papers_of_the_type_bear(tree: Tree, clerk: Account):
    earlier(tree.bloc, "07-NQ/ĐUTHU", "03-QĐ/ĐUTHU", "12a-NQ/ĐUTHU", "số lạ")

    first, second = out(tree.bloc, clerk), out(tree.bloc, clerk)
    decision, plan = out(tree.bloc, clerk, "Quyết định"), out(tree.bloc, clerk, "Kế hoạch")

    assert [first.number, second.number, decision.number, plan.number] == [13, 14, 4, 1]
    assert gaps_of(first.series) == []
    assert not [found for found in check_site(DAY) if "borne twice" in found]


def test_lines_of_another_unit_another_year_or_that_were_cancelled_do_not_count(tree: Tree, clerk: Account):
    earlier(tree.north, "20-NQ/ĐUTHU")
    earlier(tree.bloc, "30-NQ/ĐUTHU", year=2016)
    gone = earlier(tree.bloc, "40-NQ/ĐUTHU")[0]
    RegisterEntry.objects.filter(pk=gone.pk).update(cancelled_at=NOON, reason="Nhầm")

    assert out(tree.bloc, clerk).number == 1


def test_a_term_counts_the_earlier_lines_of_all_its_years(tree: Tree, clerk: Account):
    set_term(
        tree.bloc,
        name="2015–2020",
        starts_on=date(2015, 1, 1),
        ends_on=date(2020, 1, 1),
        by=make_holder(tree.bloc, Role.ADMIN),
        at=NOON,
    )
    earlier(tree.bloc, "30-NQ/ĐUTHU", year=2016)
    earlier(tree.bloc, "05-NQ/ĐUTHU", year=2014)

    assert out(tree.bloc, clerk).number == 31


def test_a_run_that_began_too_low_goes_on_after_them_and_a_kept_number_too(tree: Tree, clerk: Account):
    low = out(tree.bloc, clerk)
    earlier(tree.bloc, "07-NQ/ĐUTHU")

    kept = reserve_number(low.series_id, reason="Giữ", by=clerk, at=NOON)

    assert (low.number, kept.number, out(tree.bloc, clerk).number) == (1, 8, 9)


def test_a_paper_that_bears_the_number_of_an_earlier_line_is_refused(tree: Tree, clerk: Account):
    earlier(tree.bloc, "07-NQ/ĐUTHU")

    with pytest.raises(ValidationError, match="taken in this book"):
        out(tree.bloc, clerk, number="07", symbol="07-NQ/ĐUTHU", issued_on=DAY)

    assert out(tree.bloc, clerk, number="07a", symbol="07a-NQ/ĐUTHU", issued_on=DAY).suffix == "a"


def test_a_number_is_not_corrected_to_that_of_an_earlier_line_and_an_earlier_line_may_be_corrected(
    tree: Tree, clerk: Account
):
    old = earlier(tree.bloc, "07-NQ/ĐUTHU")[0]
    line = out(tree.bloc, clerk)
    assert line.document_id and old.document_id

    with pytest.raises(ValidationError, match="taken in this book"):
        correct_document(line.document_id, {"number": "07"}, by=clerk, at=NOON)
    correct_document(old.document_id, {"place": "Hà Nội", "number": "06"}, by=clerk, at=NOON)

    old.refresh_from_db()
    assert (line.number, old.number, old.series_id) == (8, 6, line.series_id)


def test_a_number_borne_twice_is_told_by_the_check(tree: Tree, clerk: Account):
    twice = out(tree.bloc, clerk)
    assert twice.number == 1
    [old] = earlier(tree.bloc, "01-NQ/ĐUTHU")

    found = [sentence for sentence in check_site(DAY) if "borne twice" in sentence]

    assert len(found) == 1 and "01 NQ 2017" in found[0]
    assert str(twice.document_id) in found[0] and str(old.document_id) in found[0]


def test_other_books_ask_for_nothing(tree: Tree, clerk: Account):
    earlier(tree.bloc, "07-NQ/ĐUTHU")
    document = Document.objects.get(pk=make_document(tree.bloc, issuer=None).pk)

    assert make_entry(tree.bloc, document, book=Book.IN).number == 1
