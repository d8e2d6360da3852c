"""Takes the pictures of `docs/screenshots` from a served demo: `make screenshots`, beside a running `make demo
SERVE=1`.

Every page in `PAGES` at two widths and in both themes, signed in as an ordinary user of the role that works on it.
A page that finds no data says so; those of the exchange axis need `trienkhai edxml organ` first.
"""

import argparse
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.browser import MISSING, find_browser
from tools.pictured import PAGES

FOLDER = Path("docs/screenshots")
WIDTHS = {1440: 900, 390: 844}
PASSWORD = "minhhoa-2017"
COLOURS = 128
"""A picture the docs show is stored in so many colours: a third of the size, and nothing on it is lost to the eye."""
KEPT = {
    "approvals-1440-light",
    "concretise-1440-light",
    "coverage-1440-light",
    "focus-1440-light",
    "mine-officer-1440-light",
    "programme-1440-light",
    "sent-1440-light",
    "study-mine-officer-1440-light",
    "urging-1440-light",
    "urging-letter-1440-light",
    "board-1440-light",
    "board-390-light",
    "issue-1440-light",
    "assignment-390-light",
    "mine-390-dark",
    "tree-1440-dark",
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--site", default="http://127.0.0.1:8000")
    options.add_argument("--folder", type=Path, default=FOLDER)
    options.add_argument("--all", action="store_true", help="every page, not only those the docs show")
    options.add_argument("--only", default="", help="pages whose name holds this")
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
    contexts: dict[tuple[str, str], BrowserContext] = {}
    for shot in PAGES:
        name = f"{shot.name}-{width}-{theme}".replace("/", "")
        if given.only not in shot.name or (not given.all and name not in KEPT):
            continue
        who = shot.account, shot.language
        if who not in contexts:
            contexts[who] = _sign_in(browser, given.site, *who, width, height, theme)
        page = contexts[who].new_page()
        try:
            _go(page, given.site, shot.way)
        except Error as fault:
            print(f"{name}: {fault.message.splitlines()[0]}")
        picture = given.folder / f"{name}.png"
        page.screenshot(path=picture, full_page=given.all)
        if not given.all:
            Image.open(picture).convert("RGB").quantize(COLOURS).save(picture, optimize=True)
        page.close()


def _go(page: Page, site: str, way: tuple[str, ...]) -> None:
    page.goto(site + way[0], wait_until="networkidle")
    for step in way[1:]:
        selector, fills, value = step.partition(" := ")
        target = page.locator(selector).first
        target.fill(value) if fills else target.click()
        page.wait_for_load_state("networkidle")


def _sign_in(
    browser: Browser, site: str, account: str, language: str, width: int, height: int, theme: str
) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=theme,
        locale="vi-VN" if language == "vi" else "en-GB",
        timezone_id="Asia/Ho_Chi_Minh",
    )
    context.set_default_timeout(30_000)
    context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    if account:
        page = context.new_page()
        page.goto(f"{site}/dang-nhap")
        page.fill("input[name=username]", account)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button.primary")
        page.wait_for_load_state()
        page.close()
    return context


if __name__ == "__main__":
    main()
