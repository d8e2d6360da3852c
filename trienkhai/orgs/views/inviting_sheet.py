"""Many people invited at once by spreadsheet: checked whole, shown, then invited; the links come as a file, once."""

from datetime import date
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.common.verdict import Refused
from trienkhai.orgs import rules
from trienkhai.orgs.actions.inviting import invite_all, try_all
from trienkhai.orgs.forms_accounts import SheetForm
from trienkhai.orgs.inviting_sheet import COLUMNS, Fault, check_rows, read_rows, write_links, write_model
from trienkhai.orgs.views.accounts import address_of_link, administrator_or_404
from trienkhai.people.mailing import send_links
from trienkhai.people.requests import account_of

SALT = "trienkhai.orgs.inviting_sheet"
KEPT_SECONDS = 3600
SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest) -> HttpResponse:
    """Take a sheet and show what would be done, or every fault by row and column. Nothing is stored."""
    administrator_or_404(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "crumbs": [{"label": _("Accounts"), "url": reverse("orgs:accounts")}]}
    if request.method == "POST" and form.is_valid():
        try:
            context |= _checked(request, form.cleaned_data["file"])
        except ValidationError as fault:
            form.add_error("file", fault)
    status = 422 if form.errors or context.get("faults") else 200
    return page(request, "orgs/accounts/sheet.html", context, status=status)


def _checked(request: HttpRequest, upload: Any) -> dict[str, Any]:
    """The rows travel with the page, signed for this account, so that nothing waits on the server."""
    by, on = account_of(request), clock.today()
    rows = read_rows(upload, upload.name)
    guests, faults = check_rows(rows, rules.managed_units(by, on), on)
    if not faults:
        tried = try_all(guests, by=by, at=clock.now())
        faults = [Fault(rows[place][0], COLUMNS["post"][0], words) for place, words in tried]
    context = {"guests": guests[:SHOWN], "count": len(guests), "faults": faults[:SHOWN], "fault_count": len(faults)}
    if faults:
        return context
    plain = [[number, _row(guest, cells)] for guest, (number, cells) in zip(guests, rows, strict=True)]
    return context | {"signed": signing.dumps([by.pk, plain], salt=SALT, compress=True)}


def _row(guest: Any, cells: dict[str, str]) -> dict[str, str]:
    """As it was read, with the user name and the day that were shown."""
    return cells | {"username": guest.username, "valid_from": f"{guest.valid_from:%d/%m/%Y}"}


@require_POST
@never_cache
def sheet_invite(request: HttpRequest) -> HttpResponse:
    """Invite the people of the sheet that was shown, all or none, and hand back the file with their links."""
    administrator_or_404(request)
    by, on, at = account_of(request), clock.today(), clock.now()
    guests, faults = check_rows(_signed_rows(request), rules.managed_units(by, on), on)
    if faults:
        raise Refused(_first_of(faults))
    try:
        made = invite_all(guests, by=by, at=at)
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    addresses = [address_of_link(request, one.token) for one in made]
    letters = [(one.account, way, one.link.expires_at) for one, way in zip(made, addresses, strict=True)]
    mailed = send_links(letters)
    rows = [(one, way, one.account.pk in mailed) for one, way in zip(made, addresses, strict=True)]
    return _file(write_links(rows), f"lien-ket-moi-{on:%Y%m%d}.xlsx")


def _signed_rows(request: HttpRequest) -> list[tuple[int, dict[str, str]]]:
    try:
        owner, rows = signing.loads(request.POST.get("signed", ""), salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        owner, rows = None, []
    if owner != account_of(request).pk:
        raise Refused(_("This sheet was checked too long ago, or by somebody else. Send the file again."))
    return [(number, cells) for number, cells in rows]


def _first_of(faults: list[Fault]) -> str:
    words = {"row": faults[0].row, "column": faults[0].column, "sentence": faults[0].sentence}
    return _("Row %(row)d, column “%(column)s”: %(sentence)s") % words


@require_GET
def sheet_model(request: HttpRequest) -> HttpResponse:
    """An empty sheet to fill in."""
    administrator_or_404(request)
    unit = rules.managed_units(account_of(request), clock.today()).select_related("present").order_by("path")[0]
    example = ["Trần Thị Lan", "", "", unit.code, _("Clerk"), f"{date(clock.today().year, 1, 1):%d/%m/%Y}"]
    return _file(write_model(example), "mau-moi-nguoi-dung.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
