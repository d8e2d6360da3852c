"""Nobody with a post on both sides appraises, decides or answers for the own unit; and no sheet waits for nobody."""

from datetime import date

import pytest

from trienkhai.common.verdict import Refused
from trienkhai.evaluation import actions, climbing, rules
from trienkhai.evaluation.entries import to_do
from trienkhai.evaluation.models import Step
from trienkhai.evaluation.tests.make import WHEN, Cast
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Holding, Manner, Role, Succession, Unit
from trienkhai.orgs.tests.make import make_account, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db
DAY = WHEN.date()


def delegate(principal: Account, unit: Unit, role: str, **fields: object) -> Account:
    """A new person who acts for the holder of that post."""
    holding = Holding.objects.get(account=principal, post__unit=unit, post__role=role)
    deputy = make_account()
    Holding.objects.create(
        post=holding.post, account=deputy, manner=Manner.DELEGATED, principal=holding, valid_from=date(2017, 1, 1),
        **fields,
    )  # fmt: skip
    return deputy


def acts(account: Account) -> list[str]:
    return [row.act for row in to_do(Account.objects.get(pk=account.pk), DAY)]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER])
def test_the_head_of_a_unit_with_a_post_above_neither_appraises_nor_decides_it(role: str):
    cast = Cast()
    make_holder(cast.tree.north, role, account=cast.secretary)
    rows = cast.work(done=1)
    campaign = cast.open()
    sheet = cast.advance(cast.sheet(campaign), Step.UPPER)

    with pytest.raises(Refused):
        cast.fill(sheet, by=cast.secretary)
    with pytest.raises(Refused):
        actions.mark_above(sheet.pk, rows[0].pk, ground="Vượt", by=cast.secretary, at=WHEN)
    with pytest.raises(Refused):
        actions.leave_out(sheet.pk, reason="Mới", by=cast.secretary, at=WHEN)
    assert acts(cast.secretary) == [] and len(acts(cast.appraiser)) == 1
    cast.proposed(campaign)
    with pytest.raises(Refused):
        actions.decide(campaign.pk, {}, {}, by=cast.secretary, at=WHEN)
    assert acts(cast.secretary) == [] and len(acts(cast.north_leader)) == 1
    actions.decide(campaign.pk, {}, {}, by=cast.north_leader, at=WHEN)


def test_a_deputy_decides_nothing_in_the_name_of_an_evaluated_leader():
    cast = Cast()
    make_holder(cast.tree.north, Role.LEADER, account=cast.cell_secretary)
    deputy = delegate(cast.cell_secretary, cast.tree.north, Role.LEADER)
    campaign = cast.proposed(cast.open(units=[cast.tree.north2], heads=True))

    with pytest.raises(Refused):
        actions.decide(campaign.pk, {}, {}, by=deputy, at=WHEN)

    assert acts(deputy) == []
    actions.decide(campaign.pk, {}, {}, by=cast.north_leader, at=WHEN)


def test_who_wrote_an_appeal_does_not_answer_it():
    cast = Cast()
    campaign = cast.decided(cast.open())
    sheet = cast.sheet(campaign)
    actions.appeal(sheet.pk, text="Chưa đúng", by=cast.secretary, at=at(6, 7))
    Holding.objects.filter(account=cast.secretary).update(valid_to=at(7, 7).date())
    make_holder(cast.tree.north, Role.LEADER, account=cast.secretary)
    deputy = delegate(cast.secretary, cast.tree.north, Role.LEADER)

    for account in (cast.secretary, deputy):
        with pytest.raises(Refused):
            actions.answer_appeal(sheet.pk, answer="Đúng", level="excellent", by=account, at=at(8, 7))
        assert [row.act for row in to_do(Account.objects.get(pk=account.pk), at(8, 7).date())] == []

    actions.answer_appeal(sheet.pk, answer="Giữ", by=cast.north_leader, at=at(8, 7))


def test_a_unit_without_a_head_is_spoken_for_by_the_unit_above():
    cast = Cast()
    sheet = cast.advance(cast.sheet(cast.open()), Step.COLLECTIVE)
    climbing.heading(DAY).filter(post__unit=cast.tree.north1).update(valid_to=date(2017, 7, 1))

    assert len(acts(cast.appraiser)) == 1
    cast.fill(sheet, by=cast.appraiser)
    actions.pass_on(sheet.pk, by=cast.appraiser, at=WHEN)

    sheet.refresh_from_db()
    assert sheet.step == Step.VOTE


def test_the_deputy_of_a_lone_leader_is_no_other_head():
    cast = Cast()
    deputy = delegate(cast.cell_secretary, cast.tree.north2, Role.SECRETARY)
    campaign = cast.open(units=[cast.tree.north2], heads=True)
    sheet = cast.advance(cast.sheet(campaign, cast.tree.north2, cast.cell_secretary), Step.COLLECTIVE)

    with pytest.raises(Refused):
        cast.fill(sheet, by=deputy)
    assert len(acts(cast.appraiser)) == 1
    cast.fill(sheet, by=cast.appraiser)


def test_a_delegate_for_other_acts_reads_nothing_undecided_of_a_unit_taken_over():
    cast = Cast()
    sheet = cast.sheet(cast.open())
    heir = cast.tree.south
    other = delegate(cast.south_leader, heir, Role.LEADER, acts=["draft"])
    able = delegate(cast.south_leader, heir, Role.LEADER, acts=["evaluate"])
    Unit.objects.filter(pk=cast.evaluator.pk).update(closed_on=DAY)
    Succession.objects.create(unit=cast.evaluator, successor=heir, on=DAY)

    assert not rules.visible_sheets(other, DAY).filter(pk=sheet.pk).exists()
    assert rules.visible_sheets(able, DAY).filter(pk=sheet.pk).exists()


def test_an_appeal_goes_to_the_unit_that_stands_for_a_closed_one():
    cast = Cast()
    sheet = cast.sheet(cast.decided(cast.open()))
    middle, heir = cast.tree.direct, cast.tree.south
    Unit.objects.filter(pk__in=(cast.evaluator.pk, middle.pk)).update(closed_on=DAY)
    Succession.objects.create(unit=cast.evaluator, successor=middle, on=DAY)
    Succession.objects.create(unit=middle, successor=heir, on=DAY)
    Notice.objects.all().delete()

    actions.appeal(sheet.pk, text="Chưa đúng", by=cast.secretary, at=WHEN)

    assert {row.post.unit_id for row in Notice.objects.filter(kind="evaluation_appealed")} == {heir.pk}
    assert len(acts(cast.south_leader)) == 1
    actions.answer_appeal(sheet.pk, answer="Giữ", by=cast.south_leader, at=WHEN)


def test_another_head_with_a_post_above_neither_appraises_the_secretary_nor_marks_the_tasks_of_the_own_unit():
    cast = Cast()
    make_holder(cast.tree.north, Role.OFFICER, account=cast.deputy)
    rows = cast.work(done=1)
    campaign = cast.open(heads=True)
    sheet = cast.advance(cast.sheet(campaign, person=cast.secretary), Step.UPPER)

    with pytest.raises(Refused, match=r"belongs|Người của đơn vị"):
        actions.mark_above(sheet.pk, rows[0].pk, ground="Vượt", by=cast.deputy, at=WHEN)
    with pytest.raises(Refused):
        cast.fill(sheet, by=cast.deputy)
    assert "Thẩm định" not in acts(cast.deputy) and "Thẩm định" in acts(cast.appraiser)
    actions.mark_above(sheet.pk, rows[0].pk, ground="Vượt", by=cast.appraiser, at=WHEN)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.FOCAL])
def test_whoever_fills_the_sheet_of_the_own_unit_does_not_appraise_it_too(role: str):
    cast = Cast()
    officer = make_holder(cast.tree.north1, role)
    make_holder(cast.tree.north, Role.LEADER, account=officer)
    campaign = cast.open(units=[cast.tree.north1])
    cast.fill(sheet := cast.sheet(campaign), by=officer)
    cast.advance(sheet, Step.UPPER)

    with pytest.raises(Refused):
        cast.fill(sheet, by=officer)
    assert acts(officer) == []
    cast.proposed(campaign)
    with pytest.raises(Refused):
        actions.decide(campaign.pk, {}, {}, by=officer, at=WHEN)
    assert acts(officer) == [] and len(acts(cast.north_leader)) == 1


def test_where_everybody_above_belongs_to_the_unit_too_its_sheet_climbs():
    cast = Cast()
    Holding.objects.filter(account=cast.appraiser).update(valid_to=DAY)
    make_holder(cast.tree.north1, Role.FOCAL, account=cast.north_leader)
    sheet = cast.advance(cast.open(units=[cast.tree.north1]).sheets.get(), Step.UPPER)

    assert acts(cast.north_leader) == [] and len(acts(cast.leader)) == 1
    cast.fill(sheet, by=cast.leader)
