"""Subjects are named or drawn; a draw is shown whole."""

import secrets
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.inspections import actions, norms, rules
from trienkhai.inspections.forms import DrawForm, SubjectForm
from trienkhai.inspections.models import Candidate, Draw, Finding
from trienkhai.inspections.queries.integrity import counts_kept, digest_of_draw, repeats
from trienkhai.inspections.risk import FIGURES, RANDOM, RISK, lot
from trienkhai.inspections.views.common import answer, item_crumbs, opening, seen_item
from trienkhai.people.requests import account_of
from trienkhai.tasks.queries.wanted import number_of
from trienkhai.tasks.rules import visible_assignments

SEED_BYTES = 16
ROWS = ("late", "corrected", "urged")
PAGE = 50
CHOSEN = {"rui-ro": RISK, "ngau-nhien": RANDOM}
"""What of a draw is asked for → the way those units were chosen."""


@require_http_methods(["GET", "POST"])
def subject_add(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    found = seen_item(request, pk)
    rules.can_set_subjects(account, found, on).require()
    form = SubjectForm(request.POST or None, within=found.programme.unit, on=on)

    def act(given: dict[str, Any]) -> None:
        actions.add_subject(found.pk, given["unit"], by=account, at=clock.now())

    words = {"title": _("Name a unit to be inspected"), "lead": found.theme}
    return answer(request, form, act, ("inspections:item", found.pk), **words)


@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """By score, by lot or both; the seed comes from the machine, not from the person."""
    account, on = account_of(request), clock.today()
    found = seen_item(request, pk)
    rules.can_set_subjects(account, found, on).require()
    form = DrawForm(request.POST or None, initial={"scope": "children"})

    def act(given: dict[str, Any]) -> None:
        seed = secrets.token_hex(SEED_BYTES)
        actions.draw_subjects(found.pk, **given, seed=seed, by=account, at=clock.now())

    place = found.programme.unit.path or ""
    words = {"title": _("Draw units to be inspected"), "lead": found.theme, "button": _("Draw")}
    to = ("inspections:item", found.pk)
    rule = norms.ruling(norms.RISK, on=on, place=place)
    return answer(request, form, act, to, template="draw", said=_("The draw is made and kept."), rule=rule, **words)


@require_GET
def drawing(request: HttpRequest, pk: int) -> HttpResponse:
    """Every unit that could have been drawn, those chosen first, with its figures, score and lot; `chon`: only those
    chosen in one way. Asked to (`lam-lai`), it is made once more: that reads and sorts every row."""
    account, on = account_of(request), clock.today()
    rows = Draw.objects.filter(item__in=rules.visible_items(account, on)).select_related("by", "item__programme__unit")
    found = get_object_or_404(rows, pk=pk)
    chosen = CHOSEN.get(request.GET.get("chon", ""))
    listed = found.candidates.filter(way=chosen) if chosen else found.candidates.all()
    candidates = Paginator(listed.order_by("place"), PAGE).get_page(request.GET.get("page"))
    ways = {"risk": Count("pk", filter=Q(way=RISK)), "lot": Count("pk", filter=Q(way=RANDOM))}
    again = "lam-lai" in request.GET
    context = {
        "draw": found,
        "lines": [(row, counts_kept(row.figures), lot(found.seed, row.code)[:12]) for row in candidates],
        "candidates": candidates,
        "ways": found.candidates.aggregate(**ways, n=Count("pk")),
        "narrowed": bool(chosen),
        "again": again,
        "repeats": again and repeats(found) and digest_of_draw(found) == found.digest,
        "weights": found.norm.get("value", {}),
        "crumbs": [
            *item_crumbs(found.item),
            {"label": found.item.theme[:60], "url": reverse("inspections:item", args=[found.item_id])},
        ],
    }
    return page(request, "inspections/drawing.html", context)


@require_GET
def candidate(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """The rows behind the figures of one unit in a draw, as far as the person sees them."""
    account, on = account_of(request), clock.today()
    seen = Draw.objects.filter(item__in=rules.visible_items(account, on))
    rows = Candidate.objects.filter(draw__in=seen).select_related("draw__item__programme__unit", "unit__present")
    found = get_object_or_404(rows, draw=number_of(str(pk)), unit=number_of(str(unit)))
    figures = found.figures
    tasks = visible_assignments(account, on).select_related("task__document", "held_by__present")
    wanted = {pk for name in ROWS for pk in figures.get(name, [])}
    known = {row.pk: row for row in tasks.filter(pk__in=wanted)}
    inspections = rules.visible_inspections(account, on)
    open_then = figures.get("findings", [])
    findings = Finding.objects.filter(pk__in=open_then, inspection__in=inspections)
    shown = list(findings.select_related("inspection__item").order_by("pk"))
    context = {
        "candidate": found,
        "groups": [_group(name, figures.get(name, []), known) for name in ROWS],
        "findings": shown,
        "unseen": len(open_then) - len(shown),
        "opens": opening(account, on, found.unit_id),
        "counts": {name: counts_kept(figures).get(name, 0) for name in FIGURES},
        "crumbs": [{"label": _("The draw"), "url": reverse("inspections:drawing", args=[found.draw_id])}],
    }
    return page(request, "inspections/candidate.html", context)


def _group(name: str, ids: list[int], known: dict[int, Any]) -> tuple[str, int, list[Any], int]:
    """A figure with its number then, the rows that the person sees, and how many are out of sight."""
    rows = [known[pk] for pk in ids if pk in known]
    return name, len(ids), rows, len(ids) - len(rows)
