"""Writing a draft: begin, change, look at it, go back to an earlier version."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents import actions
from trienkhai.documents import rules_drafting as rules
from trienkhai.documents.actions.drafting import WORDS
from trienkhai.documents.forms_drafting import DraftForm, StateFilter
from trienkhai.documents.layouts.composing import compose
from trienkhai.documents.models import Document, Draft, DraftState, System
from trienkhai.documents.queries import drafts as queries
from trienkhai.documents.rules import visible_documents
from trienkhai.documents.views.pages import list_crumb, show
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

LONGEST_LIST = 200


def drafts_crumb() -> list[dict[str, str]]:
    return [list_crumb(), {"label": _("Drafts"), "url": reverse("documents:drafts")}]


def crumbs(draft: Draft) -> list[dict[str, str]]:
    return [*drafts_crumb(), {"label": str(draft), "url": reverse("documents:draft", args=[draft.pk])}]


def seen(account: Account, pk: int, on: date) -> Draft:
    rows = rules.visible_drafts(account, on).select_related(
        "unit__present", "changed_by", "document", "source", "signer__account", "signer__post"
    )
    return get_object_or_404(rows, pk=pk)


def open_draft(account: Account, pk: int, on: date) -> Draft:
    """A draft that the person may change; 404 for everyone else, so that nobody meets a form that only says no."""
    draft = seen(account, pk, on)
    if not rules.can_change(account, draft, on):
        raise Http404
    return draft


@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    """What one's units are writing, the last changed first."""
    account, on = account_of(request), clock.today()
    if not (units := rules.drafting_units(account, on)):
        raise Http404
    form = StateFilter(request.GET, states=DraftState.choices)
    form.full_clean()
    state = form.cleaned_data.get("trang_thai") or ""
    rows = queries.drafts_of(rules.visible_drafts(account, on), state)[:LONGEST_LIST]
    names = queries.kind_names(on)
    kinds = {row.pk: names.get((row.system, row.kind), "") for row in rows}
    context = {"rows": rows, "kinds": kinds, "form": form, "filtered": bool(state), "units": units}
    return page(request, "documents/drafts.html", context | {"crumbs": [list_crumb()]})


@require_http_methods(["GET", "POST"])
def draft_new(request: HttpRequest) -> HttpResponse:
    """A new draft: from nothing, from a copy (`ban-sao`), or to make an upper document concrete (`cu-the-hoa`)."""
    account, on = account_of(request), clock.today()
    unit = _unit_of(request, account, on)
    source, copied = _source(request, account, on), _copied(request, account, on)
    begun = _beginning(unit, source, copied)
    form = DraftForm(request.POST or None, initial=begun, unit=unit, on=on)
    if request.method == "POST" and "preview" not in request.POST and form.is_valid():
        try:
            draft = actions.begin_draft(
                unit, form.words(), source=source, copied=copied, sending=_sending(form), by=account, at=clock.now()
            )
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("The draft is stored."))
            return go(request, "documents:draft", draft.pk)
    context = _editor(form, unit, on) | {"crumbs": drafts_crumb(), "source": source, "copied": copied}
    context |= {"units": rules.drafting_units(account, on), "keep": f"draft-new-{unit.pk}"}
    return page(request, "documents/draft_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def draft_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Store a new version. When another person stored one meanwhile, both texts are shown and nothing is lost."""
    account, on = account_of(request), clock.today()
    draft = open_draft(account, pk, on)
    form = DraftForm(request.POST or None, instance=draft, unit=draft.unit, on=on)
    more: dict[str, Any] = {"keep": f"draft-{draft.pk}"}
    if request.method == "POST" and "preview" not in request.POST and form.is_valid():
        try:
            base = form.cleaned_data.get("base") or 0
            actions.change_draft(pk, form.words(), base=base, by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        except actions.Overtaken as overtaken:
            form, more = _both_texts(form, overtaken.draft, on)
        else:
            messages.success(request, _("The draft is stored."))
            return go(request, "documents:draft", pk)
    context = _editor(form, draft.unit, on) | more | {"draft": draft, "crumbs": crumbs(draft)}
    return page(request, "documents/draft_edit.html", context, status=422 if form.errors or "theirs" in more else 200)


def _both_texts(form: DraftForm, theirs: Draft, on: date) -> tuple[DraftForm, dict[str, Any]]:
    """The writer's own words in the form, now based on the other version; beside them what the other one says."""
    mine = {name: str(form.data[name]).replace("\r\n", "\n").strip() for name in form.fields if name in form.data}
    stored = DraftForm(instance=theirs, unit=theirs.unit, on=on)
    words = {name: "" if (given := stored[name].value()) is None else str(given) for name in mine}
    changes = queries.changes_between(words, {name: mine[name] for name in mine if name not in ("base", "sending")}, on)
    named = [(stored[change.name].label, change) for change in changes]
    again = DraftForm(mine | {"base": theirs.version}, instance=theirs, unit=theirs.unit, on=on)
    return again, {"theirs": theirs, "changes": named, "keep": f"draft-{theirs.pk}-over-{theirs.version}"}


@require_POST
def draft_preview(request: HttpRequest, unit: int) -> HttpResponse:
    """The paper as it would look, from the words of a form; nothing is stored."""
    account, on = account_of(request), clock.today()
    where = get_object_or_404(Unit.objects.select_related("present"), pk=unit)
    if not rules.can_draft(account, where, on):
        raise Http404
    form = DraftForm(request.POST, unit=where, on=on)
    return page(request, "documents/paper.html", _paper(form, where, on))


@require_GET
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a paper, its versions, and what may be done with it."""
    account, on = account_of(request), clock.today()
    row = seen(account, pk, on)
    context = {
        "draft": row,
        "composition": queries.composition_of(row, on),
        "layout": queries.layout_of_draft(row, on),
        "versions": queries.versions_of(row),
        "template": queries.template_for(row),
        "may_change": rules.can_change(account, row, on),
        "may_finish": rules.can_finish(account, row, on),
        "crumbs": drafts_crumb(),
    }
    return page(request, "documents/draft.html", context)


@require_GET
def draft_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One stored version, as words, and what differs from it to the present text."""
    account, on = account_of(request), clock.today()
    row = seen(account, pk, on)
    version = get_object_or_404(row.versions.select_related("by"), number=number)
    before = row.versions.filter(number=number - 1).first()
    changes = queries.changes_between(before.words if before else {}, version.words, on)
    shown = [(queries.label_of(change.name), change) for change in changes if change.name != "signer"]
    context = {"draft": row, "version": version, "changes": shown, "crumbs": crumbs(row)}
    return page(request, "documents/draft_version.html", context)


def _unit_of(request: HttpRequest, account: Account, on: date) -> Unit:
    """The unit asked for in the address, else the highest one for which the person writes."""
    units = rules.drafting_units(account, on)
    asked = request.GET.get("don-vi", "")
    found = next((unit for unit in units if str(unit.pk) == asked), units[0] if units and not asked else None)
    if found is None:
        raise Http404
    return found


def _source(request: HttpRequest, account: Account, on: date) -> Document | None:
    asked = request.GET.get("cu-the-hoa", "")
    return get_object_or_404(visible_documents(account, on), pk=_key(asked)) if asked else None


def _copied(request: HttpRequest, account: Account, on: date) -> Draft | None:
    asked = request.GET.get("ban-sao", "")
    return get_object_or_404(rules.visible_drafts(account, on), pk=_key(asked)) if asked else None


def _key(words: str) -> int:
    if not words.isascii() or not words.isdecimal() or len(words) > 12:
        raise Http404
    return int(words)


def _beginning(unit: Unit, source: Document | None, copied: Draft | None) -> dict[str, Any]:
    """The values a new draft begins with."""
    if copied:
        words = {name: getattr(copied, name) for name in WORDS if name not in ("issued_on", "signer")}
        return words | {"signer": copied.signer_id}
    begun = queries.habits_of(unit) | {"kind": "plan"}
    if source:
        begun |= {"bases": queries.basis_on(source), "title": _("to carry out %(document)s") % {"document": source}}
    return begun


def _sending(form: DraftForm) -> UUID | None:
    return form.cleaned_data.get("sending")


def _editor(form: DraftForm, unit: Unit, on: date) -> dict[str, Any]:
    return {"form": form, "unit": unit} | _paper(form, unit, on)


def _paper(form: DraftForm, unit: Unit, on: date) -> dict[str, Any]:
    """The composition of what the form holds, whether or not it may be stored yet."""
    words = form.words() if form.is_bound else {name: form[name].value() for name in WORDS}
    signer = words.pop("signer", None)
    words = {name: given if given is not None else "" for name, given in words.items()}
    words["issued_on"] = words["issued_on"] or None
    written = Draft(unit=unit, **words)
    if written.system not in System.values:
        written.system = System.PARTY
    leaders = {row.pk: row for row in queries.signers_at(unit, on)}
    if holding := leaders.get(getattr(signer, "pk", signer)):
        written.signer_name = holding.account.name
        written.signer_role = written.signer_role or holding.post.title
    layout = queries.layout_of_draft(written, on)
    return {"composition": compose(queries.paper_of(written, layout.layout), layout.layout), "layout": layout}
