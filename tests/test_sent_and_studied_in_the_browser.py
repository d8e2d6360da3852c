"""A document on its way down in a real browser: the sender sends it, a unit acknowledges and studies it, the sender
sees who came; on a wide screen with JavaScript and on a phone without it.
"""

import re
from datetime import date

import pytest

from tests.browser import fits, press
from trienkhai.common.clock import moment
from trienkhai.common.models import Installation
from trienkhai.demo import organisation
from trienkhai.demo.building import store_people, store_units
from trienkhai.dissemination.models import Receipt, Sending, StudySession
from trienkhai.documents.actions import register_document
from trienkhai.documents.models import Document
from trienkhai.documents.tests.make import paper
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
TODAY = date(2017, 3, 10)


@pytest.fixture
def document() -> Document:
    """A resolution of the demo's bloc, registered by its clerk, on a day of March 2017."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)
    bloc = Unit.objects.select_related("present").get(pk=units["MH"].pk)
    clerk = Account.objects.get(username="vanthu")
    return register_document(bloc, text=paper(), not_secret=True, book="out", by=clerk, at=moment(TODAY, 8))


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_from_sending_to_the_percent_the_sender_sees(document, sign_in, javascript: bool, width: int):
    clerk = sign_in("vanthu", javascript=javascript, width=width)
    clerk.goto(f"/van-ban/{document.pk}")
    press(clerk, f"a[href='/quan-triet/gui-xuong/{document.pk}']")
    clerk.uncheck("input[value=children]")
    clerk.check("input[value=grassroots]")
    clerk.fill("textarea[name=note]", "Đề nghị quán triệt đến từng chi bộ")
    press(clerk, "main form button.primary")
    sending = Sending.objects.get()
    assert sending.count == 841 and "841" in clerk.locator("main").inner_text()

    focal = sign_in("daumoi", javascript=javascript, width=width)
    focal.goto(f"/van-ban/{document.pk}")
    receipt = Receipt.objects.get(unit__present__code="MH.01.001")
    assert receipt.opened_at and not receipt.acknowledged_at
    press(focal, f"form[action='/quan-triet/tiep-nhan/{receipt.pk}'] button")
    receipt.refresh_from_db()
    assert receipt.acknowledged_by.username == "daumoi"

    focal.goto(f"/quan-triet/van-ban/{document.pk}/ke-hoach")
    focal.fill("textarea[name=note]", "Học tập toàn văn")
    press(focal, "main form button.primary")
    press(focal, "main a[href$='/buoi-hoc']")
    focal.fill("input[name=day]", TODAY.isoformat())
    focal.fill("input[name=place]", "Hội trường")
    press(focal, "main form button.primary")
    session = StudySession.objects.get()
    press(focal, f"a[href='/quan-triet/buoi-hoc/{session.pk}/ket-qua']")
    focal.fill("input[name=convened_members]", "30")
    focal.fill("input[name=attended_members]", "31")
    press(focal, "main form button.primary")
    assert focal.locator("p.error").count() == 1 and fits(focal)
    focal.fill("input[name=attended_members]", "29")
    focal.fill("input[name=absent_duty]", "1")
    press(focal, "main form button.primary")
    assert "96,66 %" in focal.locator("main").inner_text() and fits(focal)

    clerk.goto(f"/quan-triet/lan-gui/{sending.pk}")
    tile = clerk.locator(".tiles .tone-good").first.inner_text()
    assert re.sub(r"\D", "", tile.split()[0]) == "1" and fits(clerk)
    leader = sign_in("lanhdao", javascript=javascript, width=width)
    leader.goto(f"/quan-triet/van-ban/{document.pk}")
    assert "96,66 %" in leader.locator("main").inner_text() and fits(leader)
    press(leader, "table a.title")
    assert "don-vi=" in leader.url
