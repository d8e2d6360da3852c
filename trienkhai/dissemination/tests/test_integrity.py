"""What the check finds when rows were written past the actions."""

import pytest

from trienkhai.dashboards.verification import check_site
from trienkhai.dissemination.models import Attendance, Receipt, Sending
from trienkhai.dissemination.tests.make import Cast, add_text
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db


def test_nothing_is_found_after_a_new_version_and_a_make_up():
    cast = Cast()
    cast.send()
    add_text(cast.document)
    cast.send(when=at(4), reopens="all")
    cast.hold(cast.tree.north1, {"members": (10, 8)})
    cast.hold(cast.tree.north1, {"members": (2, 2)}, kind="make_up", day=7)

    assert check_site(at(20).date()) == []


def test_lost_receipts_two_last_versions_and_too_many_made_up_are_named():
    cast = Cast()
    first = cast.send()
    add_text(cast.document)
    cast.send(when=at(4), reopens="all")
    cast.hold(cast.tree.north1, {"members": (10, 8)})
    cast.hold(cast.tree.north1, {"members": (2, 2)}, kind="make_up", day=7)

    Receipt.objects.filter(sending=first, unit=cast.tree.north1).update(current=True)
    Receipt.objects.filter(sending=first, unit=cast.tree.south1).delete()
    Attendance.objects.filter(convened=10).update(attended=9)

    assert len(check_site(at(20).date())) == 3
    assert Sending.objects.count() == 2
