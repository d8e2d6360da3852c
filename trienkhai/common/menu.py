"""The menu: what the areas put into it, under the headings of the frame."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from trienkhai.common import slots

HEADINGS = {
    "own": "",  # at the top without a heading: what waits for the person
    "documents": pgettext_lazy("menu heading", "Documents, dossiers"),
    "tasks": pgettext_lazy("menu heading", "Carrying out"),
    "meetings": pgettext_lazy("menu heading", "Meetings, study"),
    "oversight": pgettext_lazy("menu heading", "Oversight, evaluation"),
    "organisation": pgettext_lazy("menu heading", "Organisation, administration"),
}
"""Group of an entry → its heading, in this order."""


def menu_of(request: HttpRequest) -> list[dict[str, Any]]:
    """The entries for this person: by `group`, then by `order`; each with the `heading` it stands under."""
    places = {group: place for place, group in enumerate(HEADINGS)}
    entries = [entry | {"heading": HEADINGS[entry["group"]]} for entry in slots.parts("menu", request)]
    return sorted(entries, key=lambda entry: (places[entry["group"]], entry["order"]))
