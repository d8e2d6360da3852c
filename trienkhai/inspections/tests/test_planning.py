"""A programme, its items and teams, who approves."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.inspections import actions
from trienkhai.inspections.models import InspectionItem, InspectionProgramme
from trienkhai.inspections.queries.seats import seats_of
from trienkhai.inspections.tests.make import Cast, at
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, make_holder

pytestmark = pytest.mark.django_db


def test_a_year_has_one_programme_and_an_item_sent_twice_stands_once():
    cast = Cast()

    first = cast.item()
    again = actions.begin_programme(cast.bloc, year=2017, by=cast.leader, at=NOON)

    assert again == first.programme and cast.item() == first
    assert InspectionProgramme.objects.count() == InspectionItem.objects.count() == 1
    assert Act.objects.filter(verb="inspection_programme.item_added").count() == 1


@pytest.mark.parametrize("who", ["officer", "subject_leader", "north_leader"])
def test_only_inspector_and_leader_of_the_unit_plan(who: str):
    cast = Cast()
    with pytest.raises(Refused):
        actions.begin_programme(cast.bloc, year=2017, by=getattr(cast, who), at=NOON)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ({"theme": " "}, "theme"),
        ({"theme": "MẬT\nviệc riêng"}, "theme"),
        ({"kind": "discipline"}, "kind"),
        ({"manner": "denunciation"}, "manner"),
        ({"ends_on": date(2017, 1, 2)}, "ends_on"),
        ({"starts_on": date(2016, 12, 1)}, "starts_on"),
    ],
)
def test_what_cannot_be_planned_is_said_by_its_field(words: dict, name: str):
    cast = Cast()
    programme = actions.begin_programme(cast.bloc, year=2017, by=cast.inspector, at=NOON)

    with pytest.raises(ValidationError) as fault:
        actions.add_item(programme.pk, cast.details(**words), by=cast.inspector, at=NOON)

    assert list(fault.value.message_dict) == [name]


def test_a_team_is_of_holders_of_the_unit_one_leads_and_each_is_told():
    cast = Cast()
    item = cast.item()

    assert item.team.get(leads=True).account == cast.inspector
    assert list(Notice.objects.filter(kind="inspection_team").values_list("account", flat=True)) == [cast.officer.pk]
    with pytest.raises(ValidationError):
        actions.set_team(item.pk, [cast.subject_leader.pk], lead=cast.subject_leader.pk, by=cast.inspector, at=NOON)
    with pytest.raises(ValidationError):
        actions.set_team(item.pk, [cast.officer.pk], lead=cast.inspector.pk, by=cast.inspector, at=NOON)


def test_nobody_is_named_to_a_team_who_could_not_open_the_inspection():
    cast = Cast()
    item = cast.item()
    mass = make_holder(cast.bloc, Role.MASS)

    assert mass.pk not in {row.account_id for row in seats_of(cast.bloc, NOON.date())}
    with pytest.raises(ValidationError):
        actions.set_team(item.pk, [mass.pk, cast.officer.pk], lead=mass.pk, by=cast.inspector, at=NOON)


def test_a_leader_approves_and_items_are_then_the_leaders():
    cast = Cast()
    item = cast.item()
    actions.submit_programme(item.programme_id, by=cast.inspector, at=NOON)
    with pytest.raises(Refused):
        actions.approve_programme(item.programme_id, by=cast.inspector, at=NOON)

    actions.approve_programme(item.programme_id, by=cast.leader, at=NOON)

    assert Notice.objects.filter(kind="inspection_programme_submitted", post__unit=cast.bloc).exists()
    with pytest.raises(Refused):
        actions.add_item(item.programme_id, cast.details(theme="Khác"), by=cast.inspector, at=NOON)
    assert actions.add_item(item.programme_id, cast.details(theme="Khác"), by=cast.leader, at=NOON)
    with pytest.raises(Refused):
        actions.remove_item(item.pk, by=cast.leader, at=NOON)


def test_who_submitted_does_not_approve_and_nothing_is_approved_that_was_not_submitted():
    cast = Cast()
    item = cast.item()
    with pytest.raises(Refused):
        actions.approve_programme(item.programme_id, by=cast.leader, at=NOON)
    actions.submit_programme(item.programme_id, by=cast.leader, at=NOON)
    with pytest.raises(Refused):
        actions.approve_programme(item.programme_id, by=cast.leader, at=NOON)
    second = make_holder(cast.bloc, Role.LEADER)

    assert actions.approve_programme(item.programme_id, by=second, at=NOON).submitted_by == cast.leader


def test_what_the_only_leader_submitted_goes_to_the_next_unit_above():
    cast = Cast()
    programme = actions.begin_programme(cast.tree.north, year=2017, by=cast.north_leader, at=NOON)
    item = actions.add_item(programme.pk, cast.details(), by=cast.north_leader, at=NOON)
    actions.set_team(item.pk, [cast.north_leader.pk], lead=cast.north_leader.pk, by=cast.north_leader, at=NOON)

    actions.submit_programme(programme.pk, by=cast.north_leader, at=NOON)

    told = Notice.objects.filter(kind="inspection_programme_submitted")
    assert set(told.values_list("post__unit", flat=True)) == {cast.bloc.pk}
    assert actions.approve_programme(programme.pk, by=cast.leader, at=NOON).is_approved


def test_the_basis_is_changed_until_the_programme_is_approved_then_by_who_approves():
    cast = Cast()
    item = cast.item()
    changed = actions.change_programme(item.programme_id, basis=" Quy định  mới ", by=cast.inspector, at=NOON)
    assert changed.basis == "Quy định mới"
    with pytest.raises(ValidationError):
        actions.change_programme(item.programme_id, basis="TỐI MẬT", by=cast.inspector, at=NOON)
    cast.approve(item)

    with pytest.raises(Refused):
        actions.change_programme(item.programme_id, basis="Khác", by=cast.inspector, at=NOON)


def test_a_programme_without_items_or_with_a_team_that_nobody_leads_is_not_approved():
    cast = Cast()
    programme = actions.begin_programme(cast.bloc, year=2017, by=cast.inspector, at=NOON)
    with pytest.raises(Refused):
        actions.submit_programme(programme.pk, by=cast.inspector, at=NOON)
    item = actions.add_item(programme.pk, cast.details(), by=cast.inspector, at=NOON)

    with pytest.raises(Refused, match="Thực hiện nghị quyết"):
        actions.approve_programme(programme.pk, by=cast.leader, at=NOON)
    actions.remove_item(item.pk, by=cast.inspector, at=NOON)
    assert not InspectionItem.objects.exists()


def test_an_item_changes_until_an_inspection_has_begun():
    cast = Cast()
    row = cast.named()
    actions.change_item(row.item_id, cast.details(theme="Đổi"), by=cast.leader, at=NOON)
    actions.start_inspection(row.pk, by=cast.inspector, at=at(4))

    with pytest.raises(Refused):
        actions.change_item(row.item_id, cast.details(theme="Nữa"), by=cast.leader, at=at(4))
    assert InspectionItem.objects.get(pk=row.item_id).theme == "Đổi"
