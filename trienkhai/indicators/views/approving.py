"""What waits for a decision: one, those ticked, or all that the filter shows."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.indicators import actions, rules
from trienkhai.indicators.actions.deciding import AT_ONCE
from trienkhai.indicators.models import Definition, ValueQuerySet
from trienkhai.indicators.views.pages import PAGE, list_crumb, number_asked
from trienkhai.people.requests import account_of

LONGEST = 1000


@require_http_methods(["GET", "POST"])
def waiting(request: HttpRequest) -> HttpResponse:
    """The values that the person may decide, unusual ones first."""
    account, on = account_of(request), clock.today()
    every = rules.awaiting_decision(account, on)
    asked = number_asked(request, "chi-tieu")
    shown = every.filter(holder__indicator=asked) if asked else every
    fault = ""
    if request.method == "POST":
        try:
            _decide(request, shown)
            return go(request, request.get_full_path())
        except ValidationError as wrong:
            fault = wrong.messages[0]
    rows = shown.select_related(
        "holder__indicator", "holder__unit__present", "holder__giver__present", "definition", "submitted_by", "corrects"
    ).prefetch_related("files__file")
    ordered = rows.order_by("-unusual", "definition__title", "period_start", "holder__unit__path")
    context = {
        "page": Paginator(ordered, PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "choices": Definition.objects.filter(pk__in=every.values("definition")).order_by("title"),
        "fault": fault,
        "at_once": AT_ONCE,
        "crumbs": [list_crumb()],
    }
    return page(request, "indicators/waiting.html", context, status=422 if fault else 200)


def _decide(request: HttpRequest, shown: ValueQuerySet) -> None:
    """Approve or return what was ticked, or all that the filter shows."""
    account, verb = account_of(request), request.POST.get("verb", "")
    if verb in ("approve_all", "return_all"):
        ids = list(shown.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    else:
        ids = [int(text) for text in request.POST.getlist("so-lieu") if text.isdecimal() and len(text) < 18]
    if not ids:
        raise ValidationError(_("Nothing was chosen."))
    chosen = _("all that the filter shows") if verb.endswith("_all") else ""
    if verb.startswith("return"):
        reason = request.POST.get("reason", "")[:LONGEST]
        done = actions.return_values(ids, reason=reason, selection=chosen, by=account, at=clock.now())
        words = ngettext("%(n)d value returned.", "%(n)d values returned.", done)
    else:
        done = actions.approve_values(ids, selection=chosen, by=account, at=clock.now())
        words = ngettext("%(n)d value approved.", "%(n)d values approved.", done)
    messages.success(request, words % {"n": done})
