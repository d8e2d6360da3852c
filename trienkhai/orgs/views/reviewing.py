"""The yearly review of rights: which there are, one of them, deciding."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Refused
from trienkhai.orgs import rules, rules_accounts
from trienkhai.orgs.actions import reviewing
from trienkhai.orgs.forms_accounts import DecideForm
from trienkhai.orgs.models import Review
from trienkhai.orgs.queries_accounts import marked_narrow, progress_of, remarks_on, review_due, to_review, without_post
from trienkhai.people.requests import account_of

ROWS = 50
SHOWN = 20


@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """Reviews in one's reach, and the units whose review of this year has not been opened."""
    by, on = account_of(request), clock.today()
    own = list(rules_accounts.reviewed_units(by, on).select_related("present").order_by("path"))
    if not own:
        raise Http404
    due = review_due(on, own[0].path or "")
    rows = rules_accounts.visible_reviews(by, on).select_related("unit__present").order_by("-year", "unit__path")
    shown = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    opened = set(Review.objects.filter(unit__in=own, year=on.year).values_list("unit", flat=True))
    context = {"due": due, "shown": shown, "to_open": [unit for unit in own if unit.pk not in opened], "year": on.year}
    return page(request, "orgs/accounts/reviews.html", context)


@require_POST
def review_open(request: HttpRequest, pk: int) -> HttpResponse:
    by, on = account_of(request), clock.today()
    unit = get_object_or_404(rules_accounts.reviewed_units(by, on).select_related("present"), pk=pk)
    made = reviewing.open_review(unit, on.year, by=by, at=clock.now())
    return go(request, "orgs:review", made.pk)


def _review(request: HttpRequest, pk: int) -> Review:
    rows = rules_accounts.visible_reviews(account_of(request), clock.today())
    return get_object_or_404(rows.select_related("unit__present", "opened_by"), pk=pk)


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What is left to decide on, ticked and decided together; how far each unit is; accounts without a post."""
    by, on = account_of(request), clock.today()
    found = _review(request, pk)
    mark = request.GET.get("loc", "")
    left = marked_narrow(to_review(found, on), mark).select_related(
        "account", "post__unit__present", "principal__account"
    )
    shown = Paginator(left.order_by("post__unit__path", "post", "pk"), ROWS).get_page(request.GET.get("page"))
    progress = progress_of(found, on)
    idle = without_post(found, on)
    context = {
        "review": found,
        "rows": [(row, remarks_on(row), by.pk in row.behind) for row in shown],
        "shown": shown,
        "mark": mark,
        "progress": progress,
        "done": sum(row.done for row in progress),
        "total": sum(row.total for row in progress),
        "marks": found.marks.select_related("holding__account", "holding__post__unit__present", "by").order_by("-pk")[
            :SHOWN
        ],
        "idle": list(idle[:SHOWN]),
        "may_end": rules.can_manage_units(by, on, found.unit),
        "due": review_due(on, found.unit.path or ""),
        "today": on,
        "crumbs": [{"label": _("Review of rights"), "url": reverse("orgs:reviews")}],
    }
    return page(request, "orgs/accounts/review.html", context)


@require_POST
def review_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One press for all ticked rights."""
    found = _review(request, pk)
    form = DecideForm(request.POST)
    if not form.is_valid():
        raise Refused(_("The decision could not be read. Tick the rights again and write the day as dd/mm/yyyy."))
    values = form.cleaned_data
    try:
        count = reviewing.decide(
            found.pk,
            values["holding"],
            values["outcome"],
            until=values["until"],
            by=account_of(request),
            at=clock.now(),
        )
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    if count:
        words = ngettext("%(n)d right decided on.", "%(n)d rights decided on.", count)
        messages.success(request, words % {"n": count})
    else:
        messages.warning(request, _("Nothing was ticked that is still to be decided on."))
    back = request.POST.get("loc", "")
    address = reverse("orgs:review", args=[found.pk])
    return go(request, f"{address}?loc={back}" if back in ("chua-dang-nhap", "uy-quyen", "co-han") else address)


@require_POST
def review_close(request: HttpRequest, pk: int) -> HttpResponse:
    found = _review(request, pk)
    reviewing.close_review(found.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The review is closed."))
    return go(request, "orgs:review", found.pk)
