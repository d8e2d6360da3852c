"""The organisation as a file: taken out, tried, brought in."""

import io
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Refused
from trienkhai.exchange import actions, queries, rules, waiting
from trienkhai.exchange.files import read_tables, unpacked
from trienkhai.exchange.forms import ImportForm
from trienkhai.exchange.models import FileJob
from trienkhai.exchange.planning import plan_import
from trienkhai.exchange.planning.summary import summary_of
from trienkhai.exchange.views.file_jobs import begin
from trienkhai.exchange.views.waiting_file import download, forget, keep, kept, kept_path
from trienkhai.exchange.writing import write_csv, write_marked, write_xlsx
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import named_units
from trienkhai.people.requests import account_of

IN_BACKGROUND = 3 * 1024 * 1024
"""Unpacked bytes of cells from which a page does not wait: some 3,000 rows of a workbook, 20,000 of a CSV file."""


def _purpose(unit: Unit) -> str:
    return f"units-{unit.pk}"


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
    account = account_of(request)
    can_import = rules.can_import(account, unit, clock.today())
    job = rules.visible_file_jobs(account).filter(unit=unit).order_by("-created_at", "-pk").first()
    return {"unit": unit, "form": ImportForm(), "can_import": can_import, "job": job, **more}


@require_GET
def units_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """Units and posts of the branch as one workbook."""
    unit, on = _unit(request, pk), clock.today()
    target = io.BytesIO()
    write_xlsx(target, {"units": queries.unit_rows(unit, on), "posts": queries.post_rows(unit, on)}, on)
    return download(target.getvalue(), f"to-chuc-{unit.code}.xlsx")


@require_GET
def table_csv(request: HttpRequest, pk: int, name: str) -> StreamingHttpResponse:
    """Units or posts of the branch as CSV, streamed."""
    unit, on = _unit(request, pk), clock.today()
    rows = queries.unit_rows(unit, on) if name == "units" else queries.post_rows(unit, on)
    response = StreamingHttpResponse(write_csv(name, rows, on), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}-{unit.code}.csv")
    return response


@require_POST
def units_try(request: HttpRequest, pk: int) -> HttpResponse:
    """Dry run: what the file would change, and what is wrong in which row. Nothing is stored.

    A file of thousands of rows goes to the worker, and the person to the page that shows how far it is.
    """
    unit = _unit(request, pk)
    rules.can_import(account_of(request), unit, clock.today()).require()
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        if unpacked(upload, upload.name) > IN_BACKGROUND:
            return begin(request, unit, FileJob.Kind.TRY, waiting.keep(upload), upload.name)
        try:
            plan = plan_import(read_tables(upload, upload.name, clock.today()), unit, clock.today())
        except ValidationError as fault:
            form.add_error("file", fault)
        else:
            keep(request, upload, _purpose(unit))
            context = _context(request, unit, plan=summary_of(plan, clock.today()), name=upload.name)
            return page(request, "exchange/units.html", context, status=422 if plan.wrong else 200)
    return page(request, "exchange/units.html", _context(request, unit) | {"form": form}, status=422)


@require_GET
def units_marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that was tried, with what is wrong written in its own rows."""
    unit, on = _unit(request, pk), clock.today()
    rules.can_import(account_of(request), unit, on).require()
    path, target = kept_path(request, _purpose(unit)), io.BytesIO()
    with path.open("rb") as source:
        tables = read_tables(source, path.name, on)
        plan_import(tables, unit, on)
        write_marked(target, tables, source, path.name)
    return download(target.getvalue(), f"to-chuc-{unit.code}-loi.xlsx")


@require_http_methods(["POST"])
def units_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring in the file that was tried."""
    unit = _unit(request, pk)
    rules.can_import(account_of(request), unit, clock.today()).require()
    try:
        plan = actions.apply_import(kept(request, _purpose(unit)), unit, by=account_of(request), at=clock.now())
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    forget(request)
    told = _("The file is in: %(new)d units founded, %(changed)d changed, %(posts)d posts made, %(holdings)d given.")
    counts = {name: len(getattr(plan, name)) for name in ("new", "posts", "holdings")}
    messages.success(request, told % (counts | {"changed": plan.other_units}))
    return go(request, "exchange:units", unit.pk)
