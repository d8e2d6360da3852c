"""People at their own browsers, for tests in which two or more of them work on one thing."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from trienkhai.common.models import Installation
from trienkhai.demo.entries import PASSWORD
from trienkhai.people.models import Account


@pytest.fixture
def today(db: None) -> date:
    """The day on which the site is read: some weeks after the small organisation of the tests began its work."""
    day = date(2017, 3, 10)
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": day})
    return day


@pytest.fixture
def open_browser(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """`open_browser()` → another person's browser, Vietnamese; `javascript=False` for one without."""
    contexts = []

    def enter(*, javascript: bool = True, width: int = 1440) -> Any:
        context = browser.new_context(
            base_url=live_server.url,
            locale="vi-VN",
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        return context

    yield enter
    for context in contexts:
        context.close()


@pytest.fixture
def desk(open_browser: Callable[..., Any], live_server: Any) -> Callable[..., Any]:
    """`desk(account)` → a page of that person's own browser, signed in; its words as those of `open_browser`."""

    def enter(account: Account, **words: Any) -> Any:
        client = Client()
        client.force_login(account)
        context = open_browser(**words)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return context.new_page()

    return enter


@pytest.fixture
def sign_in(open_browser: Callable[..., Any]) -> Callable[..., Any]:
    """`sign_in(username)` → as `desk`, for people of the demo, who type their password."""

    def enter(username: str, **words: Any) -> Any:
        page = open_browser(**words).new_page()
        page.goto("/dang-nhap")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button.primary")
        page.wait_for_url(lambda url: "/dang-nhap" not in url)
        return page

    return enter
