"""The list of work for three people: the whole organisation, one branch, 200 units that lie far apart."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from trienkhai.bench.organisation import Organisation
from trienkhai.bench.timing import seconds, taking_turns
from trienkhai.people.models import Account

ROUNDS = 15


def measure(organisation: Organisation) -> dict[str, float]:
    """`scope_spread`: the slower of the two narrow scopes to the full one, whole page; and the seconds of each."""
    readers = {"full": organisation.full, "branch": organisation.branch, "scattered": organisation.scattered}
    found = taking_turns({name: _reader(account) for name, account in readers.items()}, ROUNDS)
    return {
        "scope_spread": max(found["branch"], found["scattered"]) / found["full"],
        **{f"list_{name}_s": value for name, value in found.items()},
    }


def _reader(account: Account) -> Callable[[], float]:
    client = Client(headers={"host": "localhost"})
    client.force_login(account)
    url = reverse("tasks:list")

    def read() -> float:
        def get() -> None:
            response = client.get(url)
            if response.status_code != 200:
                raise RuntimeError(f"{url} answered {response.status_code}")

        return seconds(get)

    return read
