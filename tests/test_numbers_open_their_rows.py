"""Every computed number of the organisation's life opens into its rows, as many as it says.

The pages of the areas are walked along their links, with those who see much and those who see little.
"""

import re
from collections import Counter
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest

from tests.open_numbers import Number, links_of, numbers_of, rows_opened
from tests.world import World
from trienkhai.orgs.models import Role

pytestmark = pytest.mark.django_db
STARTS = (
    "/sinh-hoat",
    "/y-kien",
    "/kiem-tra",
    "/danh-gia",
    "/khen-thuong",
    "/giam-sat",
    "/neu-guong",
    "/buoi-lam-viec",
    "/bang-dieu-hanh/{unit}/ky-luat?quy=2017-1",
)
AREAS = ("/sinh-hoat", "/cuoc-hop", "/dan-chu", "/ky-luat", *STARTS[1:8])
OF_A_KIND = 3
TIMES = ("quy", "nam", "ngay", "page")
"""What chooses another time, or another page of one list."""
PEOPLE = ((Role.LEADER, "own"), (Role.OFFICER, "bloc"), (Role.CLERK, "own"))


class Walk:
    """Pages by their address, each read once."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.pages: dict[str, str] = {}

    def page(self, address: str) -> str:
        """Its HTML; nothing for what is no page."""
        path = address.partition("#")[0]
        if path not in self.pages:
            answer = self.client.get(path)
            is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
            self.pages[path] = answer.content.decode() if is_page else ""
        return self.pages[path]

    def from_(self, starts: list[str]) -> list[str]:
        """Addresses of pages of the areas that links lead to: all kinds, three of each, whatever their time."""
        found: dict[tuple[Any, ...], str] = {}
        kinds: Counter[str] = Counter()
        ahead = list(starts)
        while ahead:
            address = ahead.pop(0)
            kind = re.sub(r"\d+", "N", urlsplit(address).path)
            if (
                kinds[kind] < OF_A_KIND
                and (asked := but_for_time(address)) not in found
                and (page := self.page(address))
            ):
                kinds[kind] += 1
                found[asked] = address
                ahead += [to for link in links_of(page) if in_areas(to := resolved(address, link))]
        return list(found.values())


def but_for_time(address: str) -> tuple[Any, ...]:
    parts = urlsplit(address)
    return parts.path, *(pair for pair in sorted(parse_qsl(parts.query)) if pair[0] not in TIMES)


def in_areas(address: str) -> bool:
    """A dossier has a test of its own: what stands in it is what was stored."""
    path = urlsplit(address).path
    return (path.startswith(AREAS) or "/ky-luat" in path) and "/ho-so/" not in path


def resolved(address: str, link: str) -> str:
    return urlsplit(address).path + link if link.startswith("?") else urljoin(address, link)


def fault(walk: Walk, address: str, number: Number) -> str:
    if number.below is not None:
        rows = number.below
    elif not number.value:
        return ""
    elif not number.url:
        return f"{address}: {number.words} opens nothing"
    elif not (page := walk.page(to := resolved(address, number.url))):
        return f"{address}: {number.words} leads to no page: {to}"
    else:
        rows = rows_opened(page, to.partition("#")[2])
    return "" if rows == number.value else f"{address}: {number.words} opens {rows} rows: {number.url or 'below'}"


def test_every_number_opens_as_many_rows_as_it_says(client: Any):
    world, wrong, opened = World(), [], 0

    for role, place in PEOPLE:
        client.force_login(world.person(role, place))
        walk = Walk(client)
        addresses = walk.from_([start.format(**world.keys()) for start in STARTS])
        numbers = [(address, number) for address in addresses for number in numbers_of(walk.page(address))]
        wrong += [f"{role}@{place} {found}" for address, number in numbers if (found := fault(walk, address, number))]
        opened += sum(bool(number.url) for _, number in numbers)

    assert not wrong, "\n".join(wrong)
    assert opened > len(PEOPLE)
