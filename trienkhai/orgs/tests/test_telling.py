"""Who hears of reorganisation files, posts and deputies: each person once for an act, whoever did it not at all."""

from datetime import date, timedelta

import pytest

from trienkhai.common.clock import moment
from trienkhai.notices.models import Notice
from trienkhai.notices.rules import visible_notices
from trienkhai.notices.wording import sentence
from trienkhai.orgs import actions
from trienkhai.orgs.actions import reorganising
from trienkhai.orgs.actions.reorganising import key_of
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.tests.make import Tree, make_account, make_holder
from trienkhai.orgs.tests.make_reorganising import AT, TODAY, Office, dissolve, move, new
from trienkhai.people.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LATER = TODAY + timedelta(days=10)


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def office(tree: Tree) -> Office:
    return Office(tree.bloc)


def told(kind: str) -> list[int | None]:
    return sorted(Notice.objects.filter(kind=kind).values_list("account", flat=True))


def ids(*people: Account) -> list[int]:
    return sorted(person.pk for person in people)


def read_by(person: Account, on: date = TODAY) -> list[str]:
    return [sentence(notice) for notice in visible_notices(person, on).order_by("pk")]


def holding_of(person: Account) -> Holding:
    return Holding.objects.get(account=person)


def test_a_submitted_file_is_told_to_those_who_may_approve_it_and_no_other(office: Office, tree: Tree):
    second, far = make_holder(tree.bloc, Role.LEADER), make_holder(tree.north, Role.LEADER)
    deputy, other = make_account(), make_account()
    span = {"valid_from": TODAY, "valid_to": LATER, "by": office.leader, "at": AT}
    actions.delegate(holding_of(office.leader), deputy, acts=["reorganise"], **span)
    actions.delegate(holding_of(office.leader), other, acts=["approve"], **span)

    office.submit(office.file(move(tree.south, tree.north1)))

    assert told("reorganisation_submitted") == ids(office.leader, second, deputy)
    assert read_by(far) == [] and "waits for your approval: Phương án sắp xếp" in read_by(second)[0]


def test_whoever_submits_as_a_leader_too_is_not_asked_to_approve(office: Office, tree: Tree):
    second = make_holder(tree.bloc, Role.LEADER)
    make_holder(tree.bloc, Role.LEADER, account=office.admin)

    office.submit(office.file(move(tree.south, tree.north1)))

    assert told("reorganisation_submitted") == ids(office.leader, second)


def test_a_returned_file_is_told_to_its_drafter_with_the_reason(office: Office, tree: Tree):
    file = office.file(move(tree.south, tree.north1))
    office.submit(file)

    reorganising.return_reorganisation(file.pk, reason="Nêu rõ hơn", by=office.leader, at=AT)

    assert told("reorganisation_returned") == ids(office.admin)
    assert "Phương án sắp xếp. Nêu rõ hơn" in read_by(office.admin)[0]


def test_carried_out_heads_and_drafter_hear_it_and_whoever_lost_a_post_hears_that(office: Office, tree: Tree):
    head, focal = make_holder(tree.north2, Role.LEADER), make_holder(tree.north2, Role.FOCAL)
    heir, same = make_holder(tree.north1, Role.SECRETARY), make_holder(tree.north, Role.LEADER)
    make_holder(tree.north2, Role.CLERK, account=focal)
    make_holder(tree.north1, Role.LEADER, account=heir)
    clerk = make_holder(tree.north1, Role.CLERK)

    office.carry_out(office.file(dissolve(tree.north2, tree.north1), move(tree.south, tree.north)))

    assert told("reorganisation_ended_post") == ids(head, focal)
    assert told("reorganisation_carried_out") == ids(office.admin, heir, same)
    assert read_by(clerk) == [] and "Bắc Hai" in read_by(focal)[0]


def test_taken_back_is_told_to_all_who_heard_that_it_was_carried_out(office: Office, tree: Tree):
    head = make_holder(tree.north2, Role.LEADER)
    file = office.carry_out(office.file(dissolve(tree.north2, tree.north1)))

    reorganising.take_back_reorganisation(file.pk, reason="Nhầm", by=office.leader, at=AT)

    assert told("reorganisation_taken_back") == ids(office.admin, head)


def test_a_file_for_a_later_day_is_told_when_approved_and_once_more_by_the_worker(office: Office, tree: Tree):
    head = make_holder(tree.south, Role.LEADER)
    file = office.file(move(tree.south, tree.north), effective_on=LATER)
    office.submit(file)

    reorganising.approve_and_carry_out(file.pk, by=office.leader, at=AT)
    assert told("reorganisation_approved") == ids(office.admin, head) and not told("reorganisation_carried_out")
    at = moment(LATER, 0)
    assert (reorganising.carry_out_due(at), reorganising.carry_out_due(at)) == (1, 0)

    assert told("reorganisation_carried_out") == ids(office.admin, head)


def test_a_file_that_fails_on_its_day_is_told_to_its_drafter_once(office: Office, tree: Tree):
    file = office.file(("establish", {"new": new("K.Z"), "parent": key_of(tree.bloc)}), effective_on=LATER)
    office.submit(file)
    reorganising.approve_and_carry_out(file.pk, by=office.leader, at=AT)
    Unit.objects.get(pk=tree.direct.pk).versions.update(code="K.Z")

    for hour in (0, 1):
        reorganising.carry_out_due(moment(LATER, hour))

    assert told("reorganisation_returned") == ids(office.admin)


def test_a_trial_tells_nobody(office: Office, tree: Tree):
    make_holder(tree.south, Role.LEADER)
    file = office.file(move(tree.south, tree.north))

    reorganising.try_reorganisation(file.pk, by=office.admin, at=AT)

    assert not Notice.objects.exists()


def test_a_post_given_handed_over_and_ended_is_told_to_that_person_alone(office: Office, tree: Tree):
    lan, minh, hoa = make_account(), make_account(), make_account()
    who = {"by": office.admin, "at": AT}
    post = actions.create_post(tree.north, title="Phó Bí thư", role=Role.LEADER, seats=2, **who)
    make_holder(tree.south, Role.FOCAL, account=hoa)
    actions.appoint(post, hoa, valid_from=TODAY, **who)

    held = actions.appoint(post, lan, valid_from=LATER, **who)
    after = actions.hand_over(held.pk, minh, on=LATER + timedelta(days=5), **who)
    actions.end_holding(after.pk, on=LATER + timedelta(days=9), **who)

    assert read_by(lan) == [
        "You were given the post “Phó Bí thư”, Đảng bộ Bắc, from 30/06/2017",
        "Your post “Phó Bí thư”, Đảng bộ Bắc, ends: 05/07/2017 is the first day without it",
    ]
    assert len(read_by(minh)) == 2 and len(read_by(hoa, LATER)) == 1


def test_a_deputy_hears_of_the_beginning_and_of_the_end_also_when_the_holder_leaves(office: Office, tree: Tree):
    leader, deputy = make_holder(tree.north, Role.LEADER), make_account()
    held = holding_of(leader)
    span = {"valid_from": TODAY, "valid_to": LATER, "by": leader, "at": AT}
    actions.delegate(held, deputy, acts=["approve"], **span)

    actions.end_holding(held.pk, on=TODAY + timedelta(days=1), by=office.admin, at=AT)

    assert told("deputy_set") == told("deputy_ended") == ids(deputy) and told("post_ended") == ids(leader)
    assert f"deputy of {leader.name} as" in read_by(deputy)[0]


def test_who_takes_a_post_or_ends_a_deputy_of_their_own_is_told_nothing(office: Office, tree: Tree):
    post = actions.create_post(tree.bloc, title="Chánh Văn phòng", role=Role.OFFICER, by=office.admin, at=AT)

    actions.appoint(post, office.admin, valid_from=TODAY, by=office.admin, at=AT)

    assert not Notice.objects.exists()
