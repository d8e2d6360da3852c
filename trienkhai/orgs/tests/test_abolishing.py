"""Posts are abolished from a day: whoever holds them, what hangs on them, what stays of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.notices.actions import tell, tell_posts
from trienkhai.notices.models import Notice
from trienkhai.orgs import actions
from trienkhai.orgs.models import Holding, Post, Role
from trienkhai.orgs.queries import posts_with_holders
from trienkhai.orgs.queries_posts import Wanted, posts_of
from trienkhai.orgs.rules_posts import can_abolish
from trienkhai.orgs.tests.make import Tree, make_account, make_holder
from trienkhai.orgs.tests.make_reorganising import AT, TODAY
from trienkhai.tasks.models import Focus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LATER = TODAY + timedelta(days=10)


class Desk:
    """An administrator of the bloc, and a post of the north with one holder."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.admin, self.holder = make_holder(self.tree.bloc, Role.ADMIN), make_account()
        self.post = self.make("Phó Bí thư")
        self.held = actions.appoint(self.post, self.holder, valid_from=date(2017, 1, 1), by=self.admin, at=AT)
        Notice.objects.all().delete()

    def make(self, title: str, role: str = Role.LEADER) -> Post:
        post = actions.create_post(self.tree.north, title=title, role=role, by=self.admin, at=AT)
        Post.objects.filter(pk=post.pk).update(established_on=date(2010, 1, 1))
        return Post.objects.get(pk=post.pk)

    def abolish(self, post: Post | None = None, **given: Any) -> Post:
        values: dict[str, Any] = {"on": LATER, "by": self.admin, "at": AT} | given
        return actions.abolish_post((post or self.post).pk, **values)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_post_that_somebody_holds_is_not_abolished_and_names_them(desk: Desk):
    with pytest.raises(ValidationError, match=desk.holder.name):
        desk.abolish()

    assert Post.objects.get(pk=desk.post.pk).abolished_on.year == 9999


def test_with_the_holding_ended_in_the_same_act_its_history_stays_and_the_holder_is_told_once(desk: Desk):
    deputy, coming = make_account(), make_account()
    span = {"valid_from": TODAY, "valid_to": LATER + timedelta(days=9), "by": desk.admin, "at": AT}
    actions.delegate(desk.held, deputy, acts=["approve"], **span)
    wide = actions.change_post(
        desk.post.pk, title="Phó Bí thư", role=Role.LEADER, reach="own", may_issue=False, seats=2, requirements="",
        term_bound=False, classes=[], by=desk.admin, at=AT,
    )  # fmt: skip
    actions.appoint(wide, coming, valid_from=LATER + timedelta(days=1), by=desk.admin, at=AT)
    Notice.objects.all().delete()

    post = desk.abolish(ends_holdings=True, decision="15-QĐ/ĐU")

    spans = {row.account: (row.valid_from, row.valid_to) for row in Holding.objects.filter(post=post)}
    assert spans[desk.holder] == (date(2017, 1, 1), LATER) and spans[deputy][1] == LATER
    assert spans[coming][0] == spans[coming][1]
    assert (post.abolished_on, post.abolished_by) == (LATER, "15-QĐ/ĐU")
    told = sorted(Notice.objects.values_list("kind", "account"))
    people = [("deputy_ended", deputy), ("post_ended", desk.holder), ("post_ended", coming)]
    assert told == sorted((kind, person.pk) for kind, person in people)
    assert Act.objects.filter(verb="post.abolished", target_id=post.pk).get().data["ended"] == 3


def test_it_is_in_lists_until_that_day_and_on_no_later_one(desk: Desk):
    desk.abolish(ends_holdings=True)

    before, after = (
        [
            desk.post in posts_of(Wanted(desk.tree.north, day)),
            desk.post in [post for post, _held in posts_with_holders(desk.tree.north, day)],
        ]
        for day in (LATER - timedelta(days=1), LATER)
    )

    assert before == [True, True] and after == [False, False]


def test_nobody_is_given_it_beyond_that_day_and_it_is_neither_changed_nor_abolished_again(desk: Desk):
    actions.end_holding(desk.held.pk, on=TODAY, by=desk.admin, at=AT)
    desk.abolish()
    who = {"by": desk.admin, "at": AT}

    with pytest.raises(ValidationError, match="abolished from 30/06/2017"):
        actions.appoint(desk.post, make_account(), valid_from=TODAY, **who)
    actions.appoint(desk.post, make_account(), valid_from=TODAY, valid_to=LATER, **who)
    with pytest.raises(Refused, match="abolished from 30/06/2017"):
        desk.abolish(on=TODAY)
    with pytest.raises(ValidationError, match="abolished from 30/06/2017"):
        desk.make("Phó Bí thư")


def test_what_hangs_on_it_goes_to_the_post_that_takes_over(desk: Desk):
    other = desk.make("Phó Bí thư thường trực")
    tell_posts([desk.post.pk], "job_finished", url="/", at=AT, done=1, wanted=1)
    focus = Focus.objects.create(
        unit=desk.tree.north, kind="key", title="Trọng điểm", owner=desk.post, valid_from=TODAY
    )

    desk.abolish(ends_holdings=True, successor=other)

    focus.refresh_from_db()
    assert focus.owner == other and Notice.objects.get(kind="job_finished").post == other
    assert Act.objects.get(verb="post.abolished").data["focuses"] == 1


def test_without_one_a_focus_has_no_post(desk: Desk):
    focus = Focus.objects.create(
        unit=desk.tree.north, kind="key", title="Trọng điểm", owner=desk.post, valid_from=TODAY
    )

    desk.abolish(ends_holdings=True)

    focus.refresh_from_db()
    assert focus.owner is None


def test_wrong_days_successors_and_people_are_refused(desk: Desk):
    elsewhere = actions.create_post(desk.tree.south, title="Bí thư", role=Role.LEADER, by=desk.admin, at=AT)
    last = Post.objects.get(holdings__account=desk.admin)

    for given in (
        {"on": TODAY - timedelta(days=1)},
        {"successor": elsewhere},
        {"successor": desk.post},
        {"decision": "x" * 121},
    ):
        with pytest.raises(ValidationError):
            desk.abolish(ends_holdings=True, **given)
    with pytest.raises(ValidationError, match="last administrator"):
        desk.abolish(last, ends_holdings=True)
    with pytest.raises(Refused):
        desk.abolish(by=make_holder(desk.tree.north, Role.LEADER), ends_holdings=True)
    assert Holding.objects.get(pk=desk.held.pk).valid_to.year == 9999


def test_news_go_to_no_post_that_is_abolished(desk: Desk):
    desk.abolish(ends_holdings=True, on=TODAY)

    tell(desk.tree.north.pk, [Role.LEADER], "report_approved", url="/", at=AT, task="Việc")

    assert not Notice.objects.filter(kind="report_approved").exists()


def test_page_asks_tells_what_hangs_on_it_and_shows_the_post_as_abolished(client: Any, desk: Desk):
    today = timezone.localdate()
    client.force_login(desk.admin)
    address = reverse("orgs:post_abolish", args=[desk.post.pk])
    shown = client.get(address).content.decode()
    assert desk.holder.name in shown

    refused = client.post(address, {"on": today.isoformat()})
    done = client.post(address, {"on": today.isoformat(), "ends_holdings": "on", "decision": "15-QĐ/ĐU"})

    assert refused.status_code == 422 and done.status_code == 302
    page = client.get(reverse("orgs:post", args=[desk.post.pk])).content.decode()
    assert "15-QĐ/ĐU" in page and address not in page and reverse("orgs:post_give", args=[desk.post.pk]) not in page
    assert client.get(address).status_code == 404 and not can_abolish(
        desk.admin, Post.objects.get(pk=desk.post.pk), today
    )
    client.force_login(make_holder(desk.tree.south, Role.ADMIN))
    assert client.get(address).status_code == 404
