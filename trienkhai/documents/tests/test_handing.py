"""Slips: given, received, returned, done; who may, in which order, two at once."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act, ActDetail
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.documents import rules
from trienkhai.documents.actions import (
    Instruction,
    cancel_entry,
    change_entry,
    finish_slip,
    give_slip,
    mark_entry,
    pass_on_slip,
    quarantine_document,
    receive_slip,
    return_slip,
)
from trienkhai.documents.actions.entering import enter
from trienkhai.documents.models import Book, RegisterEntry, Slip
from trienkhai.documents.queries.slips import addressees_of, slips_of, slips_waiting
from trienkhai.notices.models import Notice
from trienkhai.orgs.actions import abolish_post
from trienkhai.orgs.models import Post, Role, Span, Unit
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_account, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions as tasks
from trienkhai.tasks.tests.make import DUE, make_document
from trienkhai.tasks.tests.test_races import at_once, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


class Desk:
    """The bloc with its clerk, two leaders, an officer and an attached office; one incoming line."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.bloc, self.office = self.tree.bloc, self.tree.office
        self.clerk = make_holder(self.bloc, Role.CLERK)
        self.leader, self.deputy = make_holder(self.bloc, Role.LEADER), make_holder(self.bloc, Role.LEADER)
        self.officer = make_holder(self.bloc, Role.OFFICER)
        self.head = make_holder(self.office, Role.LEADER)
        self.entry = self.line()

    def line(self, **fields: Any) -> RegisterEntry:
        document = make_document(self.bloc, issuer=None, issuer_name="Cấp trên", **fields)
        return enter(self.bloc, document, Book.IN, by=self.clerk, at=NOON)

    def give(self, to: str = "", by: Account | None = None, **fields: Any) -> Slip:
        said = Instruction(to or f"u{self.office.pk}", fields.pop("words", "Tham mưu, đề xuất"), **fields)
        return give_slip(self.entry.pk, said, by=by or self.leader, at=NOON)

    def person(self, account: Account, unit: Unit | None = None) -> str:
        return f"n{(unit or self.bloc).pk}-{account.pk}"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def waiting(account: Account) -> list[int]:
    return [slip.pk for slip in slips_waiting(account, DAY)]


def test_a_slip_to_an_office_waits_there_is_told_and_opens_the_document(desk: Desk):
    assert not rules.visible_documents(desk.head, DAY).exists()

    slip = desk.give(due_on=date(2017, 2, 1))

    assert waiting(desk.head) == [slip.pk] and waiting(desk.officer) == []
    assert rules.visible_documents(desk.head, DAY).get() == desk.entry.document
    told = Notice.objects.filter(kind="slip_given")
    assert {notice.post.unit_id for notice in told.select_related("post")} == {desk.office.pk}
    act = Act.objects.get(verb="slip.given")
    assert (act.data["to"], act.data["due_on"]) == ("Văn phòng", "2017-02-01")
    desk.entry.refresh_from_db()
    assert desk.entry.handed_over_at == NOON


def test_a_slip_to_a_person_or_a_post_is_theirs_alone(desk: Desk):
    post = Post.objects.get(unit=desk.bloc, role=Role.OFFICER)

    to_person, to_post = desk.give(desk.person(desk.deputy)), desk.give(f"p{post.pk}")

    assert (to_person.addressee, to_post.addressee) == (desk.deputy.name, post.title)
    assert waiting(desk.deputy) == [to_person.pk]
    assert waiting(desk.officer) == [to_post.pk]
    assert waiting(desk.leader) == waiting(desk.head) == []
    other = make_holder(desk.bloc, Role.OFFICER)
    with pytest.raises(Refused):
        receive_slip(to_post.pk, by=other, at=NOON)


def test_a_slip_to_a_post_that_is_abolished_goes_to_the_post_that_takes_over_or_to_the_unit(desk: Desk):
    admin = make_holder(desk.bloc, Role.ADMIN)
    first, second = Post.objects.get(unit=desk.bloc, role=Role.OFFICER), make_holder(desk.bloc, Role.OFFICER)
    heir = Post.objects.get(unit=desk.bloc, holdings__account=second)
    slip, who = desk.give(f"p{first.pk}"), {"ends_holdings": True, "by": admin, "at": NOON}

    abolish_post(first.pk, on=DAY, successor=heir, **who)
    assert waiting(second) == [slip.pk] and waiting(desk.officer) == []
    abolish_post(heir.pk, on=DAY, **who)

    slip.refresh_from_db()
    assert slip.post is None and waiting(Account.objects.get(pk=second.pk)) == [] and waiting(desk.clerk) == [slip.pk]


def test_a_member_reads_only_what_was_handed_over_to_the_person(desk: Desk):
    member = make_holder(desk.bloc, Role.MEMBER)
    other = make_holder(desk.bloc, Role.MEMBER)

    desk.give(desk.person(member))

    assert rules.visible_documents(member, DAY).get() == desk.entry.document
    assert not rules.visible_documents(other, DAY).exists()


def test_several_slips_keep_their_order_and_the_last_one_done_handles_the_line(desk: Desk):
    first, second = desk.give(), desk.give(desk.person(desk.officer))

    receive_slip(second.pk, by=desk.officer, at=NOON)
    finish_slip(second.pk, answer="Đã trình", by=desk.officer, at=NOON)
    desk.entry.refresh_from_db()
    assert desk.entry.handled_at is None
    finish_slip(first.pk, answer="Đã tham mưu", by=desk.head, at=moment(date(2017, 1, 5)))

    desk.entry.refresh_from_db()
    assert desk.entry.handled_at == moment(date(2017, 1, 5))
    assert [(slip.position, slip.state) for slip in slips_of(desk.entry)] == [(1, "done"), (2, "done")]
    assert Notice.objects.filter(kind="slip_done").exists()
    again = desk.give()
    desk.entry.refresh_from_db()
    assert again.position == 3 and desk.entry.handled_at is None


def test_a_returned_slip_says_why_and_goes_back_to_those_who_keep_the_book(desk: Desk):
    slip = desk.give()
    with pytest.raises(ValidationError):
        return_slip(slip.pk, reason=" ", by=desk.head, at=NOON)

    returned = return_slip(slip.pk, reason="Không thuộc chức năng", by=desk.head, at=NOON)

    assert (returned.state, returned.answer) == ("returned", "Không thuộc chức năng")
    assert {notice.post.role for notice in Notice.objects.filter(kind="slip_returned")} == {"clerk", "leader"}
    with pytest.raises(Refused, match="closed"):
        finish_slip(slip.pk, answer="Xong", by=desk.head, at=NOON)
    assert waiting(desk.head) == []
    assert desk.give().position == 2


def test_the_clerk_writes_down_whose_instruction_it_is(desk: Desk):
    with pytest.raises(ValidationError, match="whose instruction"):
        desk.give(by=desk.clerk)
    with pytest.raises(ValidationError, match="whose instruction"):
        desk.give(by=desk.clerk, leader=desk.officer)

    slip = desk.give(by=desk.clerk, leader=desk.deputy)

    assert (slip.leader, slip.prepared_by) == (desk.deputy, desk.clerk)


def test_what_a_slip_needs_is_named_at_its_field(desk: Desk):
    faults = {
        "words": {"words": "  "},
        "due_on": {"due_on": date(2017, 1, 2)},
        "to": {"to": f"u{desk.tree.north.pk}"},
    }
    for field, given in faults.items():
        with pytest.raises(ValidationError) as fault:
            desk.give(**given)
        assert list(fault.value.message_dict) == [field]
    desk.give()
    with pytest.raises(ValidationError, match="there already"):
        desk.give()
    assert Slip.objects.count() == 1


def test_only_those_who_keep_the_book_hand_over_and_only_what_came_in(desk: Desk):
    for stranger in (make_holder(desk.bloc, Role.FOCAL), make_holder(desk.tree.north, Role.LEADER), desk.head):
        with pytest.raises(Refused):
            desk.give(by=stranger)
    out = enter(desk.bloc, make_document(desk.bloc, number="07"), Book.OUT, by=desk.clerk, at=NOON)
    assert not rules.can_hand_over(desk.leader, out, DAY)


def test_the_addressees_are_those_of_the_own_unit_and_its_offices(desk: Desk):
    rows = addressees_of(desk.bloc, DAY)

    assert {row.unit.pk for row in rows} == {desk.bloc.pk, desk.office.pk}
    assert {row.person for row in rows if row.person} >= {desk.clerk, desk.leader, desk.head}
    assert len({row.key for row in rows}) == len(rows)


def test_done_by_the_issued_task_only_where_one_was_issued(desk: Desk):
    slip = desk.give(desk.person(desk.officer))
    with pytest.raises(ValidationError, match="No task"):
        finish_slip(slip.pk, answer="", covered=True, by=desk.officer, at=NOON)
    with pytest.raises(ValidationError, match="what was done"):
        finish_slip(slip.pk, answer="", by=desk.officer, at=NOON)

    rows = [{"title": "Việc", "due_on": DUE}]
    issue = tasks.prepare_issue(desk.entry.document, desk.bloc, rows, selection="grassroots", by=desk.officer, at=NOON)
    tasks.issue_tasks(issue.pk, by=desk.leader, at=NOON)

    assert finish_slip(slip.pk, answer="", covered=True, by=desk.officer, at=NOON).covered


def test_a_line_with_an_open_slip_is_not_cancelled_nor_marked_handled(desk: Desk):
    slip = desk.give()

    with pytest.raises(Refused):
        cancel_entry(desk.entry.pk, reason="Nhầm", by=desk.clerk, at=NOON)
    with pytest.raises(Refused):
        mark_entry(desk.entry.pk, "handled", by=desk.clerk, at=NOON)

    return_slip(slip.pk, reason="Nhầm", by=desk.head, at=NOON)
    assert mark_entry(desk.entry.pk, "handled", by=desk.clerk, at=NOON).handled_at == NOON
    with pytest.raises(Refused, match="already"):
        mark_entry(desk.entry.pk, "handled", by=desk.clerk, at=NOON)


def test_a_delegate_for_other_acts_receives_nothing(desk: Desk):
    slip = desk.give()
    held = desk.head.holdings.get()
    delegate = make_holder(
        desk.office,
        Role.LEADER,
        manner="delegated",
        principal=held,
        acts=["approve"],
        valid_to=held.valid_to,
        account=make_account(),
        reach=Span.OWN,
    )

    assert waiting(delegate) == []
    with pytest.raises(Refused):
        receive_slip(slip.pk, by=delegate, at=NOON)


def test_slips_of_a_document_locked_away_are_gone_and_the_log_says_nothing_of_them(desk: Desk):
    slip = desk.give(words="Nói về nội dung riêng")
    return_slip(slip.pk, reason="Nhắc lại nội dung riêng", by=desk.head, at=NOON)
    change_entry(desk.entry.pk, {"note": "Cũng là nội dung riêng"}, by=desk.clerk, at=NOON)
    assert ActDetail.objects.filter(value__contains="nội dung riêng").count() == 2

    quarantine_document(desk.entry.document_id, by=desk.clerk, at=NOON)

    assert not Slip.objects.exists()
    assert not ActDetail.objects.filter(value__contains="nội dung riêng").exists()
    assert not any("nội dung riêng" in str(act.data) for act in Act.objects.all())


@pytest.mark.django_db(transaction=True)
def test_of_two_who_receive_at_once_exactly_one_does():
    desk = Desk()
    second = make_holder(desk.office, Role.FOCAL)
    slip = desk.give()

    results = at_once(
        lambda: receive_slip(slip.pk, by=fresh(desk.head), at=NOON),
        lambda: receive_slip(slip.pk, by=fresh(second), at=NOON),
    )

    assert sum(isinstance(result, Refused) for result in results) == 1
    assert Act.objects.filter(verb="slip.received").count() == 1


@pytest.mark.django_db(transaction=True)
def test_slips_given_at_once_have_positions_of_their_own_and_none_twice():
    desk = Desk()
    people = [desk.person(desk.officer), desk.person(desk.officer), desk.person(desk.deputy), f"u{desk.office.pk}"]

    results = at_once(
        *[
            lambda to=to: give_slip(desk.entry.pk, Instruction(to, "Xử lý"), by=fresh(desk.leader), at=NOON)
            for to in people
        ]
    )

    assert sum(isinstance(result, ValidationError) for result in results) == 1
    assert sorted(Slip.objects.values_list("position", flat=True)) == [1, 2, 3]


class Office(Desk):
    """The desk, with people in the office; its slip is with the whole office."""

    def __init__(self) -> None:
        super().__init__()
        self.expert = make_holder(self.office, Role.MEMBER)
        self.office_clerk = make_holder(self.office, Role.CLERK)
        self.slip = self.give(due_on=date(2017, 2, 1))

    def pass_on(self, to: str = "", by: Account | None = None, words: str = "Nghiên cứu, trình tôi") -> Slip:
        said = Instruction(to or self.person(self.expert, self.office), words, due_on=date(2017, 1, 20))
        return pass_on_slip(self.slip.pk, said, by=by or self.head, at=NOON)


def test_an_office_passes_on_what_it_was_handed_to_one_of_its_people_with_one_act():
    office = Office()
    before = Act.objects.count()

    passed = office.pass_on()

    assert Act.objects.count() == before + 1
    act = Act.objects.latest("pk")
    assert (act.verb, act.data["to"], act.data["leader"]) == ("slip.passed_on", office.expert.name, office.head.name)
    office.slip.refresh_from_db()
    assert (office.slip.state, office.slip.received_by) == ("received", office.head)
    assert (passed.passed_from, passed.unit, passed.position) == (office.slip, office.office, 2)
    assert waiting(office.expert) == [passed.pk] and waiting(office.head) == [office.slip.pk]
    assert rules.visible_documents(office.expert, DAY).get() == office.entry.document
    assert Notice.objects.get(kind="slip_given", post__holdings__account=office.expert).act == act.pk
    assert set(rules.visible_slips(office.head, DAY)) == {office.slip, passed}
    assert set(rules.visible_slips(office.expert, DAY)) == {passed}


def test_a_post_of_the_office_receives_it_too_and_both_are_closed_in_their_order():
    office = Office()
    post = Post.objects.get(unit=office.office, role=Role.CLERK)
    passed = office.pass_on(f"p{post.pk}")

    with pytest.raises(Refused, match="passed on"):
        finish_slip(office.slip.pk, answer="Xong", by=office.head, at=NOON)
    with pytest.raises(Refused, match="passed on"):
        return_slip(office.slip.pk, reason="Nhầm", by=office.head, at=NOON)
    finish_slip(passed.pk, answer="Đã trình", by=office.office_clerk, at=NOON)
    office.entry.refresh_from_db()
    assert office.entry.handled_at is None
    told = Notice.objects.filter(kind="slip_done").values_list("post__unit", flat=True)
    assert set(told) == {office.office.pk}
    finish_slip(office.slip.pk, answer="Đã tham mưu", by=office.head, at=NOON)

    office.entry.refresh_from_db()
    assert office.entry.handled_at == NOON


def test_what_was_passed_on_and_returned_is_with_the_office_which_may_pass_it_on_anew():
    office = Office()
    passed = office.pass_on()

    return_slip(passed.pk, reason="Không thuộc việc của tôi", by=office.expert, at=NOON)
    again = office.pass_on(office.person(office.office_clerk, office.office))

    assert (again.position, waiting(office.expert)) == (3, [])
    assert set(Notice.objects.filter(kind="slip_returned").values_list("post__unit", flat=True)) == {office.office.pk}


def test_only_who_receives_for_the_unit_passes_on_and_only_within_it():
    office = Office()
    to_person = office.give(office.person(office.officer))
    inspector = make_holder(office.office, Role.INSPECTOR)

    for stranger in (
        office.leader,
        office.clerk,
        office.expert,
        inspector,
        make_holder(office.tree.north, Role.LEADER),
    ):
        with pytest.raises(Refused):
            office.pass_on(by=stranger)
    with pytest.raises(Refused, match="whole unit"):
        said = Instruction(office.person(office.deputy), "x")
        pass_on_slip(to_person.pk, said, by=office.officer, at=NOON)
    for to in (f"u{office.office.pk}", office.person(office.officer), "p0", ""):
        with pytest.raises(ValidationError):
            pass_on_slip(office.slip.pk, Instruction(to, "x"), by=office.head, at=NOON)
    with pytest.raises(ValidationError):
        office.pass_on(words=" ")
    assert Slip.objects.count() == 2 and not Act.objects.filter(verb="slip.passed_on").exists()
    office.pass_on(by=office.office_clerk)
    with pytest.raises(ValidationError, match="already"):
        office.pass_on()


def test_a_closed_slip_is_not_passed_on():
    office = Office()
    finish_slip(office.slip.pk, answer="Xong", by=office.head, at=NOON)

    with pytest.raises(Refused):
        office.pass_on()
