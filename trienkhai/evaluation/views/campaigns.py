"""Evaluations: the list, opening one, its subjects, proposing, deciding, the list for the decision."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents.layouts.docx_file import write_docx
from trienkhai.evaluation import actions, rules
from trienkhai.evaluation.forms import DecideForm, OpenForm, SubjectsForm
from trienkhai.evaluation.models import Campaign, CampaignState, Sheet, Step
from trienkhai.evaluation.queries.sheets import appealed
from trienkhai.evaluation.reasons import ceiling_sentence, denominator_name, level_name, reasons_of, shown_number
from trienkhai.evaluation.views.common import answer, campaign_crumbs, download, list_crumb, seen_campaign, show
from trienkhai.evaluation.wording import period_of
from trienkhai.orgs.models import Unit
from trienkhai.people.requests import account_of

PAGE = 50
APPRAISED, UNDER_WAY, RANKED = "da-tham-dinh", "chua-tham-dinh", "xep-loai"
BY_STEP = {
    APPRAISED: (gettext_lazy("appraised"), (Step.READY, Step.DECIDED)),
    UNDER_WAY: (gettext_lazy("not appraised yet"), (Step.SELF, Step.COLLECTIVE, Step.VOTE, Step.UPPER)),
    RANKED: (gettext_lazy("all that are ranked"), tuple(step for step in Step if step != Step.LEFT_OUT)),
}
"""Which sheets of an evaluation are listed, and how that is said."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Evaluations in which the person evaluates or is evaluated, and decided ones of the branch; of each the sheets in
    sight are counted."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_campaigns(account, on).select_related("unit__present")
    shown = Paginator(rows.order_by("-starts_on", "-code", "unit__path"), PAGE).get_page(request.GET.get("page"))
    seen = rules.visible_sheets(account, on).filter(campaign__in=[row.pk for row in shown]).order_by()
    counted = seen.values("campaign").annotate(
        appraised=Count("pk", filter=Q(step__in=BY_STEP[APPRAISED][1])),
        ranked=Count("pk", filter=Q(step__in=BY_STEP[RANKED][1])),
    )
    counts = {one["campaign"]: one for one in counted}
    context = {
        "page": shown,
        "rows": [(row, period_of(row), counts.get(row.pk, {})) for row in shown],
        "units": rules.evaluating_units(account, on),
    }
    return page(request, "evaluation/list.html", context)


@require_http_methods(["GET", "POST"])
def open_campaign(request: HttpRequest, unit: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    found = get_object_or_404(Unit.objects.select_related("present"), pk=unit, pk__in=rules.evaluating_ids(account, on))
    rules.can_open(account, found, on).require()
    form = OpenForm(request.POST or None, unit=found, on=on)

    def act() -> Campaign:
        given = form.cleaned_data
        return actions.open_campaign(
            found, given["code"], given["units"], heads=given["heads"], denominator=given["denominator"], by=account,
            at=clock.now(),
        )  # fmt: skip

    words: dict[str, Any] = {
        "title": _("Open an evaluation"),
        "lead": found.name,
        "verb": _("Open"),
        "crumbs": [list_crumb()],
    }
    said = _("The evaluation is open; the subjects were told.")
    return answer(request, form, act, back=reverse("evaluation:list"), to="evaluation:campaign", said=said, **words)


@require_http_methods(["GET", "POST"])
def subjects(request: HttpRequest, pk: int) -> HttpResponse:
    """Further subjects."""
    account, on = account_of(request), clock.today()
    found = seen_campaign(request, pk)
    rules.can_propose(account, found, on).require()
    form = SubjectsForm(request.POST or None, unit=found.unit, on=on)

    def act() -> object:
        return actions.add_subjects(found.pk, **form.cleaned_data, by=account, at=clock.now())

    words: dict[str, Any] = {
        "title": _("Add subjects"),
        "lead": period_of(found),
        "verb": _("Add"),
        "crumbs": campaign_crumbs(found),
    }
    return answer(request, form, act, back=reverse("evaluation:campaign", args=[found.pk]), **words)


def _sheets(request: HttpRequest, campaign: Campaign) -> list[Sheet]:
    rows = rules.visible_sheets(account_of(request), clock.today()).filter(campaign=campaign)
    return list(rows.select_related("unit__present").order_by("unit__path", "person"))


def _show(request: HttpRequest, found: Campaign, *, opened: bool, form: DecideForm | None = None) -> HttpResponse:
    """Points and levels shown leave an act, each time they are shown."""
    account, on = account_of(request), clock.today()
    if opened:
        actions.read_result(found, by=account, at=clock.now())
    sheets = _sheets(request, found)
    for sheet in sheets:
        sheet.campaign = found
    result = rules.reads_result(account, found, on)
    decides = rules.can_decide(account, found, on)
    ranked = [sheet for sheet in sheets if sheet.proposal]
    if opened and decides and form is None:
        form = DecideForm(campaign=found, sheets=ranked)
    after = appealed(sheets) if opened else {}
    only = "" if opened else request.GET.get("phieu", "")
    listed = [sheet for sheet in sheets if only not in BY_STEP or sheet.step in BY_STEP[only][1]]
    rows = [
        _row(found, sheet, after.get(sheet.pk, ""), form if decides and sheet.proposal else None) for sheet in listed
    ]
    context: dict[str, Any] = {
        "campaign": found,
        "period": period_of(found),
        "parts": [
            (kind, [row for row in rows if row["sheet"].kind == kind], ceiling_sentence(found, kind))
            for kind in ("unit", "post")
        ],
        "only": BY_STEP[only][0] if only in BY_STEP else "",
        "opened": opened,
        "reads_result": result,
        "form": form if opened and decides else None,
        "decides": decides,
        "proposes": rules.can_propose(account, found, on),
        "drafts": rules.can_draft_list(account, found, on),
        "denominator": denominator_name(found.ceiling, found.denominator),
        "waiting": sum(sheet.step in BY_STEP[UNDER_WAY][1] for sheet in sheets),
        "crumbs": [list_crumb()],
    }
    return page(request, "evaluation/campaign.html", context, status=422 if form and form.errors else 200)


def _row(found: Campaign, sheet: Sheet, after: str, form: DecideForm | None) -> dict[str, Any]:
    """after: the level that an appeal brought, or ''."""
    return {
        "sheet": sheet,
        "score": shown_number(sheet.proposal["score"]) if sheet.proposal else "",
        "proposed": level_name(found, sheet.proposal["level"]) if sheet.proposal else "",
        "lowered": bool(sheet.proposal) and sheet.proposal["own"] != sheet.proposal["level"],
        "reasons": reasons_of(found, sheet.proposal),
        "level": level_name(found, sheet.level) if sheet.level else "",
        "after": level_name(found, after) if after else "",
        "level_field": form[f"level_{sheet.pk}"] if form else None,
        "reason_field": form[f"reason_{sheet.pk}"] if form else None,
    }


@require_http_methods(["GET", "POST"])
@never_cache
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """A look shows who stands in which step. The button (POST) shows points and levels, and leaves an act."""
    found = seen_campaign(request, pk)
    return _show(request, found, opened=request.method == "POST")


@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_campaign(request, pk)
    actions.propose_levels(found.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The levels are proposed: open the results to read them with their reasons."))
    return go(request, "evaluation:campaign", found.pk)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    account = account_of(request)
    found = seen_campaign(request, pk)
    rules.can_decide(account, found, clock.today()).require()
    ranked = [sheet for sheet in _sheets(request, found) if sheet.proposal]
    form = DecideForm(request.POST, campaign=found, sheets=ranked)
    if form.is_valid():
        try:
            actions.decide(found.pk, form.levels(), form.reasons(), by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("The result is decided and frozen; everybody concerned was told."))
            return go(request, "evaluation:campaign", found.pk)
    return _show(request, found, opened=True, form=form)


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The list for the decision as a draft; opens in the editor of drafts."""
    found = seen_campaign(request, pk)
    made = actions.draft_list(found.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The list is drafted; read it through, then issue it like any draft."))
    return go(request, "documents:draft", made.pk)


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The list for the decision as a file; that it was taken out is an act."""
    found = seen_campaign(request, pk)
    if found.state == CampaignState.OPEN and not rules.reads_result(account_of(request), found, clock.today()):
        raise Http404
    composition = actions.export_list(found, by=account_of(request), at=clock.now())
    return download(write_docx(composition), f"danh-sach-xep-loai-{found.code}.docx", DOCX)
