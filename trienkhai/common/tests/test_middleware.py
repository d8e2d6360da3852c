"""A rule's no becomes a page or a strip; every answer says what the browser may load."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxDetails

from trienkhai.common.middleware import ContentSecurityMiddleware, RefusedMiddleware
from trienkhai.common.verdict import Refused
from trienkhai.common.views import forbidden, not_found

pytestmark = pytest.mark.django_db


def request_of(*, htmx: bool) -> HttpRequest:
    request = RequestFactory().post("/nhiem-vu/1", headers={"HX-Request": "true"} if htmx else {})
    request.user, request.htmx = AnonymousUser(), HtmxDetails(request)
    return request


def answer_to(exception: Exception, *, htmx: bool) -> HttpResponse | None:
    return RefusedMiddleware(lambda _request: HttpResponse()).process_exception(request_of(htmx=htmx), exception)


def test_refused_is_a_whole_page_with_its_sentence_for_a_browser():
    response = answer_to(Refused("Việc này <đã> được duyệt."), htmx=False)

    assert response.status_code == 409
    page = response.content.decode()
    assert "<html" in page
    assert "Việc này &lt;đã&gt; được duyệt." in page


def test_refused_is_the_strip_alone_for_htmx():
    response = answer_to(Refused("Việc này đã được duyệt."), htmx=True)

    assert response.status_code == 409
    assert "<html" not in response.content.decode()
    assert 'role="alert"' in response.content.decode()
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#strip", "innerHTML")


def test_fault_is_left_to_travel_up():
    assert answer_to(ValueError("lỗi"), htmx=False) is None


def test_every_answer_forbids_foreign_sources_and_inline_scripts():
    policy = Client().get("/suc-khoe")["Content-Security-Policy"]

    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_policy_that_a_view_has_set_stays():
    own = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})

    response = ContentSecurityMiddleware(lambda _request: own)(RequestFactory().get("/"))

    assert response["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize(
    ("typed", "leads"), [("/van-ban/", "/van-ban"), ("/van-ban/?q=a&page=2", "/van-ban?q=a&page=2")]
)
def test_a_slash_too_many_leads_to_the_page(typed: str, leads: str):
    assert Client().get(typed).headers["Location"] == leads


@pytest.mark.parametrize("typed", ["/khong-co/", "/", "//vi-du.example/"])
def test_an_address_that_is_none_leads_nowhere_but_to_sign_in(typed: str):
    response = Client().get(typed)

    assert response.status_code == 404 or response.headers["Location"].startswith("/dang-nhap?")


@pytest.mark.parametrize(("view", "status"), [(not_found, 404), (forbidden, 403)])
def test_what_is_not_there_or_not_allowed_is_a_page_for_a_browser_and_its_status_alone_for_htmx(view, status: int):
    whole, bare = (view(request_of(htmx=htmx), Http404()) for htmx in (False, True))

    assert (whole.status_code, bare.status_code) == (status, status)
    assert (b"<h1>" in whole.content, bare.content) == (True, b"")
