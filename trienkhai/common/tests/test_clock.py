"""Now and today: of the machine on a live database, of its own day in a demo."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from trienkhai.common import clock
from trienkhai.common.models import Installation

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
