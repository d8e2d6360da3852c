"""The conclusion, the findings as tasks, remedies accepted."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go
from trienkhai.inspections import actions, rules
from trienkhai.inspections.forms import AcceptForm, ConclusionForm, GiveForm
from trienkhai.inspections.models import Finding, Inspection
from trienkhai.inspections.queries.marks import mark_of
from trienkhai.inspections.queries.remedies import proof_of_remedy
from trienkhai.inspections.views.common import act_and_return, answer, seen_inspection
from trienkhai.people.requests import account_of


@require_http_methods(["GET", "POST"])
def conclusion(request: HttpRequest, pk: int) -> HttpResponse:
    """The team writes it; a leader issues it."""
    found = seen_inspection(request, pk, rules.can_write_conclusion)

    def stands() -> tuple[str, str]:
        now = Inspection.objects.values_list("conclusion", flat=True).get(pk=found.pk)
        return mark_of(now), now

    initial = {"text": found.conclusion, "follower": found.follower_id or ""}
    form = ConclusionForm(request.POST or None, item=found.item, stands=stands, initial=initial)

    def act(given: dict[str, Any]) -> None:
        actions.write_conclusion(found.pk, **given, by=account_of(request), at=clock.now())

    words = {"title": _("The conclusion"), "lead": f"{found.unit.name} · {found.item.theme}"}
    return answer(request, form, act, ("inspections:inspection", found.pk), **words)


@require_POST
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_inspection(request, pk)

    def act() -> None:
        actions.conclude_inspection(found.pk, by=account_of(request), at=clock.now())

    said = _("The conclusion is issued; the unit reads it from now on.")
    return act_and_return(request, act, said, ("inspections:inspection", found.pk))


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Findings become tasks; the person goes on where the tasks of that document are prepared."""
    found = seen_inspection(request, pk, rules.can_give)
    late = Finding.objects.to_give().filter(inspection=found, due_on__lt=clock.today()).order_by("position")
    form = GiveForm(request.POST or None, late=list(late))
    issues: list[int] = []

    def act(given: dict[str, Any]) -> None:
        issue = actions.give_remedies(found.pk, **form.given(), by=account_of(request), at=clock.now())
        issues.append(issue.pk)

    intro = _(
        "The conclusion is entered as a document of the unit, and each finding as a task prepared from it; a leader "
        "issues them there. They are reported complete only with a file that proves it."
    )
    words = {"title": _("Give the remedies as tasks"), "lead": found.unit.name, "intro": intro}
    button = {"button": _("Give the remedies as tasks")}
    answered = answer(request, form, act, ("inspections:inspection", found.pk), **words, **button)
    return go(request, "tasks:issue", issues[0]) if issues else answered


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The remedy is done and proved: the finding is closed."""
    rows = Finding.objects.select_related("inspection__item__programme__unit__present")
    row = get_object_or_404(rows, pk=pk)
    found = seen_inspection(request, row.inspection_id)
    rules.can_accept(account_of(request), row, clock.today()).require()
    form = AcceptForm(request.POST if request.method == "POST" else None)

    def act(given: dict[str, Any]) -> None:
        actions.accept_remedy(row.pk, **given, by=account_of(request), at=clock.now())

    remedy = proof_of_remedy(row)
    words = {"title": _("Accept the remedy"), "lead": row.remedy, "button": _("Accept the remedy")}
    words |= {"intro": remedy.missing, "said": _("The finding is closed.")}
    blocked = bool(remedy.missing)
    return answer(request, form, act, ("inspections:inspection", found.pk), **words, blocked=blocked)
