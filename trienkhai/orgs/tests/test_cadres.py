"""Courses of holders, numbers of members, committees against their limits, and what is not kept at all."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.audit.models import Act, ActDetail
from trienkhai.common.clock import moment
from trienkhai.common.folding import fold
from trienkhai.common.verdict import Refused
from trienkhai.norms.models import Norm
from trienkhai.orgs.actions import add_training, change_unit, read_training, remove_training, tell_members
from trienkhai.orgs.models import Holding, MemberCount, Post, PostClass, Role, Training
from trienkhai.orgs.queries_members import members_by_branch, silent_units
from trienkhai.orgs.queries_posts import committee_on
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_account, make_holder, make_unit

pytestmark = pytest.mark.django_db
COURSE = {"kind": "theory_middle", "finished_on": date(2016, 6, 1), "issued_by": "Trường Minh Họa"}
KEPT_OUT = ("quy hoach", "quy_hoach", "ho so", "ly lich", "biograph", "member_opinion", "discipline")


@pytest.fixture
def tree() -> Tree:
    return Tree()


def test_no_table_keeps_personal_files_lists_of_whom_to_promote_or_opinions():
    """The whole list of what is kept about a person beyond the posts; another column here is a decision, no detail."""
    names = [f.name for f in Training._meta.get_fields()]
    words = [
        fold(f"{model.__name__} {field.name} {getattr(field, 'verbose_name', '')}")
        for label in ("orgs", "people")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
    ]

    assert names == ["id", "account", "kind", "finished_on", "issued_by"]
    assert [f.name for f in MemberCount._meta.get_fields()] == [
        "id", "unit", "kind", "counted_on", "number", "counted"
    ]  # fmt: skip
    assert [word for word in words if any(out in word for out in KEPT_OUT)] == []


def test_a_course_is_kept_by_the_office_and_reading_it_is_an_act(tree: Tree):
    leader, focal = make_holder(tree.north, Role.LEADER), make_holder(tree.north1, Role.FOCAL)
    add_training(focal, **COURSE, by=leader, at=NOON)
    before = Act.objects.count()

    read_training(focal, by=focal, at=NOON)
    assert Act.objects.count() == before
    rows = read_training(focal, by=leader, at=NOON)

    assert [row.kind for row in rows] == ["theory_middle"]
    act = Act.objects.latest("pk")
    assert (act.verb, act.target_id, act.actor_id) == ("training.read", focal.pk, leader.pk)
    kept = Act.objects.get(verb="training.added")
    assert "theory_middle" not in str(kept.data) and ActDetail.objects.get(act_id=kept.pk).value


def test_nobody_else_reads_or_keeps_courses(tree: Tree):
    focal = make_holder(tree.north1, Role.FOCAL)
    others = [
        make_holder(tree.south, Role.LEADER),
        make_holder(tree.north1, Role.CLERK),
        make_holder(tree.north1, Role.MEMBER),
        make_holder(tree.bloc, Role.INSPECTOR),
        make_account(),
    ]

    for person in others:
        with pytest.raises(Refused):
            read_training(focal, by=person, at=NOON)
    for person in [*others, focal]:
        with pytest.raises(Refused):
            add_training(focal, **COURSE, by=person, at=NOON)

    assert not Training.objects.exists() and not Act.objects.filter(verb__startswith="training.").exists()


def test_no_course_of_a_member_without_a_post_is_kept(tree: Tree):
    leader = make_holder(tree.north, Role.LEADER)

    for person in (make_holder(tree.north1, Role.MEMBER), make_account()):
        with pytest.raises(Refused):
            add_training(person, **COURSE, by=leader, at=NOON)


@pytest.mark.parametrize("changes", [{"kind": "xyz"}, {"finished_on": date(2017, 1, 4)}, {"issued_by": " "}])
def test_a_course_needs_a_known_kind_a_past_day_and_an_institution(tree: Tree, changes):
    leader, focal = make_holder(tree.north, Role.LEADER), make_holder(tree.north1, Role.FOCAL)

    with pytest.raises(ValidationError):
        add_training(focal, **(COURSE | changes), by=leader, at=NOON)


def test_a_course_stands_once_and_is_taken_away(tree: Tree):
    leader, focal = make_holder(tree.north, Role.LEADER), make_holder(tree.north1, Role.FOCAL)
    row = add_training(focal, **COURSE, by=leader, at=NOON)
    with pytest.raises(ValidationError):
        add_training(focal, **COURSE, by=leader, at=NOON)

    remove_training(row.pk, by=leader, at=NOON)

    assert not Training.objects.exists()


def tell(unit, full: int, probationary: int = 0, on: date = DAY) -> None:
    person = make_holder(unit, Role.FOCAL)
    tell_members(unit, {"full": full, "probationary": probationary}, counted_on=on, by=person, at=NOON)


def test_numbers_are_summed_over_the_branch_and_silent_units_are_named(tree: Tree):
    tell(tree.north1, 10, 1, date(2016, 12, 1))
    tell(tree.north1, 12, 2)
    tell(tree.south1, 7)

    whole, lines = members_by_branch(tree.bloc, DAY)

    assert (whole.numbers, whole.told, whole.units) == ({"full": 19, "probationary": 2}, 2, 5)
    by_name = {line.unit.name: (line.members.total, line.members.missing) for line in lines}
    assert by_name == {"Đảng bộ Bắc": (14, 1), "Đảng bộ Nam": (7, 1), "Đảng bộ Trực": (0, 1)}
    assert {unit.name for unit in silent_units(tree.bloc, DAY)} == {"Chi bộ Bắc Hai", "Đảng bộ Nam Hai", "Đảng bộ Trực"}
    assert members_by_branch(tree.bloc, date(2016, 12, 31))[0].numbers == {"full": 10, "probationary": 1}


def test_numbers_of_a_past_day_stay_below_the_old_parent_when_a_unit_moves(tree: Tree):
    tell(tree.north1, 10, on=DAY)
    later = date(2017, 6, 1)
    change_unit(tree.north1.pk, {"parent": tree.south}, by=make_holder(tree.bloc, Role.ADMIN), at=moment(later))

    sums = [[members_by_branch(unit, day)[0].total for unit in (tree.north, tree.south)] for day in (DAY, later)]
    assert sums == [[10, 0], [0, 10]]


def test_a_unit_with_others_below_it_tells_nothing_itself(tree: Tree):
    with pytest.raises(ValidationError):
        tell(tree.north, 100)
    tell(tree.direct, 5)

    make_unit(tree.direct, kind="cell")

    with pytest.raises(ValidationError):
        tell(tree.direct, 6)


@pytest.mark.parametrize(
    "numbers", [{"full": -1, "probationary": 0}, {"full": 3}, {"full": 1, "probationary": 0, "other": 2}, {}]
)
def test_numbers_that_are_none_are_refused(tree: Tree, numbers):
    focal = make_holder(tree.north1, Role.FOCAL)

    with pytest.raises(ValidationError):
        tell_members(tree.north1, numbers, counted_on=DAY, by=focal, at=NOON)

    assert not MemberCount.objects.exists()


def test_only_those_of_the_unit_tell_and_no_day_to_come(tree: Tree):
    numbers = {"full": 1, "probationary": 0}
    for person in (make_holder(tree.north, Role.FOCAL), make_holder(tree.north1, Role.LEADER), make_account()):
        with pytest.raises(Refused):
            tell_members(tree.north1, numbers, counted_on=DAY, by=person, at=NOON)
    with pytest.raises(ValidationError):
        tell(tree.north1, 1, on=date(2017, 1, 4))


def test_numbers_told_again_put_the_day_right(tree: Tree):
    tell(tree.north1, 10)
    tell(tree.north1, 11)

    assert MemberCount.objects.get(kind="full").number == 11
    assert Act.objects.filter(verb="members.told").latest("pk").data["old"]["full"] == 10


def test_the_branch_is_summed_with_as_many_queries_for_one_unit_as_for_many(tree: Tree):
    tell(tree.north1, 1)
    with CaptureQueriesContext(connection) as few:
        members_by_branch(tree.bloc, DAY)
    for _number in range(4):
        tell(make_unit(tree.south), 3)

    with CaptureQueriesContext(connection) as many:
        members_by_branch(tree.bloc, DAY)

    assert len(few) == len(many)


def seat(unit, count: int, *names: str) -> None:
    """So many people in posts of these classes."""
    for _number in range(count):
        post = Post.objects.get(holdings__account=make_holder(unit, Role.LEADER))
        PostClass.objects.bulk_create(PostClass(post=post, name=name) for name in names)


def test_a_committee_is_counted_by_people_and_its_limit_warns(tree: Tree):
    assert committee_on(tree.north2, DAY) is None
    seat(tree.north2, 8, "committee")
    twice = Holding.objects.filter(post__unit=tree.north2).earliest("pk").account
    make_holder(tree.north2, Role.CLERK, account=twice)
    post = Post.objects.filter(unit=tree.north2, role=Role.CLERK).get()
    PostClass.objects.create(post=post, name="committee")

    found = committee_on(tree.north2, DAY)

    assert (found.members, found.limit, found.over, found.standing_limit) == (8, 7, 1, None)


def test_limits_are_those_of_the_day_and_none_where_no_norm_says_any(tree: Tree):
    seat(tree.north2, 6, "committee")
    seat(tree.north2, 3, "standing")
    later = committee_on(tree.north2, date(2026, 8, 1))
    Norm.objects.filter(key="committees.limits").delete()

    bare = committee_on(tree.north2, DAY)

    assert (later.members, later.standing, later.standing_limit, later.standing_over) == (9, 3, 3, 0)
    assert (bare.members, bare.limit, bare.over) == (9, None, 0)
