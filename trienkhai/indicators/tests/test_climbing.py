"""Who decides on a value: never who told it, nor anybody in that name; a step with nobody else goes to the next level
above, and is listed."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trienkhai.audit.models import Act
from trienkhai.common.models import Installation
from trienkhai.common.verdict import Refused
from trienkhai.dashboards.verification import check_site
from trienkhai.indicators import actions, rules
from trienkhai.indicators.actions import Gift
from trienkhai.indicators.models import State, Value
from trienkhai.indicators.tests.make import AFTER_Q1, JANUARY, Cast
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Holding, Manner, Role, Unit
from trienkhai.orgs.tests.make import make_account, make_holder, make_unit
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db
ON = AFTER_Q1.date()


class Below(Cast):
    """The north gave the indicator on to its own two; its leader tells values of one of them."""

    def __init__(self) -> None:
        super().__init__()
        self.give("children")
        self.give_on()

    def give_on(self) -> None:
        who = {"by": self.north_leader, "at": JANUARY}
        actions.give_indicator(self.indicator.pk, self.tree.north, Gift("children"), **who)

    def tells(self, unit: Unit, person: Account) -> Account:
        return make_holder(unit, Role.FOCAL, account=person)


def queue_of(account: Account, act: str = "approve") -> set[Value]:
    return set(rules.awaiting_decision(Account.objects.get(pk=account.pk), ON, act))


def checked() -> list[str]:
    """In English, whatever the pages before spoke."""
    with override("en"):
        return check_site(ON)


def deputy_of(person: Account, role: str, *acts: str) -> Account:
    principal = Holding.objects.get(account=person, post__role=role)
    values = {"post": principal.post, "manner": Manner.DELEGATED, "principal": principal, "acts": list(acts)}
    deputy = make_account()
    Holding.objects.create(account=deputy, valid_from=date(2017, 1, 1), **values)
    return deputy


def test_what_the_only_leader_of_the_giver_told_is_decided_by_the_next_level():
    cast = Below()
    unit = cast.tree.north1
    cast.tells(unit, cast.north_leader)

    value = cast.tell(unit, "5", by=cast.north_leader).sent[0]

    assert rules.deciding_unit(value, ON) == cast.tree.bloc
    assert queue_of(cast.north_leader) == set() and queue_of(cast.leader) == {value}
    assert Notice.objects.filter(post__holdings__account=cast.leader, kind="values_submitted").count() == 1
    with pytest.raises(Refused, match="Whoever submitted"):
        cast.approve(value, by=cast.north_leader)
    assert cast.approve(value) == 1
    act = Act.objects.get(verb="value.approved")
    assert cast.tree.bloc.name in act.post_label


def test_what_others_told_stays_with_the_giver_and_a_second_leader_comes_before_the_next_level():
    cast = Below()
    plain = cast.tell(cast.tree.north2, "4").sent[0]
    assert queue_of(cast.north_leader) == {plain} and queue_of(cast.leader) == set()
    second = make_holder(cast.tree.north, Role.LEADER)
    cast.tells(cast.tree.north1, cast.north_leader)

    own = cast.tell(cast.tree.north1, "5", by=cast.north_leader).sent[0]

    assert queue_of(second) == {plain, own} and queue_of(cast.leader) == set()
    with pytest.raises(Refused, match="A leader of"):
        cast.approve(own)


def test_a_giver_that_nobody_leads_leaves_all_its_values_to_the_level_above_also_returned_ones():
    cast = Below()
    Holding.objects.filter(account=cast.north_leader).update(valid_to=ON)
    values = [cast.tell(unit, "5").sent[0] for unit in (cast.tree.north1, cast.tree.north2)]

    assert queue_of(cast.leader) == queue_of(cast.leader, "return") == set(values)
    actions.return_values([values[0].pk], reason="Thiếu", by=cast.leader, at=AFTER_Q1)
    cast.approve(values[1])

    assert [Value.objects.get(pk=value.pk).state for value in values] == [State.RETURNED, State.APPROVED]


def test_a_deputy_of_the_one_who_told_never_decides_and_where_nobody_may_the_giver_is_named():
    cast = Below()
    deputy = deputy_of(cast.north_leader, Role.LEADER)
    cast.tells(cast.tree.north1, cast.north_leader)
    value = cast.tell(cast.tree.north1, "5", by=cast.north_leader).sent[0]

    assert queue_of(deputy) == set() and queue_of(cast.leader) == {value}
    Holding.objects.filter(account=cast.leader).update(valid_to=ON)
    assert rules.deciding_unit(value, ON) is None and queue_of(cast.leader) == set()
    verdict = rules.can_decide(deputy, value, ON)
    assert not verdict and cast.tree.north.name in verdict.reason


def test_one_press_decides_own_and_climbed_values_each_by_its_post():
    cast = Below()
    cast.tells(cast.tree.north1, cast.north_leader)
    climbed = cast.tell(cast.tree.north1, "5", by=cast.north_leader).sent[0]
    own = cast.tell(cast.tree.south, "7").sent[0]

    assert cast.approve(climbed, own) == 2
    assert Act.objects.filter(verb="value.approved").count() == 2


def test_the_steps_that_climb_are_listed_for_those_who_guide_or_fill_posts_and_told_by_the_check(client):
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": ON})
    cast = Below()
    north, bloc = cast.tree.north, cast.tree.bloc
    cast.tells(cast.tree.north1, cast.north_leader)
    cast.tell(cast.tree.north1, "5", by=cast.north_leader), cast.tell(cast.tree.north2, "4")
    address, seen = reverse("tasks:steps"), {}
    people = {"officer": cast.officer, "admin": make_holder(bloc, Role.ADMIN), "away": make_holder(north, Role.ADMIN)}
    for name, person in people.items():
        client.force_login(person)
        seen[name] = client.get(address).context["parts"]
    client.force_login(cast.focal[cast.tree.north1.pk])

    assert client.get(address).status_code == 403
    [step] = seen["officer"][0]["steps"]
    assert (step.unit, step.waiting, step.goes_to, step.led) == (north, 1, bloc, True)
    assert seen["admin"][0]["steps"] == seen["away"][0]["steps"] == [step]
    assert any(north.name in sentence and "1 values" in sentence for sentence in checked())

    Holding.objects.filter(account=cast.north_leader).update(valid_to=ON)
    client.force_login(cast.officer)
    [step] = client.get(address).context["parts"][0]["steps"]
    assert (step.waiting, step.goes_to, step.led) == (2, bloc, False)
    assert any(north.name in sentence and "which approves values" in sentence for sentence in checked())


def test_a_giver_without_a_leader_is_listed_before_any_value_waits_and_nothing_where_all_are_led(client):
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": ON})
    cast = Below()
    client.force_login(cast.officer)
    assert client.get(reverse("tasks:steps")).context["parts"] == []

    Holding.objects.filter(account=cast.north_leader).update(valid_to=ON)

    [step] = client.get(reverse("tasks:steps")).context["parts"][0]["steps"]
    assert (step.unit, step.waiting, step.goes_to, step.led) == (cast.tree.north, 0, cast.tree.bloc, False)


def test_the_queue_and_the_steps_cost_the_same_queries_for_one_climbed_value_and_three(client):
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": ON})
    cast = Below()

    def count() -> list[int]:
        found = []
        for person, name in ((cast.leader, "indicators:waiting"), (cast.officer, "tasks:steps")):
            client.force_login(person)
            client.get(reverse(name))
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(name)).status_code == 200
            found.append(len(captured))
        return found

    cast.tells(cast.tree.north1, cast.north_leader)
    cast.tell(cast.tree.north1, "5", by=cast.north_leader)
    one = count()
    third = make_unit(cast.tree.north)
    cast.give_on()
    for unit in (cast.tree.north2, third):
        cast.tells(unit, cast.north_leader)
        cast.tell(unit, "5", by=cast.north_leader)

    assert rules.awaiting_decision(cast.leader, ON).count() == 3
    assert count() == one


class TheQueueSaysWhatTheRuleSays(TestCase):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_whoever_leads_and_whoever_told(self, data: st.DataObject) -> None:
        cast = Below()
        people = [cast.leader, cast.north_leader, make_account(), make_account()]
        places = [cast.tree.bloc, cast.tree.north, cast.tree.north1]
        for unit in data.draw(st.lists(st.sampled_from(places), max_size=3)):
            make_holder(unit, Role.LEADER, account=data.draw(st.sampled_from(people)))
        for person in data.draw(st.lists(st.sampled_from([cast.leader, cast.north_leader]), max_size=1)):
            Holding.objects.filter(account=person).update(valid_to=ON)
        for holding in data.draw(st.lists(st.sampled_from(list(Holding.objects.on(ON).filter(post__role=Role.LEADER))
                                                          or [None]), max_size=2)):  # fmt: skip
            if holding:
                Holding.objects.create(
                    post=holding.post, account=data.draw(st.sampled_from(people)), principal=holding,
                    manner=Manner.DELEGATED, acts=data.draw(st.sampled_from([[], ["approve"], ["return"]])),
                    valid_from=date(2017, 1, 1),
                )  # fmt: skip
        for unit in (cast.tree.north, cast.tree.north1, cast.tree.north2):
            teller = data.draw(st.sampled_from([*people, cast.focal[unit.pk]]))
            cast.tell(unit, "5", by=cast.tells(unit, teller))
        values = list(Value.objects.select_related("holder__giver"))

        for person in people:
            for act in ("approve", "return"):
                fresh = Account.objects.get(pk=person.pk)
                allowed = {value for value in values if rules.can_decide(fresh, value, ON, act)}
                assert queue_of(person, act) == allowed
