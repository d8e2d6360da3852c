"""What this area puts into slots of earlier pages."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold
from trienkhai.orgs.models import Holding, UnitVersion
from trienkhai.orgs.rules import named_units

SHOWN = 8


def search_units(request: HttpRequest, words: str) -> dict[str, Any] | None:
    """Units with words that begin so in code, short name or name, by name."""
    rows = UnitVersion.objects.filter(unit__in=named_units(request.user, today()), unit__present__isnull=False)
    found = rows.filter(search_text__words=fold(words).split(), valid_to__year=9999).order_by("sort_key")[:SHOWN]
    hits = [{"url": reverse("orgs:unit", args=[row.unit_id]), "label": row.name, "hint": row.code} for row in found]
    return {"title": _("Units"), "hits": hits} if hits else None


def account_post(request: HttpRequest, obj: Any) -> str | None:
    """In the account menu: the posts by which the person acts today, the own ones first."""
    held = list(_held(request)[:3])
    return "; ".join(f"{row.post.title}, {row.post.unit.short_name}" for row in held) or None


def profile_posts(request: HttpRequest, account: Any) -> list[dict[str, Any]]:
    """On the page of one's own account: every post held today."""
    return [
        {
            "title": row.post.title,
            "role": row.post.get_role_display(),
            "unit": row.post.unit.name,
            "url": reverse("orgs:unit", args=[row.post.unit_id]),
            "until": None if row.valid_to == OPEN_END else row.valid_to,
        }
        for row in _held(request)
    ]


def _held(request: HttpRequest) -> QuerySet[Holding]:
    rows = Holding.objects.on(today()).filter(account=request.user.pk).select_related("post__unit__present")
    return rows.order_by("post__unit__path", "pk")
