"""Entering: all values of a unit in one form, kept as typed; a correction; evidence; what was told before."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents.marks import fault_of
from trienkhai.indicators import actions, rules
from trienkhai.indicators.actions import Outcome, Telling
from trienkhai.indicators.actions.giving import title_of
from trienkhai.indicators.checking import BOTTOM, GRADE, NUMBER, SPLIT, TOP, names_of
from trienkhai.indicators.forms import FileForm, show
from trienkhai.indicators.models import Definition, Holder, Kind, State, Value
from trienkhai.indicators.periods import Period, period_at, period_of
from trienkhai.indicators.queries.waiting import definition_in, holders_of, values_due
from trienkhai.indicators.views.pages import context_of, day_asked, list_crumb, number_asked
from trienkhai.orgs.models import Unit
from trienkhai.people.requests import account_of


@dataclass
class Line:
    """One value in the form: what it is of, its fields with what was typed, what stands against it."""

    holder: Holder
    definition: Definition
    period: Period
    value: Value | None
    due_on: date | None = None
    fault: ValidationError | None = None
    posted: Any = None
    is_correction: bool = False

    @property
    def prefix(self) -> str:
        return f"h{self.holder.pk}-{self.period.start.isoformat()}"

    @property
    def is_open(self) -> bool:
        return self.value is None or self.value.state in (State.DRAFT, State.RETURNED) or self.is_correction

    def text(self, name: str) -> str:
        if self.posted is not None:
            return str(self.posted.get(f"{self.prefix}-{name}", ""))
        if self.value is None or (self.is_correction and self.value.state == State.APPROVED):
            return ""
        kept = {"remark": self.value.remark, "correction_reason": self.value.correction_reason}
        return kept.get(name) or str(self.value.typed.get(name, ""))

    def shown(self, name: str) -> str:
        """Words as the page gives them back: none that bear a mark of secrecy."""
        return "" if fault_of(self.text(name)) else self.text(name)

    @property
    def not_applicable(self) -> bool:
        if self.posted is not None:
            return f"{self.prefix}-na" in self.posted
        return bool(self.value and self.value.is_open and self.value.not_applicable)

    def errors(self, name: str) -> list[str]:
        if self.fault is None:
            return []
        if hasattr(self.fault, "error_dict"):
            return list(self.fault.message_dict.get(name, []))
        return list(self.fault.messages) if name == "" else []

    @property
    def fields(self) -> list[dict[str, Any]]:
        labels = {TOP: self.definition.numerator, BOTTOM: self.definition.denominator, GRADE: _("Grade")}
        labels |= {NUMBER: self.definition.measure}
        labels |= {f"{SPLIT}{place}": name for place, name in enumerate(self.definition.categories)}
        return [
            {
                "name": f"{self.prefix}-{name}",
                "label": labels[name],
                "text": self.text(name),
                "errors": self.errors(name),
                "choices": list(enumerate(self.definition.choices, 1)) if self.definition.kind == Kind.CHOICE else [],
            }
            for name in names_of(self.definition)
        ]

    @property
    def remark(self) -> dict[str, Any]:
        return {"name": f"{self.prefix}-remark", "text": self.shown("remark"), "errors": self.errors("remark")}

    @property
    def reason(self) -> dict[str, Any]:
        name = "correction_reason"
        return {"name": f"{self.prefix}-{name}", "text": self.shown(name), "errors": self.errors(name)}

    @property
    def general(self) -> list[str]:
        return self.errors("")

    def telling(self) -> Telling:
        return Telling(
            self.holder.pk,
            self.period.start,
            {name: self.text(name) for name in names_of(self.definition)},
            not_applicable=self.not_applicable,
            remark=self.text("remark"),
            correction_reason=self.text("correction_reason"),
        )


def _unit(request: HttpRequest) -> tuple[Unit, list[Unit]]:
    """The unit for which the person tells values (that of the address, else the first), and the others."""
    account, on = account_of(request), clock.today()
    ids = rules.telling_units(account, on)
    units = list(Unit.objects.filter(pk__in=ids).select_related("present").order_by("path"))
    if not units:
        raise Http404
    asked = number_asked(request)
    unit = next((one for one in units if one.pk == asked), None) if asked else units[0]
    if unit is None:
        raise Http404
    return unit, [one for one in units if one.pk != unit.pk]


def _lines(unit: Unit, start: date | None, on: date) -> list[Line]:
    """What is due; with a day, every value of the periods that begin on it."""
    if start is None:
        due = values_due([unit.pk], on)
        return [Line(row.holder, row.definition, row.period, row.value, row.due_on) for row in due]
    found = []
    holders = holders_of([unit.pk], on)
    told = Value.objects.filter(holder__in=[row.pk for row in holders], period_start=start)
    known = {row.holder_id: row for row in told.exclude(state=State.REPLACED).order_by("-corrects", "pk")}
    for holder in holders:
        period = period_at(holder.indicator, start)
        definition = definition_in(holder, period) if period else None
        if period and definition and holder.valid_from <= period.end and holder.valid_to > period.start:
            found.append(Line(holder, definition, period, known.get(holder.pk)))
    return found


def _send(request: HttpRequest, unit: Unit, lines: list[Line]) -> Outcome:
    """Keep what was typed, and send it when asked; faults stand at their lines."""
    submit, account = "send" in request.POST, account_of(request)
    outcome = Outcome()
    by_start: dict[date, list[Line]] = {}
    for line in lines:
        line.posted = request.POST
        by_start.setdefault(line.period.start, []).append(line)
    told = [line.telling() for line in lines if line.is_open]
    if all(telling.is_blank for telling in told):
        return outcome
    for rows in by_start.values():
        tellings = [line.telling() for line in rows if line.is_open]
        if all(telling.is_blank for telling in tellings):
            continue
        done = actions.tell_values(unit, tellings, submit=submit, by=account, at=clock.now())
        outcome.kept += done.kept
        outcome.sent += done.sent
        for line in rows:
            line.fault = done.faults.get(line.holder.pk)
            if line.fault:
                outcome.faults[line.holder.pk] = line.fault
    return outcome


@require_http_methods(["GET", "POST"])
def entering(request: HttpRequest) -> HttpResponse:
    """All values of a unit that are due, or those of one period, in one form."""
    on = clock.today()
    unit, others = _unit(request)
    start = day_asked(request)
    lines = _lines(unit, start, on)
    outcome = None
    if request.method == "POST":
        outcome = _send(request, unit, lines)
        _say(request, outcome)
        if not outcome.faults and outcome.kept:
            return go(request, request.get_full_path())
    kinds = {row.indicator.period: row for row in holders_of([unit.pk], on)}
    context = {
        "unit": unit,
        "others": others,
        "lines": lines,
        "start": start,
        "periods": _recent(list(kinds.values()), on),
        "on": on,
        "faults": outcome.faults if outcome else {},
        "crumbs": [list_crumb(unit)],
    }
    wrong = outcome is not None and outcome.faults
    return page(request, "indicators/entering.html", context, part="form", status=422 if wrong else 200)


def _recent(holders: list[Holder], on: date) -> list[Period]:
    """The present period and the three before, of each kind that the unit holds."""
    found: dict[tuple[date, str], Period] = {}
    for holder in holders:
        day = on
        for _number in range(4):
            period = period_of(holder.indicator, day)
            if period.start < holder.indicator.valid_from and period.end < holder.indicator.valid_from:
                break
            found[period.start, period.kind] = period
            day = date.fromordinal(period.start.toordinal() - 1)
    return sorted(found.values(), reverse=True)[:8]


def _say(request: HttpRequest, outcome: Outcome) -> None:
    if outcome.sent:
        words = ngettext("%(n)d value sent for approval.", "%(n)d values sent for approval.", len(outcome.sent))
        messages.success(request, words % {"n": len(outcome.sent)})
    elif outcome.kept and not outcome.faults:
        messages.success(request, _("Kept as typed. It is not sent yet."))
    if outcome.faults:
        count = len(outcome.faults)
        words = ngettext("%(n)d value needs your attention.", "%(n)d values need your attention.", count)
        messages.warning(request, words % {"n": count})
    if not outcome.kept and not outcome.faults:
        messages.info(request, _("Nothing was typed."))


def _holder(request: HttpRequest, pk: int) -> Holder:
    rows = rules.visible_holders(account_of(request), clock.today())
    related = ("indicator__unit__present", "unit__present", "giver__present")
    return get_object_or_404(rows.select_related(*related).prefetch_related("indicator__definitions"), pk=pk)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell an approved value anew, with the reason; the approved one counts until the correction is approved."""
    account, on = account_of(request), clock.today()
    related = ("definition", "holder__indicator__unit__present", "holder__unit__present")
    approved = get_object_or_404(rules.visible_values(account, on).approved().select_related(*related), pk=pk)
    holder = approved.holder
    rules.can_tell(account, holder.unit, on).require()
    period = period_of(holder.indicator, approved.period_start)
    draft = Value.objects.in_work().filter(holder=holder, period_start=period.start).first()
    line = Line(holder, approved.definition, period, draft or approved, is_correction=True)
    if request.method == "POST":
        outcome = _send(request, holder.unit, [line])
        _say(request, outcome)
        if not outcome.faults and outcome.kept:
            return go(request, "indicators:history", holder.pk)
    title = approved.definition.title
    context = context_of(holder.indicator, title, holder.unit, holder=holder, line=line, approved=approved)
    return page(request, "indicators/correct.html", context, part="form", status=422 if line.fault else 200)


@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every value that a unit told of one indicator, corrections beside what they replaced."""
    account, on = account_of(request), clock.today()
    holder = _holder(request, pk)
    rows = holder.values.select_related("definition", "entered_by", "submitted_by", "decided_by", "corrects")
    tells = bool(rules.can_tell(account, holder.unit, on))
    found = list(rows.prefetch_related("files__file").order_by("-period_start", "-pk")[:200])
    context = context_of(
        holder.indicator,
        title_of(holder.indicator),
        holder.unit,
        holder=holder,
        rows=[(row, period_of(holder.indicator, row.period_start)) for row in found],
        tells=tells,
        in_work={row.period_start for row in found if row.is_open},
    )
    return page(request, "indicators/history.html", context)


@require_http_methods(["GET", "POST"])
def file_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Evidence beside a value that is being written."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_values(account, on).select_related("holder__indicator", "holder__unit__present", "definition")
    value = get_object_or_404(rows, pk=pk)
    rules.can_change_value(account, value, on).require()
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            values = form.cleaned_data
            who: Any = {"by": account, "at": clock.now()}
            actions.add_file(value.pk, values["file"], not_secret=values["not_secret"], **who)
            messages.success(request, _("Stored."))
            return go(request, f"{reverse('indicators:entering')}?don-vi={value.holder.unit_id}")
        except ValidationError as fault:
            show(form, fault)
    context = context_of(value.holder.indicator, value.definition.title, value.holder.unit, form=form, value=value)
    return page(request, "indicators/file_add.html", context, part="form", status=422 if form.errors else 200)


@require_GET
def file(request: HttpRequest, pk: int) -> FileResponse:
    """Evidence, to whoever sees the value."""
    rows = rules.visible_value_files(account_of(request), clock.today()).select_related("file")
    found = get_object_or_404(rows, pk=pk).file
    if not default_storage.exists(found.path):
        raise Http404
    content = default_storage.open(found.path)
    response = FileResponse(content, as_attachment=True, filename=found.name, content_type=found.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
