"""Giao việc: from a document to prepared tasks, to the leader, to the units."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Refused
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.choosing import SelectionForm, all_in_words, counts_of
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import reach_of
from trienkhai.orgs.selection import select
from trienkhai.people.requests import account_of
from trienkhai.tasks import actions, rules
from trienkhai.tasks.forms_giving import DraftForm, ReasonForm
from trienkhai.tasks.models import Issue, Task
from trienkhai.tasks.proposals import doubt_sentence, propose
from trienkhai.tasks.queries.areas import area_names

ROWS = 30


def _issue(request: HttpRequest, pk: int) -> Issue:
    rows = rules.visible_issues(account_of(request), clock.today())
    return get_object_or_404(rows.select_related("document", "assigner__present", "prepared_by", "issued_by"), pk=pk)


def _draft(request: HttpRequest, pk: int) -> Task:
    issues = rules.visible_issues(account_of(request), clock.today())
    return get_object_or_404(Task.objects.filter(issue__in=issues).select_related("issue__assigner__present"), pk=pk)


@require_GET
def issues(request: HttpRequest) -> HttpResponse:
    """Issues of the person's units, those that wait for somebody first."""
    account, on = account_of(request), clock.today()
    kept = Count("tasks", filter=Q(tasks__dropped=False))
    rows = rules.visible_issues(account, on).select_related("document", "assigner__present").annotate(kept=kept)
    shown = Paginator(rows.order_by("issued_at", "-pk"), ROWS).get_page(request.GET.get("page"))
    return page(request, "tasks/issues.html", {"page": shown, "rows": shown.object_list})


@require_POST
def issue_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the tasks out of a document into a draft, for the highest unit the person prepares for."""
    account, on = account_of(request), clock.today()
    document = get_object_or_404(visible_documents(account, on), pk=pk)
    text = document.texts.order_by("-version").first()
    unit = preparing_unit(request, on)
    if unit is None or text is None:
        raise Refused(_("Only a tracking officer or a leader of the unit prepares tasks."))
    issue = actions.start_issue(document, unit, propose(text, unit, on), by=account, at=clock.now())
    return go(request, "tasks:issue", issue.pk)


def preparing_unit(request: HttpRequest, on: date) -> Unit | None:
    """The highest unit at which the person prepares tasks."""
    grants = reach_of(account_of(request), on).of(*rules.PREPARERS).grants
    if not grants:
        return None
    chosen = min(grants, key=lambda grant: (len(grant.path), grant.unit_id))
    return Unit.objects.select_related("present").get(pk=chosen.unit_id)


@require_GET
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """The prepared tasks, each beside the sentence it was read from; who receives them; what may be done next."""
    account, on = account_of(request), clock.today()
    found = _issue(request, pk)
    tasks = list(found.tasks.select_related("focus").prefetch_related("clauses").order_by("position"))
    selections = {found.selection, *(text for task in tasks for text in (task.selection, task.coordinating_selection))}
    words = all_in_words(selections, found.assigner, found.on)
    context = {
        "issue": found,
        "tasks": [_row(task, words) for task in tasks],
        "areas": area_names(on),
        "kept": sum(not task.dropped for task in tasks),
        "words": words[found.selection],
        "preview": _preview(found, tasks),
        "can_edit": rules.can_edit_issue(account, found, on),
        "can_submit": rules.can_submit_issue(account, found, on),
        "can_issue": rules.can_issue(account, found, on),
        "can_return": rules.can_return_issue(account, found, on),
        "steps": [_("Read"), _("Confirm"), _("Submit"), _("Issue")],
        "step": {"prepared": 2, "returned": 2, "submitted": 3, "issued": 4}[found.state],
    }
    return page(request, "tasks/issue.html", context, part="body")


def _row(task: Task, words: dict[str, str]) -> dict[str, Any]:
    return {
        "task": task,
        "clause": next(iter(task.clauses.all()), None),
        "doubts": [doubt_sentence(doubt) for doubt in task.doubts],
        "recipients": words[task.selection],
        "coordinating": words[task.coordinating_selection],
    }


def _preview(found: Issue, tasks: list[Task]) -> dict[str, Any]:
    """How many assignments would come, and the units of the issue's own selection by kind and by branch."""
    kept = [task for task in tasks if not task.dropped]
    sizes = {words: _size(words, found) if words else 0 for words in {task.recipients for task in kept}}
    return {
        "total": sum(sizes[task.recipients] for task in kept),
        "counts": counts_of(found.selection, found.assigner, found.on),
    }


def _size(words: str, found: Issue) -> int:
    return select(words, by=found.assigner, on=found.on).count()


@require_http_methods(["GET", "POST"])
def draft_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit one draft task: words, product, day, who leads, who co-ordinates."""
    task = _draft(request, pk)
    rules.can_edit_issue(account_of(request), task.issue, clock.today()).require()
    return _draft_form(request, task.issue, task, lambda values: _change(request, task, values))


def _change(request: HttpRequest, task: Task, values: dict[str, Any]) -> None:
    remember = values.pop("remember", False)
    actions.change_task(task.pk, values, remember=remember, by=account_of(request), at=clock.now())


@require_http_methods(["GET", "POST"])
def draft_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a task that the reader did not propose."""
    found = _issue(request, pk)
    rules.can_edit_issue(account_of(request), found, clock.today()).require()

    def add(values: dict[str, Any]) -> None:
        after = values.pop("after", None)
        actions.add_task(found.pk, values, after=after, by=account_of(request), at=clock.now())

    return _draft_form(request, found, None, add)


def _draft_form(
    request: HttpRequest, found: Issue, task: Task | None, work: Callable[[dict[str, Any]], None]
) -> HttpResponse:
    data, unit, on = request.POST if request.method == "POST" else None, found.assigner, found.on
    new = {"mode": "each", "answer_rule": "by_level", "after": found.tasks.aggregate(last=Max("position"))["last"] or 0}
    form = DraftForm(data, task=task, initial=new, unit=unit, on=on)
    lead = SelectionForm(data, prefix="lead", current=task.selection if task else "", needed=False, unit=unit, on=on)
    others = SelectionForm(
        data, prefix="co", current=task.coordinating_selection if task else "", needed=False, unit=unit, on=on
    )
    if request.method == "POST" and all([form.is_valid(), lead.is_valid(), others.is_valid()]):
        values = form.cleaned_data | {"selection": lead.selection, "coordinating_selection": others.selection}
        try:
            work(values)
        except ValidationError as fault:
            show_fault(form, fault)
        else:
            return go(request, reverse("tasks:issue", args=[found.pk]) + (f"#viec-{task.pk}" if task else ""))
    doubts = [doubt_sentence(doubt) for doubt in task.doubts] if task else []
    context = {"form": form, "lead": lead, "others": others, "task": task, "issue": found, "doubts": doubts}
    wrong = form.errors or lead.errors or others.errors
    return page(request, "tasks/draft.html", context, status=422 if wrong else 200)


def show_fault(form: Any, fault: ValidationError) -> None:
    """The action's sentences at their fields; those of fields the form lacks above it."""
    if not hasattr(fault, "error_dict"):
        form.add_error(None, fault)
        return
    for name, sentences in fault.message_dict.items():
        form.add_error(name if name in form.fields else None, sentences)


@require_POST
def draft_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a proposed task out, or take it in again."""
    task = _draft(request, pk)
    actions.drop_task(task.pk, dropped=request.POST.get("dropped") != "0", by=account_of(request), at=clock.now())
    return go(request, reverse("tasks:issue", args=[task.issue_id]) + f"#viec-{task.pk}")


@require_http_methods(["GET", "POST"])
def issue_selection(request: HttpRequest, pk: int) -> HttpResponse:
    """Who receives the tasks that name nobody themselves."""
    found = _issue(request, pk)
    rules.can_edit_issue(account_of(request), found, clock.today()).require()
    data = request.POST if request.method == "POST" else None
    form = SelectionForm(data, unit=found.assigner, on=found.on, current=found.selection)
    chosen = found.selection
    if request.method == "POST" and form.is_valid():
        if "preview" not in request.POST:
            actions.change_issue(found.pk, selection=form.selection, by=account_of(request), at=clock.now())
            return go(request, "tasks:issue", found.pk)
        chosen = form.selection
    counts = None if form.errors else counts_of(chosen, found.assigner, found.on)
    context = {"form": form, "issue": found, "counts": counts}
    return page(request, "tasks/selection.html", context, status=422 if form.errors else 200)


@require_GET
def issue_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """How many units the ticks and names of the form would take, by kind and by branch; nothing is stored."""
    found = _issue(request, pk)
    rules.can_edit_issue(account_of(request), found, clock.today()).require()
    form = SelectionForm(request.GET, unit=found.assigner, on=found.on, current=found.selection)
    right = form.is_valid()
    counts = counts_of(form.selection, found.assigner, found.on) if right else None
    return page(request, "tasks/selection.html", {"form": form, "issue": found, "counts": counts}, part="preview")


@require_POST
def issue_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Trình lãnh đạo."""
    return _decide(request, pk, actions.submit_issue, _("Submitted to the leader."))


@require_POST
def issue_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Ban hành."""
    return _decide(request, pk, actions.issue_tasks, _("The tasks have been issued."))


def _decide(request: HttpRequest, pk: int, act: Callable[..., Issue], done: str) -> HttpResponse:
    found = _issue(request, pk)
    try:
        act(found.pk, by=account_of(request), at=clock.now())
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    messages.success(request, done)
    return go(request, "tasks:issue", found.pk)


@require_http_methods(["GET", "POST"])
def issue_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the officer, with a reason."""
    found = _issue(request, pk)
    rules.can_return_issue(account_of(request), found, clock.today()).require()
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.return_issue(found.pk, reason=form.cleaned_data["reason"], by=account_of(request), at=clock.now())
        return go(request, "tasks:issue", found.pk)
    context = {
        "form": form,
        "title": _("Return the prepared tasks"),
        "lead": str(found.document),
        "label": _("Return"),
        "back": reverse("tasks:issue", args=[found.pk]),
    }
    return page(request, "tasks/reason.html", context, status=422 if form.errors else 200)
