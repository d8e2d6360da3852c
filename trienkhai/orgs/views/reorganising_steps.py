"""The steps of a reorganisation file: added, changed, ordered, removed; what becomes of open objects."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.orgs import rules_reorganising as rules
from trienkhai.orgs.actions import reorganising as actions
from trienkhai.orgs.forms_reorganising import FORMS, children_kept, initial_of
from trienkhai.orgs.models import ENDING, Step, StepKind
from trienkhai.orgs.queries_reorganising import (
    children_of_split,
    ended_by,
    leaving,
    open_at,
    plan_before,
    takers,
    titles,
)
from trienkhai.orgs.rules import work_reach
from trienkhai.orgs.views.reorganising import crumbs, seen, show
from trienkhai.people.requests import account_of


def _changeable(request: HttpRequest, pk: int) -> Step:
    """The step, for those who may change its file."""
    account, on = account_of(request), clock.today()
    step = get_object_or_404(Step.objects.filter(reorganisation__in=rules.visible_reorganisations(account, on)), pk=pk)
    step.reorganisation = seen(request, step.reorganisation_id)
    if not rules.can_change(account, step.reorganisation, on):
        raise Http404
    return step


@require_http_methods(["GET", "POST"])
def step_add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A new step at the end of the file."""
    account, file = account_of(request), seen(request, pk)
    if kind not in FORMS or not rules.can_change(account, file, clock.today()):
        raise Http404
    form = FORMS[kind](request.POST or None, plan=actions.planned_until(file))
    if request.method == "POST" and form.is_valid():
        try:
            step = actions.add_step(file.pk, kind, form.payload(), by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            return _after(request, step)
    context = {"form": form, "title": StepKind(kind).label, "label": _("Add the step"), "crumbs": crumbs(file)}
    context["back"] = reverse("orgs:reorganisation", args=[file.pk])
    return page(request, "orgs/reorganising/form.html", context, part="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def step_edit(request: HttpRequest, pk: int) -> HttpResponse:
    step = _changeable(request, pk)
    given = request.POST or None
    form = FORMS[step.kind](given, initial=initial_of(step.kind, step.payload), plan=plan_before(step))
    if request.method == "POST" and form.is_valid():
        payload = form.payload()
        if step.kind == StepKind.SPLIT:
            payload["children"] = children_kept(step.payload, payload)
        return _after(request, actions.change_step(step.pk, payload, by=account_of(request), at=clock.now()))
    file = step.reorganisation
    title = _("Step %(n)s: %(kind)s") % {"n": step.position, "kind": step.get_kind_display()}
    context = {"form": form, "title": title, "label": _("Store"), "crumbs": crumbs(file)}
    context["back"] = reverse("orgs:reorganisation", args=[file.pk])
    return page(request, "orgs/reorganising/form.html", context, part="form", status=422 if form.errors else 200)


def _after(request: HttpRequest, step: Step) -> HttpResponse:
    """A step that ends units asks next what becomes of what they leave."""
    if step.kind in ENDING:
        return go(request, "orgs:step_choices", step.pk)
    return go(request, "orgs:reorganisation", step.reorganisation_id)


@require_POST
def step_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Earlier, later, or away."""
    step, way = _changeable(request, pk), request.POST.get("huong", "")
    who: dict[str, Any] = {"by": account_of(request), "at": clock.now()}
    if way == "bo":
        actions.remove_step(step.pk, **who)
    elif way in ("len", "xuong"):
        actions.shift_step(step.pk, -1 if way == "len" else 1, **who)
    return go(request, "orgs:reorganisation", step.reorganisation_id)


@require_http_methods(["GET", "POST"])
def step_choices(request: HttpRequest, pk: int) -> HttpResponse:
    """What becomes of each class of open objects of the units that the step ends; the lists of a division."""
    step = _changeable(request, pk)
    if step.kind not in ENDING:
        raise Http404
    plan = plan_before(step)
    offered = takers(step, plan)
    below = children_of_split(step, plan) if step.kind == StepKind.SPLIT else []
    if request.method == "POST":
        divides_anew = _store(request, step, offered, [row.key for row in below])
        return go(request, "orgs:step_choices" if divides_anew else "orgs:reorganisation", *_target(step, divides_anew))
    chosen, division = step.payload.get("choices", {}), step.payload.get("division", {})
    classes = open_at(step, chosen, work_reach(account_of(request), clock.today()))
    context = {
        "step": step,
        "file": step.reorganisation,
        "units": titles(ended_by(step), plan),
        "takers": offered,
        "below": [(row, str(step.payload.get("children", {}).get(row.key, ""))) for row in below],
        "into": [(str(number), label) for number, (_key, label) in enumerate(offered)],
        "classes": [
            (row, [(pk, words, division.get(row.kind.name, {}).get(str(pk), "")) for pk, words in row.objects])
            for row in classes
        ],
        "leaving": leaving(step),
        "stays": bool(step.payload.get("stays")),
        "crumbs": crumbs(step.reorganisation),
    }
    return page(request, "orgs/reorganising/choices.html", context)


def _target(step: Step, again: bool) -> list[int]:
    return [step.pk if again else step.reorganisation_id]


def _store(request: HttpRequest, step: Step, offered: list[tuple[str, str]], below: list[str]) -> bool:
    """Store what was chosen; True when a class is to be divided whose list has not been shown yet."""
    account, keys = account_of(request), {key for key, _label in offered}
    given = request.POST
    if step.kind == StepKind.SPLIT:
        numbers = {key: given.get(f"duoi-{key}", "") for key in below}
        children = {key: int(text) for key, text in numbers.items() if text.isdecimal() and int(text) < len(offered)}
        payload = {name: value for name, value in step.payload.items() if name not in ("choices", "division")}
        actions.change_step(step.pk, payload | {"children": children}, by=account, at=clock.now())
    before = step.payload.get("choices", {})
    choices: dict[str, str] = {}
    division: dict[str, dict[str, str]] = {}
    asked = {name.removeprefix("lop-"): str(value) for name, value in given.items() if name.startswith("lop-")}
    for row in open_at(step, asked, work_reach(account, clock.today())):
        name = row.kind.name
        choice = asked.get(name, "")
        if choice in dict(row.choices):
            choices[name] = choice
        if choice == "divide":
            listed = {str(pk): given.get(f"chia-{name}-{pk}", "") for pk, _words in row.objects}
            division[name] = {pk: key for pk, key in listed.items() if key in keys}
    actions.choose(step.pk, choices, division, by=account, at=clock.now())
    return any(choice == "divide" and before.get(name) != "divide" for name, choice in choices.items())
