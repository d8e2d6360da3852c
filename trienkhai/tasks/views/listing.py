"""The list of tasks behind every number."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from trienkhai.common import clock, paths
from trienkhai.common.htmx import page
from trienkhai.common.templatetags.show import day as show_day
from trienkhai.documents.models import Clause, Document
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.models import Unit
from trienkhai.orgs.places import PARAMETER
from trienkhai.orgs.queries import children
from trienkhai.orgs.rules import BRANCH_READERS, reach_of, visible_units
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.tasks import rules
from trienkhai.tasks.forms import TaskFilter
from trienkhai.tasks.models import Focus, Task
from trienkhai.tasks.periods import period_name
from trienkhai.tasks.queries import due_soon_day
from trienkhai.tasks.queries.areas import area_names
from trienkhai.tasks.queries.naming import waits_of
from trienkhai.tasks.queries.wanted import CELLS, LIVE_CELLS, Wanted
from trienkhai.tasks.views.rows import Row, paged, row_of, rows_of_day

OFFERED = 100


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Assignments the person may see, narrowed by the address, by due day, fifty a page."""
    account, on = account_of(request), clock.today()
    wanted = Wanted.read(request.GET, on)
    rows, pager = _past_rows(request, wanted, wanted.day) if wanted.day else _rows(request, wanted)
    areas = area_names(on)
    cells = {name: words for name, words in CELLS.items() if not (wanted.day and name in LIVE_CELLS)}
    form = TaskFilter(request.GET, cells=cells, areas=areas, **offered(account, on, wanted))
    context = {
        "form": form,
        "active": active(request, wanted, form),
        "rows": rows,
        "pager": pager,
        "areas": areas,
        "day": wanted.day,
        "acts": not (wanted.day or wanted.places.on),
        "today_url": _without(request, "ngay"),
    }
    return page(request, "tasks/list.html", context, part="rows")


def _rows(request: HttpRequest, wanted: Wanted) -> tuple[list[Row], dict[str, Any]]:
    account, on = account_of(request), clock.today()
    rows = wanted.narrow(rules.visible_assignments(account, on), on)
    in_order = rows.order_by("due_on", "task_id", "unit_id")  # as an index has them, so the first page reads fifty rows
    shown, pager = paged(request, in_order.select_related("task__document", "held_by__present"))
    soon = due_soon_day(on)
    waits = waits_of(shown)
    return [row_of(assignment, on, soon, wait=waits.get(assignment.pk)) for assignment in shown], pager


def _past_rows(request: HttpRequest, wanted: Wanted, day: date) -> tuple[list[Row], dict[str, Any]]:
    """As they stood at the end of that day."""
    account, on = account_of(request), clock.today()
    rows = wanted.narrow_as_of(rules.visible_on_day(account, on, day), day)
    shown, pager = paged(request, rows.select_related("task__document", "held_by__present"))
    return rows_of_day(shown, day, account, on), pager


def offered(account: Account, on: date, wanted: Wanted) -> dict[str, list[tuple[int, str]]]:
    """Units and documents to filter by: the chosen unit (at first the highest in reach), those above and below it.

    An empty list where the address asks for one that is not among them.
    """
    given = Task.objects.filter(issued_on__isnull=False).values("document")
    rows = visible_documents(account, on).after(Document.objects.filter(pk__in=given)).order_by("-issued_on", "-pk")
    documents = [(document.pk, str(document)) for document in rows[:OFFERED]]
    asked = wanted.ids.get("van-ban")
    return {
        "units": [(unit.pk, unit.short_name) for unit in _units_offered(account, on, wanted.ids.get("don-vi"))],
        "documents": documents if not asked or asked in dict(documents) else [],
    }


def _units_offered(account: Account, on: date, chosen: int | None) -> list[Unit]:
    branches = [grant for grant in reach_of(account, on).of(*BRANCH_READERS).grants if grant.branch]
    if not branches:
        return []
    seen = visible_units(account, on).select_related("present")
    here = seen.filter(pk=chosen or min(branches, key=lambda grant: len(grant.path)).unit_id).first()
    if here is None:
        return []
    return [*seen.filter(pk__in=paths.ids(here.path or "")).order_by("path"), *children(here)]


def active(request: HttpRequest, wanted: Wanted, form: TaskFilter) -> list[dict[str, Any]]:
    """The filters in force that the form does not show, each with the address without it."""
    account, on = account_of(request), clock.today()
    shown = {field.name for field in form.visible_fields()}
    hidden = [(name, pk) for name, pk in wanted.ids.items() if name not in shown]
    found = [
        (name, _label(name, in_sight(name, account, on).filter(pk=pk).first(), wanted.alone)) for name, pk in hidden
    ]
    if wanted.due == "first_due_on":
        found.append(("han", _("judged by the first due day")))
    if wanted.period:
        found.append(("ky", _("due in %(period)s") % {"period": period_name(wanted.period)}))
    if wanted.day:
        found.append(("ngay", _("as on %(day)s") % {"day": show_day(wanted.day)}))
    if wanted.now and wanted.day:
        found.append((PARAMETER, _("by the organisation of today")))
    if wanted.places.on and not wanted.day:
        found.append((PARAMETER, _("by the organisation of %(day)s") % {"day": show_day(wanted.places.on)}))
    moves = {"doi-tu": _("moved since %(day)s"), "dung-tu": _("standing still since %(day)s")}
    found += [(name, moves[name] % {"day": show_day(day) if day else "–"}) for name, day in wanted.since.items()]
    return [{"label": label, "url": _without(request, name)} for name, label in found]


def in_sight(name: str, account: Account, on: date) -> QuerySet[Any]:
    """What an id in the address may be called by its name: only what the person sees anyway."""
    if name in ("don-vi", "bang"):
        return Unit.objects.select_related("present")
    if name == "van-ban":
        return visible_documents(account, on)
    if name == "khoan":
        return Clause.objects.filter(text__document__in=visible_documents(account, on))
    tasks = rules.visible_tasks(account, on)
    return tasks if name == "nhiem-vu" else Focus.objects.filter(tasks__in=tasks)


def _label(name: str, named: Any, alone: bool) -> str:
    value = "–" if named is None else named.short_name if isinstance(named, Unit) else str(named)
    labels = {
        "don-vi": _("held by %(name)s") if alone else _("in the branch of %(name)s"),
        "bang": _("on the sheet of %(name)s"),
        "van-ban": _("from %(name)s"),
        "trong-tam": _("focus: %(name)s"),
        "nhiem-vu": _("task: %(name)s"),
        "khoan": _("clause %(name)s"),
    }
    return labels[name] % {"name": value}


def _without(request: HttpRequest, name: str) -> str:
    params = request.GET.copy()
    for gone in (name, "page", *(["pham-vi"] if name == "don-vi" else [])):
        params.pop(gone, None)
    return f"{request.path}?{params.urlencode()}" if params else request.path
