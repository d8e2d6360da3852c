"""A lower unit does not decline: it asks, works on, and is answered."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Holding, Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions, rules
from trienkhai.tasks.models import Assignment, Request, State, StateSpan
from trienkhai.tasks.queries.waiting import requests_waiting
from trienkhai.tasks.tally import recount
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_issue
from trienkhai.tasks.tests.play import LATER_DUE, bring, delegate, footprint, reread, strangers

pytestmark = pytest.mark.django_db


class Asked:
    """An assignment of the north in progress, whose focal point asks."""

    def __init__(self, state: str = "in_progress", **task) -> None:
        self.cast = Cast()
        self.assignment = bring(self.cast, assignment_of(make_issue(self.cast, [task]), self.cast.tree.north1), state)
        self.focal = self.cast.holder_of(self.assignment)

    def ask(
        self, kind: str = "extend", *, reason: str = "Khối lượng lớn", by: Account | None = None, **what
    ) -> Request:
        defaults = {"extend": {"due_on": LATER_DUE}, "transfer": {"unit": self.cast.tree.south1}, "adjust": {}}
        values = defaults.get(kind, {}) | what
        return actions.ask(self.assignment.pk, kind=kind, reason=reason, by=by or self.focal, at=at(6), **values)

    def decide(self, request: Request, grant: bool = True, *, answer: str = "Đã xem xét", by=None, **what) -> Request:
        return actions.decide_request(
            request.pk, grant=grant, answer=answer, by=by or self.cast.leader, at=at(9), **what
        )


def told(kind: str) -> set[Account]:
    posts = Notice.objects.filter(kind=kind).values("post")
    return {holding.account for holding in Holding.objects.filter(post__in=posts).select_related("account")}


def test_work_goes_on_until_a_request_is_decided():
    asked = Asked()

    asked.ask()

    assert reread(asked.assignment).state == State.IN_PROGRESS
    assert actions.submit_report(asked.assignment.pk, text="Đã xong", by=asked.focal, at=at(7))


@pytest.mark.parametrize("kind", ["extend", "adjust", "transfer"])
def test_asking_is_one_act_and_tells_leaders_and_officers_of_the_assigner(kind):
    asked = Asked()
    acts = Act.objects.count()

    asked.ask(kind)

    assert Act.objects.count() == acts + 1
    assert Act.objects.latest("pk").verb == "request.made"
    assert told("request_made") == {asked.cast.leader, asked.cast.officer}


def test_asking_for_a_day_tells_also_the_unit_that_may_grant_it():
    asked = Asked(delegates=["extend"])

    asked.ask("extend")

    assert told("request_made") == {asked.cast.leader, asked.cast.officer, asked.cast.north_leader}


WRONG = {
    "no reason": {"reason": "   "},
    "unknown kind": {"kind": "decline"},
    "no day": {"due_on": None},
    "the present due day": {"due_on": DUE},
    "an earlier day": {"due_on": date(2017, 5, 1)},
    "no other unit": {"kind": "transfer", "unit": None},
}


@pytest.mark.parametrize("what", WRONG.values(), ids=list(WRONG))
def test_request_that_asks_nothing_sensible_is_refused(what):
    asked = Asked()
    before = footprint()

    with pytest.raises(ValidationError):
        asked.ask(**what)

    assert footprint() == before


def test_transfer_to_the_unit_that_holds_it_is_refused():
    asked = Asked()

    with pytest.raises(ValidationError):
        asked.ask("transfer", unit=asked.cast.tree.north1)


def test_day_after_the_due_day_but_in_the_past_is_refused():
    asked = Asked()

    with pytest.raises(ValidationError):
        actions.ask(
            asked.assignment.pk, kind="extend", reason="Muộn", due_on=date(2017, 7, 5), by=asked.focal, at=at(1, 8)
        )


def test_same_thing_is_not_asked_twice_while_it_is_open():
    asked = Asked()
    first = asked.ask()

    with pytest.raises(Refused):
        asked.ask()
    asked.ask("adjust")
    asked.decide(first, False)

    assert asked.ask()


@pytest.mark.parametrize("state", ["done", "withdrawn"])
def test_closed_assignment_is_not_asked_about(state):
    with pytest.raises(Refused):
        Asked(state).ask()


def test_only_the_unit_that_holds_it_asks():
    asked = Asked()

    for person in (*strangers(asked.cast).values(), asked.cast.leader, asked.cast.north_leader):
        with pytest.raises(Refused):
            asked.ask(by=person)


def test_granted_extension_sets_the_day_asked_for_in_one_act():
    asked = Asked()
    request = asked.ask()
    acts = Act.objects.count()

    asked.decide(request)

    after = reread(asked.assignment)
    assert (after.due_on, after.first_due_on, after.state) == (LATER_DUE, DUE, State.IN_PROGRESS)
    act = Act.objects.latest("pk")
    assert Act.objects.count() == acts + 1
    assert (act.verb, act.data["old"], act.data["new"]) == ("request.granted", str(DUE), str(LATER_DUE))
    assert after.act == act.pk and StateSpan.objects.filter(assignment=after, due_on=DUE).exists()
    assert told("request_granted") == {asked.focal}
    assert recount() == []


def test_decider_may_set_another_day_but_no_earlier_one():
    asked = Asked()
    request = asked.ask()

    with pytest.raises(ValidationError):
        asked.decide(request, due_on=DUE)
    assert Request.objects.get().outcome == "open"
    asked.decide(request, due_on=date(2017, 8, 1))

    assert reread(asked.assignment).due_on == date(2017, 8, 1)


def test_refusal_needs_an_answer_and_changes_nothing_of_the_work():
    asked = Asked()
    request = asked.ask()

    with pytest.raises(ValidationError):
        asked.decide(request, False, answer=" ")
    decided = asked.decide(request, False, answer="Chưa đủ lý do")

    assert (decided.outcome, decided.answer, decided.decided_by) == ("refused", "Chưa đủ lý do", asked.cast.leader)
    assert reread(asked.assignment).due_on == DUE
    assert told("request_refused") == {asked.focal}


def test_granted_adjustment_is_recorded_with_its_answer():
    asked = Asked()
    request = asked.ask("adjust")
    acts = Act.objects.count()

    asked.decide(request, answer="Chỉ làm phần một")

    assert Act.objects.count() == acts + 1
    assert Request.objects.get().answer == "Chỉ làm phần một"


def test_request_is_decided_once():
    asked = Asked()
    request = asked.ask()
    asked.decide(request)

    with pytest.raises(Refused):
        asked.decide(request, False)


def test_the_one_who_asked_never_decides():
    asked = Asked()
    make_holder(asked.cast.tree.north1, Role.FOCAL, account=asked.cast.leader)
    request = asked.ask(by=asked.cast.leader)

    with pytest.raises(Refused):
        asked.decide(request, by=asked.cast.leader)

    assert asked.decide(request, by=make_holder(asked.cast.tree.bloc, Role.LEADER))


def may_decide(account: Account, request: Request) -> bool:
    """What the rule says, which the list of what waits must say too."""
    fresh = Account.objects.get(pk=account.pk)
    may = bool(rules.can_decide(fresh, Request.objects.get(pk=request.pk), at(9).date()))
    assert (request in requests_waiting(fresh, at(9).date())) is may
    return may


def test_nobody_decides_in_the_name_of_the_one_who_asked():
    asked = Asked()
    leader, second = asked.cast.leader, make_holder(asked.cast.tree.bloc, Role.LEADER)
    deputy, of_second = delegate(leader), delegate(second)
    make_holder(asked.cast.tree.north1, Role.FOCAL, account=leader)

    request = asked.ask(by=leader)

    assert [may_decide(person, request) for person in (leader, deputy, second, of_second)] == [False, False, True, True]
    with pytest.raises(Refused):
        asked.decide(request, by=deputy)
    assert asked.decide(request, by=of_second)


def test_what_a_deputy_asked_is_decided_neither_by_the_principal_nor_by_another_deputy():
    asked = Asked()
    leader, focal = asked.cast.leader, asked.focal
    reporter, second = delegate(focal), make_holder(asked.cast.tree.bloc, Role.LEADER)
    make_holder(asked.cast.tree.bloc, Role.LEADER, account=focal)

    request = asked.ask(by=reporter)

    assert request.principal == focal
    assert [may_decide(person, request) for person in (focal, reporter, leader, second)] == [False, False, True, True]


def test_nobody_but_the_assigner_decides():
    asked = Asked()
    request = asked.ask()

    for person in (*strangers(asked.cast).values(), asked.cast.north_leader, asked.focal):
        with pytest.raises(Refused):
            asked.decide(request, by=person)


def test_request_of_an_assignment_that_was_closed_meanwhile_is_not_decided():
    asked = Asked()
    request = asked.ask()
    actions.withdraw(asked.assignment.pk, reason="Giao nhầm", by=asked.cast.leader, at=at(7))

    with pytest.raises(Refused):
        asked.decide(request)


def test_decision_before_the_present_state_is_refused():
    asked = Asked()
    request = asked.ask()
    actions.submit_report(asked.assignment.pk, text="Đã xong", by=asked.focal, at=at(20))

    with pytest.raises(Refused):
        asked.decide(request)


def test_transfer_keeps_the_unit_it_was_given_to_and_the_new_holder_answers_by_its_own_place():
    asked = Asked()
    request = asked.ask("transfer")

    asked.decide(request)

    after = reread(asked.assignment)
    tree = asked.cast.tree
    assert (after.unit, after.held_by, after.answers_to) == (tree.north1, tree.south1, tree.south)
    assert after.state == State.IN_PROGRESS
    act = Act.objects.latest("pk")
    assert (act.data["old"], act.data["new"], after.act) == ("K.B.1", "K.N.1", act.pk)
    assert recount() == []
    new = asked.cast.focal[tree.south1.pk]
    assert told("request_granted") == {asked.focal}
    assert new in told("tasks_issued")
    with pytest.raises(Refused):
        actions.submit_report(after.pk, text="Đã xong", by=asked.focal, at=at(10))
    actions.submit_report(after.pk, text="Đã xong", by=new, at=at(10))
    assert actions.approve(after.pk, by=asked.cast.south_leader, at=at(11)).state == State.DONE
    assert recount() == []


def test_transferred_copy_may_stand_beside_the_new_holders_own():
    asked = Asked()

    asked.decide(asked.ask("transfer"))

    assert Assignment.objects.filter(held_by=asked.cast.tree.south1).count() == 2
    assert Assignment.objects.filter(unit=asked.cast.tree.south1).count() == 1
