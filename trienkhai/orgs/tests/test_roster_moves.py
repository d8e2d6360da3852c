"""A reorganisation carries the rows of lists of members, and its own taking back brings them back."""

import pytest

from trienkhai.audit.actions import SYSTEM
from trienkhai.common.verdict import Refused
from trienkhai.dashboards.verification import check_site
from trienkhai.orgs.actions import change_unit, roster
from trienkhai.orgs.actions import reorganising as files
from trienkhai.orgs.models import Journal, MemberCount, Role, RosterMember, RosterSpan, RosterSwitch, RosterTransfer
from trienkhai.orgs.moves_roster import ROWS, carrier
from trienkhai.orgs.rules_roster import has_roster, visible_members
from trienkhai.orgs.succession import Ending
from trienkhai.orgs.tests.make import make_holder
from trienkhai.orgs.tests.make_reorganising import AT, TODAY, Office, dissolve, merge, move
from trienkhai.orgs.tests.make_roster import SPRING, SUMMER, Branch, numbers_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ROWS_OF = ("pk", "unit", "kind", "post", "valid_from", "valid_to")


@pytest.fixture
def branch() -> Branch:
    return Branch()


@pytest.fixture
def office(branch: Branch) -> Office:
    return Office(branch.tree.bloc)


def everything() -> list[object]:
    return [
        set(RosterSpan.objects.values_list(*ROWS_OF)),
        set(MemberCount.objects.values_list("pk", "unit", "kind", "counted_on", "number", "counted")),
        set(RosterSwitch.objects.values_list("pk", "unit", "ends_on")),
        set(RosterTransfer.objects.values_list("pk", "span", "to_unit")),
    ]


def amiss() -> list[str]:
    return [sentence for sentence in check_site(SUMMER) if "list" in sentence]


def test_a_merger_carries_the_rows_and_is_taken_back_whole(branch: Branch, office: Office):
    stays, goes, new = branch.add_other(), branch.add(), branch.add("Phạm Thị Cúc", valid_from=TODAY)
    roster.ask_transfer(goes.pk, branch.other, on=SPRING, by=branch.secretary, at=AT)
    before = everything()
    file = office.file(merge(branch.cell, into=branch.other))

    office.carry_out(file)

    assert [row["counts"].get("roster") for row in file_of(file).outcome["steps"]] == [2]
    assert numbers_of(branch.tree.north, TODAY) == {"full": 3, "probationary": 0}
    standing = RosterSpan.objects.filter(unit=branch.other, valid_to__year=9999)
    assert {row.member_id for row in standing} == {stays.member_id, goes.member_id, new.member_id}
    assert len(visible_members(branch.second, SUMMER)) == 3 and not RosterTransfer.objects.exists() and amiss() == []
    assert not any("Phạm" in str(page.rows) or "Trần" in str(page.rows) for page in Journal.objects.all())

    files.take_back_reorganisation(file.pk, reason="Nhầm", by=office.leader, at=AT)

    assert everything() == before and amiss() == []


def file_of(file):
    file.refresh_from_db()
    return file


def test_names_go_to_no_unit_that_keeps_none_unless_the_rows_are_closed(branch: Branch, office: Office):
    branch.add()
    asked = office.file(merge(branch.cell, into=branch.tree.south1))
    with pytest.raises(Refused, match="keeps no list of members"):
        office.carry_out(asked)

    closed = office.file(merge(branch.cell, into=branch.tree.south1, choices={"roster": "close"}))
    office.carry_out(closed)

    assert RosterSpan.objects.get().valid_to == TODAY and numbers_of(branch.tree.bloc, SPRING)["full"] == 1
    assert numbers_of(branch.tree.bloc, TODAY)["full"] == 0 and amiss() == []
    assert roster.switch_off(branch.switch.pk, names=1, by=branch.admin, at=AT) == 1
    assert not RosterMember.objects.exists() and numbers_of(branch.tree.bloc, SPRING)["full"] == 1


def test_rows_are_divided_by_a_list_of_numbers_and_no_name(branch: Branch):
    first, second = branch.add(), branch.add("Phạm Thị Cúc")
    third = branch.tree.direct
    office = make_holder(branch.tree.bloc, Role.ADMIN)
    roster.switch_on(third, decision="3-QĐ", decided_on=TODAY, by=office, at=AT)
    division = {"roster": {first.pk: branch.other.pk, second.pk: third.pk}}
    ending = Ending(branch.cell, branch.other, TODAY, {"roster": "divide"}, division)

    assert ROWS.objects(ending) == [(row.pk, f"row {row.pk}: Đảng viên chính thức") for row in (first, second)]
    assert carrier.needs_decision(ending) == []
    carrier.carry_ending(ending, SYSTEM, AT)

    kept = RosterSpan.objects.filter(valid_to__year=9999).values_list("member", "unit")
    assert set(kept) == {(first.member_id, branch.other.pk), (second.member_id, third.pk)}
    assert [numbers_of(unit, TODAY)["full"] for unit in (branch.cell, branch.other, third)] == [0, 1, 1]


def test_a_unit_that_leaves_the_branch_keeps_its_list_by_the_same_decision(branch: Branch, office: Office):
    branch.add()
    file = office.file(move(branch.tree.south, branch.cell))
    office.carry_out(file)

    branch.cell.refresh_from_db()
    own = RosterSwitch.objects.open().get(unit=branch.cell)
    assert (own.decision, own.starts_on, has_roster(branch.cell)) == ("12-QĐ/ĐUMH", branch.switch.starts_on, True)
    assert numbers_of(branch.tree.south, TODAY)["full"] == 1 and amiss() == []
    assert roster.switch_off(branch.switch.pk, names=0, by=branch.admin, at=AT) == 0

    with pytest.raises(Refused, match="switched off after this"):
        files.take_back_reorganisation(file.pk, reason="Nhầm", by=office.leader, at=AT)
    assert RosterSwitch.objects.open().get() == own and RosterSpan.objects.exists()


def test_moving_within_the_branch_switches_nothing(branch: Branch):
    office = make_holder(branch.tree.bloc, Role.ADMIN)
    roster.switch_on(branch.tree.bloc, decision="2-QĐ", decided_on=TODAY, by=office, at=AT)

    change_unit(branch.cell.pk, {"parent": branch.tree.south}, by=office, at=AT)

    assert not RosterSwitch.objects.filter(unit=branch.cell).exists()


def test_a_dissolved_unit_hands_its_rows_to_the_successor_named(branch: Branch, office: Office):
    branch.add()
    office.carry_out(office.file(dissolve(branch.cell, branch.other)))

    assert numbers_of(branch.other, TODAY)["full"] == 1 and amiss() == []
