"""People at their own browsers, for tests in which two or more of them work on one thing."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from trienkhai.common.models import Installation
from trienkhai.people.models import Account


@pytest.fixture
def today(db: None) -> date:
    """The day on which the site is read: some weeks after the small organisation of the tests began its work."""
    day = date(2017, 3, 10)
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": day})
    return day


@pytest.fixture
def desk(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """`desk(account)` → a page of that person's own browser, signed in; `javascript=False` for one without."""
    contexts = []

    def enter(account: Account, *, javascript: bool = True, width: int = 1440) -> Any:
        client = Client()
        client.force_login(account)
        context = browser.new_context(
            base_url=live_server.url,
            locale="vi-VN",
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return context.new_page()

    yield enter
    for context in contexts:
        context.close()
