"""The organisation as a file: taken out, tried, brought in."""

import io
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Refused
from trienkhai.exchange import actions, queries, rules, waiting
from trienkhai.exchange.files import Table, read_tables, write_csv, write_marked, write_xlsx
from trienkhai.exchange.forms import ImportForm
from trienkhai.exchange.planning import plan_import
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import named_units
from trienkhai.people.requests import account_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_ERRORS = 100
KEPT = "import"


def _unit(request: HttpRequest, pk: int) -> Unit:
    """The unit whose branch is exported, for those who may; 404 for all others."""
    account, on = account_of(request), clock.today()
    unit = get_object_or_404(named_units(account, on).select_related("present__parent__present"), pk=pk)
    if not rules.can_export(account, unit, on):
        return get_object_or_404(Unit.objects.none(), pk=pk)
    return unit


@require_GET
def units(request: HttpRequest, pk: int) -> HttpResponse:
    """Download and upload of a branch."""
    unit = _unit(request, pk)
    return page(request, "exchange/units.html", _context(request, unit))


def _context(request: HttpRequest, unit: Unit, **more: Any) -> dict[str, Any]:
    can_import = rules.can_import(account_of(request), unit, clock.today())
    return {"unit": unit, "form": ImportForm(), "can_import": can_import, **more}


@require_GET
def units_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """Units and posts of the branch as one workbook."""
    unit, on = _unit(request, pk), clock.today()
    target = io.BytesIO()
    write_xlsx(target, {"units": queries.unit_rows(unit, on), "posts": queries.post_rows(unit, on)}, on)
    return _download(target.getvalue(), f"to-chuc-{unit.code}.xlsx", XLSX)


@require_GET
def table_csv(request: HttpRequest, pk: int, name: str) -> StreamingHttpResponse:
    """Units or posts of the branch as CSV, streamed."""
    unit, on = _unit(request, pk), clock.today()
    rows = queries.unit_rows(unit, on) if name == "units" else queries.post_rows(unit, on)
    response = StreamingHttpResponse(write_csv(name, rows, on), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{unit.code}.csv"'
    return response


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def units_try(request: HttpRequest, pk: int) -> HttpResponse:
    """Dry run: what the file would change, and what is wrong in which row. Nothing is stored."""
    unit = _unit(request, pk)
    rules.can_import(account_of(request), unit, clock.today()).require()
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            plan = plan_import(read_tables(upload, upload.name, clock.today()), unit, clock.today())
        except ValidationError as fault:
            form.add_error("file", fault)
        else:
            upload.seek(0)
            request.session[KEPT] = {"token": waiting.keep(upload), "unit": unit.pk}
            context = _context(request, unit, plan=plan, wrong=plan.wrong[:SHOWN_ERRORS])
            return page(request, "exchange/units.html", context, status=422 if plan.wrong else 200)
    return page(request, "exchange/units.html", _context(request, unit) | {"form": form}, status=422)


def _kept(request: HttpRequest, unit: Unit) -> dict[str, Table]:
    """The rows of the file that was tried last for this unit. Raises Refused when it is gone."""
    kept = request.session.get(KEPT) or {}
    path = waiting.path_of(kept.get("token", "")) if kept.get("unit") == unit.pk else None
    if path is None:
        raise Refused(_("The file is no longer kept. Send it again."))
    with path.open("rb") as source:
        return read_tables(source, path.name, clock.today())


@require_GET
def units_marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that was tried, with what is wrong written in its own rows."""
    unit, on = _unit(request, pk), clock.today()
    rules.can_import(account_of(request), unit, on).require()
    tables, target = _kept(request, unit), io.BytesIO()
    plan_import(tables, unit, on)
    write_marked(target, tables)
    return _download(target.getvalue(), f"to-chuc-{unit.code}-loi.xlsx", XLSX)


@require_http_methods(["POST"])
def units_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring in the file that was tried."""
    unit = _unit(request, pk)
    rules.can_import(account_of(request), unit, clock.today()).require()
    tables = _kept(request, unit)
    try:
        actions.apply_import(tables, unit, by=account_of(request), at=clock.now())
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    request.session.pop(KEPT, None)
    messages.success(request, _("The file has been brought in."))
    return go(request, "exchange:units", unit.pk)
