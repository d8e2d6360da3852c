"""Takes the pictures of `docs/screenshots` from a served demo: `make screenshots`, beside a running `make demo
SERVE=1`.

Every page in `PAGES` at two widths and in both themes, signed in as an ordinary user of the role that works on it.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.browser import MISSING, find_browser

FOLDER = Path("docs/screenshots")
WIDTHS = {1440: 900, 390: 844}
PASSWORD = "minhhoa-2017"
KEPT = {
    "board-1440-light",
    "board-390-light",
    "issue-1440-light",
    "assignment-390-light",
    "mine-390-dark",
    "tree-1440-dark",
}


@dataclass(frozen=True)
class Shot:
    """A page by the link that leads to it: `path`, then each of `follow` clicked (a CSS selector)."""

    name: str
    account: str
    path: str
    follow: tuple[str, ...] = ()


PAGES = (
    Shot("board", "lanhdao", "/"),
    Shot("mine", "daumoi", "/viec-cua-toi"),
    Shot("documents", "vanthu", "/van-ban/"),
    Shot("upload", "vanthu", "/van-ban/nhan"),
    Shot("document", "chuyenvien", "/van-ban/", ("main table a, main .list a",)),
    Shot("issues", "chuyenvien", "/giao-viec"),
    Shot("issue", "chuyenvien", "/giao-viec", ("main table a, main .list a",)),
    Shot("tasks", "lanhdao", "/nhiem-vu"),
    Shot("assignment", "daumoi", "/nhiem-vu", ("main table a, main .list a",)),
    Shot("approvals", "lanhdao", "/duyet"),
    Shot("tree", "lanhdao", "/to-chuc"),
    Shot("acts", "kiemtra", "/nhat-ky"),
    Shot("inbox", "lanhdao", "/hop-thu"),
)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--site", default="http://127.0.0.1:8000")
    options.add_argument("--folder", type=Path, default=FOLDER)
    options.add_argument("--all", action="store_true", help="every page, not only those the docs show")
    given = options.parse_args()
    path = find_browser()
    if path is None:
        raise SystemExit(MISSING)
    given.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for width, height in WIDTHS.items():
            for theme in ("light", "dark"):
                _round(browser, given, width, height, theme)
        browser.close()


def _round(browser: Browser, given: Any, width: int, height: int, theme: str) -> None:
    contexts: dict[str, Any] = {}
    for shot in PAGES:
        name = f"{shot.name}-{width}-{theme}"
        if not given.all and name not in KEPT:
            continue
        if shot.account not in contexts:
            contexts[shot.account] = _sign_in(browser, given.site, shot.account, width, height, theme)
        page = contexts[shot.account].new_page()
        page.goto(given.site + shot.path)
        for selector in shot.follow:
            page.locator(selector).first.click()
            page.wait_for_load_state()
        page.screenshot(path=given.folder / f"{name}.png", full_page=given.all)
        page.close()


def _sign_in(browser: Browser, site: str, account: str, width: int, height: int, theme: str) -> Any:
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    page = context.new_page()
    page.goto(f"{site}/dang-nhap")
    page.fill("input[name=username]", account)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit], main button.primary")
    page.wait_for_load_state()
    page.close()
    return context


if __name__ == "__main__":
    main()
