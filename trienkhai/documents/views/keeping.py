"""What the holder of a document changes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents import actions, queries, rules
from trienkhai.documents.forms import CorrectForm, PublishForm
from trienkhai.documents.views.pages import crumbs, held, show
from trienkhai.people.requests import account_of


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Better values for the header than the machine read."""
    account, on = account_of(request), clock.today()
    document = held(account, pk, on, rules.can_correct)
    text = queries.current_text(document)
    form = CorrectForm(request.POST or None, instance=document, read=queries.header_read(text))
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_document(pk, form.cleaned_data, by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Stored."))
            return go(request, "documents:detail", pk)
    context = {"form": form, "document": document, "crumbs": crumbs(document)}
    return page(request, "documents/correct.html", context, part="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Who else may read it."""
    account, on = account_of(request), clock.today()
    document = held(account, pk, on, rules.can_publish)
    form = PublishForm(request.POST or None, initial={"published": document.published})
    if request.method == "POST" and form.is_valid():
        actions.publish_document(pk, form.cleaned_data["published"], by=account, at=clock.now())
        messages.success(request, _("Stored."))
        return go(request, "documents:detail", pk)
    context = {"form": form, "document": document, "crumbs": crumbs(document)}
    return page(request, "documents/publish.html", context, part="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def quarantine(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, say whom to inform, then remove everything of it."""
    account, on = account_of(request), clock.today()
    document = held(account, pk, on, rules.can_quarantine)
    if request.method == "POST":
        actions.quarantine_document(pk, by=account, at=clock.now())
        messages.success(request, _("The document was removed. Now inform those concerned, and deal with the backups."))
        return go(request, "documents:list")
    entries, elsewhere = queries.entries_of(document, account, on)
    context = {"document": document, "registers": len(entries) + elsewhere, "crumbs": crumbs(document)}
    return page(request, "documents/quarantine.html", context)
