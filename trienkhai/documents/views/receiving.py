"""Receiving a document."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents import actions, queries, rules
from trienkhai.documents.forms import UploadForm
from trienkhai.documents.models import Book, Document
from trienkhai.documents.queries.scans import scan_remarks
from trienkhai.documents.views.pages import list_crumb, show, warn_of_gap
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Receive a document for one of one's units: a file or pasted text. Every fault stands at its field."""
    account, on = account_of(request), clock.today()
    units = rules.registering_units(account, on)
    if not units:
        raise Http404
    posted, secret = request.method == "POST", False
    asked = request.GET.get("so", "")
    first = {"arrived_on": on, "recipient": queries.usual_recipient(units[0], on)}
    first |= {"book": asked} if asked in Book.values else {}
    form = UploadForm(request.POST, request.FILES, units=units) if posted else UploadForm(units=units, initial=first)
    if posted and form.is_valid():
        try:
            document = _register(form, account)
        except ValidationError as fault:
            show(form, fault, form.content_field)
            secret = getattr(fault, "code", "") == actions.SECRET
        else:
            _tell(request, document)
            warn_of_gap(request, document)
            return go(request, "documents:detail", document.pk)
    if secret:
        form.forget_text()
    context = {"form": form, "secret": secret, "crumbs": [list_crumb()]}
    return page(request, "documents/upload.html", context, part="form", status=422 if form.errors else 200)


def _tell(request: HttpRequest, document: Document) -> None:
    if scan_remarks(document):
        messages.success(request, _("The scan is registered; its letters are recognised in the background."))
    else:
        messages.success(request, _("The document is registered. Look through what the machine read."))


def _register(form: UploadForm, account: Account) -> Document:
    values = form.cleaned_data
    given = values.get("file")
    return actions.register_document(
        form.chosen_unit(),
        given,
        name=given.name if given else "",
        text="" if given else values["text"],
        not_secret=values["not_secret"],
        book=values["book"],
        fields=form.fields_given(),
        line=form.line(),
        sending=values.get("sending"),
        by=account,
        at=clock.now(),
    )
