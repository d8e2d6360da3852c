"""Addresses and forms that ask for what no calendar or table holds."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from trienkhai.common.models import Installation
from trienkhai.indicators.models import Definition, Indicator, Value
from trienkhai.indicators.tests.make import Cast
from trienkhai.indicators.tests.test_pages import MEANT, line
from trienkhai.orgs.models import UnitVersion
from trienkhai.tasks.tests.make import make_document

pytestmark = pytest.mark.django_db
READ = ("indicator", "parts", "export", "targets", "weights", "give")


@pytest.fixture
def cast() -> Cast:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 4, 20)})
    made = Cast(usual_high=Decimal(500))
    made.give()
    return made


@pytest.mark.parametrize(
    "asked",
    ["nam=00201799999", "nam=99999", "nam=abc", "ky=9999-10-01", "ky=0001-01-01", "don-vi=99999999999999999", "page=0"],
)
def test_an_odd_address_is_answered(cast: Cast, client, asked):
    client.force_login(cast.leader)
    addresses = [reverse(f"indicators:{name}", args=[cast.indicator.pk]) for name in READ]
    for address in [reverse("indicators:list"), reverse("indicators:waiting"), *addresses]:
        assert client.get(f"{address}?{asked}").status_code in (200, 404), address

    client.force_login(cast.focal[cast.tree.north1.pk])
    assert client.get(f"{reverse('indicators:entering')}?{asked}").status_code in (200, 404)


def test_an_indicator_of_the_last_days_of_the_calendar_breaks_no_page(cast: Cast, client):
    client.force_login(cast.officer)

    assert client.post(reverse("indicators:add"), MEANT | {"valid_from": "9999-12-15"}).status_code == 302

    made = Indicator.objects.get(code="CT9")
    for address in (reverse("indicators:list"), reverse("indicators:indicator", args=[made.pk])):
        assert client.get(address).status_code == 200, address


def test_a_definition_from_the_last_days_of_the_calendar_is_answered(cast: Cast, client):
    cast.told(cast.tree.north1, "5")
    client.force_login(cast.officer)

    address = reverse("indicators:change", args=[cast.indicator.pk])

    assert client.post(address, MEANT | {"from_day": "9999-12-15"}).status_code in (302, 422)


def test_a_ratio_larger_than_the_table_holds_is_refused_at_its_field(cast: Cast):
    words = {"kind": "ratio", "aggregation": "ratio", "numerator": "Đã học", "denominator": "Phải học"}
    ratio = cast.define("TL1", factor=Decimal(100), **words)
    cast.give(to=ratio)

    outcome = cast.tell(cast.tree.north1, {"top": "99999999999", "bottom": "0,0001"}, indicator=ratio)

    [fault] = outcome.faults.values()
    assert list(fault.message_dict) == ["top"] and not outcome.sent


def test_control_characters_are_left_out(cast: Cast, client):
    unit = cast.tree.north1
    name = line(cast, unit)
    client.force_login(cast.focal[unit.pk])
    typed = {f"{name}-number": "12\x00", f"{name}-remark": "đúng\x00", "send": "1"}

    assert client.post(reverse("indicators:entering"), typed).status_code == 302

    value = Value.objects.get()
    assert (value.number, value.remark) == (12, "đúng")
    client.force_login(cast.leader)
    said = {"verb": "return", "so-lieu": str(value.pk), "reason": "xem lại\x00"}
    assert client.post(reverse("indicators:waiting"), said).status_code == 302
    value.refresh_from_db()
    assert value.decision == "xem lại"


def test_no_name_breaks_the_spreadsheet_or_becomes_a_formula(cast: Cast, client):
    Definition.objects.update(title="\x01=1+1")
    UnitVersion.objects.update(name="\x01=1+1")
    client.force_login(cast.leader)

    for address in (
        reverse("indicators:export", args=[cast.indicator.pk]),
        reverse("dashboards:sheet_xlsx", args=[cast.tree.bloc.pk]),
    ):
        book = load_workbook(BytesIO(client.get(address).content))
        assert not [cell for row in book.active.iter_rows() for cell in row if cell.data_type == "f"], address


def test_what_an_indicator_serves_is_named_to_those_who_see_it(cast: Cast, client):
    paper = make_document(cast.tree.bloc, symbol="77-NQ/ĐUTHU")
    Indicator.objects.filter(pk=cast.indicator.pk).update(document=paper)
    address = reverse("indicators:indicator", args=[cast.indicator.pk])

    client.force_login(cast.leader)
    assert "77-NQ/ĐUTHU" in client.get(address).content.decode()
    client.force_login(cast.focal[cast.tree.north1.pk])
    answer = client.get(address)
    assert answer.status_code == 200 and "77-NQ/ĐUTHU" not in answer.content.decode()
