"""What waits for a decision: one, those ticked, or all that the filter shows, in the background when they are many."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.indicators import actions, decisions, rules
from trienkhai.indicators.models import Definition, ValueQuerySet
from trienkhai.indicators.views.pages import PAGE, list_crumb, number_asked
from trienkhai.people.requests import account_of
from trienkhai.tasks.actions.jobs import IN_BACKGROUND, begin_job
from trienkhai.tasks.background import Kept
from trienkhai.tasks.models import BulkJob
from trienkhai.tasks.queries.jobs import jobs_shown

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
            job = _decide(request, shown, decisions.kept(asked))
            return go(request, "tasks:job", job.pk) if job else go(request, request.get_full_path())
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
        "jobs": jobs_shown(account, decisions.NAME),
        "crumbs": [list_crumb()],
    }
    return page(request, "indicators/waiting.html", context, status=422 if fault else 200)


def _decide(request: HttpRequest, shown: ValueQuerySet, kept: Kept) -> BulkJob | None:
    """Approve or return what was ticked, or all that the filter shows; the job that does it when they are many."""
    account, verb = account_of(request), request.POST.get("verb", "")
    returns, everything = verb.startswith("return"), verb.endswith("_all")
    reason = request.POST.get("reason", "")[:LONGEST] if returns else ""
    if everything:
        ids = list(shown.order_by("pk").values_list("pk", flat=True)[:IN_BACKGROUND])
        if len(ids) == IN_BACKGROUND:
            kind = "return" if returns else "approve"
            return begin_job(decisions.NAME, kind, kept, words=reason, by=account, at=clock.now())
    else:
        ids = [int(text) for text in request.POST.getlist("so-lieu") if text.isdecimal() and len(text) < 18]
    if not ids:
        raise ValidationError(_("Nothing was chosen."))
    chosen = _("all that the filter shows") if everything else ""
    if returns:
        done = actions.return_values(ids, reason=reason, selection=chosen, by=account, at=clock.now())
        words = ngettext("%(n)d value returned.", "%(n)d values returned.", done)
    else:
        done = actions.approve_values(ids, selection=chosen, by=account, at=clock.now())
        words = ngettext("%(n)d value approved.", "%(n)d values approved.", done)
    messages.success(request, words % {"n": done})
    return None
