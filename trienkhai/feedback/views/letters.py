"""Feedback without a name, as the posts that receive it have it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.feedback import actions, rules
from trienkhai.feedback.forms import ReplyForm
from trienkhai.feedback.models import Letter
from trienkhai.feedback.models.letters import KINDS
from trienkhai.feedback.views.tabs import crumb, faults_into, paged, pager, tabs
from trienkhai.people.requests import account_of


@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    account, on = account_of(request), clock.today()
    if not rules.receiving_holdings(account, on):
        raise Http404
    rows = rules.visible_letters(account, on).select_related("unit__present").defer("enclosed")
    waiting = request.GET.get("trang-thai") == "cho"
    shown = paged(request, (rows.filter(answered_on=None) if waiting else rows).order_by("-on", "-pk"))
    context = {"rows": list(shown), "waiting": waiting, "pager": pager(shown), "tabs": tabs(request, "letters")}
    return page(request, "feedback/letters.html", context)


def _seen(request: HttpRequest, pk: int) -> Letter:
    rows = rules.visible_letters(account_of(request), clock.today()).select_related("unit__present")
    return get_object_or_404(rows, pk=pk)


@never_cache
@require_GET
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    context = {
        "letter": found,
        "can_answer": rules.can_answer_letter(account_of(request), found, clock.today()),
        "crumbs": [crumb("letters")],
    }
    return page(request, "feedback/letter.html", context)


@require_http_methods(["GET", "POST"])
def letter_answer(request: HttpRequest, pk: int) -> HttpResponse:
    account, found = account_of(request), _seen(request, pk)
    rules.can_answer_letter(account, found, clock.today()).require()
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_letter(found.pk, form.cleaned_data["text"], by=account, at=clock.now())
        except ValidationError as fault:
            faults_into(form, fault, ("text",))
        else:
            messages.success(request, _("Whoever has the receipt code can read the answer."))
            return go(request, "feedback:letter", found.pk)
    context = {
        "form": form,
        "title": _("Answer"),
        "lead": _("Feedback without a name no. %(n)d") % {"n": found.pk},
        "label": _("Answer"),
        "keep": "text",
        "crumbs": [crumb("letters")],
        "back": reverse("feedback:letter", args=[found.pk]),
    }
    return page(request, "feedback/form.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
def letter_file(request: HttpRequest, pk: int) -> HttpResponse:
    """To keep, never shown in the page."""
    found = _seen(request, pk)
    if not found.enclosed_kind:
        raise Http404
    response = HttpResponse(bytes(found.enclosed), content_type=KINDS[found.enclosed_kind])
    response["Content-Disposition"] = f'attachment; filename="{found.enclosed_name}"'
    return response
