"""Every address with every role: from the own branch, from a foreign branch, from above, and with nobody signed in.

The table is `data/url_roles.yaml`. An address without a line in it fails, and so does a line without an address. All
who are not in its line get a 404, 403, 405 or 409 and leave no act behind; a look (GET) leaves none for anybody. Who
is refused in the own branch and above is not tried in a foreign one too, and a method that an address does not know
(405) is tried once. A role gets the whole page from the first place that lets it in, the own branch where it may, and
the part of a press within a page from the next. On PostgreSQL one person whom the line lets in walks each address: the
rules are the same there.
"""

from collections import defaultdict
from copy import deepcopy
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.world import ROLES, World
from trienkhai.audit.models import Act

pytestmark = pytest.mark.django_db
TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "data" / "url_roles.yaml").read_text(encoding="utf-8"))
AREAS = sorted({name.split(":")[0] for name in TABLE})
WALKS = 7
"""So many worlds are built, and as many tests walk, side by side where there are workers."""
PLACES = ("own", "bloc", "foreign")
THROUGH, STOPPED = {200, 302, 422}, {403, 404, 405, 409}


def addresses(resolver: URLResolver, namespace: str = "") -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found += addresses(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.append(namespace + pattern.name)
    return found


def test_every_address_has_its_line_and_every_line_its_address():
    assert sorted(set(addresses(get_resolver()))) == sorted(TABLE)


def allowed(entries: Any, role: str, place: str) -> bool:
    if isinstance(entries, str):
        return entries == "everyone"
    return bool({role, f"{role}@{place}"} & set(entries))


def tried(entries: Any, role: str, place: str) -> bool:
    """Places that tell something of this role: where it never gets through the own branch and the one above, where the
    place makes no difference the own one and the foreign one, else all.
    """
    through = [allowed(entries, role, each) for each in PLACES]
    return place != ("bloc" if all(through) else "foreign") or (any(through) and not all(through))


def address_of(name: str, keys: dict[str, Any]) -> str:
    return reverse(name, args=[keys[key] for key in TABLE[name].get("takes", [])])


@pytest.mark.parametrize("areas", [AREAS[turn::WALKS] for turn in range(WALKS)], ids="-".join)
def test_address_opens_for_those_of_its_line_and_for_nobody_else(areas: list[str], client: Any, kept_hints: None):
    world, names = World(), [name for name in TABLE if name.split(":")[0] in areas]
    keys, walked = world.keys(), Walked(client)

    for role, place in product(ROLES, PLACES):
        client.force_login(world.person(role, place))
        for method, name in product(("get", "post"), names):
            entries = TABLE[name].get(method, "nobody")
            may = allowed(entries, role, place)
            if (may and not walked.opened[method, name]) or (
                connection.vendor != "postgresql" and tried(entries, role, place)
            ):
                walked.visit(name, method, role, place, may, address_of(name, keys))

    assert walked.wrong == []


class Walked:
    """What was visited, and what was wrong with it."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.wrong: list[str] = []
        self.opened: dict[tuple[str, str], set[str]] = defaultdict(set)
        """Method and address → roles that it opened for."""
        self.unknown: set[tuple[str, str]] = set()
        """Methods that an address does not know."""

    def visit(self, name: str, method: str, role: str, place: str, may: bool, address: str) -> None:
        """One visit, taken back afterwards."""
        if not may and (method, name) in self.unknown:
            return
        line, client, roles = TABLE[name], self.client, self.opened[method, name]
        headers = {"HX-Request": "true"} if not may or role in roles else {}
        through = THROUGH | ({409} if line.get("refuses") else set()) | ({204} if headers else set())
        expected = through if may else STOPPED
        before, savepoint, cookies = Act.objects.count(), transaction.savepoint(), deepcopy(client.cookies)
        status = getattr(client, method)(address, headers=headers).status_code
        acts = Act.objects.count() - before
        transaction.savepoint_rollback(savepoint)
        client.cookies = cookies
        if may:
            roles.add(role)
        if status == 405:
            self.unknown.add((method, name))
        if status not in expected:
            self.wrong.append(f"{method} {name} as {role}@{place}: {status}")
        if acts and (method == "get" or not may):
            self.wrong.append(f"{method} {name} as {role}@{place} left an act")


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: Any):
    keys, wrong = World().keys(), []

    for name, line in TABLE.items():
        for method in ("get", "post"):
            answer = getattr(client, method)(address_of(name, keys))
            sent = answer.status_code == 302 and answer.url.startswith(reverse("people:sign_in"))
            if sent == bool(line.get("public")) and answer.status_code != 405 and name != "people:sign_out":
                wrong.append(f"{method} {name}: {answer.status_code}")

    assert wrong == []
