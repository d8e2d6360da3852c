"""A proposal on its way: written, passed on, answered, made a task; who sees each step."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import quarantine_document
from trienkhai.feedback import actions, rules
from trienkhai.feedback.models import Outcome, Proposal
from trienkhai.feedback.queries import way_of
from trienkhai.feedback.tests.make import House
from trienkhai.norms.models import Norm
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks.models import Issue, Task
from trienkhai.tasks.tests.make import at, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return House()


def test_a_proposal_goes_up_is_passed_on_and_answered_and_the_proposer_sees_each_step(house):
    made = house.proposal()
    actions.pass_on(made.pk, house.tree.bloc, reason="Thuộc thẩm quyền của Khối.", by=house.officer, at=at(8, 3))
    actions.answer(made.pk, Outcome.PARTLY, "Gộp từ quý II.", by=house.bloc_leader, at=at(10, 3))

    made.refresh_from_db()
    seen = rules.visible_proposals(house.focal, date(2017, 3, 11))

    assert list(seen) == [made] and (made.outcome, made.held_by) == (Outcome.PARTLY, house.tree.bloc)
    assert [(stage.kind, stage.unit, stage.said) for stage in way_of(made)] == [
        ("sent", "Đảng bộ Bắc", ""),
        ("passed", "Đảng bộ Khối Thử", "Thuộc thẩm quyền của Khối."),
        ("partly", "Đảng bộ Khối Thử", "Gộp từ quý II."),
    ]
    told = Notice.objects.filter(post__holdings__account=house.focal).order_by("pk").values_list("kind", flat=True)
    assert list(told) == ["proposal_passed", "proposal_answered"]
    verbs = Act.objects.filter(verb__startswith="proposal.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["proposal.sent", "proposal.passed_on", "proposal.answered"]


def test_the_day_to_answer_counts_working_days_and_runs_anew_from_each_passing_on(house):
    made = house.proposal()
    assert made.due_on == date(2017, 3, 27)

    actions.pass_on(made.pk, house.tree.bloc, reason="Vượt thẩm quyền.", by=house.leader, at=at(8, 3))

    made.refresh_from_db()
    assert (made.first_due_on, made.due_on) == (date(2017, 3, 27), date(2017, 3, 29))


def test_without_a_norm_a_proposal_has_no_day(house):
    Norm.objects.filter(key="feedback.answer_working_days").delete()

    made = house.proposal()

    assert made.due_on == OPEN_END and not made.has_due and not made.is_late(date(2020, 1, 1))


def test_a_leader_of_a_branch_sets_a_time_of_its_own_there(house):
    Norm.objects.create(
        key="feedback.answer_working_days",
        place=house.tree.north.path,
        valid_from=date(2017, 1, 1),
        value=5,
        source="thử",
        grade="L",
    )

    assert house.proposal().due_on == date(2017, 3, 13)
    assert house.proposal(to=house.tree.bloc).due_on == date(2017, 3, 27)


@pytest.mark.parametrize(
    ("who", "unit", "to", "for_unit"),
    [
        ("member", "north1", "north", True),  # does not speak for the unit
        ("focal", "north1", "north1", True),  # a unit does not propose to itself
        ("focal", "north1", "south", True),  # not above
        ("focal", "north1", "north2", False),
        ("stranger", "north1", "north", False),  # no post there
    ],
)
def test_who_may_not_propose_so_stores_nothing(house, who, unit, to, for_unit):
    with pytest.raises(Refused):
        house.proposal(
            unit=getattr(house.tree, unit), to=getattr(house.tree, to), for_unit=for_unit, by=getattr(house, who)
        )
    assert not Proposal.objects.exists()


def test_a_member_proposes_to_the_own_unit_and_two_levels_up(house):
    own = house.proposal(by=house.member, for_unit=False, to=house.tree.north1)
    far = house.proposal(by=house.member, for_unit=False, to=house.tree.bloc)

    assert (own.held_by, far.held_by) == (house.tree.north1, house.tree.bloc)
    assert set(rules.visible_proposals(house.member, date(2017, 3, 7))) == {own, far}
    assert list(rules.visible_proposals(house.focal, date(2017, 3, 7))) == []
    assert list(rules.visible_proposals(house.stranger, date(2017, 3, 7))) == []


def test_blank_words_and_values_that_are_none_are_refused_by_field(house):
    for words, field in (({"title": "  "}, "title"), ({"text": " \n"}, "text")):
        with pytest.raises(ValidationError) as fault:
            house.proposal(**words)
        assert field in fault.value.message_dict
    made = house.proposal()
    for outcome, reason, field in (("taken", " ", "reason"), ("withdrawn", "x", "outcome"), ("?", "x", "outcome")):
        with pytest.raises(ValidationError) as fault:
            actions.answer(made.pk, outcome, reason, by=house.leader, at=at(7, 3))
        assert field in fault.value.message_dict
    with pytest.raises(ValidationError):
        actions.pass_on(made.pk, house.tree.bloc, reason=" ", by=house.leader, at=at(7, 3))


def test_only_a_leader_of_the_unit_that_holds_it_answers_and_once(house):
    made = house.proposal()
    for who in (house.officer, house.focal, house.bloc_leader):
        with pytest.raises(Refused):
            actions.answer(made.pk, Outcome.TAKEN, "Đồng ý.", by=who, at=at(7, 3))

    actions.answer(made.pk, Outcome.NOT_TAKEN, "Trái quy định.", by=house.leader, at=at(7, 3))

    with pytest.raises(Refused):
        actions.answer(made.pk, Outcome.TAKEN, "Đồng ý.", by=house.leader, at=at(8, 3))
    with pytest.raises(Refused):
        actions.pass_on(made.pk, house.tree.bloc, reason="x", by=house.leader, at=at(8, 3))
    with pytest.raises(Refused):
        actions.withdraw(made.pk, by=house.focal, at=at(8, 3))


def test_nobody_answers_or_passes_on_a_proposal_of_their_own(house):
    made = house.proposal(unit=house.tree.north, to=house.tree.north, for_unit=False, by=house.leader)

    with pytest.raises(Refused):
        actions.answer(made.pk, Outcome.TAKEN, "Đồng ý.", by=house.leader, at=at(7, 3))
    with pytest.raises(Refused):
        actions.pass_on(made.pk, house.tree.bloc, reason="x", by=house.leader, at=at(7, 3))
    assert not rules.waiting_proposals(house.leader, date(2017, 3, 7)).exists()
    second = make_holder(house.tree.north, Role.LEADER)
    assert list(rules.waiting_proposals(second, date(2017, 3, 7))) == [made]


def test_it_is_passed_on_up_or_within_the_own_branch_only(house):
    made = house.proposal(to=house.tree.bloc)
    actions.pass_on(made.pk, house.tree.office, reason="Văn phòng tham mưu.", by=house.bloc_officer, at=at(7, 3))
    below = house.proposal()
    for to in (house.tree.south, house.tree.north):
        with pytest.raises(Refused):
            actions.pass_on(below.pk, to, reason="x", by=house.leader, at=at(7, 3))

    made.refresh_from_db()
    assert made.held_by == house.tree.office
    assert made in rules.visible_proposals(house.bloc_officer, date(2017, 3, 8))


def test_taken_becomes_a_prepared_task_of_a_document_in_one_act(house):
    made, document = house.proposal(), make_document(house.tree.north)

    actions.take_as_task(made.pk, document, reason="Giao Văn phòng thực hiện.", by=house.leader, at=at(7, 3))

    made.refresh_from_db()
    task = Task.objects.get()
    assert (made.outcome, made.issue, made.document) == (Outcome.TAKEN, task.issue, document)
    assert (task.title, task.assigner) == ("Gộp hai biểu báo cáo", house.tree.north)
    assert Act.objects.filter(verb="proposal.answered", data__issue=task.issue_id).count() == 1


def test_what_is_not_taken_becomes_no_task_and_bears_no_document(house):
    made, document = house.proposal(), make_document(house.tree.north)
    with pytest.raises(ValidationError):
        actions.take_as_task(made.pk, document, reason="x", outcome=Outcome.NOT_TAKEN, by=house.leader, at=at(7, 3))
    with pytest.raises(ValidationError):
        actions.answer(made.pk, Outcome.NOT_TAKEN, "x", document=document, by=house.leader, at=at(7, 3))
    unseen = make_document(house.tree.south, symbol="9-NQ/XA")
    with pytest.raises(ValidationError):
        actions.answer(made.pk, Outcome.TAKEN, "x", document=unseen, by=house.leader, at=at(7, 3))

    made.refresh_from_db()
    assert made.is_open and not Issue.objects.exists()


def test_a_notice_of_a_personal_proposal_tells_others_at_the_post_nothing(house):
    made = house.proposal(by=house.member, for_unit=False, title="Xin đổi chỗ họp")
    actions.answer(made.pk, Outcome.TAKEN, "Đồng ý.", by=house.leader, at=at(7, 3))

    notice = Notice.objects.get(kind="proposal_answered")

    assert "Xin đổi" not in str(notice.params) and notice.post.holdings.get().account == house.member


def test_a_document_that_is_locked_away_leaves_the_proposals_it_carried(house):
    document = make_document(house.tree.north)
    made = house.proposal()
    actions.answer(made.pk, Outcome.TAKEN, "Đã ban hành.", document=document, by=house.leader, at=at(7, 3))
    leader = house.leader

    quarantine_document(document.pk, by=leader, at=at(8, 3))

    made.refresh_from_db()
    assert made.document is None and made.answer == "Đã ban hành."
