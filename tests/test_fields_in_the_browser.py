"""What a page says at its fields by itself, in its own words: what is missing, and days in the order of the page."""

from typing import Any

import pytest

from tests.test_pages_are_accessible import enter
from tests.world import World
from trienkhai.documents.models import Dossier
from trienkhai.orgs.models import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def form(page: Any, client: Any) -> Any:
    """The form of a new dossier, as a clerk sees it."""
    enter(page, client, World().person(Role.CLERK, "own"))
    page.goto("/ho-so/moi")
    return page.locator("main form")


def test_what_is_missing_is_said_under_each_field_and_the_first_takes_the_cursor(form: Any):
    before = Dossier.objects.count()

    form.locator("button.primary").click()

    assert form.locator("p.error").all_inner_texts() == ["Phải điền mục này."] * 2
    code = form.locator("#id_code")
    assert code.evaluate("field => field === document.activeElement")
    assert code.get_attribute("aria-invalid") == "true"
    assert "id_code_said" in code.get_attribute("aria-describedby").split()
    assert Dossier.objects.count() == before


def test_what_is_said_goes_when_the_field_is_filled_and_the_form_then_goes_through(form: Any, page: Any):
    form.locator("button.primary").click()

    form.locator("#id_code").fill("07.NQ.2017")
    assert form.locator("p.error").count() == 1
    form.locator("#id_title").fill("Sinh hoạt chuyên đề")
    assert form.locator("p.error").count() == 0
    form.locator("button.primary").click()
    page.get_by_role("heading", name="Hồ sơ 07.NQ.2017").wait_for()

    assert Dossier.objects.filter(code="07.NQ.2017").exists()


def test_day_stands_in_the_order_of_the_page_until_one_types_in_it(form: Any):
    day = form.locator(".dated").first
    field = day.locator("input")

    field.fill("2017-03-09")
    field.blur()

    assert day.locator(".face").inner_text() == "09/03/2017"
    assert day.locator(".day-said").inner_text() == "Thứ Năm"
    field.focus()
    assert not day.locator(".face").is_visible()
    field.fill("")
    field.blur()
    assert day.locator(".face").inner_text() == "ngày/tháng/năm"


def test_draft_of_a_form_that_is_restored_shows_its_day(form: Any, page: Any):
    page.goto("/van-ban/nhan")
    form.locator(".dated input").first.fill("2017-03-09")
    page.wait_for_timeout(600)  # the draft is kept a moment after the last key

    page.reload()

    assert form.locator(".dated .face").first.inner_text() == "09/03/2017"
