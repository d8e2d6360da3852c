"""The main pages, as the people whose work they are: nothing that axe calls serious or critical, light or dark."""

from typing import Any

import pytest

from tests.world import World
from trienkhai.orgs.models import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PAGES = {
    Role.LEADER: (
        "/bang-dieu-hanh/{unit}",
        "/viec-cua-toi",
        "/duyet",
        "/nhiem-vu",
        "/nhiem-vu/{assignment}",
        "/nhiem-vu/{assignment}/tra-lai",
        "/to-chuc",
        "/don-vi/{unit}",
        "/nhat-ky",
        "/hop-thu",
    ),
    Role.OFFICER: (
        "/giao-viec/{draft}",
        "/giao-viec/{draft}/pham-vi",
        "/giao-viec/viec/{draft_task}",
        "/van-ban/{document}",
    ),
    Role.CLERK: ("/van-ban", "/van-ban/nhan", "/van-ban/{document}/sua", "/tai-khoan", "/khong-co"),
}


@pytest.mark.parametrize("role", PAGES)
def test_page_has_no_serious_barrier_in_either_theme(role: Role, page: Any, client: Any):
    from axe_playwright_python.sync_playwright import Axe

    world = World()
    client.force_login(world.person(role, "own"))
    cookie = client.cookies["sessionid"].value
    found = []

    page.goto("/dang-nhap")
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": page.url}])
    for address in (path.format(**world.keys()) for path in PAGES[role]):
        page.goto(address)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            found += [f"{address} ({theme}): {barrier}" for barrier in barriers(Axe().run(page))]

    assert found == []


def barriers(answer: Any) -> list[str]:
    rows = (row for row in answer.response["violations"] if row["impact"] in ("serious", "critical"))
    return [f"{row['id']}: {node['html']}" for row in rows for node in row["nodes"]]
