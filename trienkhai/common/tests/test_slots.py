"""Slots: a page names a place, later areas fill it."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from trienkhai.common import slots

REQUEST = RequestFactory().get("/")


@pytest.fixture(autouse=True)
def only_our_slot():
    yield
    slots._fillers.pop("tests.place", None)


def test_parts_come_in_the_order_of_filling_and_empty_ones_are_left_out():
    slots.fill("tests.place", lambda request, obj: {"label": f"một {obj}"})
    slots.fill("tests.place", lambda request, obj: None)
    slots.fill("tests.place", lambda request, obj: {"label": "hai"})

    assert slots.parts("tests.place", REQUEST, 7) == [{"label": "một 7"}, {"label": "hai"}]


def test_filler_registered_twice_fills_once():
    def filler(request, obj):
        return "phần"

    slots.fill("tests.place", filler)
    slots.fill("tests.place", filler)

    assert slots.parts("tests.place", REQUEST) == ["phần"]


def test_place_nobody_fills_is_empty():
    assert slots.parts("tests.place", REQUEST) == []


def test_template_reads_a_slot_for_its_object():
    slots.fill("tests.place", lambda request, obj: f"phần của {obj}")
    template = Template("{% slot 'tests.place' unit as found %}{{ found|join:', ' }}")

    assert template.render(Context({"request": REQUEST, "unit": "K.B"})) == "phần của K.B"
