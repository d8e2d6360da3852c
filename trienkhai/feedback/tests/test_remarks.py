"""Feedback by name: who reads it, what is logged, and that criticism of a person passes that person by."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from trienkhai.audit.models import Act, ActDetail
from trienkhai.common.verdict import Refused
from trienkhai.dashboards.rules import visible_acts
from trienkhai.feedback import actions, rules
from trienkhai.feedback.models import Remark
from trienkhai.feedback.queries import readings_of
from trienkhai.feedback.queries.integrity import with_the_criticised
from trienkhai.feedback.tests.make import House
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Holding, Post, Role
from trienkhai.orgs.tests.make import make_account, make_holder
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db
ON = date(2017, 3, 7)


@pytest.fixture
def house() -> House:
    made = House()
    made.receiving_everywhere()
    return made


def test_only_the_named_post_and_the_writer_see_it(house):
    made = actions.remark(house.tree.north, "Họp kéo dài quá.", by=house.member, at=at(6, 3))

    seeing = [
        who
        for who in (house.officer, house.leader, house.bloc_leader, house.bloc_officer, house.focal, house.member)
        if made in rules.visible_remarks(who, ON)
    ]

    assert seeing == [house.officer, house.member]
    assert Notice.objects.filter(kind="remark_given").get().post.holdings.get().account == house.officer


def test_each_reading_is_an_act_that_the_writer_sees_and_the_act_of_giving_names_nobody(house):
    made = actions.remark(house.tree.north, "Họp kéo dài quá.", by=house.member, at=at(6, 3))
    actions.read_remark(made.pk, by=house.officer, at=at(7, 3))
    actions.read_remark(made.pk, by=house.officer, at=at(8, 3))

    assert [act.actor_name for act in readings_of(made)] == [house.officer.name] * 2
    given = Act.objects.get(verb="remark.given")
    assert given.actor_id is None and house.member.name not in str(vars(given))
    assert ActDetail.objects.get(act_id=given.pk).value == house.member.name
    inspector = make_holder(house.tree.bloc, Role.INSPECTOR)
    assert not visible_acts(inspector, ON).filter(verb="remark.given").exists()


@pytest.mark.parametrize("who", ["leader", "bloc_officer", "focal", "member"])
def test_nobody_else_reads_or_answers_it(house, who):
    made = actions.remark(house.tree.north, "Họp kéo dài quá.", by=house.member, at=at(6, 3))
    for act in (
        lambda: actions.read_remark(made.pk, by=getattr(house, who), at=at(7, 3)),
        lambda: actions.answer_remark(made.pk, "Đã rõ.", by=getattr(house, who), at=at(7, 3)),
        lambda: actions.send_up(made.pk, by=getattr(house, who), at=at(7, 3)),
    ):
        with pytest.raises(Refused):
            act()
    assert not readings_of(made).exists()


@pytest.mark.parametrize("about", ["officer", "leader"])
def test_criticism_of_a_person_goes_past_the_level_where_that_person_reads_or_leads(house, about):
    person = getattr(house, about)

    made = actions.remark(house.tree.north, "Thiếu gương mẫu.", about=person, by=house.member, at=at(6, 3))

    assert (made.given_to, made.unit) == (house.tree.north, house.tree.bloc)
    assert made not in rules.visible_remarks(person, ON)
    assert made in rules.visible_remarks(house.bloc_officer, ON)
    with pytest.raises(Refused):
        actions.read_remark(made.pk, by=person, at=at(7, 3))


def test_criticism_with_no_level_left_is_refused(house):
    with pytest.raises(Refused):
        actions.remark(house.tree.bloc, "Thiếu gương mẫu.", about=house.bloc_leader, by=house.member, at=at(6, 3))
    assert not Remark.objects.exists()


def test_criticism_of_who_delegates_reaches_no_delegate_either(house):
    holding = Holding.objects.get(account=house.officer)
    deputy = make_account()
    Holding.objects.create(
        post=holding.post, account=deputy, manner="delegated", principal=holding, valid_from=date(2017, 1, 1)
    )
    other = actions.remark(house.tree.north, "Việc khác.", by=house.member, at=at(6, 3))

    made = actions.remark(house.tree.north, "Thiếu gương mẫu.", about=house.officer, by=house.member, at=at(6, 3))

    assert made.unit == house.tree.bloc
    assert set(rules.visible_remarks(deputy, ON)) == {other}


def test_who_is_criticised_and_gets_the_post_later_still_does_not_read_it_and_it_goes_up(house):
    clerk = make_holder(house.tree.north, Role.CLERK)
    made = actions.remark(house.tree.north, "Trễ giờ.", about=clerk, by=house.member, at=at(6, 3))
    assert made.unit == house.tree.north
    post = Post.objects.get(receiving__isnull=False, unit=house.tree.north)
    Holding.objects.create(post=post, account=clerk, valid_from=date(2017, 1, 1))

    with pytest.raises(Refused):
        actions.read_remark(made.pk, by=clerk, at=at(7, 3))
    with pytest.raises(Refused):
        actions.answer_remark(made.pk, "Đã rõ.", by=house.officer, at=at(7, 3))
    assert made not in rules.visible_remarks(clerk, ON) and list(with_the_criticised(ON)) == [made.pk]
    actions.send_up(made.pk, by=house.officer, at=at(7, 3))

    made.refresh_from_db()
    assert made.unit == house.tree.bloc and list(with_the_criticised(ON)) == []
    actions.answer_remark(made.pk, "Đã nhắc nhở.", by=house.bloc_officer, at=at(8, 3))
    assert made not in rules.visible_remarks(clerk, ON)


def test_the_database_too_refuses_an_answer_by_the_criticised(house):
    made = actions.remark(house.tree.north, "Thiếu gương mẫu.", about=house.leader, by=house.member, at=at(6, 3))

    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.filter(pk=made.pk).update(answered_by=house.leader, answer="Không đúng.")


def test_an_answer_reaches_the_writer_once(house):
    made = actions.remark(house.tree.north, "Họp kéo dài quá.", by=house.member, at=at(6, 3))
    with pytest.raises(ValidationError):
        actions.answer_remark(made.pk, " ", by=house.officer, at=at(7, 3))
    actions.answer_remark(made.pk, "Sẽ rút ngắn.", by=house.officer, at=at(7, 3))

    with pytest.raises(Refused):
        actions.answer_remark(made.pk, "Lại nữa.", by=house.officer, at=at(8, 3))
    assert rules.visible_remarks(house.member, ON).get().answer == "Sẽ rút ngắn."
    assert Notice.objects.filter(kind="remark_answered").get().post.holdings.get().account == house.member


def test_posts_are_named_by_a_leader_of_the_unit_alone(house):
    post = Post.objects.filter(unit=house.tree.north, role=Role.OFFICER).get()
    elsewhere = Post.objects.filter(unit=house.tree.south1).get()
    for who in (house.officer, house.bloc_leader, house.focal):
        with pytest.raises(Refused):
            actions.name_posts(house.tree.north, [post.pk], by=who, at=at(7, 3))

    actions.name_posts(house.tree.north, [elsewhere.pk], by=house.leader, at=at(7, 3))

    assert rules.posts_of(house.tree.north.pk) == rules.posts_of(house.tree.south1.pk) == []
    assert list(rules.receiving_units(ON)) == [house.tree.bloc]
