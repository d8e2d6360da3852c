"""The browser of the tests: `$CHROMIUM`, then PATH, then the one Playwright keeps itself; and what is done in it."""

import os
import shutil
from pathlib import Path
from typing import Any

MISSING = (
    "A browser was not found: neither in $CHROMIUM, nor in PATH, nor among Playwright's own. "
    "Type: apt-get install chromium   (or: .venv/bin/playwright install chromium)"
)
BUSY = ".htmx-request, .htmx-swapping, .htmx-settling"
QUIET_MS = 150
"""What a page does some moments after it was pressed or read (it asks for a part) has begun by then."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    """The path of a Chromium that exists; None when there is none. A wrong `$CHROMIUM` is not passed over."""
    if given := os.environ.get("CHROMIUM"):
        return shutil.which(given)
    return next(filter(None, map(shutil.which, NAMES)), None) or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def press(page: Any, target: Any) -> None:
    """Press what sends a form or leads on (a selector, a locator) and wait for what answers: a page or a part of it."""
    (page.locator(target) if isinstance(target, str) else target).first.click()
    settled(page)


def settled(page: Any) -> None:
    """Wait until the page is read to its end and no part of it is being fetched or put in. A click has waited for the
    answer that it leads to already; Playwright's `networkidle` would wait half a second more each time.
    """
    for quiet in (QUIET_MS, 0):
        page.wait_for_load_state("load")
        page.locator(BUSY).first.wait_for(state="detached")
        page.wait_for_timeout(quiet)


def fits(page: Any) -> bool:
    """Nothing scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
