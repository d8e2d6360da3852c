"""Meetings that went otherwise than planned: other members by then, opened by mistake, ended on a later day."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from trienkhai.common.models import Installation
from trienkhai.meetings.tests.make import Cast
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db


def play_on(day: date) -> None:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": day})


def test_minutes_are_offered_to_be_closed_only_when_that_is_taken(client):
    cast = Cast()
    meeting, clerk = cast.begin(), make_holder(cast.cell, Role.CLERK)
    play_on(date(2017, 1, 6))
    address, pages = reverse("meetings:close", args=[meeting.pk]), ("meeting", "minutes")

    def offered(person: Account) -> bool:
        client.force_login(person)
        shown = {
            address in client.get(reverse(f"meetings:{name}", args=[meeting.pk])).content.decode() for name in pages
        }
        assert shown == {client.get(address).status_code == 200}
        return shown == {True}

    assert not offered(cast.secretary)
    cast.tell(meeting)
    assert offered(cast.secretary) and not offered(clerk)
    cast.write(meeting, "Một")
    cast.write(meeting, "Hai", by=cast.leader)
    assert not offered(cast.secretary)
    client.force_login(cast.secretary)
    waits = gettext("Two people wrote the same part: first it is settled whose words stand.")
    assert waits in client.get(reverse("meetings:minutes", args=[meeting.pk])).content.decode()
