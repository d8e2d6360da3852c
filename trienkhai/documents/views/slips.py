"""Hand-over slips: written, shown as the paper slip, received, returned, done."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents import actions, rules, sight
from trienkhai.documents.forms_books import FinishForm, ReasonForm, SlipForm
from trienkhai.documents.models import Document, Slip
from trienkhai.documents.queries.books import open_documents
from trienkhai.documents.queries.slips import addressees_of, leaders, slips_of, within
from trienkhai.documents.queries.urgency import urgent_clocks
from trienkhai.documents.views.lines import line_crumbs, seen_entry
from trienkhai.documents.views.pages import list_crumb, show
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of


def _seen_slip(account: Account, pk: int, on: date) -> Slip:
    rows = rules.visible_slips(account, on).select_related(
        "entry__document", "entry__unit__present", "entry__series__term", "unit__present", "post", "person", "leader"
    )
    return get_object_or_404(rows, pk=pk)


def _slip_crumbs(account: Account, slip: Slip, on: date) -> list[dict[str, str]]:
    """By the book for those who read it; others come from the document."""
    if rules.visible_books(account, on).filter(pk=slip.entry.unit_id).exists():
        return line_crumbs(slip.entry)
    return [list_crumb()]


@require_http_methods(["GET", "POST"])
def slip_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the instruction of a leader and hand the document over."""
    account, on = account_of(request), clock.today()
    line = seen_entry(account, pk, on)
    if not rules.can_hand_over(account, line, on):
        raise Http404
    offered, able = addressees_of(line.unit, on), leaders(line.unit, on)
    first = {"due_on": line.due_on}
    form = SlipForm(request.POST or None, initial=first, addressees=offered, leaders=able, by=account)
    if request.method == "POST" and form.is_valid():
        try:
            slip = actions.give_slip(pk, form.instruction(), by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Handed over to %(to)s.") % {"to": slip.addressee})
            return go(request, "documents:entry", pk)
    context = {
        "form": form,
        "title": _("Hand the document over"),
        "label": _("Hand over"),
        "lead": f"{line.number_shown} · {line.document}",
        "back": reverse("documents:entry", args=[pk]),
        "crumbs": line_crumbs(line),
    }
    return page(request, "documents/line_form.html", context, part="form", status=422 if form.errors else 200)


@require_GET
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip as it is printed, with all slips of the line in their order, and what the receiver may do."""
    account, on = account_of(request), clock.today()
    shown = _seen_slip(account, pk, on)
    line = shown.entry
    context = {
        "slip": shown,
        "entry": line,
        "slips": slips_of(line),
        "clock": urgent_clocks([line], clock.now()).get(line.pk),
        "opens": line.document_id in open_documents(account, [line], on),
        "may_answer": rules.can_answer_slip(account, shown, on),
        "may_close": rules.can_close_slip(account, shown, on),
        "may_pass_on": rules.can_pass_on(account, shown, on),
        "late": shown.is_late(on),
        "crumbs": _slip_crumbs(account, shown, on),
    }
    return page(request, "documents/slip.html", context)


def _answered(account: Account, pk: int, on: date) -> Slip:
    """A slip that the person answers; 404 for everyone else; refused when it is closed."""
    found = _seen_slip(account, pk, on)
    verdict = rules.can_answer_slip(account, found, on)
    if not verdict and found.is_open:
        raise Http404
    verdict.require()
    return found


@require_POST
def slip_receive(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    _answered(account, pk, on)
    actions.receive_slip(pk, by=account, at=clock.now())
    messages.success(request, _("Received."))
    return go(request, "documents:slip", pk)


@require_http_methods(["GET", "POST"])
def slip_pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Give what was handed over to the whole unit to one of its people or posts."""
    account, on = account_of(request), clock.today()
    found = _answered(account, pk, on)
    rules.can_pass_on(account, found, on).require()
    offered = within(found.unit, on)
    form = SlipForm(
        request.POST or None,
        initial={"words": found.instruction, "due_on": found.due_on},
        addressees=offered,
        leaders=[account],
        by=account,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.pass_on_slip(pk, form.instruction(), by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Passed on to %(to)s.") % {"to": made.addressee})
            return go(request, "documents:slip", pk)
    return _form_page(request, account, found, form, _("Pass it on within the unit"), _("Pass on"))


@require_http_methods(["GET", "POST"])
def slip_return(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    found = _answered(account, pk, on)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.return_slip(pk, reason=form.cleaned_data["reason"], by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Returned."))
            return go(request, "documents:slip", pk)
    return _form_page(request, account, found, form, _("Return the document"), _("Return"))


@require_http_methods(["GET", "POST"])
def slip_finish(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    found = _answered(account, pk, on)
    document: Document | None = found.entry.document
    form = FinishForm(request.POST or None, has_work=bool(document and sight.has_work(document)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.finish_slip(pk, **form.cleaned_data, by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Noted as handled."))
            return go(request, "documents:slip", pk)
    return _form_page(request, account, found, form, _("Say that it is handled"), _("Handled"))


def _form_page(
    request: HttpRequest,
    account: Account,
    found: Slip,
    form: ReasonForm | FinishForm | SlipForm,
    title: str,
    label: str,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "label": label,
        "lead": f"{found.entry.document} · {found.instruction}",
        "back": reverse("documents:slip", args=[found.pk]),
        "crumbs": _slip_crumbs(account, found, clock.today()),
    }
    return page(request, "documents/line_form.html", context, part="form", status=422 if form.errors else 200)
