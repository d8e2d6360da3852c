"""The tree in a real browser: walked by keys, searched, read on a past day by the slider; a unit as it was then."""

from datetime import date

import pytest

from tests.browser import fits, press, settled
from trienkhai.common.clock import moment
from trienkhai.orgs import actions
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import Tree, make_holder

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
CHANGED = date(2017, 2, 1)


@pytest.fixture
def tree(today) -> Tree:
    """On 1 February Nam Một moves to Bắc and Bắc gets another name."""
    made = Tree()
    admin = make_holder(made.bloc, Role.ADMIN)
    actions.change_unit(made.south1.pk, {"parent": made.north}, by=admin, at=moment(CHANGED))
    actions.change_unit(made.north.pk, {"name": "Đảng bộ Miền Bắc"}, by=admin, at=moment(CHANGED))
    return made


def focused(page) -> str:
    return page.evaluate("document.activeElement.querySelector(':scope > .node .title')?.textContent || ''")


def test_the_tree_is_walked_by_keys(desk, tree):
    page = desk(make_holder(tree.bloc, Role.LEADER))
    page.goto("/to-chuc")
    page.locator("[role=tree] [tabindex='0']").first.focus()
    assert focused(page) == "Đảng bộ Khối Thử" and page.locator("[role=tree] [tabindex='0']").count() == 1

    steps = [
        ("ArrowDown", "Đảng bộ Miền Bắc"),
        ("ArrowRight", "Đảng bộ Miền Bắc"),
        ("ArrowRight", "Chi bộ Bắc Hai"),
        ("End", "Văn phòng"),
        ("Home", "Đảng bộ Khối Thử"),
        ("v", "Văn phòng"),
        ("ArrowUp", "Đảng bộ Trực"),
        ("Home", "Đảng bộ Khối Thử"),
        ("ArrowDown", "Đảng bộ Miền Bắc"),
        ("ArrowDown", "Chi bộ Bắc Hai"),
        ("ArrowLeft", "Đảng bộ Miền Bắc"),
    ]
    for key, name in steps:
        page.keyboard.press(key)
        settled(page)
        assert focused(page) == name, key
    north = page.locator(f"#u{tree.north.pk}")
    assert (
        north.get_attribute("aria-expanded") == "true" and north.locator("[role=group] > [role=treeitem]").count() == 3
    )
    page.keyboard.press("ArrowLeft")
    assert north.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/don-vi/{tree.north.pk}")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_slider_shows_a_past_day_and_keeps_what_is_open(desk, tree, width):
    page = desk(make_holder(tree.bloc, Role.LEADER), width=width)
    page.goto("/to-chuc")
    page.locator(f"#u{tree.south.pk} > .node .twist").click()
    page.wait_for_selector(f"#u{tree.south2.pk}")
    slider = page.locator("#slider")
    slider.focus()
    slider.press("Home")
    page.wait_for_selector(f"#u{tree.south1.pk} .differs.moved")

    assert slider.get_attribute("aria-valuetext") == "01/01/2010" and "ngay=2010-01-01" in page.url
    assert "nay là Đảng bộ Miền Bắc" in page.locator(f"#u{tree.north.pk} > .node").inner_text()
    assert page.input_value("#ngay") == "2010-01-01" and fits(page)
    press(page, f"#u{tree.south1.pk} .title")
    assert page.locator("nav.as-of [aria-current]").inner_text() == "Như ngày 01/01/2010" and fits(page)
    assert page.locator(".facts a").inner_text() == "Đảng bộ Nam"
    press(page, "nav.as-of a:not([aria-current])")
    assert page.locator(".facts a").inner_text() == "Đảng bộ Miền Bắc"


@pytest.mark.parametrize("javascript", [True, False])
def test_search_keeps_the_units_above_in_sight(desk, tree, javascript):
    page = desk(make_holder(tree.south, Role.FOCAL), javascript=javascript, width=390)
    page.goto("/to-chuc")
    page.fill("#tim", "nam hai")
    press(page, "form.filters button")

    hit = page.locator(f"#u{tree.bloc.pk} #u{tree.south.pk} #u{tree.south2.pk}")
    assert hit.is_visible() and hit.locator("mark").all_inner_texts() == ["Nam", "Hai"] and fits(page)


def test_without_javascript_branches_and_days_are_links(desk, tree):
    page = desk(make_holder(tree.bloc, Role.LEADER), javascript=False, width=390)
    page.goto("/to-chuc")
    press(page, f"#u{tree.south.pk} > .node .twist")
    assert page.locator(f"#u{tree.south2.pk}").is_visible()
    press(page, ".through-time a")
    page.locator(".days summary").click()
    press(page, ".days a[data-day='2010-01-01']")
    assert page.locator(f"#u{tree.south.pk} #u{tree.south1.pk}").is_visible() and fits(page)
    press(page, f"#u{tree.south.pk} > .node .twist")
    assert page.locator(f"#u{tree.south2.pk}").count() == 0
