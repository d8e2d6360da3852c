"""The demo's books are worth looking at: late, cancelled, urgent, withdrawn papers, slips, one number missing."""

from itertools import islice

import pytest

from trienkhai.common.clock import moment
from trienkhai.demo import organisation
from trienkhai.demo.books import fill_books, set_demo_term
from trienkhai.demo.building import BEGIN, store_people, store_units
from trienkhai.documents.models import Book, RegisterEntry, Slip
from trienkhai.documents.queries.numbering import gaps_of_book
from trienkhai.orgs.models import Unit

pytestmark = pytest.mark.django_db
BLOC_AND_BODIES = 6


def test_the_books_hold_what_a_clerk_meets_in_a_year():
    units = store_units(islice(organisation.units(), BLOC_AND_BODIES))
    store_people((row for row in organisation.posts() if row.unit_code in units), units)
    bloc = Unit.objects.select_related("present").get(pk=units["MH"].pk)
    set_demo_term(bloc, moment(BEGIN))

    came, went = fill_books(bloc)

    lines = RegisterEntry.objects.select_related("document", "series__term")
    assert came >= 10 and went >= 8
    assert {entry.number_shown for entry in lines.exclude(suffix="")} == {"05a", "413a"}
    assert [entry.document.symbol for entry in lines.exclude(cancelled_at=None)] == ["414-CV/ĐUMH"]
    assert lines.exclude(document__urgency="").filter(book=Book.IN).count() == 2
    assert lines.exclude(document__withdrawn_at=None).count() == 1
    assert set(Slip.objects.values_list("state", flat=True)) == {"given", "received", "done"}
    assert [str(gap) for gap in gaps_of_book(bloc, Book.OUT)] == ["119 BC"]
    assert {entry.series.period_name for entry in lines.filter(book=Book.OUT)} == {"2015–2020"}
