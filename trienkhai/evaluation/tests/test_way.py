"""The way of a sheet: opened with norms and figures, filled, voted, appraised, proposed, decided, frozen."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.evaluation import actions
from trienkhai.evaluation.entries import to_do
from trienkhai.evaluation.models import Campaign, CampaignState, Sheet, Step
from trienkhai.evaluation.queries.figures import counts_of
from trienkhai.evaluation.queries.integrity import altered_results
from trienkhai.evaluation.queries.sheets import score_in
from trienkhai.evaluation.reasons import ceiling_sentence, reasons_of
from trienkhai.evaluation.scoring import Subject, criteria_of, propose
from trienkhai.evaluation.tests.make import WHEN, Cast
from trienkhai.norms.models import Norm
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_unit
from trienkhai.people.models import Account
from trienkhai.tasks.models import Assignment, State
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db


def test_opening_reads_figures_keeps_norms_and_tells_the_subjects():
    cast = Cast()
    cast.work(done=3, late=1)

    campaign = cast.open(heads=True)

    sheet = cast.sheet(campaign)
    counts = counts_of(sheet.figures)
    assert (counts["on_time"].num, counts["on_time"].den, counts["late"].num) == (3, 4, 1)
    assert counts["done"].num == 4 and counts["above"].num == 0
    assert campaign.norms["criteria"]["from"] == "2017-01-01" and campaign.criteria["illustrative"]
    leader = cast.sheet(campaign, person=cast.deputy)
    assert leader.figures == sheet.figures and leader.post
    assert {row.name for row in campaign.sheets.all()} >= {"Chi bộ Bắc Hai", cast.cell_secretary.name}
    assert Notice.objects.filter(kind="evaluation_opened").count() == 2 + 3 + 1
    assert Act.objects.get(verb="evaluation.opened").data["subjects"] == 5


def test_opening_asks_for_its_units_and_tells_them_in_sets(django_assert_max_num_queries):
    cast = Cast()
    cast.work(done=2, unit=cast.tree.north2)
    with CaptureQueriesContext(connection) as one:
        cast.open(units=[cast.tree.north2], code="2017-Q1")
    more = [make_unit(cast.tree.north) for _n in range(5)]

    with django_assert_max_num_queries(len(one)):
        campaign = cast.open(units=[cast.tree.north2, *more])

    told = Notice.objects.filter(kind="evaluation_opened", post__unit=cast.tree.north2, post__role=Role.SECRETARY)
    sheet = cast.sheet(campaign, cast.tree.north2)
    assert len(sheet.figures["done"]["yes"]) == 2 and cast.sheet(campaign, more[0]).figures["done"]["yes"] == []
    assert told.filter(url=reverse("evaluation:sheet", args=[sheet.pk]), params__period="2017-Q2").count() == 1


@pytest.mark.parametrize(("code", "day"), [("2018", at(5, 7, 2019)), ("2025-Q2", at(5, 7, 2025))])
def test_a_period_without_a_norm_is_not_evaluated(code: str, day: Any):
    cast = Cast()

    with override("vi"), pytest.raises(Refused, match=r"[Cc]hưa có quy định"):
        cast.open(code=code, when=day)

    assert not Campaign.objects.exists()


@pytest.mark.parametrize("code", ["2017-05", "2017-Q5", "mai", "2018-Q1"])
def test_only_years_and_quarters_that_have_begun_are_evaluated(code: str):
    with pytest.raises(ValidationError):
        Cast().open(code=code)


def test_a_period_is_evaluated_once_and_only_units_directly_below():
    cast = Cast()
    cast.open()
    with pytest.raises(ValidationError, match="already"), override("en"):
        cast.open()
    with pytest.raises(ValidationError):
        cast.open(units=[cast.tree.south1], code="2017-Q1")
    with pytest.raises(ValidationError):
        cast.open(denominator="everybody", code="2017-Q1")
    with pytest.raises(Refused):
        cast.open(by=cast.secretary, code="2017-Q1")


def test_a_criterion_nobody_filled_stops_the_sheet_and_is_named():
    cast = Cast()
    cast.work()
    sheet = cast.sheet(cast.open())
    actions.give_points(sheet.pk, {"politics": Decimal(10)}, by=cast.secretary, at=WHEN)

    with override("vi"), pytest.raises(Refused, match="Đoàn kết, dân chủ") as fault:
        actions.pass_on(sheet.pk, by=cast.secretary, at=WHEN)

    assert "chính trị" not in str(fault.value)
    sheet.refresh_from_db()
    assert sheet.step == Step.SELF


@pytest.mark.parametrize(("code", "points"), [("politics", "15.1"), ("politics", "-1"), ("on_time", "10"), ("x", "1")])
def test_points_beyond_the_criterion_or_of_one_that_is_computed_are_refused(code: str, points: str):
    cast = Cast()
    cast.work()
    sheet = cast.sheet(cast.open())

    with pytest.raises(ValidationError):
        actions.give_points(sheet.pk, {code: Decimal(points)}, by=cast.secretary, at=WHEN)

    assert not sheet.points.exists()


def test_votes_beyond_those_present_are_refused_and_the_vote_is_needed():
    cast = Cast()
    sheet = cast.advance(cast.sheet(cast.open()), Step.VOTE)
    with pytest.raises(Refused):
        actions.pass_on(sheet.pk, by=cast.secretary, at=WHEN)

    with override("en"), pytest.raises(ValidationError, match="6 votes, but only 5"):
        cast.vote(sheet, 5, excellent=4, invalid=2)
    with pytest.raises(ValidationError):
        cast.vote(sheet, 5, splendid=1)
    cast.vote(sheet, 5, excellent=4, invalid=1)

    sheet.refresh_from_db()
    assert (sheet.present, sheet.cast, sheet.votes["excellent"], sheet.votes["invalid"]) == (5, 5, 4, 1)


def test_each_step_belongs_to_its_people_and_nobody_appraises_the_own_sheet():
    cast = Cast()
    campaign = cast.open(heads=True)
    own = cast.sheet(campaign, person=cast.secretary)
    with pytest.raises(Refused):
        cast.fill(own, by=cast.deputy)
    cast.fill(own)
    actions.pass_on(own.pk, by=cast.secretary, at=WHEN)
    for stranger in (cast.secretary, cast.appraiser, cast.member, cast.north_leader):
        with pytest.raises(Refused):
            cast.fill(own, by=stranger)
    own = cast.advance(own, Step.UPPER)
    with pytest.raises(Refused):
        cast.fill(own, by=cast.deputy)

    alone = cast.advance(cast.sheet(campaign, cast.tree.north2, cast.cell_secretary))

    assert alone.step == Step.READY


def test_the_points_of_a_step_are_where_the_next_one_begins():
    cast = Cast()
    sheet = cast.advance(cast.sheet(cast.open()), Step.COLLECTIVE, share=0.6)

    given = dict(sheet.points.filter(step=Step.COLLECTIVE).values_list("code", "points"))

    assert given["politics"] == Decimal(9)


def test_a_result_marked_above_counts_with_its_ground_on_every_sheet_of_the_unit():
    cast = Cast()
    rows = cast.work(done=2, open_=1)
    campaign = cast.open(heads=True)
    sheet = cast.sheet(campaign)
    with pytest.raises(ValidationError):
        actions.mark_above(sheet.pk, rows[0].pk, ground=" ", by=cast.appraiser, at=WHEN)
    with pytest.raises(Refused):
        actions.mark_above(sheet.pk, rows[2].pk, ground="Vượt", by=cast.appraiser, at=WHEN)
    with pytest.raises(Refused):
        actions.mark_above(sheet.pk, rows[0].pk, ground="Vượt", by=cast.secretary, at=WHEN)

    actions.mark_above(sheet.pk, rows[0].pk, ground="Xong trước hạn, nhân rộng", by=cast.appraiser, at=WHEN)

    for row in campaign.sheets.filter(unit=cast.tree.north1):
        assert row.figures["above"]["yes"] == [rows[0].pk]
    actions.unmark_above(sheet.pk, rows[0].pk, by=cast.appraiser, at=WHEN)
    sheet.refresh_from_db()
    assert sheet.figures["above"]["yes"] == []


def test_levels_are_proposed_with_reasons_once_all_sheets_are_appraised():
    cast = Cast()
    cast.work(done=3, late=1)
    campaign = cast.open()
    first = cast.advance(cast.sheet(campaign))
    with override("vi"), pytest.raises(Refused, match="Chi bộ Bắc Hai"):
        actions.propose_levels(campaign.pk, by=cast.appraiser, at=WHEN)
    cast.advance(cast.sheet(campaign, cast.tree.north2))

    campaign = actions.propose_levels(campaign.pk, by=cast.appraiser, at=WHEN)

    first.refresh_from_db()
    assert first.proposal["level"] == "good"
    with override("vi"):
        said = " ".join(map(str, reasons_of(campaign, first.proposal)))
        assert "75 % (3/4)" in said and "80 %" in said and "92,5" in said
        assert "20 %" in ceiling_sentence(campaign, "unit")
    other = cast.sheet(campaign, cast.tree.north2)
    assert other.proposal["own"] == "excellent" and other.proposal["level"] == "good"


def test_the_decision_may_differ_for_a_reason_and_freezes():
    cast = Cast()
    cast.work(done=3, late=1)
    campaign = cast.proposed(cast.open())
    north1, north2 = cast.sheet(campaign), cast.sheet(campaign, cast.tree.north2)
    with pytest.raises(ValidationError) as fault:
        actions.decide(campaign.pk, {north2.pk: "excellent"}, {}, by=cast.north_leader, at=WHEN)
    assert f"reason_{north2.pk}" in fault.value.message_dict
    with pytest.raises(Refused):
        actions.decide(campaign.pk, {}, {}, by=cast.appraiser, at=WHEN)

    levels = {north2.pk: "excellent"}
    reasons = {north2.pk: "Có sáng kiến được nhân rộng"}
    campaign = actions.decide(campaign.pk, levels, reasons, by=cast.north_leader, at=WHEN)

    north1.refresh_from_db()
    north2.refresh_from_db()
    assert (north1.level, north2.level, north2.reason) == ("good", "excellent", "Có sáng kiến được nhân rộng")
    assert campaign.appeals_until == date(2017, 7, 15) and list(altered_results()) == []


FROZEN: dict[str, Callable[[Cast, Campaign, Sheet], Any]] = {
    "points": lambda cast, campaign, sheet: cast.fill(sheet, by=cast.appraiser),
    "pass_on": lambda cast, campaign, sheet: actions.pass_on(sheet.pk, by=cast.appraiser, at=WHEN),
    "send_back": lambda cast, campaign, sheet: actions.send_back(sheet.pk, reason="x", by=cast.appraiser, at=WHEN),
    "leave_out": lambda cast, campaign, sheet: actions.leave_out(sheet.pk, reason="x", by=cast.appraiser, at=WHEN),
    "figures": lambda cast, campaign, sheet: actions.read_figures(sheet.pk, by=cast.appraiser, at=WHEN),
    "above": lambda cast, campaign, sheet: actions.mark_above(sheet.pk, 1, ground="x", by=cast.appraiser, at=WHEN),
    "propose": lambda cast, campaign, sheet: actions.propose_levels(campaign.pk, by=cast.north_leader, at=WHEN),
    "decide": lambda cast, campaign, sheet: actions.decide(campaign.pk, {}, {}, by=cast.north_leader, at=WHEN),
    "subjects": lambda cast, campaign, sheet: actions.add_subjects(
        campaign.pk, [cast.tree.north1], heads=True, by=cast.north_leader, at=WHEN
    ),
}


@pytest.mark.parametrize("name", FROZEN)
def test_a_frozen_evaluation_is_never_opened_again(name: str):
    cast = Cast()
    cast.work(done=1)
    campaign = cast.decided(cast.open())
    sheet = cast.sheet(campaign)

    with override("vi"), pytest.raises(Refused, match=r"05/07/2017.*kiến nghị"):
        FROZEN[name](cast, campaign, sheet)

    assert list(altered_results()) == []


def test_sending_back_or_leaving_out_voids_what_was_proposed():
    cast = Cast()
    campaign = cast.proposed(cast.open())
    sheet = cast.sheet(campaign, cast.tree.north2)

    sent = actions.send_back(sheet.pk, reason="Thiếu phần nhận xét", by=cast.appraiser, at=WHEN)

    campaign.refresh_from_db()
    assert (sent.step, sent.present, campaign.state) == (Step.SELF, 0, CampaignState.OPEN)
    assert cast.sheet(campaign).proposal == {} and sent.points.filter(step=Step.SELF).exists()
    actions.leave_out(sheet.pk, reason="Mới thành lập", by=cast.appraiser, at=WHEN)
    campaign = actions.propose_levels(campaign.pk, by=cast.appraiser, at=WHEN)
    assert campaign.ceilings["unit"]["counted"] == 1


def test_an_appeal_is_answered_and_the_new_level_stands_beside_the_frozen_one():
    cast = Cast()
    campaign = cast.decided(cast.open())
    sheet = cast.sheet(campaign)
    with pytest.raises(Refused):
        actions.appeal(sheet.pk, text="Chưa đúng", by=cast.cell_secretary, at=WHEN)
    with pytest.raises(Refused), override("vi"):
        actions.appeal(sheet.pk, text="Chưa đúng", by=cast.secretary, at=at(16, 7))
    actions.appeal(sheet.pk, text="Hai việc đã xong đúng hạn", by=cast.secretary, at=at(15, 7))
    with pytest.raises(Refused):
        actions.appeal(sheet.pk, text="Lần nữa", by=cast.secretary, at=at(15, 7))
    with pytest.raises(Refused):
        actions.answer_appeal(sheet.pk, answer="Đúng", by=cast.appraiser, at=at(15, 7))

    actions.answer_appeal(sheet.pk, answer="Xếp lại", level="excellent", by=cast.north_leader, at=at(16, 7))

    sheet.refresh_from_db()
    assert (sheet.level, sheet.appeals.get().level) == ("good", "excellent") and list(altered_results()) == []


def test_the_same_year_under_two_packs_gives_different_explained_results():
    cast = Cast()
    cast.work(done=9, late=1)
    demo = cast.proposed(cast.open())
    illustrative = cast.sheet(demo)
    demo.delete()
    for key in ("criteria", "levels", "ceiling"):
        row = Norm.objects.get(key=f"evaluation.{key}", valid_from=date(2025, 8, 30))
        Norm.objects.filter(key=row.key, valid_from=date(2017, 1, 1)).update(value=row.value, source=row.source)

    later = cast.proposed(cast.open())

    sheet = cast.sheet(later)
    assert (illustrative.proposal["own"], sheet.proposal["own"]) == ("excellent", "fair")
    assert illustrative.figures == sheet.figures
    with override("vi"):
        said = " ".join(map(str, reasons_of(later, sheet.proposal)))
    assert "90 % (9/10)" in said and "100 %" in said and "0 % (0/10)" in said
    assert "366-QĐ/TW" in later.norms["levels"]["source"]


def test_a_changed_result_or_norm_is_found():
    cast = Cast()
    campaign = cast.decided(cast.open())
    assert list(altered_results()) == []

    Sheet.objects.filter(pk=cast.sheet(campaign).pk).update(level="poor")
    assert list(altered_results()) == [campaign]
    Sheet.objects.filter(pk=cast.sheet(campaign).pk).update(level="good")
    campaign.norms["levels"]["value"][0]["least"] = 10
    campaign.save(update_fields=["norms"])

    assert list(altered_results()) == [campaign]


def test_a_criterion_without_rows_is_filled_by_people():
    cast = Cast()
    sheet = cast.sheet(cast.open())

    filled = cast.fill(sheet)

    given = dict(filled.points.values_list("code", "points"))
    assert given["on_time"] == Decimal(30) and score_in(filled, given) == Decimal(100)


def test_a_figure_that_lost_its_rows_is_read_anew_before_its_criterion_is_filled():
    cast = Cast()
    rows = cast.work(done=1)
    sheet = cast.sheet(cast.open())
    cast.fill(sheet)
    Assignment.objects.filter(pk=rows[0].pk).update(state=State.WITHDRAWN)

    with override("vi"), pytest.raises(Refused, match="lấy lại số liệu"):
        actions.pass_on(sheet.pk, by=cast.secretary, at=WHEN)

    actions.read_figures(sheet.pk, by=cast.secretary, at=WHEN)
    cast.fill(sheet)
    assert actions.pass_on(sheet.pk, by=cast.secretary, at=WHEN).step == Step.COLLECTIVE


def test_a_ceiling_that_takes_from_its_own_denominator_says_why_it_is_lower_than_its_share():
    campaign = Cast().open(denominator="good")
    given = {row["code"]: Decimal(row["points"]) for row in criteria_of(campaign.groups("unit"))}
    subjects = [Subject(key, "unit", {}, given, {}) for key in range(3)]
    _found, ceilings = propose(subjects, campaign.criteria, campaign.levels, campaign.ceiling, "good")
    campaign.ceilings = {"unit": asdict(ceilings["unit"])}

    with override("vi"):
        said = ceiling_sentence(campaign, "unit")
        campaign.ceilings["unit"] |= {"most": 1}
        whole = ceiling_sentence(campaign, "unit")

    assert (ceilings["unit"].exact, ceilings["unit"].most) == ("0.6", 0)
    assert "không còn đủ" in said and "không còn đủ" not in whole


def test_an_evaluation_whose_subjects_are_all_left_out_asks_nobody_to_propose():
    cast = Cast()
    campaign = cast.open(units=[cast.tree.north1])

    actions.leave_out(campaign.sheets.get().pk, reason="Mới thành lập", by=cast.appraiser, at=WHEN)

    assert to_do(Account.objects.get(pk=cast.appraiser.pk), WHEN.date()) == []
