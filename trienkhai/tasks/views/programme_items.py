"""One item of a programme: its page, adding, changing, closing it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.audit.models import Act
from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.people.requests import account_of
from trienkhai.tasks import actions, rules
from trienkhai.tasks import rules_programme as keeping
from trienkhai.tasks.forms_giving import ReasonForm
from trienkhai.tasks.forms_programme import DropForm, ItemForm
from trienkhai.tasks.models import Programme, ProgrammeItem, Standing
from trienkhai.tasks.queries.areas import area_names
from trienkhai.tasks.queries.programme import items_of, work_left
from trienkhai.tasks.views.giving import show_fault
from trienkhai.tasks.views.programme import crumbs_of, find_programme, kept_programme
from trienkhai.tasks.wording import entry


def _item(request: HttpRequest, pk: int) -> ProgrammeItem:
    """With its programme and its standing."""
    rows = keeping.visible_items(account_of(request), clock.today())
    programme = find_programme(request, get_object_or_404(rows, pk=pk).programme_id)
    found = items_of(programme, "", clock.today()).get(pk=pk)
    found.programme = programme
    return found


def _kept_item(request: HttpRequest, pk: int) -> ProgrammeItem:
    found = _item(request, pk)
    if not keeping.can_keep(account_of(request), found.programme.unit, clock.today()):
        raise Http404
    return found


def standing_of(item: ProgrammeItem) -> str:
    return str(item.standing)  # type: ignore[attr-defined]


@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """The item with where it comes from, what became of it, and the work on it."""
    account, on = account_of(request), clock.today()
    found = _item(request, pk)
    standing = standing_of(found)
    left, done = work_left(found)
    acts = Act.objects.filter(target_type="tasks.programmeitem", target_id=found.pk).order_by("-at", "-pk")
    issue = found.task.issue if found.task else None
    context = {
        "item": found,
        "standing": standing,
        "label": Standing(standing).label,
        "area": area_names(on).get(found.work_area, ""),
        "left": left,
        "done": done,
        "sees_task": bool(found.task_id) and rules.visible_tasks(account, on).filter(pk=found.task_id or 0).exists(),
        "sees_issue": bool(issue) and rules.visible_issues(account, on).filter(pk=issue.pk if issue else 0).exists(),
        "refined": keeping.visible_items(account, on)
        .filter(from_item=found)
        .select_related("programme__unit__present"),
        "can_keep": keeping.can_keep(account, found.programme.unit, on),
        "can_change": keeping.can_change_item(account, found, standing, on),
        "can_drop": keeping.can_drop_item(account, found, standing, on),
        "can_reopen": keeping.can_reopen_item(account, found, on),
        "history": [entry(act, act.data.get("reason", "")) for act in acts[:50]],
        "crumbs": crumbs_of(found.programme),
    }
    return page(request, "tasks/item.html", context)


@require_http_methods(["GET", "POST"])
def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    programme = kept_programme(request, pk)

    def add(values: dict[str, Any]) -> None:
        after, reason = values.pop("after", None), values.pop("reason", "")
        actions.add_item(programme.pk, values, reason=reason, after=after, by=account_of(request), at=clock.now())

    return _item_form(request, programme, None, add)


@require_http_methods(["GET", "POST"])
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _kept_item(request, pk)
    keeping.can_change_item(account_of(request), found, standing_of(found), clock.today()).require()

    def change(values: dict[str, Any]) -> None:
        reason = values.pop("reason", "")
        actions.change_item(found.pk, values, reason=reason, by=account_of(request), at=clock.now())

    return _item_form(request, found.programme, found, change)


def _item_form(
    request: HttpRequest, programme: Programme, found: ProgrammeItem | None, work: Callable[[dict[str, Any]], None]
) -> HttpResponse:
    data, on = request.POST if request.method == "POST" else None, clock.today()
    last = programme.items.aggregate(last=Max("position"))["last"] or 0
    form = ItemForm(data, programme=programme, on=on, item=found, initial={"after": last})
    if request.method == "POST" and form.is_valid():
        try:
            work(form.cleaned_data)
        except ValidationError as fault:
            show_fault(form, fault)
        else:
            if found is None and "again" in request.POST:
                return go(request, "tasks:item_add", programme.pk)
            where = reverse("tasks:item", args=[found.pk]) if found else _page_of(programme) + "#items"
            return go(request, where)
    context = {
        "form": form,
        "item": found,
        "programme": programme,
        "back": reverse("tasks:item", args=[found.pk]) if found else _page_of(programme),
        "crumbs": crumbs_of(programme),
    }
    return page(request, "tasks/item_form.html", context, status=422 if form.errors else 200)


def _page_of(programme: Programme) -> str:
    return reverse("tasks:programme", args=[programme.pk])


@require_http_methods(["GET", "POST"])
def item_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave it out; where units are at work on it the page says so and asks what becomes of that."""
    found = _kept_item(request, pk)
    keeping.can_drop_item(account_of(request), found, standing_of(found), clock.today()).require()
    left, done = work_left(found)
    in_force = found.programme.in_force
    data = request.POST if request.method == "POST" else None
    form = DropForm(data, in_force=in_force, at_work=left > 0)

    def drop() -> None:
        actions.drop_item(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    context = {"left": left, "done": done, "task": found.task if left else None}
    back = None if in_force else _page_of(found.programme)
    return _close(request, found, form, drop, _("Drop the item"), _("Drop it"), context, back)


@require_http_methods(["GET", "POST"])
def item_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it as done, with what came of it."""
    found = _kept_item(request, pk)
    keeping.can_change_item(account_of(request), found, standing_of(found), clock.today()).require()
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].label = _("What came of it")

    def finish() -> None:
        actions.finish_item(found.pk, words=form.cleaned_data["reason"], by=account_of(request), at=clock.now())

    return _close(request, found, form, finish, _("Mark as done"), _("Mark as done"))


@require_http_methods(["GET", "POST"])
def item_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found = _kept_item(request, pk)
    keeping.can_reopen_item(account_of(request), found, clock.today()).require()
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def reopen() -> None:
        actions.reopen_item(found.pk, reason=form.cleaned_data["reason"], by=account_of(request), at=clock.now())

    return _close(request, found, form, reopen, _("Open the item again"), _("Open again"))


def _close(
    request: HttpRequest,
    found: ProgrammeItem,
    form: Form,
    work: Callable[[], None],
    title: str,
    label: str,
    more: dict[str, Any] | None = None,
    after: str | None = None,
) -> HttpResponse:
    """The form of one act on an item; `after`: where it leads when the item is gone."""
    back = reverse("tasks:item", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        try:
            work()
        except ValidationError as fault:
            show_fault(form, fault)
        else:
            return go(request, after or back)
    context = {"form": form, "title": title, "label": label, "item": found, "back": back} | (more or {})
    context["crumbs"] = crumbs_of(found.programme)
    return page(request, "tasks/item_close.html", context, status=422 if form.errors else 200)
