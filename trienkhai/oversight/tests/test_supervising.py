"""Planned, announced, held, recommended, answered: who may, who sees, what is refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused
from trienkhai.norms.models import Norm
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Holding, Post, Role, Succession, Unit
from trienkhai.orgs.tests.make import make_holder
from trienkhai.oversight import actions, rules
from trienkhai.oversight.models import Plan, Recommendation, Subject
from trienkhai.oversight.queries import rows_waiting
from trienkhai.oversight.tests.make import Cast, at
from trienkhai.people.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ON = date(2017, 1, 10)


def sees(account, row: Subject) -> bool:
    return rules.visible_subjects(account, ON).filter(pk=row.pk).exists()


def test_what_is_sent_twice_stands_once_and_is_told_once():
    cast = Cast()
    held = cast.held()

    assert cast.subject(held.plan) == cast.subject(held.plan) != held
    assert cast.recommended(held) == cast.recommended(held)

    assert (held.plan.subjects.count(), held.recommendations.count()) == (2, 1)
    for verb, count in (("oversight.subject_added", 2), ("oversight.recommended", 1)):
        assert Act.objects.filter(verb=verb).count() == count


def test_a_plan_is_seen_by_who_makes_it_and_once_announced_by_those_addressed_and_above():
    cast = Cast()
    row = cast.subject()
    people = (cast.mass, cast.leader, cast.head, cast.focal, cast.above)
    assert [sees(one, row) for one in people] == [True, False, False, False, False]

    actions.announce_plan(row.plan_id, by=cast.mass, at=at())

    assert all(sees(one, row) for one in people)
    assert not any(sees(one, row) for one in (cast.stranger, cast.other_mass, cast.member))
    told = Notice.objects.filter(kind="oversight_announced")
    assert set(told.values_list("post__holdings__account", flat=True)) == {
        cast.head.pk, cast.deputy.pk, cast.focal.pk
    }  # fmt: skip


def test_only_the_representative_plans_and_the_same_plan_is_stored_once():
    cast = Cast()
    plan = cast.plan()
    assert cast.plan() == plan and Act.objects.filter(verb="oversight.planned").count() == 1

    for other in (cast.leader, cast.member, cast.above, cast.other_mass):
        with pytest.raises(Refused, match="representative of mass organisations"):
            actions.make_plan(cast.unit, organisation="union", year=2017, title="Khác", by=other, at=at())
    with pytest.raises(ValidationError):
        actions.make_plan(cast.unit, organisation="không có", year=2017, title="Khác", by=cast.mass, at=at())


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "TỐI MẬT\nviệc riêng"}, "title"),
        ({"planned_on": date(2018, 1, 1)}, "planned_on"),
        ({"kind": "denunciation"}, "kind"),
        ({"form": "phone"}, "form"),
    ],
)
def test_a_subject_with_wrong_words_is_refused_at_its_field(words, field):
    cast = Cast()
    with pytest.raises(ValidationError) as fault:
        cast.subject(**words)
    assert field in fault.value.message_dict and not Subject.objects.exists()


def test_only_the_branch_is_addressed_and_only_a_post_of_the_unit():
    cast = Cast()
    plan = cast.plan()
    with pytest.raises(ValidationError) as fault:
        cast.subject(plan, addressee=cast.tree.south1)
    assert "addressee" in fault.value.message_dict
    with pytest.raises(ValidationError) as fault:
        cast.subject(plan, addressee=cast.unit, post=cast.post)
    assert "post" in fault.value.message_dict
    assert cast.subject(plan, addressee=cast.unit).addressee == cast.unit


def test_an_empty_plan_is_not_announced_and_a_known_one_not_twice():
    cast = Cast()
    plan = cast.plan()
    with pytest.raises(Refused, match="no subject"):
        actions.announce_plan(plan.pk, by=cast.mass, at=at())
    cast.subject(plan)
    actions.announce_plan(plan.pk, by=cast.mass, at=at())
    with pytest.raises(Refused, match="already"):
        actions.announce_plan(plan.pk, by=cast.mass, at=at())
    assert Plan.objects.get().announced_on == date(2017, 1, 5)


def test_it_is_held_once_announced_on_a_day_that_has_come_and_recommendations_follow():
    cast = Cast()
    row = cast.subject()
    said = {"held_on": date(2017, 1, 10), "held_at": "", "findings": "Tốt"}
    with pytest.raises(Refused, match="Announce"):
        actions.tell_held(row.pk, **said, by=cast.mass, at=at(10))
    actions.announce_plan(row.plan_id, by=cast.mass, at=at())
    with pytest.raises(Refused, match="follow"):
        cast.recommended(row)
    for day in (date(2017, 1, 11), date(2017, 1, 4)):
        with pytest.raises(ValidationError):
            actions.tell_held(row.pk, **said | {"held_on": day}, by=cast.mass, at=at(10))
    actions.tell_held(row.pk, **said, by=cast.mass, at=at(10))
    with pytest.raises(Refused, match="already"):
        actions.drop_subject(row.pk, reason="Bận", by=cast.mass, at=at(10))
    assert cast.recommended(row).position == 1


def test_the_day_of_the_reply_comes_from_the_norm_is_kept_with_its_source_and_is_open_without_one():
    cast = Cast()
    subject = cast.held()
    by_norm, own_day = cast.recommended(subject), cast.recommended(subject, date(2017, 3, 1))
    assert (by_norm.due_on, by_norm.norm["grade"]) == (date(2017, 1, 25), "B")
    assert (own_day.due_on, own_day.norm) == (date(2017, 3, 1), {})

    Norm.objects.filter(key="oversight.reply_days").delete()
    assert cast.recommended(subject).due_on == OPEN_END


def test_a_reply_is_given_once_by_the_unit_addressed_with_its_reason():
    cast = Cast()
    row = cast.recommended()
    for other in (cast.mass, cast.leader, cast.above, cast.stranger):
        with pytest.raises(Refused):
            cast.reply(row, by=other)
    with pytest.raises(ValidationError, match="why it is not taken"):
        cast.reply(row, outcome="not_taken", text=" ")
    with pytest.raises(ValidationError):
        cast.reply(row, outcome="")

    cast.reply(row, outcome="not_taken", text="Đã niêm yết đủ ngày", by=cast.focal)

    row.refresh_from_db()
    assert (row.outcome, row.replied_by, row.was_late) == ("not_taken", cast.focal, False)
    assert Notice.objects.get(kind="oversight_replied").post.role == Role.MASS
    with pytest.raises(Refused, match="already"):
        cast.reply(row)


def test_a_leaders_post_is_answered_for_by_its_holder_or_a_leader_and_not_by_the_focal_point():
    cast = Cast()
    row = cast.recommended(cast.held(post=cast.post))
    assert row.subject.addressed.startswith(cast.post.title)
    assert not rules.can_reply(cast.focal, row, ON) and rows_waiting(cast.focal, ON) == []
    assert rules.can_reply(cast.head, row, ON) and rules.can_reply(cast.deputy, row, ON)
    told = Notice.objects.get(kind="oversight_recommended")
    assert told.post_id == cast.post.pk


def test_once_the_unit_addressed_has_ended_its_successor_is_told_and_has_it_in_the_queue():
    cast = Cast()
    subject = cast.held(post=cast.post)
    heir = cast.tree.north1
    focal = make_holder(heir, Role.FOCAL)
    Succession.objects.create(unit=cast.cell, successor=heir, on=ON)
    Unit.objects.filter(pk=cast.cell.pk).update(closed_on=date(2017, 1, 10))

    row = cast.recommended(subject)

    assert row.answers_by == heir
    assert list(Notice.objects.filter(kind="oversight_recommended").values_list("post__unit", flat=True)) == [heir.pk]
    assert [one.title for one in rows_waiting(focal, ON)] == [str(row)] and rules.can_reply(focal, row, ON)


@pytest.mark.parametrize("how", ["abolished", "vacant", "account off"])
def test_what_was_addressed_to_a_post_that_nobody_holds_the_unit_is_told_has_in_its_queue_and_answers(how: str):
    cast = Cast()
    subject = cast.held(post=cast.post)
    if how == "abolished":
        Post.objects.filter(pk=cast.post.pk).update(abolished_on=ON)
    elif how == "vacant":
        Holding.objects.filter(account=cast.head).update(valid_to=ON)
    else:
        Account.objects.filter(pk=cast.head.pk).update(is_active=False)

    row = cast.recommended(subject)

    told = Notice.objects.filter(kind="oversight_recommended")
    assert {cast.deputy.pk, cast.focal.pk} <= set(told.values_list("post__holdings__account", flat=True))
    assert [one.title for one in rows_waiting(cast.focal, ON)] == [str(row)] and rules.can_reply(cast.focal, row, ON)
    assert cast.reply(row, by=cast.focal).replied_by == cast.focal


def test_acts_hold_none_of_what_was_found_recommended_or_answered():
    cast = Cast()
    cast.reply(cast.recommended())
    said = " ".join(str(act.data) for act in Act.objects.filter(verb__startswith="oversight."))
    assert not any(words in said for words in ("Niêm yết chưa đủ", "Niêm yết đủ", "Đã niêm yết lại"))


def test_late_and_overdue_are_told_by_the_day():
    cast = Cast()
    row = cast.recommended()
    assert not Recommendation.objects.overdue(date(2017, 1, 25)).exists()
    assert Recommendation.objects.overdue(date(2017, 1, 26)).exists()
    cast.reply(row, at=at(26))
    row.refresh_from_db()
    assert row.was_late and not Recommendation.objects.overdue(date(2017, 2, 1)).exists()
