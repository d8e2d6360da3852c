"""The pages of packets, as the clerk of one unit sees them."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.exchange.models import Dispatch
from trienkhai.exchange.tests.test_packets import Axis
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def axis(own_folders: Path) -> Axis:
    return Axis(own_folders)


def test_clerk_sends_a_document_and_the_other_takes_it_in(axis: Axis, client: Any):
    document = axis.issued()
    client.force_login(axis.sender)
    form = client.get(reverse("exchange:send", args=[document.pk]))
    south = axis.codes[axis.south.pk]

    sent = client.post(reverse("exchange:send", args=[document.pk]), {"to": [south.pk]})
    axis.carry()
    client.force_login(axis.receiver)
    answer = client.post(
        reverse("exchange:packets_take"), {"unit": axis.south.pk, "not_secret": "on"}, follow=True
    ).content.decode()

    assert south.name in form.content.decode()
    assert sent.status_code == 302
    assert "đã vào sổ văn bản đến" in answer
    assert "Đã tiếp nhận" in answer


def test_form_without_the_declaration_or_a_receiver_says_so_and_does_nothing(axis: Axis, client: Any):
    document = axis.issued()
    client.force_login(axis.sender)

    nobody = client.post(reverse("exchange:send", args=[document.pk]), {})
    undeclared = client.post(reverse("exchange:packets_take"), {"unit": axis.north.pk})

    assert (nobody.status_code, undeclared.status_code) == (422, 422)
    assert "Hãy chọn ít nhất một nơi nhận." in nobody.content.decode()
    assert "Cần cam đoan" in undeclared.content.decode()
    assert Dispatch.objects.count() == 0


def test_page_of_a_packet_offers_what_may_be_said_and_tells_it(axis: Axis, client: Any):
    axis.send()
    axis.carry()
    axis.take(axis.south, axis.receiver)
    came = Dispatch.objects.get(direction="in")
    address = reverse("exchange:dispatch", args=[came.pk])
    client.force_login(axis.receiver)

    shown = client.get(address).content.decode()
    wrong = client.post(address, {"act": "state", "code": "77"})
    told = client.post(address, {"act": "state", "code": "05"}, follow=True).content.decode()
    not_offered = client.post(address, {"act": "recall", "reason": "x"})

    assert "Báo cho nơi gửi biết" in shown
    assert "Yêu cầu lấy lại" not in shown
    assert wrong.status_code == 422
    assert "Đang xử lý" in told
    assert not_offered.status_code == 200
    assert came.states.filter(code="05").count() == 1


def test_clerk_of_another_unit_meets_no_packet(axis: Axis, client: Any):
    sent = axis.send()[0]
    client.force_login(make_holder(axis.tree.direct, Role.CLERK))

    assert client.get(reverse("exchange:dispatch", args=[sent.pk])).status_code == 404
    assert "Chưa có văn bản nào" in client.get(reverse("exchange:packets")).content.decode()


def test_list_of_packets_asks_as_often_for_three_as_for_one(axis: Axis, client: Any):
    sent = axis.send()[0]
    client.force_login(axis.sender)
    client.get(reverse("exchange:packets"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("exchange:packets"))
    for number in range(2):
        sent.pk, sent.document_key = None, f"{number}"
        sent.save()

    with CaptureQueriesContext(connection) as three:
        client.get(reverse("exchange:packets"))

    assert len(three) == len(one)
