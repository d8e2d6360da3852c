"""Seats of posts, the last administrator, handing a post over, deputies of the office."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.orgs.actions import appoint, change_post, create_post, delegate, end_holding, hand_over
from trienkhai.orgs.models import Holding, Manner, Post, Role, Span
from trienkhai.orgs.rules import holding_at, reach_of
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_account, make_holder
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db
SPRING, SUMMER, AUTUMN = date(2017, 3, 1), date(2017, 6, 1), date(2017, 9, 1)


class Desk:
    """The administrator of the bloc, and a post of two seats at the north."""

    def __init__(self, seats: int = 2) -> None:
        self.tree = Tree()
        self.admin = make_holder(self.tree.bloc, Role.ADMIN)
        words = {"title": "Phó Bí thư", "role": Role.LEADER, "reach": Span.BRANCH, "seats": seats}
        self.post = create_post(self.tree.north, **words, classes=["committee"], by=self.admin, at=NOON)

    def give(self, valid_from: date = SPRING, account: Account | None = None, **fields) -> Holding:
        values = {"valid_from": valid_from, "by": self.admin, "at": NOON} | fields
        return appoint(self.post, account or make_account(), **values)

    def change(self, **changes) -> Post:
        names = ("title", "role", "reach", "may_issue", "seats", "requirements", "term_bound")
        values = {name: getattr(self.post, name) for name in names} | {"classes": ["committee"]} | changes
        return change_post(self.post.pk, **values, by=self.admin, at=NOON)


def test_more_holders_than_seats_are_refused_with_the_names_of_those_who_sit_there():
    desk = Desk()
    desk.give(account=make_account("Trần Thị Lan"))
    desk.give(account=make_account("Lê Văn Minh"), valid_to=AUTUMN)

    with pytest.raises(ValidationError) as fault:
        desk.give(SUMMER)

    said = fault.value.message_dict["account"][0]
    assert "Trần Thị Lan, Lê Văn Minh" in said and "01/06/2017" in said
    assert desk.post.holdings.count() == 2
    assert desk.give(AUTUMN)


@pytest.mark.parametrize("manner", [Manner.ACTING, Manner.CHARGE])
def test_acting_is_for_a_vacant_seat_and_takes_it(manner):
    desk = Desk(seats=1)
    held = desk.give(valid_to=SUMMER)

    with pytest.raises(ValidationError):
        desk.give(manner=manner)
    acting = desk.give(SUMMER, manner=manner)

    with pytest.raises(ValidationError, match=acting.account.name):
        desk.give(AUTUMN)
    assert held.valid_to == acting.valid_from


def test_the_same_person_does_not_hold_a_post_twice_on_one_day():
    desk, lan = Desk(), make_account("Trần Thị Lan")
    desk.give(account=lan, valid_to=SUMMER)

    for manner in (Manner.HOLDS, Manner.ACTING):
        with pytest.raises(ValidationError, match="Trần Thị Lan"):
            desk.give(SUMMER - timedelta(days=1), account=lan, manner=manner)

    assert desk.give(SUMMER, account=lan)


def test_fewer_seats_than_holders_are_refused_and_words_are_kept_in_the_act():
    desk = Desk()
    desk.give()
    desk.give(AUTUMN)

    with pytest.raises(ValidationError) as fault:
        desk.change(seats=1)
    desk.change(requirements="Trung cấp lý luận chính trị", classes=["key", "committee"])

    assert "seats" in fault.value.message_dict
    act = Act.objects.get(verb="post.changed")
    assert act.data["old"]["classes"], act.data["new"]["classes"] == ("committee", "committee, key")


@pytest.mark.parametrize("changes", [{"seats": 0}, {"classes": ["quy hoạch"]}, {"role": "king"}])
def test_seats_and_classes_nobody_knows_are_refused(changes):
    desk = Desk()

    with pytest.raises(ValidationError):
        desk.change(**changes)

    assert Post.objects.get(pk=desk.post.pk).seats == 2


def test_a_post_that_was_held_stood_since_then():
    desk = Desk()

    desk.give(date(2015, 9, 1))

    assert Post.objects.get(pk=desk.post.pk).established_on == date(2015, 9, 1)


def test_the_last_administrator_stays():
    desk = Desk()
    holding = Holding.objects.get(account=desk.admin)

    with pytest.raises(ValidationError, match=desk.admin.name):
        end_holding(holding.pk, on=SPRING, by=desk.admin, at=NOON)
    other = make_holder(desk.tree.bloc, Role.ADMIN, valid_to=SUMMER)
    with pytest.raises(ValidationError):
        end_holding(holding.pk, on=SPRING, by=desk.admin, at=NOON)
    Holding.objects.filter(account=other).update(valid_to=date(9999, 12, 31))

    end_holding(holding.pk, on=SPRING, by=other, at=NOON)

    assert not reach_of(Account.objects.get(pk=desk.admin.pk), SPRING).grants


def test_an_administrator_of_a_branch_may_go_while_the_one_above_stays():
    desk = Desk()
    below = make_holder(desk.tree.north, Role.ADMIN)

    end_holding(Holding.objects.get(account=below).pk, on=SPRING, by=desk.admin, at=NOON)

    assert not reach_of(Account.objects.get(pk=below.pk), SPRING).grants


def test_a_closed_account_is_no_administrator_who_stays():
    desk = Desk()
    closed = make_holder(desk.tree.bloc, Role.ADMIN)
    Account.objects.filter(pk=closed.pk).update(is_active=False)

    with pytest.raises(ValidationError):
        end_holding(Holding.objects.get(account=desk.admin).pk, on=SPRING, by=desk.admin, at=NOON)


def test_the_post_of_the_last_administrator_goes_from_hand_to_hand():
    desk, new = Desk(), make_account()

    hand_over(Holding.objects.get(account=desk.admin).pk, new, on=SPRING, by=desk.admin, at=NOON)

    assert [reach_of(Account.objects.get(pk=new.pk), day).has(Role.ADMIN) for day in (DAY, SPRING)] == [False, True]


def test_handing_over_is_one_act_by_which_rights_move_on_one_day():
    desk = Desk(seats=1)
    old = desk.give(account=make_account("Trần Thị Lan"))
    deputy, new = make_account(), make_account("Lê Văn Minh")
    days = {"valid_from": SPRING, "valid_to": AUTUMN}
    given = delegate(old, deputy, acts=["approve"], **days, by=old.account, at=NOON)
    before = Act.objects.count()

    held = hand_over(old.pk, new, on=SUMMER, decision="07-QĐ/ĐUMH", by=desk.admin, at=NOON)

    eve = SUMMER - timedelta(days=1)
    north = desk.tree.north
    for person, there in ((old.account, [True, False]), (new, [False, True]), (deputy, [True, False])):
        found = [bool(holding_at(person, north, [Role.LEADER], day, "approve")) for day in (eve, SUMMER)]
        assert found == there
    old.refresh_from_db()
    given.refresh_from_db()
    assert (old.valid_to, held.valid_from, given.valid_to, old.ending) == (SUMMER, SUMMER, SUMMER, "handed_over")
    assert Act.objects.count() == before + 1
    act = Act.objects.latest("pk")
    assert (act.verb, act.data["old"], act.data["new"]) == ("post.handed_over", "Trần Thị Lan", "Lê Văn Minh")


def test_handing_over_to_whoever_holds_the_post_already_changes_nothing():
    desk = Desk()
    lan, minh = desk.give(), desk.give()

    with pytest.raises(ValidationError):
        hand_over(lan.pk, minh.account, on=SUMMER, by=desk.admin, at=NOON)

    lan.refresh_from_db()
    assert lan.valid_to.year == 9999


def test_only_an_administrator_of_the_branch_hands_over():
    desk = Desk()
    lan = desk.give()

    for person in (lan.account, make_holder(desk.tree.north, Role.LEADER), make_holder(desk.tree.south, Role.ADMIN)):
        with pytest.raises(Refused):
            hand_over(lan.pk, make_account(), on=SUMMER, by=person, at=NOON)


def test_a_deputy_of_an_hour_ago_does_nothing_more():
    desk = Desk(seats=1)
    held, deputy = desk.give(DAY), make_account()
    given = delegate(held, deputy, acts=["approve"], valid_from=DAY, valid_to=SUMMER, by=held.account, at=NOON)
    assert holding_at(deputy, desk.tree.north, [Role.LEADER], DAY, "approve")

    end_holding(given.pk, on=DAY, by=held.account, at=moment(DAY, 13))

    assert holding_at(deputy, desk.tree.north, [Role.LEADER], DAY, "approve") is None
    assert not reach_of(Account.objects.get(pk=deputy.pk), DAY).grants
    assert Act.objects.filter(verb="post.delegation_ended").count() == 1


def test_what_lasted_a_day_does_not_vanish():
    desk = Desk()
    lan = desk.give(DAY)

    with pytest.raises(ValidationError):
        end_holding(lan.pk, on=DAY, by=desk.admin, at=moment(SPRING))

    lan.refresh_from_db()
    assert lan.valid_to.year == 9999


def test_the_office_sets_deputies_but_no_leader_hands_on_what_another_leader_may_do():
    desk = Desk()
    leader, clerk = make_holder(desk.tree.north, Role.LEADER), make_holder(desk.tree.north, Role.CLERK)
    of_clerk, of_leader = Holding.objects.get(account=clerk), desk.give(DAY)
    days = {"acts": ["register"], "valid_from": SPRING, "valid_to": SUMMER, "at": NOON}

    assert delegate(of_clerk, make_account(), **days, by=leader)
    assert delegate(of_leader, make_account(), **days, by=desk.admin)
    for person, holding in ((leader, of_leader), (make_holder(desk.tree.south, Role.LEADER), of_clerk)):
        with pytest.raises(Refused):
            delegate(holding, make_account(), **days, by=person)


def test_nobody_is_their_own_deputy_or_makes_themselves_one_or_is_one_twice():
    desk = Desk()
    held, deputy = desk.give(DAY), make_account()
    days = {"acts": ["approve"], "valid_from": SPRING, "valid_to": SUMMER, "at": NOON}
    delegate(held, deputy, **days, by=held.account)

    for person, by in ((held.account, desk.admin), (desk.admin, desk.admin), (deputy, held.account)):
        with pytest.raises(ValidationError):
            delegate(held, person, **days, by=by)

    assert held.delegations.count() == 1


def test_a_delegation_to_come_is_taken_back_by_its_holder_but_not_by_its_deputy():
    desk = Desk()
    held, deputy = desk.give(DAY), make_account()
    given = delegate(held, deputy, acts=["approve"], valid_from=SPRING, valid_to=SUMMER, by=held.account, at=NOON)

    with pytest.raises(Refused):
        end_holding(given.pk, on=SPRING, by=deputy, at=NOON)
    end_holding(given.pk, on=SPRING, by=held.account, at=NOON)

    assert holding_at(deputy, desk.tree.north, [Role.LEADER], SPRING, "approve") is None


def test_a_delegation_ends_with_the_post_it_comes_from():
    desk = Desk()
    held = desk.give(DAY, valid_to=SUMMER)
    days = {"acts": ["approve"], "valid_from": SPRING, "valid_to": AUTUMN}

    given = delegate(held, make_account(), **days, by=held.account, at=NOON)

    assert given.valid_to == SUMMER
