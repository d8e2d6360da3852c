"""Posts and who holds them: given, delegated, ended."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.orgs.actions import appoint, create_post, delegate, end_holding
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Manner, Post, Role, Span
from trienkhai.orgs.rules import holding_at, reach_of
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_account, make_holder
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db
SPRING, SUMMER, AUTUMN = date(2017, 3, 1), date(2017, 6, 1), date(2017, 9, 1)


def holding_of(account: Account) -> Holding:
    return Holding.objects.select_related("post__unit").get(account=account)


def reach(account: Account, on: date):
    return reach_of(Account.objects.get(pk=account.pk), on)


class Office:
    """The north with a leader, its administrator, and someone who could stand in."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.admin = make_holder(self.tree.bloc, Role.ADMIN)
        self.leader = make_holder(self.tree.north, Role.LEADER)
        self.deputy = make_account("Phó Bí Thư")

    def delegate(self, acts=(), valid_from=SPRING, valid_to=SUMMER, **fields) -> Holding:
        values = {"to": self.deputy, "by": self.leader, "at": NOON} | fields
        holding = values.pop("holding", None) or holding_of(self.leader)
        return delegate(holding, acts=list(acts), valid_from=valid_from, valid_to=valid_to, **values)

    def deputy_acts(self, on: date, act: str = "approve") -> Holding | None:
        return holding_at(self.deputy, self.tree.north, [Role.LEADER], on, act)


def test_post_is_made_and_given_by_one_act_each():
    office = Office()
    lan = make_account()

    post = create_post(office.tree.north1, title="Đầu mối", role=Role.FOCAL, by=office.admin, at=NOON)
    holding = appoint(post, lan, valid_from=SPRING, valid_to=SUMMER, decision="05-QĐ/ĐUMH", by=office.admin, at=NOON)

    assert holding.manner == Manner.HOLDS
    assert list(Act.objects.order_by("-pk").values_list("verb", flat=True)[:2]) == ["post.given", "post.created"]
    days = [SPRING - timedelta(days=1), SPRING, SUMMER - timedelta(days=1), SUMMER]
    assert [reach(lan, day).has(Role.FOCAL) for day in days] == [False, True, True, False]


@pytest.mark.parametrize("role, reach_", [("king", Span.OWN), (Role.FOCAL, "world")])
def test_post_with_an_unknown_role_or_reach_is_refused(role, reach_):
    office = Office()
    before = Post.objects.count()

    with pytest.raises(ValidationError):
        create_post(office.tree.north, title="Lạ", role=role, reach=reach_, by=office.admin, at=NOON)

    assert Post.objects.count() == before


def test_title_stands_once_in_a_unit():
    office = Office()
    create_post(office.tree.north, title="Đầu mối", role=Role.FOCAL, by=office.admin, at=NOON)

    with pytest.raises(ValidationError):
        create_post(office.tree.north, title="Đầu mối", role=Role.CLERK, by=office.admin, at=NOON)

    assert create_post(office.tree.south, title="Đầu mối", role=Role.FOCAL, by=office.admin, at=NOON)


@pytest.mark.parametrize(
    "fields",
    [{"valid_to": SPRING}, {"valid_to": SPRING - timedelta(days=1)}, {"manner": Manner.DELEGATED}, {"manner": "king"}],
)
def test_appointment_backward_in_time_or_by_delegation_is_refused(fields):
    office = Office()
    post = holding_of(office.leader).post

    with pytest.raises(ValidationError):
        appoint(post, office.deputy, valid_from=SPRING, by=office.admin, at=NOON, **fields)

    assert not Holding.objects.filter(account=office.deputy).exists()


def test_posts_are_the_business_of_the_administrator_of_the_branch():
    office = Office()
    post = holding_of(office.leader).post
    holding = holding_of(office.leader)

    for person in (office.leader, make_holder(office.tree.south, Role.ADMIN), make_account()):
        with pytest.raises(Refused):
            create_post(office.tree.north, title="Mới", role=Role.FOCAL, by=person, at=NOON)
        with pytest.raises(Refused):
            appoint(post, office.deputy, valid_from=SPRING, by=person, at=NOON)
        with pytest.raises(Refused):
            end_holding(holding.pk, on=SUMMER, by=person, at=NOON)


def test_delegate_acts_for_the_principal_and_the_actor_names_both():
    office = Office()

    given = office.delegate()

    assert office.deputy_acts(SPRING) == given
    who = actor(office.deputy, office.deputy_acts(SPRING))
    assert who.name == "Phó Bí Thư"
    assert office.leader.name in who.principal
    assert who.post_label == f"{given.post.title}, Đảng bộ Bắc"


def test_delegate_does_only_the_acts_given():
    office = Office()

    office.delegate(["approve"])

    assert office.deputy_acts(SPRING, "approve")
    assert office.deputy_acts(SPRING, "issue") is None
    assert reach(office.deputy, SPRING).able("approve").grants
    assert not reach(office.deputy, SPRING).able("issue").grants


def test_delegation_ends_with_its_last_day_without_any_job():
    office = Office()

    office.delegate()

    days = [SPRING - timedelta(days=1), SPRING, SUMMER - timedelta(days=1), SUMMER]
    assert [bool(office.deputy_acts(day)) for day in days] == [False, True, True, False]
    assert [bool(reach(office.deputy, day).grants) for day in days] == [False, True, True, False]


def test_delegation_ends_with_the_holding_of_its_principal():
    office = Office()
    office.delegate(valid_to=AUTUMN)

    end_holding(holding_of(office.leader).pk, on=SUMMER, by=office.admin, at=NOON)

    assert holding_of(office.deputy).valid_to == SUMMER
    assert office.deputy_acts(SUMMER - timedelta(days=1))
    assert office.deputy_acts(SUMMER) is None


def test_delegation_that_would_begin_after_its_principal_ended_gives_nothing():
    office = Office()
    office.delegate(valid_from=SUMMER, valid_to=AUTUMN)

    end_holding(holding_of(office.leader).pk, on=SPRING, by=office.admin, at=NOON)

    assert office.deputy_acts(SUMMER) is None
    assert reach(office.deputy, SUMMER).grants == ()


def test_delegation_longer_than_the_holding_of_its_principal_ends_with_it():
    office = Office()
    Holding.objects.filter(account=office.leader).update(valid_to=SUMMER)

    office.delegate(valid_to=AUTUMN)

    assert office.deputy_acts(SUMMER) is None
    assert reach(office.deputy, SUMMER).grants == ()


def test_delegation_is_not_passed_on():
    office = Office()
    given = office.delegate()

    for person in (office.deputy, office.admin):
        with pytest.raises(ValidationError):
            office.delegate(holding=given, to=make_account(), by=person)


def test_delegation_backward_in_time_is_refused():
    office = Office()

    with pytest.raises(ValidationError):
        office.delegate(valid_to=SPRING)


def test_delegation_is_set_by_the_holder_or_an_administrator():
    office = Office()

    assert office.delegate(by=office.admin)
    with pytest.raises(Refused):
        office.delegate(by=office.deputy)
    with pytest.raises(Refused):
        office.delegate(by=make_holder(office.tree.north, Role.LEADER))


def test_own_holding_wins_over_a_delegation():
    office = Office()
    office.delegate()
    own = Holding.objects.get(
        account=make_holder(office.tree.north, Role.LEADER, account=office.deputy), manner="holds"
    )

    assert office.deputy_acts(SPRING) == own


@pytest.mark.parametrize("on", [date(2010, 1, 1), date(2009, 1, 1), AUTUMN + timedelta(days=1)])
def test_holding_ends_after_it_began_and_not_after_its_end(on):
    office = Office()
    Holding.objects.filter(account=office.leader).update(valid_to=AUTUMN)

    with pytest.raises(ValidationError):
        end_holding(holding_of(office.leader).pk, on=on, by=office.admin, at=NOON)

    assert holding_of(office.leader).valid_to == AUTUMN


def test_ended_holding_is_one_act_and_the_right_is_gone_that_day():
    office = Office()

    end_holding(holding_of(office.leader).pk, on=SUMMER, by=office.admin, at=moment(SUMMER))

    assert Act.objects.filter(verb="post.ended").count() == 1
    assert reach(office.leader, SUMMER - timedelta(days=1)).grants
    assert not reach(office.leader, SUMMER).grants


def test_inactive_account_has_no_reach_and_acts_nowhere():
    office = Office()
    Account.objects.filter(pk=office.leader.pk).update(is_active=False)
    leader = Account.objects.get(pk=office.leader.pk)

    assert reach(leader, DAY).grants == ()
    assert holding_at(leader, office.tree.north, [Role.LEADER], DAY) is None
