"""Files looked at in the page: what is shown, to whom, and what never reaches the browser."""

import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from trienkhai.documents.actions import add_file, quarantine_document, register_document
from trienkhai.documents.models import Document, StoredFile
from trienkhai.documents.preview import word as word_preview
from trienkhai.documents.preview.pages import page_count, page_image
from trienkhai.documents.preview.word import word_as_html
from trienkhai.documents.reader.refusals import Unreadable
from trienkhai.documents.tests.make import paper
from trienkhai.documents.tests.make_files import EXTERNAL, docx, pdf, word
from trienkhai.documents.tests.test_pages import signed_in
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.people.models import Account

PAGES = ("Trang thu nhat cua van ban minh hoa", "Trang thu hai cua van ban minh hoa")
SCRIPT = "<w:p><w:r><w:t>&lt;script&gt;alert(1)&lt;/script&gt;</w:t></w:r></w:p>"
FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "javascript:alert(1)"</w:instrText>'
    '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:hyperlink r:id="r9"><w:r><w:t>xem tiếp</w:t></w:r>'
    "</w:hyperlink></w:p>"
)
PICTURE = '<w:p><w:r><w:drawing><a:blip r:link="r9"/></w:drawing></w:r></w:p>'


@pytest.fixture
def tree(db: None) -> Tree:
    return Tree()


@pytest.fixture
def clerk(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.CLERK)


@pytest.fixture(autouse=True)
def own_pictures(settings: Any, tmp_path: Path) -> None:
    settings.PREVIEW_FOLDER = tmp_path / "preview"


def received(tree: Tree, by: Account, content: bytes, name: str) -> Document:
    return register_document(tree.bloc, BytesIO(content), name=name, not_secret=True, by=by, at=NOON)


def file_of(document: Document) -> StoredFile:
    return document.files.get().file


def html(body: str, parts: dict[str, str] | None = None) -> str:
    return word_as_html(BytesIO(word(body, parts))).html


def test_headings_bold_words_and_tables_are_kept():
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:jc w:val="center"/></w:pPr><w:r><w:t>Phần I</w:t></w:r></w:p>'
        '<w:p><w:r><w:rPr><w:b/><w:i w:val="0"/></w:rPr><w:t>đậm</w:t></w:r><w:r><w:t> thường</w:t></w:r></w:p>'
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>Ô</w:t></w:r></w:p></w:tc></w:tr>'
        "</w:tbl>"
    )

    shown = html(body)

    assert '<h2 class="centre">Phần I</h2>' in shown
    assert "<p><b>đậm</b> thường</p>" in shown
    assert '<td colspan="2"><p>Ô</p>' in shown


def test_nothing_of_the_files_own_markup_links_or_pictures_is_left():
    shown = html(SCRIPT + FIELD + PICTURE, {"word/_rels/document.xml.rels": EXTERNAL})

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "xem tiếp" in shown
    for trace in ("<script", "javascript:", "evil.example", "<img", "<a ", "href", "src="):
        assert trace not in shown


def test_a_huge_table_is_cut_and_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(word_preview, "CELLS", 100)
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>" * 20 + "</w:tr>"

    shown = word_as_html(BytesIO(word(f"<w:tbl>{row * 500}</w:tbl><w:p/>")))

    assert not shown.whole
    assert shown.html.count("<td") <= 120
    assert shown.html.count("<table") == shown.html.count("</table>") == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 no zip",
        word("<w:p>"),
        word("<w:tbl>" * 300 + "</w:tbl>" * 300),
        word("<w:p/>", {"word/vbaProject.bin": "x"}),
        word("<w:p/>", {"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}),
    ],
)
def test_a_package_that_is_damaged_or_unsafe_is_not_shown(content: bytes):
    try:
        shown = word_as_html(BytesIO(content))
    except Unreadable:
        return
    assert "<!" not in shown.html


def test_a_page_of_a_pdf_is_a_picture_of_bounded_size(tree: Tree, clerk: Account):
    row = file_of(received(tree, clerk, pdf(*PAGES, size="0 0 14000 300"), "a.pdf"))

    picture = page_image(row, 2).read_bytes()

    assert page_count(row) == 2
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    assert 0 < width <= 1101 and 0 < height <= 3301
    body = picture[picture.index(b"IDAT") + 4 :]
    assert len(zlib.decompressobj().decompress(body)) == height * (1 + 3 * width)


def test_a_pdf_that_runs_something_when_opened_is_a_picture_all_the_same(tree: Tree, clerk: Account):
    action = "<< /S /JavaScript /JS (app.launchURL\\('http://evil.example'\\)) >>"
    row = file_of(received(tree, clerk, pdf(*PAGES, action=action), "a.pdf"))

    response = signed_in(clerk).get(f"/van-ban/tep/{row.pk}/trang/1.png")

    content = b"".join(response.streaming_content)
    assert response["Content-Type"] == "image/png"
    assert b"JavaScript" not in content and b"evil" not in content


def test_pictures_are_kept_and_the_oldest_go_beyond_the_limit(tree: Tree, clerk: Account, settings: Any):
    row = file_of(received(tree, clerk, pdf(*PAGES), "a.pdf"))
    first = page_image(row, 1)
    made = first.stat().st_ino
    assert page_image(row, 1).stat().st_ino == made

    settings.PREVIEW_BYTES = first.stat().st_size
    page_image(row, 2)

    assert not first.exists()
    assert not list(Path(settings.PREVIEW_FOLDER).glob("*/*/tmp*"))


@pytest.mark.django_db(transaction=True)
def test_what_is_locked_away_leaves_no_picture(settings: Any):
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    document = received(tree, clerk, pdf(*PAGES), "a.pdf")
    kept = page_image(file_of(document), 1)

    quarantine_document(document.pk, by=clerk, at=NOON)

    assert not kept.exists()
    assert not kept.parent.exists()


def test_a_pdf_is_shown_page_by_page_beside_what_was_read(tree: Tree, clerk: Account):
    row = file_of(received(tree, clerk, pdf(*PAGES), "a.pdf"))
    client = signed_in(clerk)

    page = client.get(f"/van-ban/tep/{row.pk}/xem?trang=2").content.decode()

    assert f'src="/van-ban/tep/{row.pk}/trang/2.png"' in page
    assert 'rel="prev"' in page and 'rel="next"' not in page
    assert "Trang thu nhat" in page
    for asked in ("0", "99", "x", "-1"):
        assert client.get(f"/van-ban/tep/{row.pk}/xem?trang={asked}").status_code == 200


def test_a_word_file_is_shown_in_a_frame_that_runs_and_loads_nothing(tree: Tree, clerk: Account):
    row = file_of(received(tree, clerk, docx(paper()), "a.docx"))
    client = signed_in(clerk)

    page = client.get(f"/van-ban/tep/{row.pk}/xem").content.decode()
    frame = client.get(f"/van-ban/tep/{row.pk}/word")

    assert f'<iframe class="word" sandbox src="/van-ban/tep/{row.pk}/word"' in page
    assert frame["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "script-src" not in frame["Content-Security-Policy"]
    assert (frame["X-Frame-Options"], frame["Cache-Control"]) == ("SAMEORIGIN", "private, no-store")
    assert "về công tác thử nghiệm" in frame.content.decode()


def test_only_who_sees_the_document_looks_at_its_file(tree: Tree, clerk: Account):
    one = file_of(received(tree, clerk, pdf(*PAGES), "a.pdf"))
    two = file_of(received(tree, clerk, docx(paper("13-NQ/ĐUTHU")), "a.docx"))
    page_image(one, 1)
    stranger = signed_in(make_holder(tree.south, Role.LEADER))

    for address in (f"{one.pk}/xem", f"{one.pk}/trang/1.png", f"{two.pk}/xem", f"{two.pk}/word"):
        assert stranger.get(f"/van-ban/tep/{address}").status_code == 404


def test_what_cannot_be_shown_says_so_or_is_not_there(tree: Tree, clerk: Account):
    document = received(tree, clerk, docx(paper()), "a.docx")
    word_file = file_of(document)
    broken = add_file(
        document.pk, BytesIO(b"abc"), kind="attachment", reason="thu", not_secret=True, name="a.xlsx", by=clerk, at=NOON
    )
    client = signed_in(clerk)
    default_storage.delete(word_file.path)

    page = client.get(f"/van-ban/tep/{word_file.pk}/xem")

    assert page.status_code == 200 and page.context["fault"]
    assert client.get(f"/van-ban/tep/{word_file.pk}/word").status_code == 404
    assert client.get(f"/van-ban/tep/{word_file.pk}/trang/1.png").status_code == 404
    assert client.get(f"/van-ban/tep/{broken.file_id}/xem").status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_the_browser_a_hostile_file_runs_nothing_and_asks_no_other_host(page: Any, live_server: Any):
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in paper().splitlines())
    content = word(body + SCRIPT + FIELD + PICTURE, {"word/_rels/document.xml.rels": EXTERNAL})
    row = file_of(received(tree, clerk, content, "a.docx"))
    asked: list[str] = []
    dialogs: list[Any] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog), dialog.dismiss()))
    page.context.add_cookies(
        [{"name": "sessionid", "value": signed_in(clerk).cookies["sessionid"].value, "url": live_server.url}]
    )

    page.goto(f"/van-ban/tep/{row.pk}/xem")
    frame = page.frame_locator("iframe.word")

    frame.get_by_text("về công tác thử nghiệm").wait_for()
    frame.get_by_text("<script>alert(1)</script>").wait_for()
    assert frame.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(255, 255, 255)"
    assert dialogs == []
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
