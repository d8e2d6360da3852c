"""Sixteen clerks at once, some of whose work fails; and any sequence of work: numbers 1..n, none twice, in order."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trienkhai.common.clock import day_of, moment
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions.entering import Line, enter, enter_document
from trienkhai.documents.actions.numbers import cancel_entry, reserve_number
from trienkhai.documents.models import Book, RegisterEntry, Series
from trienkhai.documents.queries.numbering import gaps_of
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import make_document

WRITERS = 16


class _Fault(Exception):
    """What goes wrong after a number was given."""


def _at_once(work: Any, count: int) -> list[Any]:
    """`work(n)` in as many threads, each on a connection of its own; what each gave, or its fault."""

    def one(number: int) -> Any:
        close_old_connections()
        try:
            return work(number)
        except Exception as fault:
            return fault
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("book", [Book.IN, Book.OUT])
def test_sixteen_writers_some_of_whom_fail_leave_no_gap_and_no_double(book: str):
    bloc = Tree().bloc
    clerk = make_holder(bloc, Role.CLERK)

    def write(number: int) -> int | None:
        with transaction.atomic():
            unit = Unit.objects.select_related("present").get(pk=bloc.pk)
            document = make_document(unit, number="", symbol="", issued_on=None)
            entry = enter(unit, document, book, by=Account.objects.get(pk=clerk.pk), at=NOON)
            if number % 4 == 3:
                raise _Fault
            return entry.number

    results = _at_once(write, WRITERS * 4)

    given = sorted(result for result in results if isinstance(result, int))
    assert sum(isinstance(result, _Fault) for result in results) == WRITERS
    assert given == list(range(1, WRITERS * 3 + 1))
    assert sorted(RegisterEntry.objects.values_list("number", flat=True)) == given
    assert Series.objects.get().last == WRITERS * 3


@pytest.mark.django_db(transaction=True)
def test_one_document_entered_twice_at_once_has_one_line():
    tree = Tree()
    document = make_document(tree.bloc, published="all")
    clerk = make_holder(tree.north, Role.CLERK)

    def write(_number: int) -> RegisterEntry:
        unit = Unit.objects.select_related("present").get(pk=tree.north.pk)
        return enter_document(document.pk, unit, Book.IN, by=Account.objects.get(pk=clerk.pk), at=NOON)

    results = _at_once(write, 6)

    assert sum(isinstance(result, RegisterEntry) for result in results) == 1
    assert sum(isinstance(result, ValidationError) for result in results) == 5
    assert Series.objects.get().last == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_giving_a_number_does_not_hold_up_who_refers_to_the_unit():
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)

    with transaction.atomic():
        enter(tree.bloc, make_document(tree.bloc, issuer=None), Book.IN, by=clerk, at=NOON)

        def refer(_number: int) -> int:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            return make_document(tree.bloc, symbol="khác").pk

        [made] = _at_once(refer, 1)

    assert isinstance(made, int)


steps = st.lists(
    st.tuples(
        st.sampled_from(["register"] * 4 + ["late"] * 2 + ["cancel", "reserve", "fail", "pass"]), st.integers(0, 9)
    ),
    min_size=1,
    max_size=30,
)


class NumbersHold(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(steps=steps, book=st.sampled_from([Book.IN, Book.OUT]))
    def test_any_sequence_keeps_numbers_unique_without_gaps_and_in_order(self, steps: list[Any], book: str) -> None:
        desk = Desk(book)

        for verb, number in steps:
            with suppress(Refused, ValidationError, _Fault), transaction.atomic():
                desk.do(verb, number)

        desk.check()


class Desk:
    """A clerk with one book and a day that moves on."""

    def __init__(self, book: str) -> None:
        self.bloc, self.book, self.day = Tree().bloc, book, DAY
        self.clerk = make_holder(self.bloc, Role.CLERK)

    def do(self, verb: str, number: int) -> None:
        at = moment(self.day, 9)
        if verb == "pass":
            self.day += timedelta(days=1 + number)
        elif verb == "cancel":
            rows = RegisterEntry.objects.in_force().order_by("pk")
            if rows:
                cancel_entry(rows[number % len(rows)].pk, reason="Hủy", by=self.clerk, at=at)
        elif verb == "reserve":
            if series := Series.objects.first():
                reserve_number(series.pk, reason="Giữ", by=self.clerk, at=at)
        else:
            self._enter(self.day - timedelta(days=number if verb == "late" else 0))
            if verb == "fail":
                raise _Fault

    def _enter(self, day: Any) -> None:
        document = make_document(self.bloc, number="", symbol="", issued_on=day if self.book == Book.OUT else None)
        line = Line(arrived_on=day if self.book == Book.IN else None)
        enter(self.bloc, document, self.book, line, by=self.clerk, at=moment(self.day, 9))

    def check(self) -> None:
        for series in Series.objects.all():
            rows = list(series.entries.order_by("number", "suffix"))
            plain = [row for row in rows if not row.suffix]
            assert [row.number for row in plain] == list(range(1, series.last + 1)) and gaps_of(series) == []
            assert [row.on for row in plain] == sorted(row.on for row in plain)
            assert len({(row.number, row.suffix) for row in rows}) == len(rows)
            for row in rows:
                before = [other.on for other in plain if other.number <= row.number]
                after = [other.on for other in plain if other.number > row.number]
                assert all(row.on <= day for day in after)
                assert all(row.on >= day for day in before)
                assert not row.suffix or row.on < day_of(row.entered_at)
