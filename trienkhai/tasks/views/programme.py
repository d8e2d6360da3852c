"""Chương trình toàn khóa, chương trình công tác năm, kế hoạch quý: the list, one programme, what is done with it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock, paths
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Refused
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import visible_units
from trienkhai.people.requests import account_of
from trienkhai.tasks import actions
from trienkhai.tasks import rules_programme as rules
from trienkhai.tasks.forms_programme import ChooseForm, ProgrammeForm, SourceForm
from trienkhai.tasks.models import Programme, ProgrammeItem, Standing
from trienkhai.tasks.queries.areas import area_names
from trienkhai.tasks.queries.programme import Counts, counts_of, items_of, next_programmes, refined_counts
from trienkhai.tasks.views.giving import show_fault
from trienkhai.tasks.views.rows import number_of, paged

RELATED = ("unit__present", "document", "draft__document", "part_of__unit__present", "part_of__document")
SHOWN = ("planned", "given", "done", "carried", "dropped", "added", "late", "open")


def find_programme(request: HttpRequest, pk: int) -> Programme:
    rows = rules.visible_programmes(account_of(request), clock.today())
    return get_object_or_404(rows.select_related(*RELATED), pk=pk)


def kept_programme(request: HttpRequest, pk: int) -> Programme:
    """One of a unit whose programme the person keeps; others are not found."""
    found = find_programme(request, pk)
    if not rules.can_keep(account_of(request), found.unit, clock.today()):
        raise Http404
    return found


def asked_unit(request: HttpRequest, units: list[Unit]) -> Unit | None:
    """The unit named by `don-vi` among these, else the first of them."""
    asked = number_of(request.GET.get("don-vi"))
    return next((unit for unit in units if unit.pk == asked), None) if asked else next(iter(units), None)


def crumbs_of(programme: Programme) -> list[dict[str, str]]:
    unit = programme.unit
    return [
        {"label": _("Programme"), "url": reverse("tasks:programmes") + f"?don-vi={unit.pk}"},
        {"label": f"{programme} · {unit.short_name}", "url": reverse("tasks:programme", args=[programme.pk])},
    ]


@require_GET
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes of a unit and of those below it, with the counts of their items; those from above apart."""
    account, on = account_of(request), clock.today()
    seen = rules.visible_programmes(account, on).select_related(*RELATED)
    asked = number_of(request.GET.get("don-vi"))
    branch = visible_units(account, on).select_related("present").filter(pk=asked).first() if asked else None
    units = visible_units(account, on)
    here = seen.filter(paths.within(branch.path or "", "unit__path") if branch else Q(unit__in=units))
    kind = request.GET.get("loai", "")
    if kind in Programme.Kind.values:
        here = here.filter(kind=kind)
    shown, pager = paged(request, here.order_by("unit__path", "-starts_on", "kind"))
    above = list(seen.exclude(unit__in=units).order_by("unit__path", "-starts_on")[:20]) if not asked else []
    counts = counts_of([*shown, *above], on)
    context = {
        "rows": [(row, counts[row.pk]) for row in shown],
        "above": [(row, counts[row.pk]) for row in above],
        "pager": pager,
        "branch": branch,
        "kind": kind,
        "kinds": Programme.Kind.choices,
        "keeps": rules.keeping_units(account, on),
    }
    return page(request, "tasks/programmes.html", context)


@require_http_methods(["GET", "POST"])
def programme_open(request: HttpRequest) -> HttpResponse:
    """A new programme of a unit that the person keeps."""
    account, on = account_of(request), clock.today()
    units = rules.keeping_units(account, on)
    unit = asked_unit(request, units)
    if unit is None:
        raise Http404
    form = ProgrammeForm(request.POST if request.method == "POST" else None, unit=unit, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_programme(unit, **form.cleaned_data, by=account, at=clock.now())
        except ValidationError as fault:
            show_fault(form, fault)
        else:
            return go(request, "tasks:programme", made.pk)
    context = {
        "form": form,
        "title": _("New programme"),
        "lead": unit.name,
        "label": _("Open it"),
        "back": reverse("tasks:programmes"),
    }
    return page(request, "tasks/reason.html", context, status=422 if form.errors else 200)


@require_GET
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """One programme: its counts, its items, and what may be done with it."""
    account, on = account_of(request), clock.today()
    found = find_programme(request, pk)
    shown = request.GET.get("o", "")
    rows = list(items_of(found, shown, on))
    counts = counts_of([found], on)[found.pk]
    context = {
        "programme": found,
        "counts": counts,
        "tiles": tiles_of(found, counts),
        "shown": shown if shown in SHOWN else "",
        "items": rows,
        "refined": refined_counts(found),
        "areas": area_names(on),
        "can_keep": rules.can_keep(account, found.unit, on),
        "can_force": rules.can_put_in_force(account, found, on),
        "can_give": rules.can_give(account, found, on),
        "givable": any(row.standing == Standing.PLANNED for row in rows),  # type: ignore[attr-defined]
        "sees_paper": found.paper and visible_documents(account, on).filter(pk=found.paper.pk).exists(),
        "sees_above": rules.visible_programmes(account, on).filter(pk=found.part_of_id or 0).exists(),
        "nexts": found.in_force and next_programmes(found).exists(),
        "crumbs": crumbs_of(found)[:1],
    }
    return page(request, "tasks/programme.html", context)


def tiles_of(found: Programme, counts: Counts) -> list[dict[str, Any]]:
    """Each number with the list it counts."""
    url = reverse("tasks:programme", args=[found.pk])
    rows = [
        ("planned", _("planned"), "open", "open"),
        ("given", _("being carried out"), "open", "half"),
        ("done", _("done"), "good", "tick"),
        ("late", _("open past its day"), "over", "over"),
        ("carried", _("carried over"), "rest", "up"),
        ("dropped", _("dropped"), "rest", "stop"),
        ("added", _("added later"), "late", "dot"),
    ]
    return [
        {"label": label, "count": getattr(counts, name), "url": f"{url}?o={name}#items", "tone": tone, "shape": shape}
        for name, label, tone, shape in rows
    ]


@require_http_methods(["GET", "POST"])
def programme_source(request: HttpRequest, pk: int) -> HttpResponse:
    """What it comes from, and its signed paper."""
    account, on = account_of(request), clock.today()
    found = kept_programme(request, pk)
    papers = visible_documents(account, on).filter(owner=found.unit)
    form = SourceForm(request.POST if request.method == "POST" else None, programme=found, papers=papers)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_source(found.pk, **form.cleaned_data, by=account, at=clock.now())
        except ValidationError as fault:
            show_fault(form, fault)
        else:
            return go(request, "tasks:programme", found.pk)
    return _form_page(request, form, found, _("Source and signed paper"), _("Store"))


def _form_page(request: HttpRequest, form: Any, found: Programme, title: str, label: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "lead": f"{found} · {found.unit.name}",
        "label": label,
        "back": reverse("tasks:programme", args=[found.pk]),
        "crumbs": crumbs_of(found),
    }
    return page(request, "tasks/reason.html", context, status=422 if form.errors else 200)


@require_POST
def programme_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    """Ban hành."""
    found = kept_programme(request, pk)
    actions.put_in_force(found.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The programme is in force."))
    return go(request, "tasks:programme", found.pk)


@require_POST
def programme_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Its paper in the official layout."""
    found = kept_programme(request, pk)
    draft = actions.draft_programme_paper(found.pk, by=account_of(request), at=clock.now())
    return go(request, "documents:draft_edit", draft.pk)


@require_POST
def programme_give(request: HttpRequest, pk: int) -> HttpResponse:
    """The items ticked become draft tasks on a sheet."""
    found = kept_programme(request, pk)
    chosen = [number for text in request.POST.getlist("items") if (number := number_of(text))]
    try:
        issue = actions.give_items(found.pk, chosen, by=account_of(request), at=clock.now())
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    messages.success(request, _("The items are draft tasks now: confirm them and submit the sheet."))
    return go(request, "tasks:issue", issue.pk)


@require_http_methods(["GET", "POST"])
def programme_carry(request: HttpRequest, pk: int) -> HttpResponse:
    """Open items go on in the next programme, all ticked at first."""
    account = account_of(request)
    found = kept_programme(request, pk)
    rows = ProgrammeItem.objects.filter(programme=found).standing()
    rows = rows.filter(Q(standing__in=(Standing.PLANNED, Standing.GIVEN))).order_by("position")
    targets = next_programmes(found)
    if not targets.exists():
        raise Refused(_("Open the next programme of this kind first: there is none to carry over to."))
    data = request.POST if request.method == "POST" else None
    form = ChooseForm(data, rows=rows, targets=targets, initial={"items": list(rows.values_list("pk", flat=True))})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        ids = [row.pk for row in values["items"]]
        actions.carry_over(found.pk, ids, to=values["to"].pk, by=account, at=clock.now())
        return go(request, "tasks:programme", values["to"].pk)
    return _form_page(request, form, found, _("Carry open items over"), _("Carry over"))


@require_http_methods(["GET", "POST"])
def programme_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Items of the longer programme that are not in this one yet."""
    account, on = account_of(request), clock.today()
    found = kept_programme(request, pk)
    seen = rules.visible_programmes(account, on)
    if not found.part_of_id or not seen.filter(pk=found.part_of_id).exists():
        raise Refused(_("Name the programme that this one comes from first."))
    taken = found.items.filter(from_item__isnull=False).values("from_item")
    rows = ProgrammeItem.objects.filter(programme=found.part_of_id, closed="").exclude(pk__in=taken)
    data = request.POST if request.method == "POST" else None
    form = ChooseForm(data, rows=rows.order_by("position"), reason=found.in_force)
    if request.method == "POST" and form.is_valid():
        ids, reason = [row.pk for row in form.cleaned_data["items"]], form.cleaned_data.get("reason", "")
        actions.take_items(found.pk, ids, reason=reason, by=account, at=clock.now())
        return go(request, "tasks:programme", found.pk)
    return _form_page(request, form, found, _("Take items over"), _("Take over"))
