"""A clerk writes a plan in a real browser, sees it on the paper, downloads it, issues it; the reader reads it back.

With and without JavaScript, on a desk and on a telephone.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.browser import press
from trienkhai.documents.models import Document, Draft
from trienkhai.documents.reader import read_text
from trienkhai.documents.reader.files import open_document
from trienkhai.documents.reader.model import Reading
from trienkhai.orgs.models import Post, Role
from trienkhai.orgs.tests.make import Tree, make_holder

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PASSWORD = "soan-thao-2017"
BODY = """Ban Thường vụ ban hành Kế hoạch như sau:

I. NHIỆM VỤ

1. Giao Văn phòng chủ trì rà soát quy chế, hoàn thành trước ngày 30/6/2027.

| TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn |
| 1 | Xây dựng quy chế | Văn phòng | Quý II/2027 |

II. TỔ CHỨC THỰC HIỆN

Văn phòng theo dõi việc thực hiện."""


@pytest.fixture
def tree() -> Tree:
    """A clerk who signs in, and a leader who signs papers."""
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    clerk.username = "vanthu"
    clerk.set_password(PASSWORD)
    clerk.save()
    leader = make_holder(tree.bloc, Role.LEADER)
    leader.name = "Trần Minh Thử"
    leader.save()
    Post.objects.filter(holdings__account=leader).update(title="Bí thư")
    return tree


def enter(browser: Any, live_server: Any, javascript: bool, width: int) -> Any:
    context = browser.new_context(
        base_url=live_server.url,
        locale="vi-VN",
        java_script_enabled=javascript,
        viewport={"width": width, "height": 900},
        accept_downloads=True,
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto("/dang-nhap")
    page.fill("input[name=username]", "vanthu")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button.primary")
    page.wait_for_url(lambda url: "/dang-nhap" not in url)
    return page


def write(page: Any) -> None:
    page.goto("/van-ban/du-thao")
    page.click("a[href='/van-ban/du-thao/moi']")
    page.wait_for_url("**/van-ban/du-thao/moi")  # with its scripts: what is written before them asks for no preview
    page.select_option("select[name=kind]", "plan")
    for name, words in {
        "title": "thực hiện nhiệm vụ năm 2027",
        "body": BODY,
        "recipients": "Các chi bộ\nLưu Văn phòng",
        "authority": "T/M Đảng ủy",
        "issuer_name": "Đảng ủy Khối Thử",
        "parent_name": "Đảng bộ Thử",
        "symbol_body": "ĐUTHU",
        "place": "Thử",
    }.items():
        page.fill(f"[name={name}]", words)
    page.select_option("select[name=signer]", index=1)


def downloaded(page: Any, words: str, folder: Path) -> Reading:
    with page.expect_download() as waiting:
        page.click(f"a[href$='{words}']")
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    intake = open_document(path)
    return read_text(intake.text, wrapped=intake.wrapped)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_written_seen_downloaded_issued_and_read_back(
    tree: Tree, browser: Any, live_server: Any, tmp_path: Path, javascript: bool, width: int
):
    page = enter(browser, live_server, javascript, width)

    write(page)
    if javascript:
        page.locator("#preview .title", has_text="KẾ HOẠCH").wait_for()
        page.locator("#preview td", has_text="Xây dựng quy chế").wait_for()
    else:
        press(page, "button[name=preview]")
        assert "Xây dựng quy chế" in page.inner_text("#preview")
    press(page, "#draft-form button.primary")
    draft = Draft.objects.get()
    assert draft.signer_name == "Trần Minh Thử"
    for suffix in ("docx", "pdf"):
        read = downloaded(page, f"/tai/{suffix}", tmp_path)
        assert (read.doc_type, read.signer and read.signer.role) == ("Kế hoạch", "Bí thư")

    page.click(f"a[href='/van-ban/du-thao/{draft.pk}/ban-hanh']")
    page.check("input[name=not_secret]")
    page.click("main form button.primary")
    page.wait_for_url(lambda url: "du-thao" not in url)

    document = Document.objects.get()
    assert document.symbol == "01-KH/ĐUTHU"
    assert "01-KH/ĐUTHU" in page.content()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    file = document.files.order_by("pk").first()
    assert file is not None
    assert [task.lead for task in downloaded(page, f"/tep/{file.file_id}", tmp_path).tasks][:2] == ["Văn phòng"] * 2
