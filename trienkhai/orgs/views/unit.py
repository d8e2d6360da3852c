"""The page of one unit, as it was on any day."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from trienkhai.common import clock, paths, slots
from trienkhai.common.htmx import page
from trienkhai.orgs import branches, rules
from trienkhai.orgs.life import events_of
from trienkhai.orgs.models import Relation, Unit, UnitPlace, UnitVersion
from trienkhai.orgs.queries import kind_names, posts_with_holders, sector_names, term_on
from trienkhai.orgs.views.tree import read_day
from trienkhai.people.requests import account_of


@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the unit was on `ngay`, who held its posts, what stood below it; its life. Anyone with a post may look."""
    account = account_of(request)
    today = clock.today()
    on = read_day(request, today)
    shown = get_object_or_404(rules.named_units(account, today).select_related("present"), pk=pk)
    language = (get_language() or "vi")[:2]
    kinds, sectors = kind_names(on, language), sector_names(on, language)
    plain = reverse("orgs:unit", args=[pk])
    manages = on == today and rules.can_manage_units(account, today, shown)
    context = {
        "unit": shown,
        "on": on,
        "past": on != today,
        "now_url": plain,
        "as_of": [(on, f"{plain}?ngay={on.isoformat()}", True)],
        "terms": list(shown.terms.order_by("-starts_on")),
        "term": term_on(shown, on),
        "posts": posts_with_holders(shown, on),
        "kinds": kinds,
        "sectors": sectors,
        "events": events_of(shown, kinds, sectors),
        "can_manage": manages,
        "actions": slots.parts("orgs.unit.actions", request, shown),
        "standing": shown.established_on <= on < shown.closed_on,
    }
    return page(request, "orgs/unit.html", context | _as_of(shown, on, today, kinds))


def _as_of(unit: Unit, on: date, today: date, kinds: dict[str, str]) -> dict[str, Any]:
    """The unit's words, place and children of that day. Six queries, whatever stands below."""
    version = _version(unit, on)
    rows = branches.rows_below([unit.pk], on)
    below = branches.split(rows)[unit.pk]
    numbers = branches.numbers_below([unit.pk, *(row.unit_id for row in rows)], on)
    told = branches.differences([*rows, version], today, kinds) if on != today else {}
    ways = paths.ids(_path(unit, on))
    above = {row.unit_id: row for row in branches.standing_rows(on).filter(unit__in=ways[:-1])}
    number = numbers.get(unit.pk, {}).get(Relation.SUBORDINATE, 0)
    asked = f"?ngay={on.isoformat()}" if on != today else ""
    return {
        "version": version,
        "depth": len(ways),
        "above": above.get(version.parent_id) if version.parent_id else None,
        "crumbs": [
            {"label": row.short_name or row.name, "url": reverse("orgs:unit", args=[step]) + asked}
            for step in ways[:-1]
            if (row := above.get(step))
        ],
        "children": below[Relation.SUBORDINATE],
        "others": [*below[Relation.ATTACHED], *below[Relation.EXTERNAL]],
        "number": number,
        "left": number - len(below[Relation.SUBORDINATE]),
        "counts": {row.unit_id: numbers.get(row.unit_id, {}).get(Relation.SUBORDINATE, 0) for row in rows},
        "differences": told,
        "asked": asked,
    }


def _version(unit: Unit, on: date) -> UnitVersion:
    """What the unit was called that day; before it was founded its first version, after its end the last."""
    rows = UnitVersion.objects.filter(unit=unit)
    found = rows.filter(valid_from__lte=on).order_by("-valid_from").first() or rows.order_by("valid_from").first()
    assert found is not None
    return found


def _path(unit: Unit, on: date) -> str:
    rows = UnitPlace.objects.filter(unit=unit, valid_from__lte=on, valid_to__gt=on).values_list("path", flat=True)
    return rows.first() or unit.path or ""
