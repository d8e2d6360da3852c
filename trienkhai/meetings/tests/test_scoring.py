"""The quality of meetings: filled from data, four steps, both figures kept, frozen with its norm."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.meetings import actions
from trienkhai.meetings.actions import Marked
from trienkhai.meetings.grading import Frame
from trienkhai.meetings.models import ScoreMark, ScoreSheet
from trienkhai.meetings.queries.integrity import wrong_scores
from trienkhai.meetings.queries.measuring import measured
from trienkhai.meetings.queries.scores import missing, standing, voting_meetings
from trienkhai.meetings.rules_scoring import visible_scores, waiting_scores
from trienkhai.meetings.tests.make import Cast, at
from trienkhai.meetings.tests.make_scores import Scored
from trienkhai.norms.models import Norm
from trienkhai.orgs.models import Role, Span
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import Cast as Tasks
from trienkhai.tasks.tests.make import make_issue, said

pytestmark = pytest.mark.django_db
ON = date(2017, 1, 20)


def data_of(sheet: ScoreSheet) -> dict[str, tuple[int, int, int]]:
    rows = ScoreMark.objects.filter(sheet=sheet, step="data")
    return {row.code: (row.points, row.facts["top"], row.facts["bottom"]) for row in rows}


def test_what_the_data_answers_is_filled_and_what_it_does_not_is_left_to_people():
    cast = Scored()

    sheet = cast.start()

    assert data_of(sheet) == {"time": (3, 120, 150), "attendance": (5, 10, 10), "papers": (0, 0, 1)}
    assert cast.start() == sheet and sheet.norm["grade"] == "B"


def test_minutes_sent_late_and_speakers_told_are_filled_too():
    cast = Scored()
    meeting = cast.tell(cast.begin(day=5), full=None)
    told = {row.pk: "present" for row in meeting.participants.all()}
    full = {"full": actions.ClassTold(8, 8)}
    actions.tell_turnout(meeting.pk, told, full, speakers=4, by=cast.secretary, at=at(5, 9))
    with pytest.raises(ValidationError):
        actions.tell_turnout(meeting.pk, told, full, speakers=11, by=cast.secretary, at=at(5, 9))
    cast.meeting = cast.close(meeting)
    actions.send_minutes_up(meeting.pk, by=cast.secretary, at=at(9))

    sheet = cast.start(9)

    assert data_of(sheet)["speakers"] == (4, 4, 10) and data_of(sheet)["minutes"] == (0, 0, 1)


def test_targets_are_the_tasks_of_the_unit_due_in_the_month_and_done_in_time():
    tasks = Tasks()
    issue = make_issue(tasks, [{"due_on": date(2017, 1, 10)}, {"due_on": date(2017, 2, 10)}])
    unit = tasks.tree.north2
    held = Assignment.objects.filter(task__issue=issue, held_by=unit)
    sheet = ScoreSheet(unit=unit, first_on=date(2017, 1, 5), last_on=date(2017, 1, 5))

    def reached(on: date = ON, **changes: object) -> tuple[int, int] | None:
        held.update(**changes)
        fact = measured(sheet, [], on).get("targets")
        return (fact.top, fact.bottom) if fact else None

    assert reached(date(2017, 1, 10), percent=0) is None
    assert reached(percent=0) == (0, 1)
    assert reached(state="done", submitted_on=date(2017, 1, 10)) == (1, 1)
    assert reached(submitted_on=date(2017, 1, 11)) == (0, 1)
    assert reached(state="withdrawn") is None


def test_a_day_without_a_norm_is_not_scored_and_says_so():
    cast = Cast()
    meeting = cast.held()

    with pytest.raises(Refused, match=said("No regulation yet says how meetings of that day are scored.")):
        actions.start_score(meeting.pk, by=cast.secretary, at=at(6))

    assert not ScoreSheet.objects.exists()


def test_another_body_and_open_minutes_are_not_scored():
    cast = Scored(bodies=["committee"])
    with pytest.raises(Refused, match=said("No regulation yet says how meetings of that day are scored.")):
        cast.start()
    cast.meeting = cast.begin(day=6)
    with pytest.raises(Refused, match=said("Close the minutes first.")):
        cast.start()


def test_a_criterion_that_nobody_filled_blocks_the_step_and_is_named():
    cast = Scored()
    sheet = cast.start()

    with pytest.raises(Refused, match="Điều hành của chủ trì"):
        actions.pass_score(sheet.pk, by=cast.secretary, at=at(7))

    assert not sheet.steps.exists()


def test_the_four_steps_to_a_decided_score_that_stays():
    cast = Scored()

    sheet = cast.bring("done")

    assert (sheet.total, sheet.level) == (93, "Tốt")
    assert [(row.step, row.total) for row in sheet.steps.order_by("pk")] == [
        ("self", 93),
        ("committee", 93),
        ("vote", 93),
        ("upper", 93),
    ]
    assert Act.objects.filter(verb="score.decided").count() == 1 and list(wrong_scores()) == []
    for person in (cast.secretary, cast.above):
        with pytest.raises(Refused, match=said("This score is decided: it stays as it is.")):
            actions.mark_score(sheet.pk, {"order": Marked(1, "Sửa")}, by=person, at=at(11))
    ScoreSheet.objects.filter(pk=sheet.pk).update(total=99)
    assert list(wrong_scores()) == [sheet.pk]


def test_each_step_changes_a_criterion_with_a_reason_and_both_figures_are_kept():
    cast = Scored()
    sheet = cast.bring("committee")

    with pytest.raises(ValidationError) as fault:
        actions.mark_score(sheet.pk, {"content": Marked(15)}, by=cast.leader, at=at(8))
    assert "content" in fault.value.error_dict
    actions.mark_score(sheet.pk, {"content": Marked(15, "Thảo luận ít")}, by=cast.leader, at=at(8))

    marks = ScoreMark.objects.filter(sheet=sheet, code="content").order_by("pk")
    assert [(row.step, row.points, row.reason) for row in marks] == [
        ("self", 20, ""),
        ("committee", 15, "Thảo luận ít"),
    ]
    assert standing(sheet)["content"] == 15
    actions.mark_score(sheet.pk, {"content": Marked(20)}, by=cast.leader, at=at(8))
    assert standing(sheet)["content"] == 20 and not marks.filter(step="committee").exists()


def test_a_figure_from_data_is_changed_only_with_a_reason_and_stays_beside():
    cast = Scored()
    sheet = cast.start()

    with pytest.raises(ValidationError):
        actions.mark_score(sheet.pk, {"time": Marked(5)}, by=cast.secretary, at=at(6))
    actions.mark_score(sheet.pk, {"time": Marked(5, "Mất điện 30 phút")}, by=cast.secretary, at=at(6))

    assert data_of(sheet)["time"][0] == 3 and standing(sheet)["time"] == 5


@pytest.mark.parametrize("points", [-1, 6, 101])
def test_points_beyond_the_criterion_are_refused(points: int):
    cast = Scored()
    sheet = cast.start()

    with pytest.raises(ValidationError):
        actions.mark_score(sheet.pk, {"order": Marked(points)}, by=cast.secretary, at=at(6))

    assert "order" not in standing(sheet)


def test_votes_beyond_those_present_are_refused():
    cast = Scored()
    sheet = cast.bring("vote")

    for tally in (None, cast.tally(11), cast.tally(6, against=5), cast.tally(0), cast.tally(-1, blank=5)):
        with pytest.raises(ValidationError):
            actions.pass_score(sheet.pk, tally=tally, by=cast.secretary, at=at(9))
    assert not sheet.steps.filter(step="vote").exists()


def test_a_vote_that_was_not_carried_holds_the_sheet_until_one_is():
    cast = Scored()
    sheet = cast.bring("vote")

    sheet = actions.pass_score(sheet.pk, tally=cast.tally(4, against=6), by=cast.secretary, at=at(9))

    vote = sheet.steps.get(step="vote")
    assert (vote.present, vote.needed, vote.carried) == (10, 6, False) and sheet.step == "vote"
    assert Act.objects.filter(verb="score.not_carried").count() == 1
    assert not waiting_scores(cast.above, ON).exists() and list(waiting_scores(cast.secretary, ON)) == [sheet]
    actions.mark_score(sheet.pk, {"content": Marked(15, "Tập thể đề nghị")}, by=cast.secretary, at=at(9))
    sheet = actions.pass_score(sheet.pk, tally=cast.tally(), by=cast.secretary, at=at(9))
    assert sheet.step == "upper" and sheet.steps.get(step="vote").carried


def test_a_meeting_without_quorum_or_of_another_body_does_not_vote():
    cast = Scored()
    sheet = cast.bring("vote")
    few = cast.tell(cast.begin(day=6), full=actions.ClassTold(8, 2), named="none")
    other = cast.begin(cast.plan(7, body="committee"))
    who = {row.pk: "present" for row in other.participants.all()}
    actions.tell_turnout(other.pk, who, {}, by=cast.secretary, at=at(7))

    for meeting in (few, other):
        with pytest.raises(ValidationError) as fault:
            actions.pass_score(sheet.pk, tally=actions.Tally(meeting.pk, 2), by=cast.secretary, at=at(9))
        assert list(fault.value.error_dict) == ["meeting"]

    assert set(voting_meetings(sheet, ON)) == {cast.meeting, few}


def test_those_who_decide_see_the_sheet_and_inspectors_only_once_it_is_decided():
    cast = Scored()
    sheet = cast.bring("upper")
    secretary = make_holder(cast.tree.north, Role.SECRETARY)
    near = make_holder(cast.tree.north, Role.LEADER, reach=Span.OWN)
    inspector = make_holder(cast.tree.bloc, Role.INSPECTOR)

    for person in (secretary, near):
        assert list(visible_scores(person, ON)) == [sheet] == list(waiting_scores(person, ON))
    assert not visible_scores(inspector, ON).exists()
    actions.pass_score(sheet.pk, by=secretary, at=at(10))
    assert list(visible_scores(inspector, ON)) == [sheet]


def test_a_task_submitted_in_time_counts_as_reached_until_it_is_decided():
    tasks = Tasks()
    issue = make_issue(tasks, [{"due_on": date(2017, 1, 10)}])
    held = Assignment.objects.filter(task__issue=issue, held_by=tasks.tree.north2)
    sheet = ScoreSheet(unit=tasks.tree.north2, first_on=date(2017, 1, 5), last_on=date(2017, 1, 5))

    held.update(state="submitted", submitted_on=date(2017, 1, 10))
    in_time = measured(sheet, [], ON)["targets"]
    held.update(submitted_on=date(2017, 1, 11))
    late = measured(sheet, [], ON)["targets"]

    assert (in_time.top, in_time.bottom, late.top) == (1, 1, 0)


def test_a_meeting_whose_minutes_close_later_is_covered_while_one_person_scores():
    cast = Scored(scope="quarter")
    first, april = cast.meeting, at(6).replace(month=4)
    sheet = actions.start_score(first.pk, by=cast.secretary, at=april)
    second, third = cast.held(), cast.begin()

    assert actions.start_score(second.pk, by=cast.secretary, at=april) == sheet
    assert data_of(sheet)["time"] == (3, 240, 300) and set(sheet.meetings.all()) == {first, second}
    most = {one.code: Marked(one.points) for one in Frame.read(sheet.frame).criteria if one.title in missing(sheet)}
    actions.mark_score(sheet.pk, most, by=cast.secretary, at=april)
    actions.pass_score(sheet.pk, by=cast.secretary, at=april)
    cast.write(cast.tell(third))
    cast.conclude(third)
    cast.close(third)
    with pytest.raises(Refused, match="01/01/2017"):
        actions.start_score(third.pk, by=cast.secretary, at=april)


def test_a_vote_at_a_meeting_of_another_unit_or_before_is_refused():
    cast = Scored()
    sheet = cast.bring("vote")

    with pytest.raises(ValidationError):
        actions.pass_score(sheet.pk, tally=actions.Tally(10**9, 1), by=cast.secretary, at=at(9))


def test_whoever_scored_alone_does_not_say_that_the_committee_agrees_while_there_is_another():
    cast = Scored()
    sheet = cast.bring("committee")

    with pytest.raises(
        Refused, match=said("You scored this yourself: another secretary or leader says that the committee agrees.")
    ):
        actions.pass_score(sheet.pk, by=cast.secretary, at=at(8))
    cast.leader.is_active = False
    cast.leader.save()

    assert actions.pass_score(sheet.pk, by=cast.secretary, at=at(8)).step == "vote"


def test_who_scores_and_who_sees_a_score():
    cast = Scored()
    sheet = cast.bring("vote")

    assert not visible_scores(cast.above, ON).exists() and visible_scores(cast.member, ON).exists()
    for person in (cast.member, cast.above, cast.stranger):
        with pytest.raises(Refused):
            actions.mark_score(sheet.pk, {"order": Marked(1, "Sửa")}, by=person, at=at(8))
    actions.pass_score(sheet.pk, tally=cast.tally(), by=cast.secretary, at=at(9))
    with pytest.raises(Refused, match=str(cast.tree.north)):
        actions.pass_score(sheet.pk, by=cast.secretary, at=at(10))
    with pytest.raises(Refused):
        actions.pass_score(sheet.pk, by=cast.officer, at=at(10))
    assert list(visible_scores(cast.above, ON)) == [sheet] == list(waiting_scores(cast.above, ON))
    assert not visible_scores(cast.stranger, ON).exists() and not waiting_scores(cast.secretary, ON).exists()


def test_the_result_keeps_the_version_of_its_norm():
    cast = Scored()
    sheet = cast.bring("upper")

    Norm.objects.filter(key="meetings.score_sheet", valid_from=date(2017, 1, 1)).update(
        value=sheet.frame | {"levels": [[95, "Tốt"], [0, "Kém"]]}
    )
    sheet = actions.pass_score(sheet.pk, by=cast.above, at=at(10))

    assert (sheet.total, sheet.level) == (93, "Tốt")


def test_a_quarter_is_scored_once_for_all_its_meetings_after_its_end():
    cast = Scored(scope="quarter")
    first = cast.meeting
    with pytest.raises(Refused, match="31/03/2017"):
        cast.start(20)
    cast.meeting = cast.held()

    sheet = actions.start_score(first.pk, by=cast.secretary, at=at(6).replace(month=4))

    assert (sheet.first_on, sheet.last_on) == (date(2017, 1, 1), date(2017, 3, 31))
    assert set(sheet.meetings.all()) == {first, cast.meeting}
    assert actions.start_score(cast.meeting.pk, by=cast.secretary, at=at(6).replace(month=4)) == sheet
    assert data_of(sheet)["time"] == (3, 240, 300)


def test_a_reason_with_a_mark_of_secrecy_is_refused():
    cast = Scored()
    sheet = cast.bring("committee")

    with pytest.raises(ValidationError):
        actions.mark_score(sheet.pk, {"content": Marked(15, "TỐI MẬT")}, by=cast.leader, at=at(8))


def test_the_last_step_is_the_unit_above_whoever_scores_below():
    cast = Scored()
    sheet = cast.bring("upper")
    other = make_holder(cast.tree.north, Role.SECRETARY)

    actions.mark_score(sheet.pk, {"content": Marked(10, "Chưa sát")}, by=other, at=at(10))
    sheet = actions.pass_score(sheet.pk, by=other, at=at(10))

    assert (sheet.total, sheet.level) == (83, "Khá")
