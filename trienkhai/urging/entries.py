"""What this area puts into slots of the frame and of the pages of tasks."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.people.requests import account_of
from trienkhai.tasks.models import Assignment
from trienkhai.urging import rules
from trienkhai.urging.models import Call
from trienkhai.urging.queries import rests, steps_ahead, urged_of
from trienkhai.urging.wording import step_words, told_words

SHOWN = 6


def menu_urging(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """For whoever may urge."""
    if not rules.calling_ids(account_of(request), today()):
        return None
    url = reverse("urging:overview")
    return {
        "label": _("Urging"),
        "url": url,
        "icon": "clock",
        "group": "tasks",
        "order": 60,
        "current": request.path.startswith(url),
    }


def verbs_of_assignment(request: HttpRequest, assignment: Assignment) -> dict[str, Any] | None:
    account, on = account_of(request), today()
    if not rules.calling_ids(account, on) or not rules.can_call(account, assignment, on):
        return None
    return {"name": "urge", "label": _("Urge"), "url": reverse("urging:call", args=[assignment.pk])}


def side_of_assignment(request: HttpRequest, assignment: Assignment) -> dict[str, Any] | None:
    """What was urged so far, and the next step of the ladder."""
    told = urged_of(assignment)
    ahead = [] if not assignment.is_open or rests(assignment) else steps_ahead(assignment, today())
    if not told and not ahead:
        return None
    return {
        "template": "urging/assignment_side.html",
        "told": [(row, told_words(row)) for row in told[:SHOWN]],
        "more": max(0, len(told) - SHOWN),
        "next": [(day, step_words(step)) for day, step in ahead[:1]],
    }


def acts_of_assignment(request: HttpRequest, assignment: Assignment) -> list[int]:
    """Acts that urged many at once: the history finds the others by itself."""
    return list(Call.objects.filter(assignment=assignment).values_list("act", flat=True))


def list_actions(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """On the list of tasks: urge all that it shows."""
    if not rules.calling_ids(account_of(request), today()):
        return None
    params = request.GET.copy()
    params.pop("page", None)
    return {"template": "urging/list_action.html", "url": f"{reverse('urging:call_all')}?{params.urlencode()}"}
