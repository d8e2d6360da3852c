"""Working papers: the points of the outline, findings, and the files beside them."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Verdict
from trienkhai.inspections import actions, rules
from trienkhai.inspections.forms import FindingForm, PointForm, ProofForm, ResultForm
from trienkhai.inspections.models import Finding, Inspection, Point, Proof
from trienkhai.inspections.queries.marks import mark_of
from trienkhai.inspections.views.common import act_and_return, answer, seen_inspection
from trienkhai.people.requests import account_of


def _to(found: Inspection) -> tuple[str, int]:
    return "inspections:inspection", found.pk


def _inside(request: HttpRequest, pk: int, rule: Any) -> Inspection:
    """An inspection whose papers the person sees: nothing tells others which points and findings there are."""
    found = seen_inspection(request, pk)
    account, on = account_of(request), clock.today()
    verdict: Verdict = rules.can_see_inside(account, found, on)
    if not verdict:
        raise Http404
    rule(account, found, on).require()
    return found


@require_http_methods(["GET", "POST"])
def point_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = _inside(request, pk, rules.can_outline)
    form = PointForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.add_point(found.pk, **given, by=account_of(request), at=clock.now())

    words = {"title": _("A point of the outline"), "lead": found.unit.name}
    return answer(request, form, act, _to(found), **words)


@require_POST
def point_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Point, pk=pk)
    found = _inside(request, row.inspection_id, rules.can_outline)

    def act() -> None:
        actions.remove_point(row.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, act, _("The point was left out."), _to(found))


@require_http_methods(["GET", "POST"])
def point(request: HttpRequest, pk: int) -> HttpResponse:
    """What was seen of a point."""
    row = get_object_or_404(Point, pk=pk)
    found = _inside(request, row.inspection_id, rules.can_examine)

    def stands() -> tuple[str, str]:
        now = Point.objects.filter(pk=row.pk).first() or row
        return mark_of(now.result, now.note), f"{now.get_result_display()}\n{now.note}"

    form = ResultForm(request.POST or None, stands=stands, initial={"result": row.result, "note": row.note})

    def act(given: dict[str, Any]) -> None:
        words = {"result": given["result"], "note_text": given["note"], "seen": given["seen"]}
        actions.tell_point(row.pk, **words, by=account_of(request), at=clock.now())

    return answer(request, form, act, _to(found), title=row.text, lead=found.unit.name)


@require_http_methods(["GET", "POST"])
def point_proof(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Point, pk=pk)
    return _proof(request, row, rules.can_examine)


@require_http_methods(["GET", "POST"])
def finding_proof(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Finding, pk=pk)
    return _proof(request, row, rules.can_find)


def _proof(request: HttpRequest, row: Point | Finding, rule: Any) -> HttpResponse:
    found = _inside(request, row.inspection_id, rule)
    form = ProofForm(request.POST or None, request.FILES or None)
    point, finding = (row.pk, 0) if isinstance(row, Point) else (0, row.pk)

    def act(given: dict[str, Any]) -> None:
        kept: dict[str, Any] = {"not_secret": given["not_secret"], "by": account_of(request), "at": clock.now()}
        actions.add_proof(given["file"], point_id=point, finding_id=finding, **kept)

    return answer(request, form, act, _to(found), title=_("A file that proves it"), lead=str(row))


@require_http_methods(["GET", "POST"])
def finding_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = _inside(request, pk, rules.can_find)
    form = FindingForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.add_finding(found.pk, **given, by=account_of(request), at=clock.now())

    words = {"title": _("A finding"), "lead": found.unit.name}
    return answer(request, form, act, _to(found), **words)


@require_http_methods(["GET", "POST"])
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a finding right before the conclusion is issued."""
    row = get_object_or_404(Finding, pk=pk)
    found = _inside(request, row.inspection_id, rules.can_find)
    due = row.due_on if row.due_on != OPEN_END else None
    form = FindingForm(request.POST or None, initial={"text": row.text, "remedy": row.remedy, "due_on": due})

    def act(given: dict[str, Any]) -> None:
        actions.change_finding(row.pk, **given, by=account_of(request), at=clock.now())

    words = {"title": _("Change the finding"), "lead": found.unit.name}
    return answer(request, form, act, _to(found), **words)


@require_POST
def finding_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Finding, pk=pk)
    found = _inside(request, row.inspection_id, rules.can_find)

    def act() -> None:
        actions.remove_finding(row.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, act, _("The finding was taken back."), _to(found))


@require_GET
def proof(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The file: of a finding for who reads the conclusion, of a point for who inspects."""
    row = get_object_or_404(Proof.objects.select_related("file"), pk=pk)
    found = seen_inspection(request, row.inspection_id)
    rule = rules.can_read_conclusion if row.finding_id else rules.can_see_inside
    if not rule(account_of(request), found, clock.today()) or not default_storage.exists(row.file.path):
        raise Http404
    content = default_storage.open(row.file.path)
    response = FileResponse(content, as_attachment=True, filename=row.file.name, content_type=row.file.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
