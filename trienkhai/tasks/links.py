"""Addresses of the verbs of an assignment, and of the lists that numbers count."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

SLUGS = {
    "acknowledge": "tiep-nhan",
    "update": "cap-nhat",
    "submit": "bao-cao",
    "approve": "duyet",
    "return": "tra-lai",
    "pause": "tam-dung",
    "resume": "tiep-tuc",
    "withdraw": "thu-hoi",
    "extend": "gia-han",
    "reopen": "mo-lai",
    "confirm": "xac-nhan",
    "ask": "de-nghi",
    "name_person": "phan-cong",
    "wait": "cho",
}
"""Verb → its word in the address; the name of the address is the verb's."""


def verb_url(name: str, assignment_id: int) -> str:
    return reverse(f"tasks:{name}", args=[assignment_id])


def list_url(page: str = "tasks:list", **params: Any) -> str:
    """A list with its filter; names are written with `_` for `-`, empty values left out."""
    given = {name.replace("_", "-"): value for name, value in params.items() if value not in (None, "")}
    return reverse(page) + (f"?{urlencode(given)}" if given else "")
