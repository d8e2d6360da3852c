"""Now and today: of the machine on a live database, of its own day in a demo."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from trienkhai.common import clock
from trienkhai.common.middleware import ClockMiddleware
from trienkhai.common.models import Installation
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder, make_unit

pytestmark = pytest.mark.django_db
DEMO_DAY = date(2017, 12, 15)


def test_live_database_follows_the_clock_of_the_machine():
    assert clock.demo_today() is None
    assert clock.today() == timezone.localdate()
    assert abs((clock.now() - timezone.now()).total_seconds()) < 5


def test_live_database_refuses_a_day_of_its_own():
    Installation.objects.create(pk=1)

    with pytest.raises(ValidationError):
        clock.set_demo_today(DEMO_DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Installation.objects.filter(pk=1).update(demo_today=DEMO_DAY)

    assert clock.today() == timezone.localdate()


def test_database_without_any_row_refuses_a_day_of_its_own():
    with pytest.raises(ValidationError):
        clock.set_demo_today(DEMO_DAY)


def test_demo_plays_on_its_own_day_at_the_present_hour():
    Installation.objects.create(pk=1, is_demo=True)

    clock.set_demo_today(DEMO_DAY)

    assert clock.today() == DEMO_DAY
    assert clock.day_of(clock.now()) == DEMO_DAY


def test_there_is_one_installation():
    with pytest.raises(IntegrityError), transaction.atomic():
        Installation.objects.create(pk=2)


def test_day_of_a_moment_is_the_local_day():
    assert clock.day_of(datetime(2017, 1, 3, 16, 59, tzinfo=UTC)) == date(2017, 1, 3)
    assert clock.day_of(datetime(2017, 1, 3, 17, 0, tzinfo=UTC)) == date(2017, 1, 4)
    assert clock.day_of(clock.moment(DEMO_DAY, 23, 59)) == DEMO_DAY


@pytest.fixture
def demo() -> None:
    Installation.objects.create(pk=1, is_demo=True, demo_today=DEMO_DAY)


def test_a_page_asks_once_which_day_it_is_and_the_next_page_anew(demo: None, client: Client):
    client.force_login(make_holder(make_unit(), Role.CLERK))

    for _turn in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("documents:list")).status_code == 200
        assert sum("common_installation" in query["sql"] for query in captured) == 1
    clock.set_demo_today(date(2017, 12, 18))
    page = client.get(reverse("documents:list"))

    assert page.context["demo_today"] == date(2017, 12, 18)


def test_what_was_read_ends_with_the_request_also_after_a_fault(demo: None, rf: RequestFactory):
    def fails(request):
        clock.today()
        raise ValueError

    with pytest.raises(ValueError):
        ClockMiddleware(fails)(rf.get("/"))
    Installation.objects.update(demo_today=date(2017, 12, 18))

    assert clock.today() == date(2017, 12, 18)


def test_a_day_set_within_a_request_holds_from_then_on(demo: None, rf: RequestFactory):
    seen = []

    def sets(request):
        seen.append(clock.today())
        clock.set_demo_today(date(2017, 12, 18))
        seen.append(clock.today())
        return HttpResponse()

    ClockMiddleware(sets)(rf.get("/"))

    assert seen == [DEMO_DAY, date(2017, 12, 18)]


@pytest.mark.django_db(transaction=True)
def test_another_thread_reads_for_itself(demo: None):
    other: list[date] = []

    def elsewhere() -> None:
        other.append(clock.today())
        connection.close()

    with clock.reading_once():
        mine = [clock.today()]
        Installation.objects.update(demo_today=date(2017, 12, 18))
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        mine.append(clock.today())

    assert (mine, other) == ([DEMO_DAY, DEMO_DAY], [date(2017, 12, 18)])
