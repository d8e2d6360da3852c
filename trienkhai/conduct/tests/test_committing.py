"""Committed, reported, commented: who may, who reads, what each reading leaves, what is never stored."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.conduct import actions, rules
from trienkhai.conduct.actions import Told
from trienkhai.conduct.models import CellCount, Commitment, Example, Review, Theme
from trienkhai.conduct.queries import lines_of, rows_waiting
from trienkhai.conduct.queries.integrity import members_unlisted, own_comments
from trienkhai.conduct.tests.make import COMMENT, SAID, WORDS, Cast, at
from trienkhai.notices.models import Notice
from trienkhai.orgs.actions import delegate, roster
from trienkhai.orgs.actions.roster.keeping import Listed
from trienkhai.orgs.models import Holding, Role, RosterMember, RosterSwitch
from trienkhai.orgs.tests.make import DAY, NOON, make_account, make_holder
from trienkhai.people.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ON = date(2017, 8, 1)


def sees(account, row: Commitment) -> bool:
    return rules.visible_commitments(account, ON).filter(pk=row.pk).exists()


def test_no_table_of_this_area_has_a_column_for_a_score_or_for_an_opinion_of_one_person():
    numbers = {
        (model.__name__, field.name)
        for model in (Theme, Commitment, Review, CellCount, Example)
        for field in model._meta.concrete_fields
        if isinstance(field, models.IntegerField | models.FloatField | models.DecimalField) and not field.primary_key
    }
    assert numbers == {
        ("Theme", "year"), ("Commitment", "year"), ("Example", "year"), ("CellCount", "year"),
        ("CellCount", "members"), ("CellCount", "committed"), ("CellCount", "half"), ("CellCount", "whole"),
    }  # fmt: skip


def test_leaders_and_the_secretary_commit_by_name_and_members_do_not():
    cast = Cast()
    row = cast.commit()
    assert (row.account, row.member, row.post != "") == (cast.leader, None, True)
    assert cast.commit() == row and Act.objects.filter(verb="conduct.committed").count() == 1
    assert cast.commit(by=cast.secretary).pk != row.pk
    for other in (cast.member, cast.clerk, cast.above, cast.stranger):
        with pytest.raises(Refused):
            cast.commit(by=other)
    with pytest.raises(ValidationError):
        cast.commit(text="TUYỆT MẬT\nviệc")
    with pytest.raises(ValidationError):
        cast.commit(year=2019)


def test_a_commitment_is_changed_until_the_first_own_report():
    cast = Cast()
    row = cast.commit()
    cast.commit(text="Khác")
    cast.report(row)
    with pytest.raises(Refused, match="reported on"):
        cast.commit(text="Khác nữa")
    row.refresh_from_db()
    assert row.text == "Khác"


def test_it_is_read_by_leaders_the_secretary_those_above_and_the_inspector_and_each_reading_is_an_act():
    cast = Cast()
    row = cast.commit()
    readers = [cast.leader, cast.deputy, cast.secretary, cast.above, cast.inspector]
    assert all(sees(one, row) for one in readers)
    others = (cast.member, cast.clerk, cast.officer, cast.alone, cast.stranger)
    assert not any(sees(one, row) for one in others)

    for one in readers:
        actions.read_commitment(row.pk, by=one, at=at())

    assert Act.objects.filter(verb="conduct.read").count() == len(readers) - 1
    with pytest.raises(Refused, match="sight"):
        actions.read_commitment(row.pk, by=cast.officer, at=at())


def test_a_deputy_of_the_secretary_neither_reads_nor_comments():
    cast = Cast()
    holding, deputy = Holding.objects.get(account=cast.secretary), make_account()
    words = {"acts": ["update"], "valid_from": DAY, "valid_to": date(2018, 1, 1), "by": cast.secretary, "at": NOON}
    delegate(holding, to=deputy, **words)
    review = cast.report()
    assert not sees(deputy, review.commitment) and not rules.can_comment(deputy, review, ON)


def test_only_the_author_reports_and_only_until_the_collective_has_commented():
    cast = Cast()
    row = cast.commit()
    with pytest.raises(Refused, match="own commitment alone"):
        cast.report(row, by=cast.secretary)
    with pytest.raises(Refused):
        cast.report(row, "quarter")
    with pytest.raises(ValidationError):
        cast.report(row, told=Told(SAID, link="javascript:alert(1)"))
    review = cast.report(row)
    assert cast.report(row, told=Told("Khác"), at=at(12, 7)) == review
    review.refresh_from_db()
    assert (review.told, review.told_on) == ("Khác", date(2017, 7, 10))
    cast.comment(review)
    with pytest.raises(Refused, match="commented already"):
        cast.report(row)
    assert cast.report(row, "year").pk != review.pk


def test_nobody_reports_on_a_year_that_has_not_begun():
    cast = Cast()
    row = cast.commit(year=2018, at=at(20, 12))
    with pytest.raises(Refused, match="not begun"):
        cast.report(row, at=at(31, 12))
    assert cast.report(row, at=moment(date(2018, 1, 2), 12)).told_on == date(2018, 1, 2)


def test_evidence_needs_the_declaration():
    cast = Cast()
    row = cast.commit()
    file = SimpleUploadedFile("minh-chung.txt", "Lịch công tác".encode())
    with pytest.raises(ValidationError):
        cast.report(row, told=Told(SAID, file=file))
    assert cast.report(row, told=Told(SAID, file=file, not_secret=True)).file.name == "minh-chung.txt"


def test_nobody_comments_on_the_own_commitment_and_with_nobody_else_a_leader_above_does():
    cast = Cast()
    review = cast.report()
    for other in (cast.leader, cast.member, cast.clerk, cast.above, cast.stranger):
        with pytest.raises(Refused):
            cast.comment(review, by=other)
    for day in (date(2017, 7, 9), date(2017, 7, 15)):
        with pytest.raises(ValidationError):
            cast.comment(review, met_on=day)
    cast.comment(review)
    with pytest.raises(Refused, match="already"):
        cast.comment(review)
    assert Notice.objects.get(kind="conduct_commented").account == cast.leader

    row = cast.commit(unit=cast.tree.north1, by=cast.alone)
    review = cast.report(row, by=cast.alone)
    with pytest.raises(Refused):
        cast.comment(review, by=cast.alone)
    assert cast.comment(review, by=cast.above).commented_by == cast.above
    assert list(own_comments()) == []
    Review.objects.filter(pk=review.pk).update(commented_by=cast.alone)
    assert list(own_comments()) == [review.pk]


def test_the_own_report_of_a_lone_secretary_waits_for_the_nearest_leader_above_who_is_told():
    cast = Cast()
    cell = cast.tree.north1
    review = cast.report(cast.commit(unit=cell, by=cast.alone), by=cast.alone)
    top = make_holder(cast.tree.bloc, Role.LEADER)

    def waits(account: Account) -> bool:
        return reverse("conduct:commitment", args=[review.commitment_id]) in {
            row.url for row in rows_waiting(account, date(2017, 7, 15))
        }

    told = Notice.objects.filter(kind="conduct_reported")
    assert list(told.values_list("post__holdings__account", flat=True)) == [cast.above.pk]
    assert [waits(one) for one in (cast.alone, cast.above, top)] == [False, True, False]
    assert not rules.can_comment(top, review, ON)

    Holding.objects.filter(account=cast.above).update(valid_to=date(2017, 7, 12))
    assert [waits(one) for one in (cast.alone, cast.above, top)] == [False, False, True]
    assert rules.can_comment(top, review, ON)

    make_holder(cast.tree.north, Role.LEADER, account=cast.alone)
    assert [waits(one) for one in (cast.alone, top)] == [False, True] and rules.can_comment(top, review, ON)

    second = make_holder(cell, Role.SECRETARY)
    assert waits(second) and not waits(top) and not rules.can_comment(top, review, ON)


def test_acts_hold_none_of_what_was_written():
    cast = Cast()
    cast.comment()
    said = " ".join(str(act.data) for act in Act.objects.filter(verb__startswith="conduct."))
    assert not any(words in said for words in (WORDS, SAID, COMMENT))


def test_steps_are_late_by_the_day_on_which_the_person_did_them():
    cast = Cast()
    row = cast.commit(at=at(1, 4))
    cast.report(row, at=at(15, 7))
    seen = rules.visible_commitments(cast.above, ON)

    mine, deputy, *_rest = lines_of(seen, cast.unit, 2017, ON)

    assert [(step.state, step.late) for step in mine.steps] == [("done", True), ("told", False), ("missing", False)]
    assert [(step.state, step.late) for step in deputy.steps] == [
        ("missing", True), ("missing", True), ("missing", False)
    ]  # fmt: skip


def listed(cast: Cast) -> tuple[RosterSwitch, Account]:
    """A list by name switched on over the branch, with the member in it; and the administrator who did it."""
    admin = make_holder(cast.tree.north, Role.ADMIN)
    words = {"decision": "12-QĐ/ĐUMH", "decided_on": DAY, "by": admin, "at": NOON}
    switch = roster.switch_on(cast.tree.north, **words)
    row = Listed(name=cast.member.name, kind="full", valid_from=DAY)
    span = roster.add_member(cast.unit, row, by=cast.secretary, at=at())
    RosterMember.objects.filter(pk=span.member_id).update(account=cast.member)
    return switch, admin


def test_a_member_commits_by_name_only_in_a_list_that_is_switched_on_and_the_commitment_goes_with_the_name():
    cast = Cast()
    switch, admin = listed(cast)
    row = cast.commit(by=cast.member)
    assert row.account is None and row.person == cast.member.name
    assert sees(cast.secretary, row) and sees(cast.member, row) and list(members_unlisted()) == []

    roster.switch_off(switch.pk, names=1, by=admin, at=at(1, 6))

    assert not Commitment.objects.exists()
    with pytest.raises(Refused):
        cast.commit(by=cast.member, at=at(2, 6))
