"""The files of a document: all versions, and a further one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents import actions, queries, rules
from trienkhai.documents.forms_files import FileForm
from trienkhai.documents.models import FileKind
from trienkhai.documents.views.pages import crumbs, held, seen, show
from trienkhai.people.requests import account_of


@require_GET
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """Every file with who stored it, when and why, and what each reading read otherwise than the one before."""
    account, on = account_of(request), clock.today()
    document = seen(account, pk, on)
    context = {
        "document": document,
        "versions": queries.versions_of(document),
        "may_add": rules.can_add_file(account, document, on),
        "crumbs": crumbs(document),
    }
    return page(request, "documents/files.html", context)


@require_http_methods(["GET", "POST"])
def file_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A revised or signed version, or an attachment."""
    account, on = account_of(request), clock.today()
    document = held(account, pk, on, rules.can_add_file)
    has_original = document.files.filter(kind=FileKind.ORIGINAL).exists()
    posted = request.method == "POST"
    form = FileForm(*((request.POST, request.FILES) if posted else ()), has_original=has_original)
    if posted and form.is_valid():
        values = dict(form.cleaned_data)
        upload = values.pop("file")
        try:
            actions.add_file(pk, upload, name=upload.name, **values, by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault, "file")
        else:
            messages.success(request, _("The file is stored. What it is read to say stands beside the earlier text."))
            return go(request, "documents:files", pk)
    context = {"form": form, "document": document, "crumbs": crumbs(document)}
    return page(request, "documents/file_form.html", context, part="form", status=422 if form.errors else 200)
