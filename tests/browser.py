"""The browser of the tests: `$CHROMIUM`, then PATH, then the one Playwright keeps itself."""

import os
import shutil
from pathlib import Path

MISSING = (
    "A browser was not found: neither in $CHROMIUM, nor in PATH, nor among Playwright's own. "
    "Type: apt-get install chromium   (or: .venv/bin/playwright install chromium)"
)
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
