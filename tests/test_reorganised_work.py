"""What becomes of open work by a reorganisation file: divided by list, sent up, taken back; two people at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from trienkhai.common.verdict import Refused
from trienkhai.orgs.actions import reorganising
from trienkhai.orgs.actions.reorganising import key_of
from trienkhai.orgs.models import Reorganisation, Role, Step, Unit
from trienkhai.orgs.queries import unit_by_code
from trienkhai.orgs.tests.make import make_holder
from trienkhai.orgs.tests.make_reorganising import AT, TODAY, Office, dissolve, fresh, merge, new
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tally import recount
from trienkhai.tasks.tests.make import Cast, make_document, make_issue
from trienkhai.tasks.tests.test_races import at_once

pytestmark = pytest.mark.django_db


def split_of(cast: Cast) -> dict[str, Any]:
    into = [{"code": "K.T.1", "name": "Chi bộ Trực Một"}, {"code": "K.T.2", "name": "Chi bộ Trực Hai"}]
    return {"unit": key_of(cast.tree.direct), "into": into, "children": {}}


def test_work_of_a_split_unit_goes_where_the_list_says():
    cast = Cast()
    make_issue(cast, [{}, {}])
    first, second = Assignment.objects.filter(held_by=cast.tree.direct).order_by("pk")
    office = Office(cast.tree.bloc)
    file = office.file(("split", split_of(cast)))
    step = file.steps.get()
    listed = {"assignments": {str(first.pk): f"s{step.pk}.1", str(second.pk): f"s{step.pk}.0"}}
    reorganising.choose(step.pk, {"assignments": "divide"}, listed, by=office.admin, at=AT)

    done = office.carry_out(file)

    assert done.outcome["steps"][0]["counts"]["assignments"] == 2
    for row, code in ((first, "K.T.2"), (second, "K.T.1")):
        row.refresh_from_db()
        assert row.held_by == unit_by_code(code)
    assert recount() == []


def test_list_that_leaves_a_task_out_is_refused_naming_it():
    cast = Cast()
    make_issue(cast, [{"title": "Rà soát quy chế"}, {"title": "Báo cáo quý"}])
    kept, left_out = (
        Assignment.objects.get(held_by=cast.tree.direct, task__title=title)
        for title in ("Rà soát quy chế", "Báo cáo quý")
    )
    office = Office(cast.tree.bloc)
    file = office.file(("split", split_of(cast)))
    step = file.steps.get()
    listed = {"assignments": {str(kept.pk): f"s{step.pk}.1"}}
    reorganising.choose(step.pk, {"assignments": "divide"}, listed, by=office.admin, at=AT)

    with pytest.raises(reorganising.NotSettled, match=f"“số {left_out.pk}, "):
        office.submit(file)

    assert fresh(cast.tree.direct).closed_on > TODAY and Unit.objects.filter(present__code="K.T.1").count() == 0


def test_file_is_taken_back_the_same_day_and_may_not_be_the_next():
    cast = Cast()
    make_issue(cast)
    held = list(Assignment.objects.order_by("pk").values_list("held_by", "answers_to"))
    office = Office(cast.tree.bloc)
    made = new("K.BN", "Đảng bộ Bắc Nam", "upper_committee")
    merger = merge(cast.tree.north, cast.tree.south, new=made, parent=key_of(cast.tree.bloc))
    file = office.carry_out(office.file(merger, dissolve(cast.tree.direct)))
    with pytest.raises(Refused):
        reorganising.take_back_reorganisation(file.pk, reason="Nhầm", by=office.leader, at=AT + timedelta(days=1))

    back = reorganising.take_back_reorganisation(file.pk, reason="Nhầm", by=office.leader, at=AT + timedelta(hours=2))

    assert back.state == "taken_back" and unit_by_code("K.BN") is None
    assert fresh(cast.tree.north1).present.parent == cast.tree.north
    assert fresh(cast.tree.direct).closed_on > TODAY
    assert list(Assignment.objects.order_by("pk").values_list("held_by", "answers_to")) == held
    assert recount() == []


def test_file_is_not_taken_back_after_work_went_on():
    cast = Cast()
    make_issue(cast)
    office = Office(cast.tree.bloc)
    file = office.carry_out(office.file(merge(cast.tree.north2, into=cast.tree.north1)))
    row = Assignment.objects.filter(held_by=cast.tree.north1).order_by("pk").last()
    actions.acknowledge(row.pk, by=cast.focal[cast.tree.north1.pk], at=AT + timedelta(hours=1))

    with pytest.raises(Refused):
        reorganising.take_back_reorganisation(file.pk, reason="Nhầm", by=office.leader, at=AT + timedelta(hours=2))

    assert Reorganisation.objects.get().state == "carried_out" and fresh(cast.tree.north2).closed_on == TODAY


def test_object_that_was_closed_since_the_list_was_made_is_passed_over():
    cast = Cast()
    make_issue(cast, [{}, {}])
    first, second = Assignment.objects.filter(held_by=cast.tree.direct).order_by("pk")
    office = Office(cast.tree.bloc)
    file = office.file(("split", split_of(cast)))
    step = Step.objects.get()
    listed = {"assignments": {str(row.pk): f"s{step.pk}.1" for row in (first, second)}}
    reorganising.choose(step.pk, {"assignments": "divide"}, listed, by=office.admin, at=AT)
    actions.withdraw(first.pk, reason="Không còn cần", by=cast.leader, at=AT)

    office.carry_out(file)

    second.refresh_from_db()
    assert second.held_by == unit_by_code("K.T.2")


def test_decision_leads_to_the_registered_document_for_whoever_may_see_it(client: Any):
    cast = Cast()
    document = make_document(cast.tree.bloc, symbol="12-QĐ/ĐU", published="no")
    office = Office(cast.tree.bloc)
    file = office.carry_out(office.file(merge(cast.tree.north2, into=cast.tree.north1)))
    link, told = reverse("documents:detail", args=[document.pk]), []

    for person in (office.leader, cast.focal[cast.tree.south1.pk]):
        client.force_login(person)
        told.append(client.get(reverse("orgs:reorganisation", args=[file.pk])).content.decode())

    assert link in told[0] and link not in told[1] and "12-QĐ/ĐU" in told[1]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_leaders_who_approve_at_once_carry_the_file_out_once():
    cast = Cast()
    make_issue(cast)
    office = Office(cast.tree.bloc)
    file = office.submit(office.file(merge(cast.tree.north2, into=cast.tree.north1)))
    second = make_holder(cast.tree.bloc, Role.LEADER)

    results = at_once(
        *(
            lambda pk=leader.pk: reorganising.approve_and_carry_out(file.pk, by=Account.objects.get(pk=pk), at=AT)
            for leader in (office.leader, second)
        )
    )

    assert sum(isinstance(result, Refused) for result in results) == 1
    assert sum(isinstance(result, Reorganisation) for result in results) == 1
    assert recount() == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_one_leader_tries_the_file_while_another_approves_it():
    """Both lock the tree first and the file after it: neither waits for what the other holds."""
    cast = Cast()
    make_issue(cast)
    office = Office(cast.tree.bloc)
    file = office.submit(office.file(merge(cast.tree.north2, into=cast.tree.north1)))
    second = make_holder(cast.tree.bloc, Role.LEADER)

    results = at_once(
        lambda: reorganising.try_reorganisation(file.pk, by=Account.objects.get(pk=second.pk), at=AT),
        lambda: reorganising.approve_and_carry_out(file.pk, by=Account.objects.get(pk=office.leader.pk), at=AT),
    )

    assert all(isinstance(result, Reorganisation | Refused) for result in results), results
    assert fresh_file(file).state == Reorganisation.State.CARRIED_OUT
    assert recount() == []


def fresh_file(file: Reorganisation) -> Reorganisation:
    return Reorganisation.objects.get(pk=file.pk)
