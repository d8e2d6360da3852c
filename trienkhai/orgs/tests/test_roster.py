"""Lists of members by name: off unless switched on, kept by the unit's own committee, counted, erased."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trienkhai.audit.models import Act, ActDetail
from trienkhai.common.verdict import Refused
from trienkhai.dashboards.verification import check_site
from trienkhai.orgs import rules_roster
from trienkhai.orgs.actions import create_post, delegate, roster, tell_members
from trienkhai.orgs.models import (
    Holding,
    MemberCount,
    PostClass,
    Role,
    RosterMember,
    RosterSpan,
    RosterSwitch,
    RosterTransfer,
)
from trienkhai.orgs.queries_roster import namesakes, rows_of_account
from trienkhai.orgs.tests.make import DAY, NOON, make_account, make_holder
from trienkhai.orgs.tests.make_roster import LATER, SPRING, SUMMER, Branch, numbers_of, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
NONE, ONE = {"full": 0, "probationary": 0}, {"full": 1, "probationary": 0}


@pytest.fixture
def branch() -> Branch:
    return Branch()


def amiss(on: date = SUMMER) -> list[str]:
    return [sentence for sentence in check_site(on) if "list" in sentence]


def test_a_list_keeps_a_name_a_class_a_post_and_days_and_nothing_else():
    """No day of birth, address, religion, note; another column here is a decision of its own."""
    kept = {
        model.__name__: [field.name for field in model._meta.concrete_fields]
        for model in (RosterSwitch, RosterMember, RosterSpan, RosterTransfer)
    }

    assert kept == {
        "RosterSwitch": ["id", "unit", "decision", "decided_on", "starts_on", "ends_on"],
        "RosterMember": ["id", "name", "sort_key", "folded", "account"],
        "RosterSpan": ["id", "member", "unit", "kind", "post", "valid_from", "valid_to"],
        "RosterTransfer": ["id", "span", "to_unit", "on", "asked_by"],
    }
    assert not [model for model in apps.get_models() if model.__name__.startswith("Roster") and model not in (
        RosterSwitch, RosterMember, RosterSpan, RosterTransfer)]  # fmt: skip


def test_nowhere_is_a_name_kept_until_the_office_switches_it_on_by_a_decision():
    branch = Branch(on=False)
    with pytest.raises(Refused, match="No list of members"):
        branch.add()
    with pytest.raises(ValidationError, match="by which decision"):
        roster.switch_on(branch.tree.north, decision=" ", decided_on=DAY, by=branch.admin, at=NOON)
    with pytest.raises(ValidationError, match="not come yet"):
        roster.switch_on(branch.tree.north, decision="1-QĐ", decided_on=SUMMER, by=branch.admin, at=NOON)

    branch.switch_on()
    branch.add()

    act = Act.objects.get(verb="roster.switched_on")
    assert (act.target_id, act.data["new"]["decision"]) == (branch.tree.north.pk, "12-QĐ/ĐUMH")
    with pytest.raises(Refused, match="No list of members"):
        branch.add(unit=branch.tree.south1, by=make_holder(branch.tree.south1, Role.SECRETARY))
    with pytest.raises(Refused, match="already"):
        branch.switch_on(branch.cell)


def test_only_an_administrator_of_the_branch_switches():
    branch = Branch(on=False)
    words = {"decision": "1-QĐ", "decided_on": DAY, "at": NOON}

    for who in (
        branch.secretary,
        make_holder(branch.tree.north, Role.LEADER),
        make_holder(branch.tree.south, Role.ADMIN),
    ):
        with pytest.raises(Refused, match="administrator"):
            roster.switch_on(branch.tree.north, **words, by=who)
    with pytest.raises(Refused, match="administrator"):
        roster.switch_on(branch.tree.bloc, **words, by=branch.admin)

    assert not RosterSwitch.objects.exists()


def test_the_committee_keeps_it_the_administrator_reads_it_and_units_above_see_numbers(branch: Branch):
    sitting = make_holder(branch.cell, Role.MEMBER)
    PostClass.objects.create(post=Holding.objects.get(account=sitting).post, name="committee")
    readers = [branch.secretary, branch.admin, make_holder(branch.cell, Role.LEADER), sitting]
    others = [
        make_holder(branch.tree.bloc, Role.LEADER),
        make_holder(branch.tree.north, Role.LEADER),
        make_holder(branch.tree.north, Role.OFFICER),
        make_holder(branch.cell, Role.FOCAL),
        make_holder(branch.cell, Role.CLERK),
        make_holder(branch.cell, Role.MEMBER),
        make_holder(branch.tree.south, Role.ADMIN),
        branch.second,
    ]
    span = branch.add()

    assert [list(rules_roster.visible_members(who, SUMMER)) for who in readers] == [[span]] * 4
    assert [list(rules_roster.visible_members(who, SUMMER)) for who in others] == [[]] * len(others)
    for who in others:
        with pytest.raises(Refused):
            roster.read_roster(branch.cell, on=SUMMER, by=who, at=LATER)
        with pytest.raises(Refused):
            branch.add("Người khác", by=who)
    with pytest.raises(Refused, match="Only the secretary"):
        branch.add("Người khác", by=branch.admin)
    assert numbers_of(branch.tree.bloc, SUMMER) == ONE


def test_a_deputy_of_the_secretary_does_not_read_the_list(branch: Branch):
    holding, deputy = Holding.objects.get(account=branch.secretary), make_account()
    words = {"acts": ["update"], "valid_from": DAY, "valid_to": date(2018, 1, 1), "by": branch.secretary, "at": NOON}
    delegate(holding, to=deputy, **words)

    assert not rules_roster.can_read_roster(deputy, branch.cell, SUMMER)


def test_every_reading_and_every_file_is_an_act_and_no_act_tells_a_name(branch: Branch):
    span = branch.add("Nguyễn Thị Bí Mật")
    other = branch.add("Phạm Văn Kín")
    roster.read_roster(branch.cell, on=SUMMER, by=branch.admin, at=LATER)
    roster.export_roster(branch.cell, by=branch.secretary, at=LATER)
    roster.correct_row(span.pk, name="Nguyễn Thị Bí Mật Hơn", by=branch.secretary, at=LATER)
    roster.change_class(span.pk, kind="probationary", on=SPRING, by=branch.secretary, at=LATER)
    roster.remove_row(other.pk, by=branch.secretary, at=LATER)

    acts = Act.objects.filter(verb__startswith="roster.")
    assert [act.verb.removeprefix("roster.") for act in acts.order_by("pk")] == [
        "switched_on", "added", "added", "read", "exported", "corrected", "class_changed", "removed"
    ]  # fmt: skip
    told = "".join(f"{act.target_label}{act.data}{act.selection}" for act in acts)
    assert "Mật" not in told and "Kín" not in told and not ActDetail.objects.exists()
    assert acts.get(verb="roster.corrected").data["changed"] == ["name"]


def test_numbers_are_the_rows_of_the_day_and_are_not_typed(branch: Branch):
    first = branch.add()
    branch.add("Lê Văn Bình", kind="probationary", valid_from=SPRING)
    with pytest.raises(Refused, match="counted from its list"):
        tell_members(branch.cell, ONE, counted_on=SUMMER, by=branch.secretary, at=LATER)

    roster.end_row(first.pk, on=SPRING + timedelta(days=30), by=branch.secretary, at=LATER)

    april = SPRING + timedelta(days=30)
    days = [DAY - timedelta(days=1), DAY, SPRING, april - timedelta(days=1), april]
    assert [tuple(numbers_of(branch.cell, day).values()) for day in days] == [(0, 0), (1, 0), (1, 1), (1, 1), (0, 1)]
    assert amiss() == []


def test_an_empty_list_leaves_the_numbers_told_and_speaks_after_them():
    branch = Branch(on=False)
    tell_members(branch.cell, {"full": 9, "probationary": 1}, counted_on=SPRING, by=branch.secretary, at=LATER)
    branch.switch_on()
    assert numbers_of(branch.cell, SUMMER) == {"full": 9, "probationary": 1}

    with pytest.raises(ValidationError, match="kept from 06/03/2017 on"):
        branch.add()
    span = branch.add(valid_from=SPRING)

    assert numbers_of(branch.cell, SPRING) == ONE
    roster.remove_row(span.pk, by=branch.secretary, at=LATER)
    assert not RosterMember.objects.exists() and amiss() == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "friend"}, "no such class"),
        ({"valid_from": SUMMER + timedelta(days=1)}, "not come yet"),
        ({"valid_from": DAY - timedelta(days=1)}, "kept from 03/01/2017 on"),
        ({"name": "  "}, "name is missing"),
        ({"name": "x" * 121}, "longer than 120"),
        ({"name": "=1+1"}, "like a formula"),
    ],
)
def test_what_cannot_be_listed_is_refused(branch: Branch, fields: dict[str, object], sentence: str):
    with pytest.raises(ValidationError, match=sentence):
        branch.add(**fields)

    assert not RosterMember.objects.exists() and not MemberCount.objects.exists()


def test_a_unit_with_others_below_it_lists_nobody(branch: Branch):
    secretary = make_holder(branch.tree.north, Role.SECRETARY)

    with pytest.raises(ValidationError, match="units below it"):
        branch.add(unit=branch.tree.north, by=secretary)


def test_the_same_name_twice_is_allowed_and_named_the_same_account_is_not(branch: Branch):
    first, second = branch.add("Trần Thị Lan"), branch.add("tran thi  lan")
    assert list(namesakes(second)) == [first]
    roster.correct_row(first.pk, account=branch.secretary, by=branch.secretary, at=LATER)

    with pytest.raises(ValidationError, match="stands in a list"):
        branch.add("Lan", account=branch.secretary)
    with pytest.raises(ValidationError, match="holds no post"):
        branch.add("Lan", account=branch.second)
    with pytest.raises(IntegrityError), transaction.atomic():
        RosterMember.objects.create(name="Lan", account=branch.secretary)

    assert [row.pk for row in rows_of_account(branch.secretary)] == [first.pk]
    assert not rows_of_account(branch.second)


def test_a_post_is_one_of_the_unit(branch: Branch):
    office = make_holder(branch.tree.bloc, Role.ADMIN)
    own, foreign = (
        create_post(unit, title="Phó Bí thư", role=Role.MEMBER, by=office, at=NOON)
        for unit in (branch.cell, branch.other)
    )

    span = branch.add(post=own)
    with pytest.raises(ValidationError, match="no post of the unit"):
        roster.correct_row(span.pk, post=foreign, by=branch.secretary, at=LATER)

    assert RosterSpan.objects.get().post == own


def test_a_class_changes_from_a_day_and_days_outside_of_the_row_are_refused(branch: Branch):
    span = branch.add(kind="probationary", valid_from=SPRING)
    for day, sentence in ((SPRING, "begins on 06/03/2017"), (SUMMER + timedelta(days=1), "not come yet")):
        with pytest.raises(ValidationError, match=sentence):
            roster.change_class(span.pk, kind="full", on=day, by=branch.secretary, at=LATER)
        with pytest.raises(ValidationError, match=sentence):
            roster.end_row(span.pk, on=day, by=branch.secretary, at=LATER)
    with pytest.raises(ValidationError, match="in this class already"):
        roster.change_class(span.pk, kind="probationary", on=SUMMER, by=branch.secretary, at=LATER)

    made = roster.change_class(span.pk, kind="full", on=SUMMER, by=branch.secretary, at=LATER)

    assert numbers_of(branch.cell, SUMMER - timedelta(days=1)) == {"full": 0, "probationary": 1}
    assert numbers_of(branch.cell, SUMMER) == ONE
    for act in (
        lambda: roster.end_row(span.pk, on=SUMMER, by=branch.secretary, at=LATER),
        lambda: roster.correct_row(span.pk, kind="full", by=branch.secretary, at=LATER),
    ):
        with pytest.raises(Refused, match="has ended"):
            act()
    with pytest.raises(ValidationError, match="Another row"):
        roster.correct_row(made.pk, valid_from=SPRING, by=branch.secretary, at=LATER)


def test_what_was_entered_wrongly_is_put_right_with_its_numbers(branch: Branch):
    span = branch.add(kind="probationary", valid_from=SPRING)

    roster.correct_row(span.pk, kind="full", valid_from=DAY, name="Trần Thị Lành", by=branch.secretary, at=LATER)

    assert numbers_of(branch.cell, DAY) == ONE and stored(branch.cell)[0][0] == DAY
    assert RosterMember.objects.get().name == "Trần Thị Lành" and amiss() == []


def test_a_name_is_erased_at_request_and_the_row_goes_on_counting(branch: Branch):
    span = branch.add(account=branch.secretary, post=Holding.objects.get(account=branch.secretary).post)

    roster.erase_member(span.pk, by=branch.admin, at=LATER)

    row = RosterSpan.objects.select_related("member").get()
    assert (row.member.name, row.member.folded, row.member.account, row.post) == ("", "", None, None)
    assert (
        row.member.sort_key == "00" and numbers_of(branch.cell, SUMMER) == ONE and not rows_of_account(branch.secretary)
    )
    with pytest.raises(Refused, match="erased before"):
        roster.erase_member(span.pk, by=branch.admin, at=LATER)
    with pytest.raises(Refused):
        roster.erase_member(span.pk, by=branch.second, at=LATER)


def test_a_member_goes_to_another_list_once_that_unit_agrees(branch: Branch):
    span = branch.add()
    with pytest.raises(ValidationError, match="in this unit already"):
        roster.ask_transfer(span.pk, branch.cell, on=SPRING, by=branch.secretary, at=LATER)
    with pytest.raises(ValidationError, match="no members of its own"):
        roster.ask_transfer(span.pk, branch.tree.north, on=SPRING, by=branch.secretary, at=LATER)
    asked = roster.ask_transfer(span.pk, branch.other, on=SPRING, by=branch.secretary, at=LATER)
    assert asked and numbers_of(branch.cell, SUMMER) == ONE
    assert list(rules_roster.asked_transfers(branch.second, SUMMER)) == [asked]
    with pytest.raises(Refused, match="on the way"):
        roster.end_row(span.pk, on=SUMMER, by=branch.secretary, at=LATER)
    with pytest.raises(Refused):
        roster.accept_transfer(asked.pk, by=branch.secretary, at=LATER)

    roster.accept_transfer(asked.pk, by=branch.second, at=LATER)

    assert [numbers_of(unit, SPRING) for unit in (branch.cell, branch.other)] == [NONE, ONE]
    assert numbers_of(branch.cell, SPRING - timedelta(days=1)) == ONE
    assert RosterMember.objects.count() == 1 and amiss() == []
    with pytest.raises(Refused, match="answered or withdrawn"):
        roster.accept_transfer(asked.pk, by=branch.second, at=LATER)


def test_a_transfer_is_declined_or_withdrawn_and_nothing_changes(branch: Branch):
    span = branch.add()
    asked = roster.ask_transfer(span.pk, branch.other, on=SPRING, by=branch.secretary, at=LATER)
    roster.decline_transfer(asked.pk, by=branch.second, at=LATER)
    again = roster.ask_transfer(span.pk, branch.other, on=SPRING, by=branch.secretary, at=LATER)
    with pytest.raises(Refused):
        roster.withdraw_transfer(again.pk, by=branch.second, at=LATER)
    roster.withdraw_transfer(again.pk, by=branch.secretary, at=LATER)

    assert not RosterTransfer.objects.exists() and RosterSpan.objects.get().stands


def test_a_unit_without_a_list_is_not_asked_and_learns_no_name(branch: Branch):
    span = branch.add()

    asked = roster.ask_transfer(span.pk, branch.tree.south1, on=SPRING, by=branch.secretary, at=LATER)

    assert asked is None and numbers_of(branch.cell, SPRING) == NONE
    assert list(RosterSpan.objects.values_list("unit", flat=True)) == [branch.cell.pk]


def test_switched_off_the_names_are_gone_and_every_day_keeps_its_numbers(branch: Branch):
    span = branch.add()
    branch.add("Lê Văn Bình", kind="probationary", valid_from=SPRING)
    roster.end_row(span.pk, on=date(2017, 4, 1), by=branch.secretary, at=LATER)
    branch.add_other()
    days = [DAY + timedelta(days=n) for n in range(0, 170, 7)]
    before = [numbers_of(branch.tree.bloc, day) for day in days]
    with pytest.raises(ValidationError, match="3 names"):
        roster.switch_off(branch.switch.pk, names=2, by=branch.admin, at=LATER)
    with pytest.raises(Refused):
        roster.switch_off(branch.switch.pk, names=3, by=branch.secretary, at=LATER)

    assert roster.switch_off(branch.switch.pk, names=3, by=branch.admin, at=LATER) == 3

    assert [numbers_of(branch.tree.bloc, day) for day in days] == before
    assert not RosterMember.objects.exists() and not RosterSpan.objects.exists()
    assert not rules_roster.visible_members(branch.secretary, SUMMER) and amiss() == []
    assert Act.objects.get(verb="roster.switched_off").data["new"] == {"names": 3, "units": 2}
    tell_members(branch.cell, {"full": 4, "probationary": 0}, counted_on=SUMMER, by=branch.secretary, at=LATER)
    with pytest.raises(Refused, match="switched off before"):
        roster.switch_off(branch.switch.pk, names=0, by=branch.admin, at=LATER)
    branch.switch_on(at=LATER)


def test_what_another_switch_keeps_stays(branch: Branch):
    office = make_holder(branch.tree.bloc, Role.ADMIN)
    upper = roster.switch_on(branch.tree.bloc, decision="2-QĐ", decided_on=DAY, by=office, at=NOON)
    moved, stays = branch.add(), branch.add("Lê Văn Bình")
    secretary = make_holder(branch.tree.south1, Role.SECRETARY)
    asked = roster.ask_transfer(moved.pk, branch.tree.south1, on=SPRING, by=branch.secretary, at=LATER)
    roster.accept_transfer(asked.pk, by=secretary, at=LATER)

    gone = roster.switch_off(upper.pk, names=0, by=office, at=LATER)

    assert gone == 0
    assert set(RosterSpan.objects.values_list("pk", "unit")) == {(moved.pk, branch.cell.pk), (stays.pk, branch.cell.pk)}
    assert numbers_of(branch.tree.south1, SPRING) == ONE and amiss() == []


def test_check_names_numbers_that_are_not_the_rows_and_names_without_a_list(branch: Branch):
    branch.add()
    MemberCount.objects.filter(kind="full").update(number=7)
    assert amiss() == ["The numbers of members of Chi bộ Bắc Hai are not those of its list by name."]

    RosterSwitch.objects.all().delete()
    assert amiss()[-1] == "1 names of members are stored though no list they stand in is switched on."


def test_the_list_costs_the_same_for_one_row_and_for_three(branch: Branch):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            for row in roster.read_roster(branch.cell, on=SUMMER, by=branch.secretary, at=LATER):
                assert row.member.name and row.member.account is None and row.post is None
        return len(asked)

    branch.add()
    one = queries()
    branch.add("Lê Văn Bình")
    branch.add("Phạm Thị Cúc")

    assert queries() == one


DAYS = st.integers(0, 160).map(lambda n: DAY + timedelta(days=n))
STEP = st.tuples(st.sampled_from(["add", "class", "end", "remove", "correct"]), DAYS, st.integers(0, 9))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=12))
def test_whatever_is_done_the_numbers_of_every_day_are_its_rows(branch: Branch, steps):
    try:
        with transaction.atomic():
            for what, day, pick in steps:
                _play(branch, what, day, pick)
            for n in range(0, 165, 5):
                day = DAY + timedelta(days=n)
                standing = RosterSpan.objects.filter(unit=branch.cell, valid_from__lte=day, valid_to__gt=day)
                kinds = list(standing.values_list("kind", flat=True))
                expected = {"full": kinds.count("full"), "probationary": kinds.count("probationary")}
                assert numbers_of(branch.cell, day) == expected
            assert amiss() == []
            raise _Enough
    except _Enough:
        pass


class _Enough(Exception):
    """Rolls one example back."""


def _play(branch: Branch, what: str, day: date, pick: int) -> None:
    rows = list(RosterSpan.objects.filter(valid_to=date(9999, 12, 31)).order_by("pk"))
    who = {"by": branch.secretary, "at": LATER}
    try:
        if what == "add" or not rows:
            branch.add(f"Người {pick}", valid_from=day, kind=("full", "probationary")[pick % 2])
            return
        pk = rows[pick % len(rows)].pk
        if what == "class":
            roster.change_class(pk, kind=("full", "probationary")[pick % 2], on=day, **who)
        elif what == "end":
            roster.end_row(pk, on=day, **who)
        elif what == "remove":
            roster.remove_row(pk, **who)
        else:
            roster.correct_row(pk, valid_from=day, kind=("full", "probationary")[pick % 2], **who)
    except ValidationError:
        return
