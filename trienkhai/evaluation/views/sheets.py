"""One sheet: its figures, points, vote, proposal; whoever's turn it is fills it on this page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Refused
from trienkhai.evaluation import actions, rules
from trienkhai.evaluation.forms import PointsForm
from trienkhai.evaluation.models import INVALID, CampaignState, Sheet, Step
from trienkhai.evaluation.norms import named
from trienkhai.evaluation.queries import inspected
from trienkhai.evaluation.queries.figures import (
    FINDINGS,
    INDICATORS,
    INSPECTIONS,
    MEETINGS,
    OF,
    OF_TASKS,
    TASKS,
    counts_of,
)
from trienkhai.evaluation.queries.rows import ORDER, ids_of, lines_of, rows_of
from trienkhai.evaluation.queries.sheets import SCORED, confirmations
from trienkhai.evaluation.reasons import EXPLAINED, FIGURES, level_name, reasons_of, shown_number
from trienkhai.evaluation.scoring import Figure
from trienkhai.evaluation.views.common import campaign_crumbs, seen_sheet, sheet_crumbs, show
from trienkhai.evaluation.wording import period_of
from trienkhai.people.requests import account_of

PAGE = 50
WAY = ORDER[:4]


@require_http_methods(["GET", "POST"])
@never_cache
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The own sheet opens at a look; somebody else's by the button (POST), which leaves an act each time."""
    found = seen_sheet(request, pk)
    own = rules.is_own(account_of(request), found, clock.today())
    return _show(request, found, opened=own or request.method == "POST")


@require_POST
@never_cache
def points(request: HttpRequest, pk: int) -> HttpResponse:
    """Store what the present step says; with `pass` it goes to the next one."""
    account = account_of(request)
    found = seen_sheet(request, pk, rules.can_fill)
    if found.step not in SCORED:
        raise Http404
    form = PointsForm(request.POST, sheet=found, given={})
    if not form.is_valid():
        return _show(request, found, opened=True, form=form)
    try:
        actions.give_points(
            found.pk, form.points(), words=form.cleaned_data["words"], confirmed=form.confirmed(), by=account,
            at=clock.now(),
        )  # fmt: skip
        if "pass" in request.POST:
            actions.pass_on(found.pk, by=account, at=clock.now())
            messages.success(request, _("Stored and passed on to the next step."))
            return go(request, "evaluation:sheet", found.pk)
    except ValidationError as fault:
        show(form, fault)
    except Refused as fault:
        form.add_error(None, str(fault))
    else:
        messages.success(request, _("Stored."))
        return _show(request, seen_sheet(request, pk), opened=True)
    return _show(request, found, opened=True, form=form)


@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """After the vote, to the unit above."""
    found = seen_sheet(request, pk, rules.can_fill)
    actions.pass_on(found.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("Passed on to the next step."))
    return go(request, "evaluation:sheet", found.pk)


@require_POST
def figures_again(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_sheet(request, pk, rules.can_fill)
    actions.read_figures(found.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The figures are those of today."))
    return go(request, "evaluation:sheet", found.pk)


def _show(request: HttpRequest, found: Sheet, *, opened: bool, form: PointsForm | None = None) -> HttpResponse:
    """A sheet of somebody else that is shown opened leaves an act, each time."""
    account, on = account_of(request), clock.today()
    if opened:
        actions.read_sheet(found, by=account, at=clock.now())
    campaign = found.campaign
    fills = rules.can_fill(account, found, on)
    context: dict[str, Any] = {
        "sheet": found,
        "campaign": campaign,
        "period": period_of(campaign),
        "opened": opened,
        "own": rules.is_own(account, found, on),
        "steps": [Step(step).label for step in WAY],
        "current": WAY.index(Step(found.step)) + 1 if found.step in WAY else 0,
        "fills": fills,
        "may": {
            "send_back": rules.can_send_back(account, found, on),
            "leave_out": rules.can_leave_out(account, found, on),
            "appeal": rules.can_appeal(account, found, on),
            "answer": rules.can_answer(account, found, on),
        },
        "figures": _figures(found),
        "frozen": rules.frozen(campaign),
        "crumbs": campaign_crumbs(campaign),
    }
    if opened:
        context |= _inside(
            found,
            fills=bool(fills),
            form=form,
            told=campaign.state == CampaignState.DECIDED or bool(rules.reads_result(account, campaign, on)),
        )
    return page(request, "evaluation/sheet.html", context, status=422 if form and form.errors else 200)


def _figures(found: Sheet) -> list[tuple[str, list[tuple[str, str, str, Figure]], bool]]:
    """By what they come from: name, label, explanation and number of each, and whether any of them has rows."""
    counts, shown = counts_of(found.figures), []
    for label, names in (
        (_("Tasks"), OF_TASKS),
        (_("Indicators and meetings"), (INDICATORS, MEETINGS)),
        (_("Inspection"), inspected.NAMES),
    ):
        rows = [(name, str(FIGURES[name]), str(EXPLAINED[name]), counts[name]) for name in names if name in counts]
        if rows:
            shown.append((label, rows, any(one.den for *_words, one in rows)))
    return shown


def _inside(found: Sheet, *, fills: bool, form: PointsForm | None, told: bool) -> dict[str, Any]:
    """Points, words, vote, and for whom they are: proposal and level."""
    campaign = found.campaign
    if fills and found.step in SCORED and form is None:
        given = dict(found.points.filter(step=found.step).values_list("code", "points"))
        form = PointsForm(sheet=found, given=given)
    groups, totals = lines_of(found)
    names = {row["code"]: named(row) for row in campaign.levels} | {INVALID: _("Invalid or blank")}
    labels = {step: Step(step).label for step in SCORED} | {"returned": _("Sent back")}
    return {
        "form": form if fills else None,
        "groups": groups,
        "totals": totals,
        "votes": [(names[code], found.votes[code]) for code in names if code in found.votes],
        "words": [(labels[step], text) for step, text in found.words.items() if step in labels],
        "confirmed": [
            (named(row), found.confirmed[row["confirm"]])
            for row in confirmations(found)
            if row["confirm"] in found.confirmed
        ],
        "told": told,
        "proposed": level_name(campaign, found.proposal["level"]) if found.proposal else "",
        "score": shown_number(found.proposal["score"]) if found.proposal else "",
        "reasons": reasons_of(campaign, found.proposal),
        "level": level_name(campaign, found.level) if found.level else "",
        "appeals": [
            (row, level_name(campaign, row.level) if row.level else "")
            for row in found.appeals.select_related("by", "answered_by").order_by("at")
        ],
    }


@require_GET
def figure(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The rows behind a figure as it was read: those that count and those that do not."""
    found = seen_sheet(request, pk)
    if name not in FIGURES:
        raise Http404
    account, on = account_of(request), clock.today()
    shown = Paginator(ids_of(found, name), PAGE).get_page(request.GET.get("page"))
    kind = OF.get(name, TASKS)
    context = {
        "sheet": found,
        "campaign": found.campaign,
        "period": period_of(found.campaign),
        "name": name,
        "label": str(FIGURES[name]),
        "explained": str(EXPLAINED[name]),
        "count": counts_of(found.figures).get(name),
        "page": shown,
        "rows": rows_of(found, name, shown.object_list, account, on),
        "marks": kind == TASKS and bool(rules.can_mark_above(account, found, on)),
        "list_url": _list_url(found, kind),
        "crumbs": sheet_crumbs(found),
    }
    return page(request, "evaluation/figure.html", context)


def _list_url(found: Sheet, kind: str) -> str:
    """The list of that kind of rows, narrowed to the unit and the period as far as it can be."""
    if kind == TASKS:
        return f"{reverse('tasks:list')}?don-vi={found.unit_id}&pham-vi=don-vi&ky={found.campaign.code}"
    if kind in (INSPECTIONS, FINDINGS):
        return reverse("inspections:history", args=[found.unit_id])
    lists = {MEETINGS: "meetings:calendar", INDICATORS: "indicators:list"}
    return f"{reverse(lists[kind])}?don-vi={found.unit_id}&nam={found.campaign.starts_on.year}"
