"""The list of one unit as a spreadsheet: taken along, and brought in after a trial that stores nothing."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Refused
from trienkhai.orgs.actions import roster
from trienkhai.orgs.actions.roster import importing
from trienkhai.orgs.forms_posts import language
from trienkhai.orgs.forms_roster import RosterSheetForm
from trienkhai.orgs.inviting_sheet import Fault
from trienkhai.orgs.models import Unit
from trienkhai.orgs.queries_posts import names_in
from trienkhai.orgs.roster_sheet import Line, check_lines, read_roster_rows, write_roster
from trienkhai.orgs.views.roster import kept_or_404, unit_or_404
from trienkhai.people.requests import account_of

SALT = "trienkhai.orgs.roster_sheet"
KEPT_SECONDS = 3600
SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OUTCOMES = {
    importing.ADDED: gettext_lazy("new row"),
    importing.CHANGED: gettext_lazy("other class from that day"),
    importing.CORRECTED: gettext_lazy("put right"),
    importing.SAME: gettext_lazy("as it is"),
}


@require_POST
@never_cache
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that stand; an act each time, and a file whose name says what it holds."""
    unit, today = unit_or_404(request, pk), clock.today()
    rows = roster.export_roster(unit, by=account_of(request), at=clock.now())
    response = HttpResponse(write_roster(rows, today), content_type=XLSX)
    name = f"du-lieu-ca-nhan-nhay-cam-dang-vien-{unit.pk}-{today:%Y%m%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
@never_cache
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a sheet and show what would become of each row, or every fault. Nothing is stored."""
    unit = kept_or_404(request, pk)
    form = RosterSheetForm(request.POST or None, request.FILES or None)
    crumbs = [{"label": unit.name, "url": reverse("orgs:roster", args=[pk])}]
    context: dict[str, Any] = {"unit": unit, "form": form, "crumbs": crumbs}
    if request.method == "POST" and form.is_valid():
        try:
            context |= _tried(request, unit, form.cleaned_data["file"])
        except ValidationError as fault:
            form.add_error("file", fault)
    status = 422 if form.errors or context.get("faults") else 200
    return page(request, "orgs/roster/sheet.html", context, status=status)


def _tried(request: HttpRequest, unit: Unit, upload: Any) -> dict[str, Any]:
    """The rows travel with the page, signed for this account and unit, so that no name waits on the server."""
    by, on = account_of(request), clock.today()
    rows = read_roster_rows(upload, upload.name)
    lines, faults = check_lines(rows, unit, on)
    done: list[str] = []
    if not faults:
        done, faults = importing.try_lines(unit, lines, by=by, at=clock.now())
    if faults:
        return {"faults": faults[:SHOWN], "fault_count": len(faults)}
    names = names_in("members.classes", on, language())
    shown = [(line, names[line.kind], OUTCOMES[what], what) for line, what in zip(lines, done, strict=True)]
    signed = signing.dumps([by.pk, unit.pk, rows], salt=SALT, compress=True)
    changing = sum(what != importing.SAME for what in done)
    return {"lines": shown[:SHOWN], "count": len(shown), "changing": changing, "signed": signed}


@require_POST
@never_cache
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over the rows that were shown, all or none."""
    unit, by = kept_or_404(request, pk), account_of(request)
    lines, faults = _signed_lines(request, unit)
    if faults:
        raise Refused(_first_of(faults))
    try:
        done = importing.store_lines(unit, lines, by=by, at=clock.now())
    except importing.Faulty as found:
        raise Refused(_first_of(found.faults)) from found
    changing = sum(what != importing.SAME for what in done)
    words = ngettext("%(n)d row has been taken over.", "%(n)d rows have been taken over.", changing)
    messages.success(request, words % {"n": changing})
    return go(request, "orgs:roster", unit.pk)


def _signed_lines(request: HttpRequest, unit: Unit) -> tuple[list[Line], list[Fault]]:
    try:
        owner, of_unit, rows = signing.loads(request.POST.get("signed", ""), salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        owner, of_unit, rows = None, None, []
    if (owner, of_unit) != (account_of(request).pk, unit.pk):
        raise Refused(_("This sheet was checked too long ago, or by somebody else. Send the file again."))
    return check_lines([(number, cells) for number, cells in rows], unit, clock.today())


def _first_of(faults: list[Fault]) -> str:
    words = {"row": faults[0].row, "column": faults[0].column, "sentence": faults[0].sentence}
    return _("Row %(row)d, column “%(column)s”: %(sentence)s") % words
