"""Reorganisation files: the list, one file with its steps and what came of a trial, and what is decided about it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.audit.models import Act
from trienkhai.common import clock, slots
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.orgs import rules_reorganising as rules
from trienkhai.orgs.actions import reorganising as actions
from trienkhai.orgs.forms_reorganising import FileForm, NewFileForm, ReasonForm
from trienkhai.orgs.models import ENDING, Reorganisation, StepKind
from trienkhai.orgs.queries_reorganising import counted, files_of, with_counts
from trienkhai.orgs.rules import named_units
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

ON_A_PAGE = 30
Rule = Callable[[Account, Reorganisation, date], Verdict]


def seen(request: HttpRequest, pk: int) -> Reorganisation:
    """The file, for those who may see it."""
    rows = rules.visible_reorganisations(account_of(request), clock.today())
    people = ("prepared_by", "submitted_by", "decided_by")
    return get_object_or_404(rows.select_related("office__present", *people), pk=pk)


def crumbs(file: Reorganisation | None = None) -> list[dict[str, str]]:
    found = [{"label": _("Reorganisation files"), "url": reverse("orgs:reorganisations")}]
    if file:
        found.append({"label": file.title, "url": reverse("orgs:reorganisation", args=[file.pk])})
    return found


def show(form: Any, fault: ValidationError | Refused) -> None:
    """The action's sentences at their fields, others above the form."""
    if isinstance(fault, Refused):
        form.add_error(None, str(fault))
    elif not hasattr(fault, "error_dict"):
        form.add_error(None, fault)
    else:
        for name, sentences in fault.message_dict.items():
            form.add_error(name if name in form.fields else None, sentences)


@require_GET
def reorganisations(request: HttpRequest) -> HttpResponse:
    """Files in sight, the latest day first; of one unit with `don-vi`, in one state with `trang-thai`."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_reorganisations(account, on)
    unit, state = None, request.GET.get("trang-thai", "")
    asked = request.GET.get("don-vi", "")
    if asked.isdecimal() and len(asked) < 10:
        unit = get_object_or_404(named_units(account, on).select_related("present"), pk=int(asked))
        rows = rows.filter(pk__in=files_of(unit))
    if state in Reorganisation.State.values:
        rows = rows.filter(state=state)
    context = {
        "page": Paginator(with_counts(rows), ON_A_PAGE).get_page(request.GET.get("page")),
        "unit": unit,
        "state": state,
        "states": Reorganisation.State.choices,
        "can_prepare": rules.preparing_offices(account, on).exists(),
        "crumbs": [{"label": _("Organisation"), "url": reverse("orgs:tree")}],
    }
    return page(request, "orgs/reorganising/files.html", context)


@require_http_methods(["GET", "POST"])
def reorganisation_new(request: HttpRequest) -> HttpResponse:
    account, on = account_of(request), clock.today()
    offices = rules.preparing_offices(account, on)
    if not offices.exists():
        raise Http404
    form = NewFileForm(request.POST or None, initial={"effective_on": on}, offices=offices)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            file = actions.prepare_reorganisation(values.pop("office"), **values, by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            return go(request, "orgs:reorganisation", file.pk)
    context = {"form": form, "title": _("New reorganisation file"), "label": _("Begin the file"), "crumbs": crumbs()}
    context["back"] = reverse("orgs:reorganisations")
    return page(request, "orgs/reorganising/form.html", context, part="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def reorganisation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, decision and day of a draft."""
    account, file = account_of(request), seen(request, pk)
    if not rules.can_change(account, file, clock.today()):
        raise Http404
    initial = {name: getattr(file, name) for name in FileForm.base_fields}
    form = FileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_reorganisation(file.pk, **form.cleaned_data, by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            return go(request, "orgs:reorganisation", file.pk)
    context = {"form": form, "title": _("Change the file"), "label": _("Store"), "crumbs": crumbs(file)}
    context["back"] = reverse("orgs:reorganisation", args=[file.pk])
    return page(request, "orgs/reorganising/form.html", context, part="form", status=422 if form.errors else 200)


@require_GET
def reorganisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: its steps in words with what stands against them, the counts of the trial or of what was done."""
    account, on = account_of(request), clock.today()
    file = seen(request, pk)
    done = file.state in rules.KNOWN_TO_ALL
    plan = None if done else actions.examined(file, min(on, file.effective_on) if file.state == "approved" else on)
    steps = list(file.steps.all())
    words = {row["position"]: row["words"] for row in file.outcome.get("steps", [])}
    told: dict[int, list[str]] = {}
    for fault in plan.faults if plan and file.state != Reorganisation.State.SET_ASIDE else []:
        told.setdefault(fault.position, []).append(fault.sentence)
    context = {
        "file": file,
        "steps": [
            (step, plan.words[step.pk] if plan else words.get(step.position, ""), told.get(step.position, []))
            for step in steps
        ],
        "faults": told.get(0, []),
        "sound": not told,
        "ending": ENDING,
        "kinds": StepKind.choices,
        "outcome": counted(file.outcome),
        "document": next(iter(slots.parts("orgs.reorganisation.decision", request, file)), None),
        "can_change": rules.can_change(account, file, on),
        "can_approve": rules.can_approve(account, file, on),
        "can_return": rules.can_return(account, file, on),
        "can_take_back": rules.can_take_back(account, file, on),
        "waits": file.effective_on > on,
        "done": done,
        "acts": acts_of(file),
        "reason_form": ReasonForm(),
        "crumbs": crumbs(),
    }
    return page(request, "orgs/reorganising/file.html", context)


def acts_of(file: Reorganisation) -> list[dict[str, Any]]:
    """What happened to the file, newest first; its many small changes are not told one by one."""
    rows = Act.objects.filter(target_type=file._meta.label_lower, target_id=file.pk)
    told = {
        "reorganisation.prepared": _("The file was begun"),
        "reorganisation.submitted": _("Submitted to the leaders of the office"),
        "reorganisation.returned": _("Returned"),
        "reorganisation.approved": _("Approved; it waits for its day"),
        "reorganisation.carried_out": _("Carried out"),
        "reorganisation.taken_back": _("Taken back"),
        "reorganisation.set_aside": _("Set aside"),
    }
    return [
        {
            "words": told[row.verb],
            "at": row.at,
            "who": row.actor_name,
            "post": row.post_label,
            "principal": row.principal,
            "said": row.data.get("reason", ""),
        }
        for row in rows.filter(verb__in=told).order_by("-pk")
    ]


def _decided(request: HttpRequest, pk: int, rule: Rule, act: Callable[..., object], done: str) -> HttpResponse:
    """One of the verbs, for those whom the rule lets; what stands against the file is told above it."""
    account, file = account_of(request), seen(request, pk)
    rule(account, file, clock.today()).require()
    reason = {"reason": request.POST.get("reason", "")[:2000]} if "reason" in request.POST else {}
    try:
        act(file.pk, **reason, by=account, at=clock.now())
    except Refused as fault:
        messages.error(request, str(fault))
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        messages.success(request, done)
    return go(request, "orgs:reorganisation", pk)


@require_POST
def reorganisation_try(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("The trial is done; nothing has changed in the organisation.")
    return _decided(request, pk, rules.can_try, actions.try_reorganisation, done)


@require_POST
def reorganisation_submit(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("The file has been submitted.")
    return _decided(request, pk, rules.can_change, actions.submit_reorganisation, done)


@require_POST
def reorganisation_approve(request: HttpRequest, pk: int) -> HttpResponse:
    later = seen(request, pk).effective_on > clock.today()
    done = _("Approved. It will be carried out on its day.") if later else _("Approved and carried out.")
    return _decided(request, pk, rules.can_approve, actions.approve_and_carry_out, done)


@require_POST
def reorganisation_return(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("The file has been returned.")
    return _decided(request, pk, rules.can_return, _return, done)


def _return(pk: int, *, reason: str = "", by: Account, at: datetime) -> None:
    actions.return_reorganisation(pk, reason=reason, by=by, at=at)


@require_POST
def reorganisation_aside(request: HttpRequest, pk: int) -> HttpResponse:
    return _decided(request, pk, rules.can_change, actions.set_aside, _("The file has been set aside."))


@require_POST
def reorganisation_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("Everything is as it was before the file.")
    return _decided(request, pk, rules.can_take_back, _take_back, done)


def _take_back(pk: int, *, reason: str = "", by: Account, at: datetime) -> None:
    actions.take_back_reorganisation(pk, reason=reason, by=by, at=at)
