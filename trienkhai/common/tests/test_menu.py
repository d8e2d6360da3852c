"""The menu: entries under headings, in one order for everybody; a heading without entries is not there."""

import re
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from trienkhai.common import context
from trienkhai.common.menu import HEADINGS
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import Tree, make_holder

pytestmark = pytest.mark.django_db
ANY_PAGE = reverse("common:search")
ICONS = Path(context.__file__).parent / "static" / "icons.svg"


def page_of(client: Any, role: str) -> Any:
    """A page as one who holds that post alone, at the unit of the top."""
    client.force_login(make_holder(Tree().bloc, role))
    return client.get(ANY_PAGE)


def headings_of(page: Any) -> list[str]:
    """As the side of the page shows them."""
    rail = re.search(r'<nav class="rail".*?</nav>', page.content.decode(), re.DOTALL)
    assert rail
    return re.findall(r"<h2[^>]*>(.*?)</h2>", rail.group())


def test_a_leader_has_every_heading_in_order_and_own_work_above_them(client):
    page = page_of(client, Role.LEADER)

    groups = [group for group, _entries in groupby(entry["group"] for entry in page.context["menu"])]
    own = [entry["url"] for entry in page.context["menu"] if entry["group"] == "own"]

    assert groups == list(HEADINGS)
    assert headings_of(page) == [str(heading) for heading in HEADINGS.values() if heading]
    assert own[:2] == [reverse("tasks:mine"), reverse("tasks:approvals")]
    assert own[-1] == reverse("notices:inbox")


@pytest.mark.parametrize(
    ("role", "empty"),
    [(Role.MEMBER, {"tasks"}), (Role.MASS, {"tasks"}), (Role.ADMIN, {"tasks", "meetings", "oversight"})],
)
def test_a_heading_without_entries_is_not_there(client, role, empty):
    page = page_of(client, role)

    left = {str(heading) for group, heading in HEADINGS.items() if heading and group not in empty}
    assert set(headings_of(page)) == left
    assert "<ul></ul>" not in page.content.decode()


@pytest.mark.parametrize("role", Role.values)
def test_each_entry_has_its_own_icon_and_its_own_place(client, role):
    menu = page_of(client, role).context["menu"]

    icons = [entry["icon"] for entry in menu]
    places = [(entry["group"], entry["order"]) for entry in menu]

    assert len(set(icons)) == len(icons) and len(set(places)) == len(places)
    assert not [icon for icon in icons if f'<symbol id="{icon}"' not in ICONS.read_text()]


def test_each_list_of_the_menu_is_named_by_its_heading_at_the_side_and_on_a_phone(client):
    text = page_of(client, Role.LEADER).content.decode()

    ids = re.findall(r'id="([^"]+)"', text)
    named = re.findall(r'<ul aria-labelledby="([^"]+)"', text)

    assert len(named) == 2 * (len(HEADINGS) - 1) and len(set(named)) == len(named)
    assert all(ids.count(name) == 1 for name in named)


def test_on_a_phone_own_work_stands_at_the_foot_and_the_rest_behind_more(client):
    text = page_of(client, Role.CLERK).content.decode()
    dock = text[text.index('<nav class="dock"') :]
    foot, more = dock[: dock.index("<details")], dock[dock.index("<details") :]

    addresses = re.findall(r'<a href="([^"]+)"', foot)

    assert addresses[:3] == [reverse("tasks:mine"), reverse("notices:inbox"), reverse("documents:list")]
    assert len(addresses) == 4 and reverse("documents:drafts") in more
