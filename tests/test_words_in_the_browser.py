"""A clerk teaches the reader a word in a real browser: tried on a sentence, added, used for the next document."""

import os
from io import BytesIO
from typing import Any

import pytest

from trienkhai.documents.actions import register_document
from trienkhai.documents.models import OwnPhrase
from trienkhai.documents.tests.make import paper
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, Tree, make_holder

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
SENTENCE = "1. Ủy thác cho Ban Tổ chức Đảng ủy lập sổ theo dõi đảng viên trước ngày 30/6/2017."


def test_words_are_tried_added_and_used(page: Any):
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    clerk.set_password("mat-khau-dai-2017")
    clerk.save()
    page.goto("/dang-nhap")
    page.fill("input[name=username]", clerk.username)
    page.fill("input[name=password]", "mat-khau-dai-2017")
    page.click("main button.primary")
    page.wait_for_url(lambda url: "/dang-nhap" not in url)

    page.goto("/van-ban/may-doc")
    page.get_by_label("Từ ngữ", exact=True).fill("ủy thác cho")
    page.get_by_label("Xem thử trên một câu").fill(SENTENCE)
    page.get_by_role("button", name="Xem thử").click()
    page.wait_for_selector("#trial")
    tried = page.locator("#trial tbody tr").all_inner_texts()
    picture(page, "trial")
    page.get_by_role("button", name="Thêm từ ngữ").click()
    page.get_by_text("Máy đã biết từ ngữ “ủy thác cho”").wait_for()
    picture(page, "added")

    assert "Ban Tổ chức Đảng ủy\t" not in tried[0] and "Ban Tổ chức Đảng ủy" in tried[1]
    assert OwnPhrase.objects.get().words == "ủy thác cho"
    text = paper().replace("1. Các đảng ủy", f"{SENTENCE}\n\n2. Các đảng ủy").replace("2. Ban", "3. Ban")
    document = register_document(tree.bloc, BytesIO(text.encode()), name="a.txt", not_secret=True, by=clerk, at=NOON)
    assert "Ban Tổ chức Đảng ủy" in [task["lead"] for task in document.texts.get().reading["tasks"]]
    page.get_by_role("button", name="Bỏ “ủy thác cho”").click()
    page.get_by_text("Chưa có từ ngữ riêng").wait_for()


def picture(page: Any, name: str) -> None:
    """Kept for whoever sets $TRIENKHAI_PICTURES: wide and narrow, light and dark."""
    folder = os.environ.get("TRIENKHAI_PICTURES")
    if not folder:
        return
    for width in (1440, 390):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})
