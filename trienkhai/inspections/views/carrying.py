"""The page of an inspection, and its way from step to step."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.inspections import actions, rules
from trienkhai.inspections.actions.stepping import days_left
from trienkhai.inspections.forms import ExtendForm, ReasonForm
from trienkhai.inspections.models import Inspection
from trienkhai.inspections.queries.remedies import remedies_of
from trienkhai.inspections.views.common import act_and_return, answer, inspection_crumbs, opening, seen_inspection
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.rules import visible_assignments


@require_GET
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """Steps for all in sight; outline and papers for who inspects; conclusion and findings for the subject once it is
    issued."""
    account, on = account_of(request), clock.today()
    found = seen_inspection(request, pk)
    inside, reads = rules.can_see_inside(account, found, on), rules.can_read_conclusion(account, found, on)
    steps = list(found.steps.prefetch_related("extensions").order_by("began_on", "pk"))
    context: dict[str, Any] = {
        "inspection": found,
        "item": found.item,
        "steps": [(row, row.is_overdue(on)) for row in steps],
        "team": list(found.item.team.order_by("-leads", "pk")),
        "inside": bool(inside),
        "reads": bool(reads),
        "may": _verdicts(account, found, on),
        "ended": rules.ended(found.unit, on).reason if found.unit.closed_on <= on else "",
        "opens": found.held_by_id in opening(account, on, found.held_by_id),
        "crumbs": inspection_crumbs(request, found),
        "on": on,
    }
    if inside:
        context["points"] = list(found.points.prefetch_related("proofs__file").order_by("position"))
    if reads:
        context["findings"] = _findings(account, found, on)
    return page(request, "inspections/inspection.html", context)


def _findings(account: Account, found: Inspection, on: date) -> list[dict[str, Any]]:
    known = found.findings.select_related("held_by__present", "closed_by", "inspection__item__programme__unit")
    rows = list(known.order_by("position"))
    remedies = remedies_of(rows)
    ids = [one.pk for remedy in remedies.values() for one in remedy.rows]
    seen = visible_assignments(account, on).filter(pk__in=ids) if ids else Assignment.objects.none()
    shown = set(seen.values_list("pk", flat=True))
    proofs: dict[int | None, list[Any]] = {}
    for proof in found.proofs.filter(finding__isnull=False).select_related("file").order_by("pk"):
        proofs.setdefault(proof.finding_id, []).append(proof)
    open_row = next((row for row in rows if not row.closed_on), None)
    may_accept = bool(open_row and rules.can_follow(account, open_row, on))
    return [
        {
            "row": row,
            "remedy": remedies[row.pk],
            "tasks": [one for one in remedies[row.pk].rows if one.pk in shown],
            "late": remedies[row.pk].is_late(on),
            "proofs": proofs.get(row.pk, []),
            "may_accept": may_accept and not row.closed_on and account.pk not in remedies[row.pk].reporters,
        }
        for row in rows
    ]


def _verdicts(account: Account, found: Inspection, on: date) -> dict[str, Any]:
    return {
        "start": rules.can_start(account, found, on),
        "outline": rules.can_outline(account, found, on),
        "examine": rules.can_examine(account, found, on),
        "find": rules.can_find(account, found, on),
        "go_on": rules.can_go_on(account, found, on),
        "extend": rules.can_extend(account, found, on),
        "drop": rules.can_drop(account, found, on),
        "write": rules.can_write_conclusion(account, found, on),
        "conclude": rules.can_conclude(account, found, on),
        "give": rules.can_give(account, found, on),
    }


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_inspection(request, pk)

    def act() -> None:
        actions.start_inspection(found.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, act, _("The inspection has begun; the unit is told."), _to(found))


def _to(found: Inspection) -> tuple[str, int]:
    return "inspections:inspection", found.pk


@require_POST
def next_step(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_inspection(request, pk)

    def act() -> None:
        actions.go_on(found.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, act, _("The next step has begun."), _to(found))


@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """More days for the present step; the page says how many are left."""
    found = seen_inspection(request, pk, rules.can_extend)
    form = ExtendForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.extend_step(found.pk, **given, by=account_of(request), at=clock.now())

    left = days_left(found, found.steps.get(ended_on=None))
    intro = (
        _("No regulation yet says by how much this step may be extended.")
        if left is None
        else _("At most %(n)s days are left to extend by.") % {"n": left}
    )
    words = {"title": _("Extend the step"), "lead": _lead(found), "intro": intro}
    return answer(request, form, act, _to(found), **words)


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_inspection(request, pk, rules.can_drop)
    form = ReasonForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.drop_inspection(found.pk, **given, by=account_of(request), at=clock.now())

    words = {"title": _("The inspection is not carried out"), "lead": _lead(found)}
    return answer(request, form, act, _to(found), **words)


def _lead(found: Inspection) -> str:
    return f"{found.unit.name} · {found.item.theme}"
