"""A clerk in a real browser: upload, correct, see it in the book, find it by its words; with and without scripts."""

from typing import Any

import pytest

from trienkhai.documents.models import Document
from trienkhai.documents.tests.make import paper
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import Tree, make_holder

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PASSWORD = "mat-khau-dai-2017"


@pytest.fixture
def clerk_page(browser: Any, live_server: Any) -> Any:
    """`clerk_page(javascript, width)` → a page of a clerk of the bloc, signed in."""
    clerk = make_holder(Tree().bloc, Role.CLERK)
    clerk.set_password(PASSWORD)
    clerk.save()
    contexts = []

    def enter(javascript: bool, width: int) -> Any:
        context = browser.new_context(
            base_url=live_server.url,
            locale="vi-VN",
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.goto("/dang-nhap")
        page.fill("input[name=username]", clerk.username)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button.primary")
        page.wait_for_url(lambda url: "/dang-nhap" not in url)
        return page

    yield enter
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)], ids=["wide", "phone-without-scripts"])
def test_upload_correction_register_and_search(clerk_page: Any, javascript: bool, width: int):
    page = clerk_page(javascript, width)

    page.goto("/van-ban/nhan")
    content = {"name": "nghi-quyet.txt", "mimeType": "text/plain", "buffer": paper().encode()}
    page.set_input_files("input[type=file]", content)
    page.check("input[name=not_secret]")
    page.click("main form button.primary")
    page.wait_for_url("**/van-ban/*")
    document = Document.objects.get()
    assert "12-NQ/ĐUTHU" in page.locator("h1").inner_text()

    page.goto(f"/van-ban/{document.pk}/sua")
    page.fill("[name=title]", "về công tác lưu trữ của chi bộ")
    page.click("main form button.primary")
    page.wait_for_url(f"**/van-ban/{document.pk}")
    assert "lưu trữ của chi bộ" in page.locator("main").inner_text()

    page.goto(f"/van-ban/so/{document.owner_id}/den?ca=1")
    assert "12-NQ/ĐUTHU" in page.locator("main table.book").inner_text()

    page.goto("/van-ban")
    page.fill("input[name=q]", "luu tru chi bo")
    page.press("input[name=q]", "Enter")
    page.wait_for_url("**q=luu*")
    page.locator("mark", has_text="lưu trữ").first.wait_for()
    page.click("main table a.title")
    page.wait_for_url(f"**/van-ban/{document.pk}*")

    text = document.texts.get()
    assert text.reading["title"] == "về công tác thử nghiệm"
