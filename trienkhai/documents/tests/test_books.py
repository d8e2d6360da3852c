"""Who reads a book, what a line says and changes, the hours of urgent papers, withdrawn documents, further units."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from trienkhai.audit.models import Act, ActDetail
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.documents import entries, rules
from trienkhai.documents.actions import (
    Line,
    cancel_entry,
    change_entry,
    enter_document,
    mark_entry,
    publish_document,
    withdraw_document,
)
from trienkhai.documents.actions.entering import enter
from trienkhai.documents.models import Book, RegisterEntry
from trienkhai.documents.queries.books import Page, lines_of
from trienkhai.documents.queries.urgency import urgent_clocks, urgent_waiting
from trienkhai.documents.tests.make import register
from trienkhai.norms.models import Norm
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions as tasks
from trienkhai.tasks.rules import can_issue, can_submit_issue
from trienkhai.tasks.tests.make import DUE, Cast, make_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def clerk(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.CLERK)


def arrive(tree: Tree, clerk: Account, line: Line | None = None, at: Any = NOON, **fields: Any) -> RegisterEntry:
    document = make_document(tree.bloc, issuer=None, issuer_name="Cấp trên", **fields)
    entry = enter(tree.bloc, document, Book.IN, line, by=clerk, at=at)
    return RegisterEntry.objects.select_related("document", "unit", "series").get(pk=entry.pk)


@pytest.mark.parametrize("role", Role.values)
def test_a_book_is_read_by_those_who_keep_it_and_the_inspector_of_the_branch(tree: Tree, role: str):
    units = set(rules.visible_books(make_holder(tree.north, role), DAY))

    keeps = role in (Role.CLERK, Role.OFFICER, Role.LEADER)
    assert units == (
        {tree.north} if keeps else {tree.north, tree.north1, tree.north2} if role == "inspector" else set()
    )


def test_the_lines_of_a_book_are_those_of_unit_book_and_period_and_never_of_strangers(tree: Tree, clerk: Account):
    first = arrive(tree, clerk, at=moment(date(2017, 1, 3)))
    second = arrive(tree, clerk, at=moment(date(2017, 2, 3)), title="về phòng cháy")
    enter(tree.bloc, make_document(tree.bloc), Book.INTERNAL, by=clerk, at=NOON)
    make_entry_elsewhere = enter(tree.north, make_document(tree.north), Book.IN, by=None, at=NOON)

    def numbers(wanted: Page, account: Account = clerk) -> list[int]:
        return [row.pk for row in lines_of(account, tree.bloc, Book.IN, wanted, DAY)]

    assert numbers(Page()) == [first.pk, second.pk]
    assert numbers(Page(first=date(2017, 2, 1))) == [second.pk]
    assert numbers(Page(last=date(2017, 1, 31))) == [first.pk]
    assert numbers(Page(words="phong chay")) == [second.pk]
    assert numbers(Page(), make_holder(tree.north, Role.CLERK)) == []
    assert make_entry_elsewhere.pk not in numbers(Page())


def test_only_open_lines_are_shown_when_asked(tree: Tree, clerk: Account):
    done, cancelled, left = (arrive(tree, clerk) for _turn in range(3))
    mark_entry(done.pk, "handled", by=clerk, at=NOON)
    cancel_entry(cancelled.pk, reason="Nhầm", by=clerk, at=NOON)

    assert [row.pk for row in lines_of(clerk, tree.bloc, Book.IN, Page(open_only=True), DAY)] == [left.pk]


def test_a_line_is_changed_with_one_act_of_old_and_new(tree: Tree, clerk: Account):
    entry = arrive(tree, clerk, Line(recipient="Văn phòng"))

    change_entry(entry.pk, {"recipient": "Ban Tổ chức", "due_on": DUE, "note": ""}, by=clerk, at=NOON)
    change_entry(entry.pk, {"recipient": "Ban Tổ chức"}, by=clerk, at=NOON)

    act = Act.objects.get(verb="entry.changed")
    kept = dict(ActDetail.objects.filter(act_id=act.pk).values_list("key", "value"))
    assert kept == {"recipient": "Văn phòng → Ban Tổ chức", "due_on": "– → 2017-06-30"}


def test_the_hour_of_arrival_belongs_to_the_day_of_the_line(tree: Tree, clerk: Account):
    entry = arrive(tree, clerk)

    changed = change_entry(entry.pk, {"arrived_at": moment(DAY, 7, 30)}, by=clerk, at=NOON)
    assert changed.arrived_at == moment(DAY, 7, 30)
    for wrong in (moment(DAY - timedelta(days=1), 9), moment(DAY, 18)):
        with pytest.raises(ValidationError):
            change_entry(entry.pk, {"arrived_at": wrong}, by=clerk, at=NOON)


def test_lines_are_changed_by_those_who_keep_the_book_and_not_when_cancelled(tree: Tree, clerk: Account):
    entry = arrive(tree, clerk)
    for stranger in (make_holder(tree.bloc, Role.FOCAL), make_holder(tree.bloc, Role.INSPECTOR)):
        with pytest.raises(Refused):
            change_entry(entry.pk, {"note": "x"}, by=stranger, at=NOON)
    cancel_entry(entry.pk, reason="Nhầm", by=clerk, at=NOON)
    with pytest.raises(Refused):
        change_entry(entry.pk, {"note": "x"}, by=clerk, at=NOON)
    with pytest.raises(Refused):
        mark_entry(entry.pk, "handed_over", by=clerk, at=NOON)


@pytest.mark.parametrize(
    ("mark", "minutes"), [("KHẨN", 120), ("THƯỢNG KHẨN", 60), ("Hoả tốc", 30), ("HỎA TỐC HẸN GIỜ", 30)]
)
def test_an_urgent_paper_runs_from_its_arrival_by_the_hours_of_its_mark(
    tree: Tree, clerk: Account, mark: str, minutes: int
):
    entry = arrive(tree, clerk, urgency=mark)

    [clock] = urgent_clocks([entry], NOON + timedelta(minutes=10)).values()

    assert clock.step == "hand_over" and clock.until == NOON + timedelta(minutes=minutes)
    assert clock.left == timedelta(minutes=minutes - 10) and not clock.is_over
    assert urgent_clocks([entry], NOON + timedelta(minutes=minutes + 1))[entry.pk].is_over


def test_the_own_hour_of_a_paper_wins_and_handing_over_starts_the_next_clock(tree: Tree, clerk: Account):
    entry = arrive(tree, clerk, Line(deliver_by=moment(DAY, 15)), urgency="HỎA TỐC HẸN GIỜ")
    assert urgent_clocks([entry], NOON)[entry.pk].until == moment(DAY, 15)

    entry = mark_entry(entry.pk, "handed_over", by=clerk, at=NOON)
    clock = urgent_clocks([entry], NOON)[entry.pk]
    assert (clock.step, clock.until) == ("handle", moment(DAY, 16))

    entry = mark_entry(entry.pk, "handled", by=clerk, at=NOON)
    assert urgent_clocks([entry], NOON) == {}


def test_an_outgoing_urgent_paper_runs_until_it_is_sent(tree: Tree, clerk: Account):
    document = make_document(tree.bloc, urgency="KHẨN")
    entry = enter(tree.bloc, document, Book.OUT, by=clerk, at=NOON)
    assert urgent_clocks([entry], NOON)[entry.pk].step == "hand_over"

    entry = mark_entry(entry.pk, "handed_over", by=clerk, at=NOON)

    assert urgent_clocks([entry], NOON) == {}
    with pytest.raises(ValidationError):
        mark_entry(entry.pk, "handled", by=clerk, at=NOON)


def test_an_office_sets_hours_of_its_own_and_an_unknown_mark_has_none(tree: Tree, clerk: Account):
    hours = {"KHẨN": {"hand_over": 1, "handle": 3}}
    Norm.objects.create(
        key="urgency.hours", place=tree.bloc.path, valid_from=DAY, value=hours, source="03-QĐ/ĐUTHU", grade="L"
    )
    known, unknown = arrive(tree, clerk, urgency="KHẨN"), arrive(tree, clerk, urgency="GẤP")

    clocks = urgent_clocks([known, unknown], NOON)

    assert list(clocks) == [known.pk] and clocks[known.pk].until == NOON + timedelta(hours=1)


def test_the_menu_counts_the_urgent_papers_that_the_page_lists(tree: Tree, clerk: Account, rf: RequestFactory):
    for mark in ("KHẨN", "GẤP", ""):
        arrive(tree, clerk, urgency=mark)
    request = rf.get("/")
    request.user = clerk

    listed, count = entries.waiting(request, None), entries.waiting_count(request, None)

    assert listed and len(listed["urgent"]) == count == 1


def test_urgent_papers_wait_for_those_who_keep_the_book_until_handled(tree: Tree, clerk: Account):
    urgent, _plain = arrive(tree, clerk, urgency="KHẨN"), arrive(tree, clerk)
    withdrawn = arrive(tree, clerk, urgency="KHẨN")
    withdraw_document(withdrawn.document_id, reason="Ban hành nhầm", by=clerk, at=NOON)

    assert list(urgent_waiting(clerk, NOON)) == [urgent]
    assert list(urgent_waiting(make_holder(tree.bloc, Role.FOCAL), NOON)) == []


def test_the_clocks_of_three_urgent_lines_cost_what_one_does(
    tree: Tree, clerk: Account, django_assert_num_queries: Any
):
    rows = [arrive(tree, clerk, urgency="KHẨN", at=moment(DAY + timedelta(days=day))) for day in range(3)]

    with django_assert_num_queries(1):
        urgent_clocks(rows[:1], NOON)
    with django_assert_num_queries(1):
        urgent_clocks(rows, NOON)
    with django_assert_num_queries(0):
        urgent_clocks([arrive_plain for arrive_plain in rows if not arrive_plain.document], NOON)


def test_a_withdrawn_document_stays_with_its_reason_and_blocks_what_was_prepared_from_it():
    cast = Cast()
    clerk = make_holder(cast.tree.bloc, Role.CLERK)
    document = register(cast.tree.bloc, clerk)
    rows = [{"title": "Việc", "due_on": DUE}]
    issue = tasks.prepare_issue(document, cast.tree.bloc, rows, selection="grassroots", by=cast.officer, at=NOON)

    withdraw_document(document.pk, reason="Thông báo 09-TB/ĐUTHU", by=clerk, at=NOON)

    issue.refresh_from_db()
    for verdict in (can_issue(cast.leader, issue, DAY), can_submit_issue(cast.officer, issue, DAY)):
        assert not verdict and "withdrawn" in verdict.reason
    with pytest.raises(Refused):
        tasks.issue_tasks(issue.pk, by=cast.leader, at=NOON)
    assert document.entries.filter(cancelled_at=None).exists() and document.texts.exists()
    with pytest.raises(Refused, match="already"):
        withdraw_document(document.pk, reason="Lần nữa", by=clerk, at=NOON)


def test_withdrawing_needs_a_reason_and_someone_who_registers(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)

    with pytest.raises(ValidationError):
        withdraw_document(document.pk, reason=" ", by=clerk, at=NOON)
    with pytest.raises(Refused):
        withdraw_document(document.pk, reason="x", by=make_holder(tree.north, Role.LEADER), at=NOON)


def test_a_document_is_entered_in_a_further_unit_with_a_number_of_its_own(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk, book=Book.OUT)
    below = make_holder(tree.north, Role.CLERK)
    with pytest.raises(Refused, match="no sight"):
        enter_document(document.pk, tree.north, Book.IN, by=below, at=NOON)
    publish_document(document.pk, "branch", by=clerk, at=NOON)

    entry = enter_document(document.pk, tree.north, Book.IN, Line(recipient="Bí thư"), by=below, at=NOON)

    assert (entry.number, entry.recipient, entry.document) == (1, "Bí thư", document)
    assert document.entries.count() == 2
    act = Act.objects.get(verb="document.entered")
    assert (act.unit_path, act.data) == (tree.north.path, {"book": "in", "number": "01"})
    with pytest.raises(ValidationError, match="in a book of this unit already"):
        enter_document(document.pk, tree.north, Book.INTERNAL, by=below, at=NOON)


def test_work_from_a_document_lets_a_unit_enter_it_and_nobody_else_sends_it_out():
    cast = Cast()
    north1, document = cast.tree.north1, make_document(cast.tree.bloc)
    clerk = make_holder(north1, Role.CLERK)
    rows = [{"title": "Việc", "due_on": DUE}]
    issue = tasks.prepare_issue(document, cast.tree.bloc, rows, selection="unit:K.B.1", by=cast.officer, at=NOON)
    assert not rules.can_enter(clerk, document, north1, Book.IN, DAY)

    tasks.issue_tasks(issue.pk, by=cast.leader, at=NOON)

    assert rules.can_enter(clerk, document, north1, Book.IN, DAY)
    assert not rules.can_enter(clerk, document, north1, Book.OUT, DAY)
    assert not rules.can_enter(make_holder(cast.tree.south1, Role.CLERK), document, cast.tree.south1, Book.IN, DAY)


def test_what_one_unit_sees_is_not_entered_for_another_that_does_not(tree: Tree, clerk: Account):
    """A person with posts in two units carries nothing from one book to the other."""
    document = register(tree.bloc, clerk)
    make_holder(tree.south, Role.CLERK, account=clerk)

    assert rules.visible_documents(clerk, DAY).filter(pk=document.pk).exists()
    assert not rules.can_enter(clerk, document, tree.south, Book.IN, DAY)
