"""What nobody at the unit may decide stands in the work of the leaders above; what a delegate sends names for whom."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.common.models import Installation
from trienkhai.common.verdict import Refused
from trienkhai.inspections import actions
from trienkhai.inspections.climbing import conclusions_to_issue, programmes_to_approve
from trienkhai.inspections.entries import to_do
from trienkhai.inspections.models import Inspection, InspectionProgramme
from trienkhai.inspections.tests.make import Cast, at
from trienkhai.orgs.models import Holding, Manner, Role, Unit
from trienkhai.orgs.tests.make import NOON, make_account, make_holder, make_unit
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db
DAY = date(2017, 1, 10)


def delegate(principal: Account, unit: Unit, **fields: object) -> Account:
    """A new person who acts for the leader of that unit."""
    holding = Holding.objects.get(account=principal, post__unit=unit, post__role=Role.LEADER)
    deputy = make_account()
    Holding.objects.create(
        post=holding.post, account=deputy, manner=Manner.DELEGATED, principal=holding, valid_from=date(2017, 1, 1),
        **fields,
    )  # fmt: skip
    return deputy


def waits(account: Account) -> list[str]:
    return [row.act for row in to_do(Account.objects.get(pk=account.pk), DAY)]


def submitted(cast: Cast, unit: Unit, leader: Account, by: Account | None = None) -> InspectionProgramme:
    """A programme of `unit` with one item, submitted by its leader or by whoever is named."""
    programme = actions.begin_programme(unit, year=2017, by=leader, at=NOON)
    item = actions.add_item(programme.pk, cast.details(), by=leader, at=NOON)
    actions.set_team(item.pk, [leader.pk], lead=leader.pk, by=leader, at=NOON)
    return actions.submit_programme(programme.pk, by=by or leader, at=NOON)


def finished(cast: Cast) -> Inspection:
    """An inspection of north1 by north, its conclusion to be written."""
    programme = submitted(cast, cast.tree.north, cast.north_leader)
    actions.approve_programme(programme.pk, by=cast.leader, at=NOON)
    row = actions.add_subject(programme.items.get().pk, cast.tree.north1, by=cast.north_leader, at=NOON)
    actions.start_inspection(row.pk, by=cast.north_leader, at=at(4))
    actions.go_on(row.pk, by=cast.north_leader, at=at(5))
    for point in row.points.all():
        actions.tell_point(point.pk, result="met", note_text="", by=cast.north_leader, at=at(6))
    return actions.go_on(row.pk, by=cast.north_leader, at=at(7))


def written(cast: Cast, by: Account) -> Inspection:
    """The same, its conclusion written by that person."""
    row = finished(cast)
    return actions.write_conclusion(row.pk, text="Ưu điểm.", follower=cast.north_leader.pk, by=by, at=at(9))


def test_a_programme_that_only_its_leader_submitted_stands_in_the_work_of_the_leader_above():
    cast = Cast()
    programme = submitted(cast, cast.tree.north, cast.north_leader)

    assert programmes_to_approve(cast.leader, DAY) == [programme]
    assert len(waits(cast.leader)) == 1
    assert waits(cast.north_leader) == [] and waits(cast.south_leader) == [] and waits(cast.inspector) == []

    actions.approve_programme(programme.pk, by=cast.leader, at=NOON)
    assert waits(cast.leader) == []


def test_with_a_second_leader_it_stays_with_the_unit():
    cast = Cast()
    second = make_holder(cast.tree.north, Role.LEADER)
    submitted(cast, cast.tree.north, cast.north_leader)

    assert waits(cast.leader) == [] and len(waits(second)) == 1


def test_a_conclusion_that_only_its_leader_wrote_waits_for_the_leader_above():
    cast = Cast()
    row = written(cast, cast.north_leader)

    assert conclusions_to_issue(cast.leader, DAY) == [row] and len(waits(cast.leader)) == 1
    assert waits(cast.north_leader) == []
    with pytest.raises(Refused):
        actions.conclude_inspection(row.pk, by=cast.north_leader, at=at(10))

    assert actions.conclude_inspection(row.pk, by=cast.leader, at=at(10)).is_concluded
    assert waits(cast.leader) == []


def test_what_a_delegate_submits_names_for_whom_and_neither_of_them_decides():
    cast = Cast()
    deputy = delegate(cast.north_leader, cast.tree.north)
    programme = submitted(cast, cast.tree.north, cast.north_leader, by=deputy)

    assert (programme.submitted_by, programme.submitted_for) == (deputy, cast.north_leader)
    for account in (deputy, cast.north_leader):
        with pytest.raises(Refused):
            actions.approve_programme(programme.pk, by=account, at=NOON)
        assert waits(account) == []
    assert len(waits(cast.leader)) == 1
    assert actions.approve_programme(programme.pk, by=cast.leader, at=NOON).is_approved


def test_a_conclusion_written_by_a_delegate_is_not_issued_by_the_one_for_whom():
    cast = Cast()
    deputy = delegate(cast.north_leader, cast.tree.north)
    row = written(cast, deputy)

    assert (row.written_by, row.written_for) == (deputy, cast.north_leader)
    assert waits(deputy) == waits(cast.north_leader) == [] and len(waits(cast.leader)) == 1
    with pytest.raises(Refused):
        actions.conclude_inspection(row.pk, by=cast.north_leader, at=at(10))
    actions.conclude_inspection(row.pk, by=cast.leader, at=at(10))


def test_the_pages_name_both_and_the_count_tells_the_leader_above(client):
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": DAY})
    cast = Cast()
    deputy = delegate(cast.north_leader, cast.tree.north)
    row = written(cast, deputy)
    programme = submitted(cast, cast.tree.south, cast.south_leader)
    client.force_login(cast.leader)

    mine = client.get("/viec-cua-toi").content.decode()
    for name, pk in (("inspection", row.pk), ("programme", programme.pk)):
        assert reverse(f"inspections:{name}", args=[pk]) in mine
    page = client.get(reverse("inspections:inspection", args=[row.pk])).content.decode()
    assert f"{deputy.name} (thay {cast.north_leader.name})" in page
    assert reverse("inspections:conclude", args=[row.pk]) in page
    assert cast.south_leader.name in client.get(reverse("inspections:programme", args=[programme.pk])).content.decode()


def test_what_waits_is_asked_in_sets():
    cast = Cast()
    submitted(cast, cast.tree.north, cast.north_leader)

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            rows = programmes_to_approve(Account.objects.get(pk=cast.leader.pk), DAY)
        return len(queries), len(rows)

    one = asked()
    for _n in range(2):
        unit = make_unit(cast.tree.bloc, kind="upper_committee")
        submitted(cast, unit, make_holder(unit, Role.LEADER))

    assert asked() == (one[0], 3) and one[1] == 1
