"""Several writers at once: one version wins, the others are told; papers issued at once have numbers of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from trienkhai.documents.actions import Overtaken, change_draft, correct_document
from trienkhai.documents.models import Book, Document, Draft, DraftVersion, RegisterEntry
from trienkhai.documents.tests.make import paper, register
from trienkhai.documents.tests.make_drafts import WORDS, begin, finish
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 6


def at_once(one: Callable[[int], Any], count: int = WRITERS) -> list[Any]:
    def closing(number: int) -> Any:
        try:
            return one(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(closing, range(count)))


def test_of_writers_who_store_at_once_one_wins_and_the_others_are_told():
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    draft = begin(tree.bloc, clerk)

    def store(number: int) -> bool:
        try:
            change_draft(draft.pk, WORDS | {"title": f"bản {number}"}, base=1, by=fresh(clerk), at=NOON)
        except Overtaken:
            return False
        return True

    assert sum(at_once(store)) == 1
    assert (Draft.objects.get().version, DraftVersion.objects.count()) == (2, 2)


def test_papers_issued_at_once_take_numbers_without_gaps_or_doubles():
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    drafts = [begin(tree.bloc, clerk) for _number in range(WRITERS)]

    at_once(lambda number: finish(drafts[number], fresh(clerk)))

    assert sorted(Document.objects.values_list("number", flat=True)) == [f"{n:02}" for n in range(1, WRITERS + 1)]
    assert RegisterEntry.objects.count() == WRITERS


def test_one_draft_issued_by_several_at_once_is_one_document():
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    draft = begin(tree.bloc, clerk)

    made = at_once(lambda _number: finish(draft, fresh(clerk)).pk)

    assert len(set(made)) == Document.objects.count() == 1


def fresh(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def test_a_paper_is_issued_while_the_number_of_another_of_its_run_is_corrected():
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    other = register(tree.bloc, clerk, text=paper("90-KH/ĐUTHU", day="03 tháng 01 năm 2017"), book=Book.OUT)
    draft = begin(tree.bloc, clerk)

    def correct() -> None:
        for number in range(89, 59, -1):
            values = {"number": str(number), "symbol": f"{number}-KH/ĐUTHU"}
            correct_document(other.pk, values, by=fresh(clerk), at=NOON)

    at_once(lambda number: correct() if number else finish(draft, fresh(clerk)), 2)

    assert Draft.objects.get().document is not None
