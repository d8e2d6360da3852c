"""Feedback always lies where somebody reads it, and news of an answer reaches its writer alone."""

from datetime import date, timedelta

import pytest

from trienkhai.common.verdict import Refused
from trienkhai.feedback import actions, rules
from trienkhai.feedback import rules_consulting as consulting
from trienkhai.feedback.models import Letter, PendingLetter
from trienkhai.feedback.queries.integrity import unread
from trienkhai.feedback.tests.make import DAY, House, easy, send
from trienkhai.notices.models import Notice
from trienkhai.notices.rules import visible_notices
from trienkhai.orgs.models import Holding, Role
from trienkhai.orgs.tests.make import make_account, make_holder
from trienkhai.orgs.tests.make_ending import end_unit
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db
ON = date(2017, 3, 7)
SPOKEN = ("remark_given", "letters_released")


@pytest.fixture
def house() -> House:
    made = House()
    made.receiving_everywhere()
    easy()
    return made


def told(account: Account, *kinds: str) -> list[str]:
    return sorted(visible_notices(account, date(2017, 3, 20)).filter(kind__in=kinds).values_list("kind", flat=True))


def end_north(house: House, *, to_receiving: bool = False) -> None:
    tree, admin = house.tree, make_holder(house.tree.bloc, Role.ADMIN)
    if to_receiving:
        reader, leader = make_holder(tree.south, Role.OFFICER), make_holder(tree.south, Role.LEADER)
        house.receiving(tree.south, reader, by=leader)
    for unit in (tree.north1, tree.north2):
        end_unit(unit.pk, tree.south1.pk, by=admin, at=at(8, 3))
    end_unit(tree.north.pk, tree.south.pk, by=admin, at=at(8, 3))


@pytest.mark.parametrize("to_receiving", [False, True])
def test_the_feedback_of_a_unit_that_ends_goes_where_somebody_reads_it_and_they_are_told(house, to_receiving):
    made = actions.remark(house.tree.north, "Họp kéo dài.", by=house.member, at=at(6, 3))
    answered = actions.remark(house.tree.north, "Thiếu ghế.", by=house.member, at=at(6, 3))
    actions.answer_remark(answered.pk, "Đã mua.", by=house.officer, at=at(7, 3))
    send(house.tree.north)
    actions.release_letters(on=ON)
    send(house.tree.north, on=ON)
    Notice.objects.all().delete()

    end_north(house, to_receiving=to_receiving)

    place = house.tree.south if to_receiving else house.tree.bloc
    made.refresh_from_db()
    assert made.unit == Letter.objects.get().unit == PendingLetter.objects.get().unit == place
    assert [row.post.unit for row in Notice.objects.filter(kind__in=SPOKEN)] == [place] * 2
    assert not unread(date(2017, 3, 8)).exists()


def test_no_leader_leaves_open_feedback_behind(house):
    made = actions.remark(house.tree.north, "Họp kéo dài.", by=house.member, at=at(6, 3))
    empty = make_holder(house.tree.north, Role.CLERK)
    Holding.objects.filter(account=empty).update(valid_to=date(2017, 2, 1))
    seat = Holding.objects.get(account=empty).post_id
    for posts in ([], [seat]):
        with pytest.raises(Refused):
            actions.name_posts(house.tree.north, posts, by=house.leader, at=at(7, 3))
    assert house.tree.north in rules.receiving_units(ON)
    actions.answer_remark(made.pk, "Đã rõ.", by=house.officer, at=at(7, 3))

    actions.name_posts(house.tree.north, [], by=house.leader, at=at(8, 3))

    assert house.tree.north not in rules.receiving_units(ON)


def test_a_post_that_nobody_holds_receives_nothing(house):
    send(house.tree.north)
    waiting = actions.remark(house.tree.north, "Họp kéo dài.", by=house.member, at=at(6, 3))
    Holding.objects.filter(account=house.officer).update(valid_to=date(2017, 3, 7))
    assert list(rules.receiving_units(ON)) == [house.tree.bloc]

    later = actions.remark(house.tree.north, "Thiếu ghế.", by=house.member, at=at(7, 3))
    actions.release_letters(on=DAY + timedelta(days=1))

    assert later.unit == Letter.objects.get().unit == house.tree.bloc
    assert list(unread(ON)) == [waiting.unit] == [house.tree.north]


def test_whoever_can_sign_in_no_more_receives_nothing(house):
    Account.objects.filter(pk=house.officer.pk).update(is_active=False)

    assert list(rules.receiving_units(ON)) == [house.tree.bloc]


def test_who_shares_the_post_of_the_writer_does_not_learn_of_the_answer(house):
    colleague, seat = make_account(), Holding.objects.get(account=house.member)
    Holding.objects.create(post=seat.post, account=colleague, valid_from=date(2017, 1, 1))
    made = actions.remark(house.tree.north, "Họp kéo dài.", by=house.member, at=at(6, 3))
    own = house.proposal(by=house.member, for_unit=False)
    actions.answer_remark(made.pk, "Sẽ rút ngắn.", by=house.officer, at=at(7, 3))
    actions.pass_on(own.pk, house.tree.bloc, reason="Vượt thẩm quyền.", by=house.officer, at=at(7, 3))
    actions.answer(own.pk, "taken", "Đồng ý.", by=house.bloc_leader, at=at(8, 3))

    kinds = ("remark_answered", "proposal_passed", "proposal_answered")
    assert told(house.member, *kinds) == sorted(kinds) and told(colleague, *kinds) == []


def test_the_successor_sees_what_its_unit_proposed_and_is_told_the_answer(house):
    made, done = house.proposal(), house.proposal(title="Đổi giờ họp")
    actions.answer(done.pk, "not_taken", "Chưa phù hợp.", by=house.leader, at=at(7, 3))
    house.proposal(title="Riêng", by=house.member, for_unit=False)
    heir, admin = make_holder(house.tree.north2, Role.FOCAL), make_holder(house.tree.bloc, Role.ADMIN)
    assert not rules.visible_proposals(heir, ON).exists()

    end_unit(house.tree.north1.pk, house.tree.north2.pk, by=admin, at=at(8, 3))
    actions.answer(made.pk, "taken", "Đồng ý.", by=house.leader, at=at(9, 3))

    fresh = Account.objects.get(pk=heir.pk)
    assert set(rules.visible_proposals(fresh, date(2017, 3, 9))) == {made, done}
    assert told(fresh, "proposal_answered") == ["proposal_answered"]


def test_the_successor_reads_the_opinions_its_unit_sent(house):
    made = house.consultation()
    house.opine(made.asked.get(unit=house.tree.north1), by=house.focal, when=at(7, 3))
    heir, admin = make_holder(house.tree.south1, Role.FOCAL), make_holder(house.tree.bloc, Role.ADMIN)

    end_unit(house.tree.north1.pk, house.tree.south1.pk, by=admin, at=at(8, 3))

    assert consulting.visible_opinions(heir, date(2017, 3, 9)).count() == 2
    assert list(consulting.visible_consultations(heir, date(2017, 3, 9))) == [made]
