"""The list of documents as people search it: marked hits, facets, kept searches, Ctrl+K; without JavaScript too."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.browser import press
from trienkhai.documents import actions
from trienkhai.documents.models import SavedSearch
from trienkhai.documents.tests.make import paper, register
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, Tree, make_account, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import Cast, make_document, make_issue

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-thu-2017"


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def clerk(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.CLERK)


def signed_in(account: Account) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="vi")
    client.force_login(account)
    return client


def symbols(response: Any) -> list[str]:
    return [row.document.symbol for row in response.context["found"].rows]


def test_hits_are_marked_in_the_subject_and_in_a_piece_of_the_text(tree: Tree, clerk: Account):
    register(tree.bloc, clerk, text=paper().replace("về công tác", "về <b> công tác"))

    page = signed_in(clerk).get("/van-ban", {"q": "thử nghiệm hướng dẫn"}).content.decode()

    assert "về &lt;b&gt; công tác <mark>thử nghiệm</mark></a>" in page
    assert 'class="snippet"' in page and "<mark>hướng dẫn</mark> trong quý I/2017" in page
    assert "<b> công" not in page


def test_htmx_gets_the_part_with_hits_and_facets_alone(tree: Tree, clerk: Account):
    register(tree.bloc, clerk)

    part = signed_in(clerk).get("/van-ban", {"q": "thử"}, HTTP_HX_REQUEST="true").content.decode()

    assert part.strip().startswith('<div id="documents"')
    assert "<html" not in part and "facets" in part


def test_facets_lead_to_narrower_lists_and_badges_back(tree: Tree, clerk: Account):
    for number, kind in enumerate(["Kế hoạch", "Kế hoạch", "Báo cáo"]):
        make_document(
            tree.bloc, symbol=f"{number}-X", doc_type=kind, title="về lưu trữ", issued_on=f"201{number + 4}-01-05"
        )
    client = signed_in(clerk)

    whole = client.get("/van-ban", {"q": "lưu trữ"})
    links = {link.label: link for _title, values in whole.context["facets"] for link in values}
    narrower = client.get(links["Kế hoạch"].url)

    assert {label: link.count for label, link in links.items()} == {
        "Kế hoạch": "2", "Báo cáo": "1", "2016": "1", "2015": "1", "2014": "1",
    }  # fmt: skip
    assert symbols(narrower) == ["1-X", "0-X"]
    assert narrower.context["form"]["loai"].value() == "Kế hoạch"
    assert symbols(client.get(narrower.context["active"][0]["url"])) == ["2-X", "1-X", "0-X"]
    assert symbols(client.get(links["2014"].url)) == ["0-X"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"q": "x"}, "hai chữ cái"),
        ({"q": "và của"}, "hầu hết"),
        ({"q": "-kế"}, "dấu “-”"),
        ({"q": "/// **"}, "chữ hoặc số"),
        ({"q": "kế hoạch " * 300}, "những từ đầu"),
        ({"tu": "2017-02-01", "den": "2017-01-01"}, "kết thúc trước"),
        ({"q": "thử nghiệ", "nam": "2017"}, "bắt đầu như"),
    ],
)
def test_what_cannot_be_looked_for_gets_its_sentence(tree: Tree, clerk: Account, query: dict[str, str], words: str):
    make_document(tree.bloc, title="về thử nghiệm", issued_on="2017-01-02")

    response = signed_in(clerk).get("/van-ban", query)

    assert response.status_code == 200
    assert words in response.content.decode()


@pytest.mark.parametrize(
    "query",
    ["nam=20170", "nam=0000", "nam=²⁰¹⁷", "tu=abc", "page=0", "page=99999999", "q=%00%ff", "den=9999-12-31&q=thu"],
)
def test_a_broken_address_is_no_fault(tree: Tree, clerk: Account, query: str):
    make_document(tree.bloc, title="về thử nghiệm")

    assert signed_in(clerk).get(f"/van-ban?{query}").status_code == 200


@pytest.mark.parametrize("query", ["q=lưu+trữ", "q=lưu+trữ&so=in&nam=2017&loai=X", "so=in", "q=lưu+trữ&giao-viec=co"])
def test_who_sees_nothing_finds_nothing(tree: Tree, query: str):
    make_document(tree.bloc, title="về lưu trữ")

    for account in (make_account(), make_holder(tree.direct, Role.ADMIN)):
        client = signed_in(account)
        assert symbols(client.get(f"/van-ban?{query}")) == []
        assert client.get(reverse("common:search"), {"q": "lưu trữ"}).status_code == 200


def test_tasks_give_the_list_a_filter():
    cast = Cast()
    issued = make_issue(cast).document
    other = make_document(cast.tree.bloc, symbol="02-NQ")
    client = signed_in(cast.leader)

    assert symbols(client.get("/van-ban?giao-viec=co")) == [issued.symbol]
    assert symbols(client.get("/van-ban?giao-viec=chua")) == [other.symbol]


def test_a_search_is_kept_under_a_name_and_removed(tree: Tree, clerk: Account):
    client, other = signed_in(clerk), signed_in(make_holder(tree.bloc, Role.CLERK))
    address = reverse("documents:save_search") + "?q=lưu+trữ&loai=Kế+hoạch&page=3&junk=1"
    assert "lưu trữ" in client.get(address).content.decode()

    answer = client.post(address, {"name": "  Lưu trữ  của tôi "})

    saved = SavedSearch.objects.get()
    assert (saved.account, saved.name) == (clerk, "Lưu trữ của tôi")
    assert "page" not in saved.address and "junk" not in saved.address
    listed = client.get(answer["Location"])
    assert f'href="/van-ban?{saved.address}"'.replace("&", "&amp;") in listed.content.decode()
    assert "Lưu trữ của tôi" not in other.get("/van-ban").content.decode()

    other.post(reverse("documents:remove_saved_search", args=[saved.pk]))
    assert SavedSearch.objects.exists()
    client.post(reverse("documents:remove_saved_search", args=[saved.pk]))
    assert not SavedSearch.objects.exists()


def test_what_cannot_be_kept_is_told_at_its_field(tree: Tree, clerk: Account):
    client, address = signed_in(clerk), reverse("documents:save_search")

    for query, name in (("?q=a+b", ""), ("?q=a+b", "n" * 81), ("", "Tên"), ("?q=" + "a" * 1200, "Tên")):
        response = client.post(address + query, {"name": name})
        assert (response.status_code, bool(response.context["form"].errors)) == (422, True)
    assert not SavedSearch.objects.exists()


def test_twenty_searches_are_kept_and_the_same_name_takes_the_place_of_the_old(tree: Tree, clerk: Account):
    for number in range(20):
        actions.save_search(f"Tên {number}", f"q={number}", by=clerk, at=NOON)

    actions.save_search("Tên 7", "q=khác", by=clerk, at=NOON)
    with pytest.raises(ValidationError):
        actions.save_search("Tên 20", "q=20", by=clerk, at=NOON)

    assert SavedSearch.objects.count() == 20
    assert SavedSearch.objects.get(name="Tên 7").address == "q=khác"


def test_the_palette_finds_words_of_the_text_symbols_and_half_typed_words(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)
    client = signed_in(clerk)

    for words in ("ban tổ chức chủ trì", "12NQ", "số 12", "công tác thử ngh", "12-nq/duthu"):
        found = client.get(reverse("common:search"), {"q": words}).content.decode()
        assert f'href="/van-ban/{document.pk}"' in found, words


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_searching_and_narrowing_on_a_phone_without_javascript(browser: Any, live_server: Any):
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    clerk.set_password(PASSWORD)
    clerk.save()
    register(tree.bloc, clerk)
    make_document(tree.bloc, symbol="07-KH/X", doc_type="Kế hoạch", title="về thử nghiệm khác", issued_on="2016-05-05")
    context = browser.new_context(
        base_url=live_server.url, locale="vi-VN", java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto("/dang-nhap")
    page.fill("input[name=username]", clerk.username)
    page.fill("input[name=password]", PASSWORD)
    press(page, "main button.primary")

    page.goto("/van-ban")
    page.fill("#id_q", "thu nghiem")
    press(page, "form.finder button")
    assert page.locator(".documents tbody tr").count() == 2
    assert page.locator(".documents mark").first.inner_text().lower() == "thử nghiệm"

    press(page, page.get_by_role("link", name="Thu hẹp"))
    press(page, ".facets a:has-text('Kế hoạch')")
    assert page.locator(".documents tbody tr").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    press(page, page.get_by_role("link", name="Lưu tìm kiếm này"))
    page.fill("input[name=name]", "Kế hoạch thử nghiệm")
    press(page, "main button.primary")
    page.goto("/van-ban")
    press(page, page.get_by_role("link", name="Kế hoạch thử nghiệm"))
    assert "07-KH/X" in page.locator(".documents tbody").inner_text()
    context.close()
