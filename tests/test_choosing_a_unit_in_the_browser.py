"""A unit chosen in a form: by keys, by mouse, on a phone, and without JavaScript."""

from typing import Any

import pytest

from tests.browser import fits, press
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import Tree, make_holder

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
FIELD = "input[name=parent]"


def parent_of(unit: Unit) -> Unit:
    return Unit.objects.select_related("present__parent").get(pk=unit.pk).present.parent


def open_form(desk: Any, tree: Tree, **words: Any) -> Any:
    page = desk(make_holder(tree.bloc, Role.ADMIN), **words)
    page.goto(f"/don-vi/{tree.north1.pk}/sua")
    return page


def find(page: Any, words: str) -> None:
    page.fill(FIELD, words)
    page.wait_for_selector(".offers:not([hidden]) [role=option]")


def test_by_keys_the_row_is_heard_chosen_and_sent(desk, today):
    tree = Tree()
    page = open_form(desk, tree)
    field = page.locator(FIELD)
    assert field.input_value() == "Đảng bộ Bắc (K.B)" and field.get_attribute("role") == "combobox"

    find(page, "dang bo nam")
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("ArrowUp")
    active = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert active.inner_text().startswith("Đảng bộ Nam K.N") and "Đảng bộ Khối Thử" in active.inner_text()
    assert "3 đơn vị" in page.locator(".unit-choice [role=status]").inner_text()
    field.press("Enter")
    assert field.input_value() == "Đảng bộ Nam (K.N)" and field.get_attribute("aria-expanded") == "false"
    press(page, "main form button.primary")

    assert parent_of(tree.north1) == tree.south


def test_escape_closes_the_list_and_leaves_the_words(desk, today):
    page = open_form(desk, Tree())
    find(page, "nam")

    page.locator(FIELD).press("Escape")

    assert page.locator(".offers").is_hidden() and page.input_value(FIELD) == "nam"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_by_a_finger_on_a_phone(desk, today, theme):
    tree = Tree()
    page = open_form(desk, tree, width=390)
    page.emulate_media(color_scheme=theme)
    find(page, "nam")
    row = page.locator("[role=option]").first
    assert fits(page) and row.bounding_box()["height"] >= 44

    row.click()
    page.wait_for_timeout(400)
    assert page.input_value(FIELD) == "Đảng bộ Nam (K.N)" and page.locator(".offers").is_hidden()
    press(page, "main form button.primary")

    assert parent_of(tree.north1) == tree.south


def test_without_javascript_the_form_comes_back_with_a_list(desk, today):
    tree = Tree()
    page = open_form(desk, tree, javascript=False, width=390)
    page.fill(FIELD, "dang bo nam")
    press(page, "main form button.primary")
    assert fits(page) and page.locator("input[name=parent-chon]").count() == 3
    page.check(f"input[name=parent-chon][value='{tree.south.pk}']")
    press(page, "main form button.primary")

    assert parent_of(tree.north1) == tree.south
