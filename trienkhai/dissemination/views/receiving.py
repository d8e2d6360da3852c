"""What a unit was sent: acknowledge it, one or all, and say what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.dissemination import actions, rules
from trienkhai.dissemination.forms import CloseForm
from trienkhai.dissemination.models import Receipt
from trienkhai.dissemination.queries.sending import receipts_waiting
from trienkhai.dissemination.views.pages import PAGE, document_crumb, study_crumb
from trienkhai.people.requests import account_of


def _receipt(request: HttpRequest, pk: int) -> Receipt:
    rows = rules.visible_receipts(account_of(request), clock.today())
    return get_object_or_404(rows.select_related("sending__document", "unit__present"), pk=pk)


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    receipt = _receipt(request, pk)
    actions.acknowledge_receipt(receipt.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("%(unit)s has acknowledged the document.") % {"unit": receipt.unit.short_name})
    if request.POST.get("back") == "mine":
        return go(request, "tasks:mine")
    return go(request, "documents:detail", receipt.sending.document_id)


@require_http_methods(["GET", "POST"])
def acknowledge_all(request: HttpRequest) -> HttpResponse:
    """All that own units were sent and have not acknowledged, after a page that says what it is."""
    account, on = account_of(request), clock.today()
    waiting = receipts_waiting(rules.units_receiving(account, on, "acknowledge"), on)
    count = waiting.count()
    if not count:
        messages.info(request, _("No document waits for your confirmation."))
        return go(request, "dissemination:mine")
    if request.method == "POST":
        words = _("everything sent and not yet acknowledged")
        done = actions.acknowledge_receipts(waiting, selection=words, by=account, at=clock.now())
        told = ngettext("%(n)d document acknowledged.", "%(n)d documents acknowledged.", done)
        messages.success(request, told % {"n": done})
        return go(request, "dissemination:mine")
    context = {"count": count, "receipts": waiting[:PAGE], "crumbs": [study_crumb()]}
    return page(request, "dissemination/acknowledge_all.html", context)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of the document in this unit."""
    receipt, account = _receipt(request, pk), account_of(request)
    rules.can_close(account, receipt, clock.today()).require()
    form = CloseForm(request.POST or None, initial={"closed_as": receipt.closed_as or "study"})
    if request.method == "POST" and form.is_valid():
        actions.close_receipt(receipt.pk, form.cleaned_data["closed_as"], by=account, at=clock.now())
        messages.success(request, _("Stored."))
        return go(request, "documents:detail", receipt.sending.document_id)
    context = {"form": form, "receipt": receipt, "crumbs": [document_crumb(receipt.sending.document)]}
    return page(request, "dissemination/close.html", context, part="form", status=422 if form.errors else 200)
