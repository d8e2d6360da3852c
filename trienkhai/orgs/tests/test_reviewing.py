"""The yearly review of rights: what is in it, who decides, what ends, what stays on record."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused
from trienkhai.orgs.actions import delegate
from trienkhai.orgs.actions.reviewing import close_review, decide, open_review
from trienkhai.orgs.models import Holding, Outcome, Role
from trienkhai.orgs.queries_accounts import marked_narrow, progress_of, remarks_on, review_due, to_review, without_post
from trienkhai.orgs.tests.make import Tree, make_account, make_holder
from trienkhai.orgs.tests.make_accounts import make_admin

pytestmark = pytest.mark.django_db
DAY = date(2017, 12, 1)
AT = moment(DAY, 9)


class Scene:
    """North with its administrator and leader, three focal points below; someone in the south beside it."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.admin, self.leader = make_admin(self.tree.north), make_holder(self.tree.north, Role.LEADER)
        self.focal = [make_holder(self.tree.north1, Role.FOCAL) for _number in range(3)]
        self.beside = make_holder(self.tree.south1, Role.FOCAL)
        self.review = open_review(self.tree.north, 2017, by=self.admin, at=AT)

    def of(self, *people) -> list[int]:
        return list(Holding.objects.filter(account__in=people).values_list("pk", flat=True))


def test_all_rights_of_the_branch_are_in_it_and_none_beside_or_given_later():
    scene = Scene()
    make_holder(scene.tree.north2, Role.FOCAL, valid_from=DAY + timedelta(days=1))
    make_holder(scene.tree.north2, Role.FOCAL, valid_to=DAY)

    left = set(to_review(scene.review, DAY + timedelta(days=2)).values_list("account", flat=True))

    assert left == {row.pk for row in (scene.admin, scene.leader, *scene.focal)}
    with pytest.raises(Refused):
        open_review(scene.tree.north, 2017, by=scene.leader, at=AT)
    with pytest.raises(Refused):
        open_review(scene.tree.south, 2017, by=scene.leader, at=AT)


def test_several_are_confirmed_with_one_act_and_those_decided_meanwhile_are_passed_over():
    scene = Scene()
    ids = scene.of(*scene.focal, scene.beside)
    decide(scene.review.pk, ids[:1], "confirmed", by=scene.leader, at=AT)

    count = decide(scene.review.pk, ids, "confirmed", by=scene.leader, at=AT)

    assert count == 2 and scene.review.marks.count() == 3
    act = Act.objects.filter(verb="review.confirmed").latest("pk")
    assert act.count == 2 and act.data["holdings"] == sorted(ids[1:3])


def test_ending_takes_the_right_today_and_an_end_is_set_for_later():
    scene = Scene()
    first, second, _third = scene.of(*scene.focal)

    decide(scene.review.pk, [first], "ended", by=scene.admin, at=AT)
    decide(scene.review.pk, [second], "changed", until=DAY + timedelta(days=30), by=scene.admin, at=AT)

    ends = dict(Holding.objects.values_list("pk", "valid_to"))
    assert ends[first] == DAY and ends[second] == DAY + timedelta(days=30)
    assert Holding.objects.on(DAY).filter(pk=first).count() == 0
    assert [row.outcome for row in scene.review.marks.order_by("pk")] == [Outcome.ENDED, Outcome.CHANGED]


@pytest.mark.parametrize(
    ("outcome", "until", "who"),
    [
        ("ended", None, "leader"),
        ("changed", None, "admin"),
        ("changed", date(2009, 1, 1), "admin"),
        ("forgotten", None, "admin"),
    ],
)
def test_wrong_decisions_store_nothing(outcome, until, who):
    scene = Scene()
    before = Act.objects.count()

    with pytest.raises((Refused, ValidationError)):
        decide(scene.review.pk, scene.of(*scene.focal), outcome, until=until, by=getattr(scene, who), at=AT)

    assert not scene.review.marks.exists() and Act.objects.count() == before
    assert Holding.objects.on(DAY).filter(account__in=scene.focal).count() == 3


def test_nobody_decides_on_a_right_of_ones_own_and_the_last_administrator_stays():
    scene = Scene()
    with pytest.raises(Refused):
        decide(scene.review.pk, scene.of(scene.admin, *scene.focal), "confirmed", by=scene.admin, at=AT)
    above = make_admin(scene.tree.bloc)
    review = open_review(scene.tree.bloc, 2017, by=above, at=AT)
    second = make_admin(scene.tree.bloc)
    Holding.objects.filter(account=second).update(valid_from=date(2016, 1, 1))

    decide(review.pk, scene.of(scene.admin), "ended", by=above, at=AT)
    decide(review.pk, scene.of(above), "ended", by=second, at=AT)
    with pytest.raises(Refused):
        decide(review.pk, scene.of(second), "ended", by=second, at=AT)


def test_it_is_closed_when_nothing_is_left_and_its_sums_stay():
    scene = Scene()
    ids = scene.of(*scene.focal)
    with pytest.raises(Refused, match="5"):
        close_review(scene.review.pk, by=scene.admin, at=AT)
    decide(scene.review.pk, [*ids, *scene.of(scene.admin)], "confirmed", by=scene.leader, at=AT)
    decide(scene.review.pk, scene.of(scene.leader), "confirmed", by=scene.admin, at=AT)

    close_review(scene.review.pk, by=scene.admin, at=AT)

    act = Act.objects.get(verb="review.closed")
    assert act.data["confirmed"] == 5 and act.data["ended"] == 0
    with pytest.raises(Refused):
        decide(scene.review.pk, ids, "confirmed", by=scene.leader, at=AT)


def test_progress_is_told_for_the_unit_and_each_branch_below():
    scene = Scene()
    make_holder(scene.tree.north2, Role.SECRETARY)
    decide(scene.review.pk, scene.of(*scene.focal[:2]), "confirmed", by=scene.leader, at=AT)

    rows = {row.unit: (row.done, row.total) for row in progress_of(scene.review, DAY)}

    assert rows == {scene.tree.north: (0, 2), scene.tree.north1: (2, 3), scene.tree.north2: (0, 1)}


def test_what_needs_a_second_look_is_marked():
    scene = Scene()
    first, second, _third = scene.focal
    type(first).objects.filter(pk=first.pk).update(last_login=AT)
    held = Holding.objects.get(account=first)
    delegate(held, make_account(), acts=[], valid_from=date(2016, 1, 1), valid_to=OPEN_END, by=first, at=AT)
    idle = make_holder(scene.tree.north1, Role.CLERK, valid_to=date(2017, 6, 1))
    moved = make_holder(scene.tree.north1, Role.CLERK, valid_to=date(2017, 6, 1))
    make_holder(scene.tree.south1, Role.CLERK, account=moved)
    left = to_review(scene.review, DAY).select_related("account")

    assert not remarks_on(left.get(account=first)) and len(remarks_on(left.get(account=second))) == 1
    assert len(remarks_on(left.get(manner="delegated"))) == 2
    assert marked_narrow(left, "uy-quyen").count() == 1 and marked_narrow(left, "chua-dang-nhap").count() == 5
    assert list(without_post(scene.review, DAY)) == [idle]


def test_the_review_of_a_year_is_due_by_the_norm_of_the_day():
    due = review_due(DAY)

    assert due and (due.year, due.until, due.warned_from) == (2017, date(2017, 12, 31), date(2017, 11, 16))
    assert review_due(date(1999, 1, 1)) is None
