"""Defining, giving down, telling, deciding."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.indicators import actions
from trienkhai.indicators.actions import Frame, Gift, Meaning, Telling
from trienkhai.indicators.models import Definition, Holder, Indicator, State, Target, Value, ValueFile
from trienkhai.indicators.queries import rollup
from trienkhai.indicators.tests.make import AFTER_Q1, AFTER_Q2, JANUARY, Q1, Q2, Q3, Cast, quarter
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder

pytestmark = pytest.mark.django_db


def test_any_unit_defines_an_indicator_for_its_branch_with_no_central_act():
    cast = Cast()
    officer = make_holder(cast.tree.north, Role.OFFICER)

    own = actions.define_indicator(
        cast.tree.north, Frame("B1", "month", Q1), Meaning("Buổi tuyên truyền", "buổi"), by=officer, at=JANUARY
    )

    assert (own.unit, own.holders.get().giver, own.definitions.get().version) == (cast.tree.north, cast.tree.north, 1)
    with pytest.raises(Refused, match="tracking officer or a leader"):
        actions.define_indicator(
            cast.tree.bloc, Frame("B2", "month", Q1), Meaning("Khác", "buổi"), by=officer, at=JANUARY
        )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"measure": ""}, "measure"),
        ({"aggregation": "ratio"}, "aggregation"),
        ({"kind": "ratio", "denominator": "tất cả"}, "numerator"),
        ({"kind": "ratio", "numerator": "a", "denominator": "b", "factor": Decimal(0)}, "factor"),
        ({"kind": "choice", "aggregation": "none", "choices": ("tốt",)}, "choices"),
        ({"kind": "choice", "aggregation": "sum", "choices": ("kém", "tốt")}, "aggregation"),
        ({"categories": ("nam", "nam")}, "categories"),
        ({"categories": ("nam", "nữ"), "aggregation": "mean"}, "categories"),
        ({"lowest": Decimal(5), "highest": Decimal(4)}, "highest"),
        ({"direction": "sideways"}, "direction"),
    ],
)
def test_a_definition_that_makes_no_sense_is_refused_at_its_field(wrong, field):
    cast = Cast()

    with pytest.raises(ValidationError) as raised:
        cast.define("CT2", **wrong)

    assert field in raised.value.message_dict
    assert Indicator.objects.count() == 1


def test_an_indicator_of_the_term_needs_its_end_and_a_code_is_borne_once():
    cast = Cast()

    with pytest.raises(ValidationError, match="last day"):
        cast.define("CT2", frame={"period": "term"})
    with pytest.raises(ValidationError, match="already"):
        cast.define("CT1")


def test_giving_down_makes_one_holder_for_each_unit_with_its_targets_in_one_act():
    cast = Cast()

    giving = cast.give(targets={Q1: Decimal(5), Q2: Decimal(7)})

    held = Holder.objects.filter(giving=giving)
    assert (giving.count, {row.unit_id for row in held}) == (5, {unit.pk for unit in cast.tree.grassroots})
    assert Target.objects.count() == 10
    assert Act.objects.filter(verb="indicator.given").get().count == 5
    assert Notice.objects.filter(kind="indicator_given").count() == 5


def test_a_target_for_a_past_period_lets_the_unit_hold_it_from_then_on():
    cast = Cast()
    gift = Gift("unit:K.B.1", {Q1: Decimal(4)})

    actions.give_indicator(cast.indicator.pk, cast.tree.bloc, gift, by=cast.officer, at=AFTER_Q1)

    assert cast.holder(cast.tree.north1).valid_from == Q1
    assert cast.tell(cast.tree.north1, "3").sent


def test_giving_again_reaches_the_new_ones_only_and_nobody_new_is_refused():
    cast = Cast()
    cast.give("unit:K.B.1")

    again = cast.give("grassroots")

    assert again.count == 4
    with pytest.raises(Refused, match="holds the indicator already"):
        cast.give("grassroots")
    cast.give("grassroots", targets={Q1: Decimal(3)})
    assert Target.objects.count() == 5


def test_an_indicator_is_given_down_the_own_branch_only_also_by_a_unit_that_holds_it():
    cast = Cast()
    cast.give("children")

    with pytest.raises(ValidationError, match="does not stand below"):
        actions.give_indicator(cast.indicator.pk, cast.tree.north, Gift("unit:K.N.1"), by=cast.north_leader, at=JANUARY)
    given = actions.give_indicator(
        cast.indicator.pk, cast.tree.north, Gift("children", own=False), by=cast.north_leader, at=JANUARY
    )
    assert given.count == 2
    assert cast.holder(cast.tree.north1).giver == cast.tree.north
    assert not cast.holder(cast.tree.north).enters


def test_a_target_outside_of_the_periods_is_refused_and_targets_are_changed_in_one_act():
    cast = Cast()
    cast.give()
    pk = cast.holder(cast.tree.north1).pk

    with pytest.raises(ValidationError):
        cast.give(targets={date(2017, 2, 1): Decimal(1)})
    changed = actions.set_targets(
        cast.indicator.pk, cast.tree.bloc, {(pk, Q1): Decimal(9), (pk, Q2): None}, by=cast.officer, at=JANUARY
    )
    assert (changed, Target.objects.get().number) == (1, 9)
    actions.set_targets(cast.indicator.pk, cast.tree.bloc, {(pk, Q1): None}, by=cast.officer, at=JANUARY)
    assert not Target.objects.exists()
    with pytest.raises(ValidationError):
        actions.set_targets(
            cast.indicator.pk, cast.tree.north, {(pk, Q1): Decimal(1)}, by=cast.north_leader, at=JANUARY
        ) if cast.give("unit:K.B") else None


def test_weights_of_units_change_the_mean_and_only_those_of_the_giver_are_set():
    cast = Cast(aggregation="weighted")
    cast.give("unit:K.B.1 + unit:K.B.2")
    first, second = cast.tree.north1, cast.tree.north2
    for unit, number in ((first, "10"), (second, "40")):
        cast.approve(*cast.tell(unit, number).sent)
    period = quarter(cast.indicator)
    before = rollup(cast.indicator, cast.tree.bloc, period).number
    ids = (cast.holder(first).pk, cast.holder(second).pk)

    changed = actions.set_weights(
        cast.indicator.pk, cast.tree.bloc, {ids[0]: Decimal(3), ids[1]: Decimal(1)}, by=cast.officer, at=JANUARY
    )

    assert (before, changed) == (Decimal(25), 1)
    assert rollup(cast.indicator, cast.tree.bloc, period).number == Decimal("17.5")
    for giver, by, weight in ((cast.tree.bloc, cast.officer, -1), (cast.tree.north, cast.north_leader, 2)):
        with pytest.raises((ValidationError, Refused)):
            actions.set_weights(cast.indicator.pk, giver, {ids[0]: Decimal(weight)}, by=by, at=JANUARY)
    assert Holder.objects.get(pk=ids[0]).weight == 3


def test_a_value_goes_up_is_approved_and_counts_from_then_on():
    cast = Cast()
    cast.give()
    unit = cast.tree.north1

    outcome = cast.tell(unit, "1.234,5")

    value = outcome.sent[0]
    period = quarter(cast.indicator)
    assert (value.state, value.number) == (State.SUBMITTED, Decimal("1234.5"))
    assert rollup(cast.indicator, cast.tree.bloc, period).number is None
    assert Notice.objects.filter(kind="values_submitted").count() == 1
    assert cast.approve(value) == 1
    assert rollup(cast.indicator, cast.tree.bloc, period).number == Decimal("1234.5")
    assert Act.objects.filter(verb__in=["value.submitted", "value.approved"]).count() == 2


def test_what_is_ambiguous_stays_a_draft_as_it_was_typed_and_the_others_are_sent():
    cast = Cast()
    second = cast.define("CT2", title="Khác", measure="buổi")
    cast.give(), cast.give(to=second)
    unit = cast.tree.north1
    first, other = cast.holder(unit), cast.holder(unit, second)

    outcome = actions.tell_values(
        unit,
        [Telling(first.pk, Q1, {"number": "1.234"}), Telling(other.pk, Q1, {"number": "12"})],
        submit=True,
        by=cast.focal[unit.pk],
        at=AFTER_Q1,
    )

    assert "two ways" in outcome.faults[first.pk].message_dict["number"][0]
    draft = Value.objects.get(holder=first)
    assert (draft.state, draft.typed, draft.number) == (State.DRAFT, {"number": "1.234"}, None)
    assert [value.holder_id for value in outcome.sent] == [other.pk]


def test_the_impossible_is_refused_and_the_unusual_is_asked_about():
    cast = Cast(lowest=Decimal(0), usual_high=Decimal(50), largest_change=Decimal(100))
    cast.give()
    unit = cast.tree.north1

    assert "impossible" in str(cast.tell(unit, "-1").faults)
    assert "higher than usual" in str(cast.tell(unit, "60").faults)
    sent = cast.tell(unit, "60", remark="Có đợt kết nạp lớn").sent[0]
    assert (sent.unusual, sent.state) == (["high"], State.SUBMITTED)
    cast.approve(sent)
    assert "50" in str(cast.tell(unit, "55", start=Q2, when=AFTER_Q2).faults)
    assert cast.tell(unit, "10", start=Q2, when=AFTER_Q2).sent[0].unusual == []


def test_a_value_far_from_the_period_before_is_asked_about():
    cast = Cast(largest_change=Decimal(50))
    cast.give()
    cast.told(cast.tree.north1, "10")

    fault = cast.tell(cast.tree.north1, "16", start=Q2, when=AFTER_Q2).faults

    assert "changed by more than 50 percent" in str(fault)


def test_a_cumulative_value_does_not_shrink_within_its_year():
    cast = Cast(cumulative=True)
    cast.give()
    cast.told(cast.tree.north1, "10")

    assert "smaller than the period before" in str(cast.tell(cast.tree.north1, "9", start=Q2, when=AFTER_Q2).faults)
    assert cast.tell(cast.tree.north1, "12", start=Q2, when=AFTER_Q2).sent


def test_a_period_told_twice_is_a_correction_with_a_reason_and_both_are_kept():
    cast = Cast()
    cast.give()
    unit, period = cast.tree.north1, quarter(cast.indicator)
    first = cast.told(unit, "10")

    assert "why it is corrected" in str(cast.tell(unit, "11").faults)
    second = cast.tell(unit, "11", correction_reason="Đếm sót một chi bộ").sent[0]
    assert rollup(cast.indicator, cast.tree.bloc, period).number == 10
    cast.approve(second)
    first.refresh_from_db()
    assert (first.state, second.corrects_id) == (State.REPLACED, first.pk)
    assert rollup(cast.indicator, cast.tree.bloc, period).number == 11
    assert Value.objects.approved().count() == 1


def test_a_value_on_its_way_cannot_be_told_again_and_a_returned_one_can():
    cast = Cast()
    cast.give()
    unit = cast.tree.north1
    value = cast.tell(unit, "10").sent[0]

    assert "awaits approval" in str(cast.tell(unit, "11").faults)
    with pytest.raises(ValidationError):
        actions.return_values([value.pk], reason=" ", by=cast.leader, at=AFTER_Q1)
    assert actions.return_values([value.pk], reason="Thiếu danh sách", by=cast.leader, at=AFTER_Q1) == 1
    again = cast.tell(unit, "11").sent[0]
    assert (again.pk, Value.objects.count()) == (value.pk, 1)


def test_a_period_to_come_an_other_unit_and_an_empty_form_tell_nothing():
    cast = Cast()
    cast.give("unit:K.B.1")
    unit = cast.tree.north1

    assert "has not begun" in str(cast.tell(unit, "1", start=Q3).faults)
    assert "does not hold" in str(cast.tell(unit, "1", start=date(2017, 2, 1)).faults)
    with pytest.raises(Refused, match="Nothing was typed"):
        cast.tell(unit, " ")
    with pytest.raises(Refused, match="focal point or an officer"):
        cast.tell(unit, "1", by=cast.focal[cast.tree.south1.pk])
    foreign = Telling(cast.holder(unit).pk, Q1, {"number": "1"})
    outcome = actions.tell_values(
        cast.tree.south1, [foreign], submit=True, by=cast.focal[cast.tree.south1.pk], at=AFTER_Q1
    )
    assert "does not hold" in str(outcome.faults)
    assert not Value.objects.exists()


def test_who_submitted_never_approves_nor_one_who_leads_elsewhere():
    cast = Cast()
    cast.give()
    unit = cast.tree.north1
    make_holder(cast.tree.bloc, Role.LEADER, account=cast.focal[unit.pk])
    value = cast.tell(unit, "10").sent[0]

    with pytest.raises(Refused, match="Whoever submitted"):
        cast.approve(value, by=cast.focal[unit.pk])
    with pytest.raises(Refused, match="A leader of"):
        cast.approve(value, by=cast.north_leader)
    assert cast.approve(value) == 1
    with pytest.raises(Refused, match="does not await"):
        cast.approve(value)


def test_not_applicable_needs_a_reason_and_is_excluded_with_it():
    cast = Cast()
    cast.give()
    unit = cast.tree.north1

    assert "does not apply" in str(cast.tell(unit, "", not_applicable=True).faults)
    value = cast.tell(unit, "", not_applicable=True, remark="Đơn vị mới thành lập").sent[0]
    cast.approve(value)
    summed = rollup(cast.indicator, cast.tree.bloc, quarter(cast.indicator))
    part = next(part for part in summed.parts if part.unit_id == unit.pk)
    assert (part.standing, part.why, part.remark) == ("excluded", "not_applicable", "Đơn vị mới thành lập")


def test_categories_must_make_the_number_and_are_summed_up():
    cast = Cast(split_by="giới tính", categories=("nam", "nữ"))
    cast.give()
    unit = cast.tree.north1

    assert "parts make 9" in str(cast.tell(unit, {"number": "10", "split0": "6", "split1": "3"}).faults)
    cast.told(unit, {"number": "10", "split0": "6", "split1": "4"})
    cast.told(cast.tree.south1, {"number": "5", "split0": "1", "split1": "4"})
    assert rollup(cast.indicator, cast.tree.bloc, quarter(cast.indicator)).split == {"nam": 7, "nữ": 8}


def test_a_definition_changes_from_a_period_on_and_old_values_keep_the_old_one():
    cast = Cast()
    cast.give()
    first = cast.told(cast.tree.north1, "10")
    other = Meaning("Số đảng viên mới kết nạp", "người", lowest=Decimal(0))

    with pytest.raises(Refused, match="told already"):
        actions.change_definition(cast.indicator.pk, other, from_day=Q1, by=cast.officer, at=AFTER_Q1)
    row = actions.change_definition(cast.indicator.pk, other, from_day=date(2017, 5, 9), by=cast.officer, at=AFTER_Q1)
    assert (row.version, row.valid_from) == (2, Q2)
    assert Definition.objects.get(version=1).valid_to == Q2
    second = cast.told(cast.tree.north1, "12", start=Q2, when=AFTER_Q2)
    assert (first.definition.measure, second.definition.measure) == ("đảng viên", "người")


def test_before_any_value_a_definition_is_put_right_in_place():
    cast = Cast()

    row = actions.change_definition(
        cast.indicator.pk, Meaning("Tên đúng", "người"), from_day=Q3, by=cast.officer, at=JANUARY
    )

    assert (row.version, row.valid_from, Definition.objects.count()) == (1, Q1, 1)


def test_a_closed_indicator_takes_no_further_period_and_keeps_what_was_told():
    cast = Cast()
    cast.give()
    cast.told(cast.tree.north1, "10")

    with pytest.raises(ValidationError):
        actions.close_indicator(
            cast.indicator.pk, last_day=date(2016, 1, 1), reason="Hết hiệu lực", by=cast.officer, at=AFTER_Q1
        )
    actions.close_indicator(
        cast.indicator.pk, last_day=date(2017, 3, 31), reason="Hết hiệu lực", by=cast.officer, at=AFTER_Q1
    )
    assert "does not hold" in str(cast.tell(cast.tree.north1, "1", start=Q2, when=AFTER_Q2).faults)
    assert rollup(cast.indicator, cast.tree.bloc, quarter(cast.indicator)).number == 10
    with pytest.raises(Refused, match="closed"):
        actions.give_indicator(cast.indicator.pk, cast.tree.bloc, Gift("unit:K.B"), by=cast.officer, at=AFTER_Q1)


def test_a_unit_from_which_it_was_taken_back_is_asked_no_more():
    cast = Cast()
    cast.give()
    holder = cast.holder(cast.tree.north1)

    actions.take_back(holder.pk, last_day=date(2017, 3, 31), reason="Không còn nhiệm vụ", by=cast.officer, at=AFTER_Q1)

    assert "does not hold" in str(cast.tell(cast.tree.north1, "1", start=Q2, when=AFTER_Q2).faults)
    assert cast.tell(cast.tree.north1, "1", when=AFTER_Q2).sent
    actions.give_indicator(
        cast.indicator.pk, cast.tree.bloc, Gift("unit:K.B.1"), by=cast.officer, at=moment(date(2017, 5, 2))
    )
    assert cast.tell(cast.tree.north1, "1", start=Q2, when=AFTER_Q2).sent


def test_evidence_is_kept_with_a_value_being_written_and_not_after():
    cast = Cast()
    cast.give()
    unit = cast.tree.north1
    draft = cast.tell(unit, "10", submit=False).kept[0]

    def add(text: bytes, *, declared: bool = True) -> ValueFile:
        upload = SimpleUploadedFile("ds.txt", text)
        return actions.add_file(draft.pk, upload, not_secret=declared, by=cast.focal[unit.pk], at=AFTER_Q1)

    add("Danh sách kết nạp".encode())
    with pytest.raises(ValidationError):
        add("Danh sách kết nạp".encode())
    with pytest.raises(ValidationError):
        add(b"khac", declared=False)
    cast.tell(unit, "10")
    with pytest.raises(Refused):
        add(b"sau khi gui")
    assert ValueFile.objects.count() == 1
