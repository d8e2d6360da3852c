"""The words that an office teaches the reader."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents import actions, queries, rules
from trienkhai.documents.forms_phrases import PhraseForm
from trienkhai.documents.models import OwnPhrase
from trienkhai.documents.views.pages import list_crumb, show
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of


@require_http_methods(["GET", "POST"])
def phrases(request: HttpRequest) -> HttpResponse:
    """The own words that hold at a unit; new ones are tried on a sentence, then added."""
    account, on = account_of(request), clock.today()
    posted = request.method == "POST"
    asked = request.POST.get("unit", "") if posted else request.GET.get("don-vi", "")
    units = rules.phrase_units(account, on, asked)
    if not units:
        raise Http404
    unit = next((unit for unit in units if str(unit.pk) == asked), units[0])
    form = PhraseForm(request.POST, units=units) if posted else PhraseForm(units=units, initial={"unit": unit.pk})
    context: dict[str, Any] = {"form": form, "unit": unit, "crumbs": [list_crumb()]}
    if posted and form.is_valid():
        try:
            context |= _tried(form) if "try" in request.POST else {"added": _added(form, account)}
        except ValidationError as fault:
            show(form, fault, "words")
        if "added" in context and not form.errors:
            messages.success(request, _("The machine now knows “%(words)s”.") % {"words": context["added"]})
            return go(request, _address(form.chosen_unit()))
    context["rows"] = [(row, row.office_id == unit.pk) for row in queries.phrases_of(unit)]
    return page(request, "documents/phrases.html", context, part="phrases", status=422 if form.errors else 200)


def _added(form: PhraseForm, account: Account) -> OwnPhrase:
    values = {name: form.cleaned_data[name] for name in ("kind", "words", "abbr")}
    return actions.add_phrase(form.chosen_unit(), **values, by=account, at=clock.now())


def _tried(form: PhraseForm) -> dict[str, Any]:
    """The sentence as it is read now, and as it would be read with the new words."""
    values, unit = form.cleaned_data, form.chosen_unit()
    if not values["sample"].strip():
        raise ValidationError({"sample": _("Paste a sentence to try the words on.")})
    new = actions.drafted(unit, kind=values["kind"], words=values["words"], abbr=values["abbr"])
    known = queries.phrases_of(unit)
    now, then = (queries.tried(values["sample"], queries.as_data(rows)) for rows in (known, [*known, new]))
    return {"trials": [(_("Now"), now), (_("With the new words"), then)], "no_difference": now == then}


@require_POST
def phrase_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take words away again."""
    account, on = account_of(request), clock.today()
    phrase = get_object_or_404(OwnPhrase.objects.select_related("office__present"), pk=pk)
    if not rules.can_edit_phrases(account, phrase.office, on):
        raise Http404
    actions.remove_phrase(phrase.pk, by=account, at=clock.now())
    messages.success(request, _("The machine no longer knows “%(words)s”.") % {"words": phrase.words})
    return go(request, _address(phrase.office))


def _address(unit: Unit) -> str:
    return f"{reverse('documents:phrases')}?don-vi={unit.pk}"
