"""Numbers in the menu are kept for a minute; what a person does, and which posts they hold, shows at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.common.clock import today
from trienkhai.common.models import Installation
from trienkhai.orgs.hints import ACTED, REFUSED_UNREAD
from trienkhai.orgs.models import Holding, Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import Cast, at, make_issue

pytestmark = pytest.mark.django_db
ANY_PAGE = reverse("common:search")
MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


class Processes:
    """Two that serve the same site, each with its own memory."""

    def __init__(self, settings: Any) -> None:
        self.settings = settings

    def answer(self, name: str) -> None:
        self.settings.CACHES = {"default": MEMORY | {"LOCATION": name}}


@pytest.fixture
def processes(settings: Any, kept_hints: None) -> Processes:
    both = Processes(settings)
    for name in ("second", "first"):
        both.answer(name)
        cache.clear()
    return both


def report(cast: Cast) -> Assignment:
    """One more row that waits for the leader of the north."""
    issue = make_issue(cast, [{}])
    row = Assignment.objects.get(task__issue=issue, held_by=cast.tree.north1)
    actions.acknowledge(row.pk, by=cast.holder_of(row), at=at(4))
    actions.submit_report(row.pk, text="Đã xong", by=cast.holder_of(row), at=at(5))
    return row


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def count_of(client: Client, name: str, page: str = ANY_PAGE) -> int | None:
    """The number beside the entry; None without the entry."""
    menu = client.get(page).context["menu"]
    return next((entry.get("count", 0) for entry in menu if entry["url"] == reverse(name)), None)


def test_the_menu_of_a_leader_costs_a_handful_of_queries_on_a_second_page(processes):
    cast = Cast()
    report(cast)
    leader = signed_in(cast.north_leader)
    leader.get(ANY_PAGE)

    with CaptureQueriesContext(connection) as second:
        shown = count_of(leader, "tasks:approvals")

    assert shown == 1
    assert len(second) <= 7, "session, account, day, posts twice, unread notices, posts by name"


def test_who_acts_sees_the_number_fall_at_once_whichever_process_answers(processes):
    cast = Cast()
    row = report(cast)
    leader, seen = signed_in(cast.north_leader), []
    for name in ("first", "second"):
        processes.answer(name)
        seen.append(count_of(leader, "tasks:approvals"))

    leader.post(reverse("tasks:approve", args=[row.pk]))
    for name in ("first", "second"):
        processes.answer(name)
        seen.append(count_of(leader, "tasks:approvals"))

    assert seen == [1, 1, 0, 0]


def test_what_others_did_shows_when_the_minute_is_over_and_on_the_page_of_the_queue_at_once(processes):
    cast = Cast()
    leader = signed_in(cast.north_leader)
    assert count_of(leader, "tasks:approvals") == 0
    report(cast)

    soon = count_of(leader, "tasks:approvals")
    queue = count_of(leader, "tasks:approvals", reverse("tasks:approvals"))
    report(cast)
    cache.clear()
    later = count_of(leader, "tasks:approvals")

    assert (soon, queue, later) == (0, 1, 2)


def test_a_post_that_ends_or_begins_changes_the_menu_at_once(processes):
    cast = Cast()
    report(cast)
    leader, other = signed_in(cast.north_leader), signed_in(cast.south_leader)
    before = count_of(leader, "tasks:approvals"), count_of(other, "tasks:approvals")

    Holding.objects.filter(account=cast.north_leader).update(valid_to=today())
    make_holder(cast.tree.north, Role.LEADER, account=cast.south_leader)

    assert before == (1, 0)
    assert (count_of(leader, "tasks:approvals"), count_of(other, "tasks:approvals")) == (None, 1)
    assert leader.get(reverse("tasks:approvals")).context["rows"] == []


def test_each_person_of_one_browser_sees_the_own_numbers(processes):
    cast = Cast()
    report(cast)
    client, seen = Client(), []

    for account in (cast.north_leader, cast.south_leader, cast.north_leader):
        client.force_login(account)
        seen.append(count_of(client, "tasks:approvals"))
        client.post(reverse("people:sign_out"))

    assert seen == [1, 0, 1]


def test_the_cookie_of_what_was_sent_is_for_the_server_alone_and_only_for_who_is_signed_in(settings):
    settings.SESSION_COOKIE_SECURE = True
    leader = signed_in(Cast().leader)
    read = leader.get(ANY_PAGE)
    sent = leader.post(reverse("people:language_choose"), {"language": "vi"})
    stranger = Client().post(reverse("people:language_choose"), {"language": "vi"})

    cookie = sent.cookies[ACTED]
    assert ACTED not in read.cookies and ACTED not in stranger.cookies
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["max-age"]) == (True, True, "Lax", "")


def test_without_keeping_each_page_asks(settings):
    settings.HINT_SECONDS = 0
    cast = Cast()
    leader = signed_in(cast.north_leader)
    before = count_of(leader, "tasks:approvals")
    report(cast)

    assert (before, count_of(leader, "tasks:approvals")) == (0, 1)


def test_yesterdays_numbers_are_not_todays(processes):
    cast = Cast()
    leader = signed_in(cast.north_leader)
    before = count_of(leader, "tasks:approvals")
    report(cast)
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": today() - timedelta(1)})

    assert (before, count_of(leader, "tasks:approvals")) == (0, 1)


def test_what_is_sent_in_vain_leaves_the_kept_numbers(processes):
    cast = Cast()
    row = report(cast)
    leader = signed_in(cast.north_leader)
    leader.post(reverse("people:language_choose"), {"language": "vi"})
    leader.get(ANY_PAGE)
    word = leader.cookies[ACTED].value

    refused = leader.post(reverse("tasks:approve", args=[row.pk + 1000]))
    with CaptureQueriesContext(connection) as second:
        leader.get(ANY_PAGE)

    assert refused.status_code in REFUSED_UNREAD and len(second) <= 7
    assert leader.cookies[ACTED].value == word
