"""Which number a paper gets: by book, type, year or term; borne numbers, late ones, gaps, symbols."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.actions import SYSTEM
from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import correct_document, quarantine_document
from trienkhai.documents.actions.entering import Line, enter
from trienkhai.documents.actions.numbers import cancel_entry, explain_gap, reserve_number
from trienkhai.documents.models import Book, Document, RegisterEntry, Series
from trienkhai.documents.queries.numbering import gap_before, gaps_of, gaps_of_book
from trienkhai.documents.tests.make import paper, register
from trienkhai.norms.models import Norm
from trienkhai.orgs.actions import set_term, store_change
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_holder, make_unit
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def clerk(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.CLERK)


def blank(unit: Unit, doc_type: str = "Nghị quyết", on: date | None = None) -> Document:
    """A paper that has no number yet."""
    return make_document(unit, doc_type=doc_type, number="", symbol="", issued_on=on)


def out(unit: Unit, clerk: Account, day: date = DAY, **fields: Any) -> RegisterEntry:
    return enter(unit, blank(unit, **fields), Book.OUT, by=clerk, at=moment(day, 9))


def arrive(unit: Unit, clerk: Account, day: date, arrived: date | None = None) -> RegisterEntry:
    document = make_document(unit, issuer=None, issuer_name="Cấp trên")
    return enter(unit, document, Book.IN, Line(arrived_on=arrived), by=clerk, at=moment(day, 9))


def borne(unit: Unit, clerk: Account, number: str, abbreviation: str = "NQ", **fields: Any) -> RegisterEntry:
    document = make_document(unit, number=number, symbol=f"{number}-{abbreviation}/ĐUTHU", **fields)
    return enter(unit, document, Book.OUT, by=clerk, at=NOON)


def test_party_papers_are_numbered_by_type_through_the_term(tree: Tree, clerk: Account):
    administrator = make_holder(tree.bloc, Role.ADMIN)
    for name, first, end in (("2015–2020", 2015, 2020), ("2020–2025", 2020, 2025)):
        set_term(
            tree.bloc,
            name=name,
            starts_on=date(first, 9, 1),
            ends_on=date(end, 9, 1),
            by=administrator,
            at=NOON,
        )

    made = [
        out(tree.bloc, clerk, date(2017, 3, 1)),
        out(tree.bloc, clerk, date(2017, 3, 2), doc_type="Chỉ thị"),
        out(tree.bloc, clerk, date(2018, 3, 1)),
        out(tree.bloc, clerk, date(2020, 8, 31)),
        out(tree.bloc, clerk, date(2020, 9, 1)),
    ]

    assert [str(entry.series) for entry in made] == [
        "NQ 2015–2020",
        "CT 2015–2020",
        "NQ 2015–2020",
        "NQ 2015–2020",
        "NQ 2020–2025",
    ]
    assert [entry.document.symbol for entry in made] == ["01-NQ/ĐU", "01-CT/ĐU", "02-NQ/ĐU", "03-NQ/ĐU", "01-NQ/ĐU"]


def test_without_a_term_numbers_run_by_year_and_a_unit_below_takes_the_term_above(tree: Tree, clerk: Account):
    first, next_year = out(tree.bloc, clerk), out(tree.bloc, clerk, date(2018, 1, 2))
    assert [first.series.period_name, next_year.series.period_name] == ["2017", "2018"]
    assert next_year.number == 1

    administrator = make_holder(tree.bloc, Role.ADMIN)
    days = {"starts_on": date(2015, 1, 1), "ends_on": date(2020, 1, 1)}
    set_term(tree.bloc, name="2015–2020", **days, by=administrator, at=NOON)
    below = out(tree.north, make_holder(tree.north, Role.CLERK))

    assert below.series.period_name == "2015–2020"


def test_state_papers_are_numbered_by_type_and_year_with_their_own_symbols():
    commune = make_unit(kind="commune", code="UB", name="Ủy ban nhân dân Xã Thử", symbol="UBND")
    clerk = make_holder(commune, Role.CLERK)

    decision = out(commune, clerk, doc_type="Quyết định")
    plain = out(commune, clerk, doc_type="Công văn")
    letter = enter(commune, blank(commune, "Công văn"), Book.OUT, Line(drafted_by="VP"), by=clerk, at=NOON)
    next_year = out(commune, clerk, date(2018, 1, 2), doc_type="Quyết định")

    symbols = [entry.document.symbol for entry in (decision, plain, letter, next_year)]
    assert symbols == ["01/QĐ-UBND", "01/UBND", "02/UBND-VP", "01/QĐ-UBND"]


def test_a_unit_without_an_abbreviation_is_told_to_set_one():
    ministry = make_unit(kind="ministry", code="BT", name="Bộ Thử")

    with pytest.raises(ValidationError, match=r"Bộ Thử|abbreviation"):
        out(ministry, make_holder(ministry, Role.CLERK))

    assert not RegisterEntry.objects.exists() and not Series.objects.filter(last__gt=0).exists()


def test_an_office_that_differs_has_a_norm_of_its_own_place(tree: Tree):
    rows = {"party": {"by": "all", "per": "year"}}
    Norm.objects.create(
        key="numbering.out", place=tree.north.path, valid_from=DAY, value=rows, source="01-QĐ/ĐUB", grade="L"
    )
    clerk = make_holder(tree.north, Role.CLERK)

    made = [out(tree.north, clerk), out(tree.north, clerk, doc_type="Chỉ thị")]

    assert [str(entry.series) for entry in made] == ["2017", "2017"]
    assert [entry.document.symbol for entry in made] == ["01-NQ/ĐU", "02-CT/ĐU"]


def test_regulations_are_abbreviated_as_the_rules_of_their_day_say(tree: Tree, clerk: Account):
    days = (date(2017, 3, 1), date(2019, 3, 1), date(2026, 9, 1))

    made = [out(tree.bloc, clerk, day, doc_type="Quy định") for day in days]

    assert [entry.document.symbol for entry in made] == ["01-QĐ/ĐU", "01-QĐi/ĐU", "01-QĐ/ĐU"]


def test_the_abbreviation_in_symbols_is_the_units_own(tree: Tree, clerk: Account):
    store_change(tree.bloc, {"symbol": "ĐUTHU"}, by=SYSTEM, at=NOON)
    bloc = Unit.objects.select_related("present").get(pk=tree.bloc.pk)

    assert out(bloc, clerk).document.symbol == "01-NQ/ĐUTHU"


def test_a_paper_keeps_the_number_it_bears_and_what_it_skips_is_listed(tree: Tree, clerk: Account):
    first, fourth = borne(tree.bloc, clerk, "01"), borne(tree.bloc, clerk, "04")

    assert (first.number, fourth.number, fourth.series.of) == (1, 4, "NQ")
    assert gap_before(first) is None
    assert str(gap_before(fourth)) == "02–03 NQ"
    assert out(tree.bloc, clerk).number == 5
    assert [str(gap) for gap in gaps_of_book(tree.bloc, Book.OUT)] == ["02–03 NQ"]


def test_a_number_in_use_is_refused_and_names_what_has_it(tree: Tree, clerk: Account):
    borne(tree.bloc, clerk, "04")

    with pytest.raises(ValidationError) as fault:
        borne(tree.bloc, clerk, "4")

    assert "Nghị quyết 04-NQ/ĐUTHU" in fault.value.message_dict["number"][0]
    assert RegisterEntry.objects.count() == 1


def test_numbers_of_the_upload_in_use_leave_nothing_behind(tree: Tree, clerk: Account):
    register(tree.bloc, clerk, book=Book.OUT)

    with pytest.raises(ValidationError):
        register(tree.bloc, clerk, book=Book.OUT)

    assert Document.objects.count() == RegisterEntry.objects.count() == 1


@pytest.mark.parametrize("number", ["năm", "5-6", "05ab", "-3"])
def test_what_is_no_number_is_named(tree: Tree, clerk: Account, number: str):
    with pytest.raises(ValidationError, match="is not a number"):
        enter(tree.bloc, make_document(tree.bloc, number=number), Book.OUT, by=clerk, at=NOON)


def test_a_paper_of_unknown_type_without_number_is_asked_for_its_type(tree: Tree, clerk: Account):
    with pytest.raises(ValidationError) as fault:
        out(tree.bloc, clerk, doc_type="")

    assert list(fault.value.message_dict) == ["doc_type"]


def test_a_late_entry_takes_the_last_number_of_its_day_with_a_letter(tree: Tree, clerk: Account):
    for day in (3, 4, 9):
        arrive(tree.bloc, clerk, date(2017, 1, day))

    late = [arrive(tree.bloc, clerk, date(2017, 1, 10), arrived) for arrived in (date(2017, 1, 5), date(2017, 1, 4))]
    later = arrive(tree.bloc, clerk, date(2017, 1, 10), date(2017, 1, 9))
    before = arrive(tree.bloc, clerk, date(2017, 1, 10), date(2017, 1, 2))

    assert [entry.number_shown for entry in (*late, later, before)] == ["02a", "02b", "04", "00a"]
    assert late[0].entered_by == clerk and late[0].on < late[0].entered_at.date()
    book = RegisterEntry.objects.in_order()
    assert [entry.number_shown for entry in book] == ["00a", "01", "02", "02a", "02b", "03", "04"]


def test_an_outgoing_paper_of_an_earlier_day_gets_its_symbol_with_the_letter(tree: Tree, clerk: Account):
    out(tree.bloc, clerk, date(2017, 1, 3))
    out(tree.bloc, clerk, date(2017, 1, 9))

    late = out(tree.bloc, clerk, date(2017, 1, 10), on=date(2017, 1, 4))

    assert (late.document.number, late.document.symbol) == ("01a", "01a-NQ/ĐU")


def test_letters_run_out_with_a_sentence_and_none_by_norm_means_the_next_number(tree: Tree, clerk: Account):
    place = {"place": tree.bloc.path, "source": "02-QĐ/ĐUTHU", "grade": "L"}
    norm = Norm.objects.create(key="numbering.late", valid_from=DAY, value={"letters": "a"}, **place)
    arrive(tree.bloc, clerk, date(2017, 1, 3))
    arrive(tree.bloc, clerk, date(2017, 1, 9))
    arrive(tree.bloc, clerk, date(2017, 1, 10), date(2017, 1, 4))
    with pytest.raises(Refused, match="No letter is left"):
        arrive(tree.bloc, clerk, date(2017, 1, 10), date(2017, 1, 4))

    Norm.objects.filter(pk=norm.pk).update(value={"letters": ""})

    assert arrive(tree.bloc, clerk, date(2017, 1, 10), date(2017, 1, 4)).number_shown == "03"


def test_days_to_come_are_refused(tree: Tree, clerk: Account):
    with pytest.raises(ValidationError, match="has not come yet"):
        arrive(tree.bloc, clerk, DAY, DAY + timedelta(days=1))
    with pytest.raises(ValidationError, match="on the day of the document"):
        out(tree.bloc, clerk, DAY, on=DAY + timedelta(days=1))


def test_a_cancelled_number_stays_with_its_reason_and_is_never_given_again(tree: Tree, clerk: Account):
    first, second = out(tree.bloc, clerk), out(tree.bloc, clerk)

    cancelled = cancel_entry(second.pk, reason="Ghi trùng", by=clerk, at=NOON)

    assert (cancelled.reason, cancelled.cancelled_by) == ("Ghi trùng", clerk)
    assert out(tree.bloc, clerk).number == 3
    with pytest.raises(ValidationError, match="was cancelled: “Ghi trùng”"):
        borne(tree.bloc, clerk, "02")
    with pytest.raises(Refused):
        cancel_entry(second.pk, reason="Lần nữa", by=clerk, at=NOON)
    with pytest.raises(ValidationError):
        cancel_entry(first.pk, reason=" ", by=clerk, at=NOON)
    again = enter(tree.bloc, second.document, Book.INTERNAL, by=clerk, at=NOON)
    assert again.number == 1


def test_a_gap_is_listed_until_each_number_is_explained(tree: Tree, clerk: Account):
    series = borne(tree.bloc, clerk, "09").series

    explain_gap(series.pk, 1, 4, "earlier", reason="Đã cấp trên sổ giấy", by=clerk, at=NOON)
    explain_gap(series.pk, 6, 7, "cancelled", reason="Hủy", by=clerk, at=NOON)
    explain_gap(series.pk, 5, 5, "reserved", reason="Giữ cho đề án", by=clerk, at=NOON)

    series.refresh_from_db()
    assert [str(gap) for gap in gaps_of(series)] == ["08 NQ"]
    assert Act.objects.filter(verb="number.explained").count() == 3
    assert borne(tree.bloc, clerk, "05").number == 5
    with pytest.raises(ValidationError, match="was cancelled"):
        borne(tree.bloc, clerk, "06")
    with pytest.raises(ValidationError, match="not all missing"):
        explain_gap(series.pk, 5, 8, "reserved", reason="Nhầm", by=clerk, at=NOON)
    with pytest.raises(ValidationError, match="begins at 5"):
        explain_gap(series.pk, 8, 8, "earlier", reason="Nhầm", by=clerk, at=NOON)


def test_a_reserved_number_waits_for_its_paper(tree: Tree, clerk: Account):
    series = out(tree.bloc, clerk).series

    reserved = reserve_number(series.pk, reason="Chờ ký", by=clerk, at=NOON)
    after = out(tree.bloc, clerk)
    filled = borne(tree.bloc, clerk, "02")

    assert (reserved.number, after.number) == (2, 3)
    assert filled.pk == reserved.pk and filled.reason == "Chờ ký"


def test_only_who_registers_for_the_unit_touches_its_numbers(tree: Tree, clerk: Account):
    entry = out(tree.bloc, clerk)
    stranger = make_holder(tree.north, Role.CLERK)

    with pytest.raises(Refused):
        cancel_entry(entry.pk, reason="x", by=stranger, at=NOON)
    with pytest.raises(Refused):
        reserve_number(entry.series_id, reason="x", by=stranger, at=NOON)
    with pytest.raises(Refused):
        explain_gap(entry.series_id, 1, 1, "reserved", reason="x", by=stranger, at=NOON)


def test_a_corrected_number_moves_the_line_and_leaves_no_false_gap(tree: Tree, clerk: Account):
    register(tree.bloc, clerk, text=paper("11-NQ/ĐUTHU"), book=Book.OUT)
    document = register(tree.bloc, clerk, text=paper("72-NQ/ĐUTHU"), book=Book.OUT)

    correct_document(document.pk, {"number": "12", "symbol": "12-NQ/ĐUTHU"}, by=clerk, at=NOON)

    entry = document.entries.select_related("series").get()
    assert (entry.number, entry.series.last) == (12, 12)
    with pytest.raises(ValidationError, match="is taken"):
        correct_document(document.pk, {"number": "11"}, by=clerk, at=NOON)
    assert Document.objects.get(pk=document.pk).number == "12"


def test_a_corrected_type_moves_the_line_to_the_run_of_that_type(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk, book=Book.OUT)

    correct_document(document.pk, {"doc_type": "Chỉ thị", "symbol": "12-CT/ĐUTHU"}, by=clerk, at=NOON)

    assert str(document.entries.get()) == "out 12/2017"
    assert {series.of: series.last for series in Series.objects.all()} == {"NQ": 0, "CT": 12}


def test_the_number_of_a_paper_locked_away_stays_and_says_nothing(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk, book=Book.OUT, line=Line(recipient="Nơi nhận riêng", note="Riêng"))
    entry = document.entries.get()
    assert entry.recipient == "Nơi nhận riêng"

    quarantine_document(document.pk, by=clerk, at=NOON)

    entry.refresh_from_db()
    assert (entry.document, entry.number, entry.recipient, entry.note) == (None, 12, "", "")
    assert entry.cancelled_by == clerk and entry.reason
