"""A wait for somebody else: ended by the one who waits or is waited for, the work paused for it by its assigner."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.people.requests import account_of
from trienkhai.tasks import actions, rules, rules_waiting
from trienkhai.tasks.forms import AnswerForm
from trienkhai.tasks.models import Wait
from trienkhai.tasks.views.verbs import Values, done, posted


def _found(request: HttpRequest, pk: int) -> Wait:
    rows = rules_waiting.visible_waits(account_of(request), clock.today())
    rows = rows.select_related("assignment__held_by__present", "assignment__task__assigner", "unit__present", "by")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that what was awaited has come, or that the work goes on without it."""
    account, on, wait = account_of(request), clock.today(), _found(request, pk)
    rules_waiting.can_end_wait(account, wait, on).require()
    seen = rules.visible_assignments(account, on).filter(pk=wait.assignment_id).exists()
    form = AnswerForm(posted(request))

    def work(values: Values) -> None:
        actions.end_wait(wait.pk, answer=values["answer"], by=account, at=clock.now())

    if request.method == "POST" and form.is_valid() and done(form, work):
        messages.success(request, _("The wait has ended."))
        return go(request, "tasks:assignment", wait.assignment_id) if seen else go(request, "tasks:mine")
    context = {"wait": wait, "seen": seen, "form": form}
    return page(request, "tasks/wait_end.html", context, part="form", status=422 if form.errors else 200)


@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause the work for what it waits for, in one act."""
    wait = _found(request, pk)
    actions.pause_waiting(wait.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The task has been paused."))
    return go(request, "tasks:assignment", wait.assignment_id)
