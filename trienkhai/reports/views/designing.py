"""The design of a form, piece by piece: sections and fields added, changed, moved, taken away."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.people.requests import account_of
from trienkhai.reports import actions, rules
from trienkhai.reports.design import KINDS, SUMS
from trienkhai.reports.forms import FieldForm, SectionForm, show
from trienkhai.reports.models import FormVersion, ReportForm
from trienkhai.reports.queries.forms import last_version
from trienkhai.reports.queries.prefilling import LISTS, SOURCES, indicator_sources
from trienkhai.reports.views.forms import changed_form
from trienkhai.reports.views.pages import form_crumbs


def _store(request: HttpRequest, found: ReportForm, version: FormVersion, design: dict[str, Any]) -> None:
    actions.change_design(found.pk, design, base=version.number, by=account_of(request), at=clock.now())


@require_GET
def design(request: HttpRequest, pk: int) -> HttpResponse:
    """The version that is worked on, or the last one: changing it makes a new version."""
    found = changed_form(request, pk)
    version = last_version(found)
    read = version.read()
    context = {
        "form": found,
        "version": version,
        "design": read,
        "kinds": KINDS,
        "sums": SUMS,
        "sources": SOURCES | LISTS | dict(indicator_sources(found.unit, clock.today())),
        "can_release": rules.can_release(account_of(request), found, clock.today()),
        "crumbs": form_crumbs(found),
    }
    return page(request, "reports/design.html", context)


@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, pk: int) -> HttpResponse:
    """A new section, or another name for one (`ma`)."""
    found = changed_form(request, pk)
    version = last_version(found)
    kept = _sections(version)
    row = next((one for one in kept if one["code"] == request.GET.get("ma")), None)
    initial = {"title": row["title"]} if row else {}
    form = SectionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if row:
            row["title"] = form.cleaned_data["title"]
        else:
            kept.append({"code": _free(kept), "title": form.cleaned_data["title"], "fields": []})
        if _stored(request, found, version, kept, form):
            return go(request, "reports:design", pk)
    context = {"form": form, "found": found, "title": _("Section"), "crumbs": form_crumbs(found)}
    return page(request, "reports/section.html", context, status=422 if form.errors else 200)


def _free(kept: list[dict[str, Any]]) -> str:
    taken, number = {row["code"] for row in kept}, 1
    while f"m{number}" in taken:
        number += 1
    return f"m{number}"


def _sections(version: FormVersion) -> list[dict[str, Any]]:
    """A copy of the sections to change."""
    return [row | {"fields": list(row.get("fields", []))} for row in version.design.get("sections", [])]


def _stored(
    request: HttpRequest, found: ReportForm, version: FormVersion, kept: list[dict[str, Any]], form: Any
) -> bool:
    try:
        _store(request, found, version, {"sections": kept})
    except ValidationError as fault:
        show(form, fault)
        return False
    return True


@require_http_methods(["GET", "POST"])
def field(request: HttpRequest, pk: int) -> HttpResponse:
    """A new field (in section `muc`, of kind `loai`), or one changed (`ma`)."""
    found = changed_form(request, pk)
    version = last_version(found)
    read, kept = version.read(), _sections(version)
    if not kept:
        return go(request, "reports:section", pk)
    one = read.by_code.get(request.GET.get("ma", ""))
    if request.GET.get("ma") and one is None:
        raise Http404
    inside = next((s.code for s in read.sections if one in s.fields), request.GET.get("muc", kept[-1]["code"]))
    kind = request.GET.get("loai", "number")
    initial = FieldForm.typed(one) if one else {"kind": kind if kind in KINDS else "number"}
    form = FieldForm(
        request.POST if request.method == "POST" else None,
        initial=initial | {"section": inside},
        design=read,
        more_sources=indicator_sources(found.unit, clock.today()),
    )
    if request.method == "POST" and form.is_valid():
        _place(kept, form.kept(), form.cleaned_data["section"], one.code if one else "")
        if _stored(request, found, version, kept, form):
            if "again" in request.POST:
                return go(request, f"{reverse('reports:field', args=[pk])}?muc={form.cleaned_data['section']}")
            return go(request, "reports:design", pk)
    context = {"form": form, "found": found, "one": one, "design": read, "crumbs": form_crumbs(found)}
    return page(request, "reports/field.html", context, status=422 if form.errors else 200)


def _place(kept: list[dict[str, Any]], row: dict[str, Any], inside: str, before: str) -> None:
    """Put the field where the one of code `before` stood; in another section, or anew, at its end."""
    for part in kept:
        for number, known in enumerate(part["fields"]):
            if known["code"] == before:
                if part["code"] == inside:
                    part["fields"][number] = row
                    return
                del part["fields"][number]
                break
    next(part for part in kept if part["code"] == inside)["fields"].append(row)


@require_POST
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a field or a section up or down, or take it away: `up:c1`, `down:m2`, `remove:c1`."""
    found = changed_form(request, pk)
    version = last_version(found)
    kept = _sections(version)
    what, _colon, code = request.POST.get("do", "").partition(":")
    lists = [kept, *(part["fields"] for part in kept)]
    for rows in lists:
        place = next((number for number, row in enumerate(rows) if row["code"] == code), None)
        if place is not None:
            _move(rows, place, what)
            break
    else:
        raise Http404
    try:
        _store(request, found, version, {"sections": kept})
    except ValidationError as fault:
        for sentence in fault.messages:
            messages.error(request, sentence)
    return go(request, "reports:design", pk)


def _move(rows: list[dict[str, Any]], place: int, what: str) -> None:
    if what == "remove":
        del rows[place]
        return
    other = place + (-1 if what == "up" else 1)
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
