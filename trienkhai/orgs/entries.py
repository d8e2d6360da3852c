"""What this area puts into slots of earlier pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.common.folding import fold
from trienkhai.orgs.models import UnitVersion
from trienkhai.orgs.rules import named_units

SHOWN = 8


def search_units(request: HttpRequest, words: str) -> dict[str, Any] | None:
    """Units whose code, short name or name holds all the words, shorter names first."""
    rows = UnitVersion.objects.filter(unit__in=named_units(request.user, today()), unit__present__isnull=False)
    for word in fold(words).split():
        rows = rows.filter(search_text__contains=word)
    found = rows.filter(valid_to__year=9999).order_by("sort_key")[:SHOWN]
    hits = [{"url": reverse("orgs:unit", args=[row.unit_id]), "label": row.name, "hint": row.code} for row in found]
    return {"title": _("Units"), "hits": hits} if hits else None
