"""Writing the minutes: stored as they are typed; where two wrote the same part, both texts are shown."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.meetings import actions, rules
from trienkhai.meetings.actions.writing import Typed
from trienkhai.meetings.models import Aside, Meeting, Passage
from trienkhai.meetings.queries import quorum_figures
from trienkhai.meetings.views.common import meeting_crumbs, seen_meeting
from trienkhai.people.requests import account_of


@dataclass
class Part:
    """A passage on the page. `typed`: what stands in its field; `theirs`: the other text, where two wrote.

    `base`: the revision that it was made from; of two texts the one before the other person's, so that neither is
    stored over the other unless somebody chose. `others`: what other people typed and have not settled, for whoever
    closes the minutes.
    """

    passage: Passage
    label: str
    typed: str
    base: int
    theirs: str = ""
    conflict: bool = False
    fault: str = ""
    others: list[Aside] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.passage.key


@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_meeting(request, pk, rules.can_write)
    if request.method == "GET":
        return page(request, "meetings/minutes.html", _context(request, found))
    saved = _save(request, found)
    _settle(request, found)
    if saved.conflicts or saved.faults:
        return page(request, "meetings/minutes.html", _context(request, found, saved), status=422)
    messages.success(request, _("Stored."))
    return go(request, "meetings:meeting" if "done" in request.POST else "meetings:minutes", found.pk)


@require_POST
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Store what is on the page; answers with a line that says so, new revisions, both texts of a conflict."""
    found = seen_meeting(request, pk, rules.can_write)
    saved = _save(request, found)
    return page(request, "meetings/saved.html", _context(request, found, saved) | {"at": clock.now()})


def _save(request: HttpRequest, found: Meeting) -> actions.Saved:
    typed, decided = {}, {}
    for key in found.passages.values_list("key", flat=True):
        if key not in request.POST:
            continue
        base = request.POST.get(f"base-{key}", "")
        number = int(base) if base.isdecimal() and len(base) < 10 else 0
        typed[key] = Typed(request.POST[key], number)
        if choice := request.POST.get(f"resolve-{key}"):
            decided[key] = choice
    return actions.save_minutes(found.pk, typed, decided=decided, by=account_of(request), at=clock.now())


def _settle(request: HttpRequest, found: Meeting) -> None:
    """Whose words stand where another person's text is kept aside: `settle-` and the id of that text."""
    for row in Aside.objects.filter(passage__meeting=found).order_by("pk"):
        if choice := request.POST.get(f"settle-{row.pk}"):
            actions.settle_aside(row.pk, choice, by=account_of(request), at=clock.now())


def _context(request: HttpRequest, found: Meeting, saved: actions.Saved | None = None) -> dict[str, Any]:
    account = account_of(request)
    kept = list(Aside.objects.filter(passage__meeting=found).select_related("by").order_by("pk"))
    asides = {row.passage_id: row.text for row in kept if row.by_id == account.pk}
    on = clock.today()
    closes = bool(rules.can_settle(account, found, on)) if kept else False
    labels = {f"item-{row.pk}": row.title for row in found.items.all()}
    labels |= {"opening": _("Opening"), "closing": _("End")}
    order = {f"item-{row.pk}": row.position for row in found.items.all()} | {"opening": 0, "closing": 1000}
    rows = found.passages.select_related("changed_by")
    parts = []
    for row in sorted(rows, key=lambda one: order.get(one.key, 999)):
        part = Part(row, labels.get(row.key, row.key), row.text, row.revision)
        if row.pk in asides:
            part.typed, part.theirs, part.conflict = asides[row.pk], row.text, True
            other = row.versions.exclude(by=account).aggregate(last=Max("revision"))["last"]
            part.base = (other or 1) - 1
        if closes:
            part.others = [one for one in kept if one.passage_id == row.pk and one.by_id != account.pk]
        if saved and row.key in saved.faults:
            part.fault, part.typed = saved.faults[row.key], ""
        parts.append(part)
    return {
        "meeting": found,
        "parts": parts,
        "conflicts": any(part.conflict for part in parts),
        "faults": [part for part in parts if part.fault],
        "may_close": rules.can_close(account, found, on),
        "current": saved.current if saved else set(),
        "secret": [part.name for part in parts if part.fault],
        "last": rows.exclude(changed_at=None).order_by("-changed_at").first(),
        "figures": quorum_figures(found),
        "ballots": list(found.ballots.order_by("position")),
        "conclusions": list(found.conclusions.select_related("lead__present").order_by("position")),
        "crumbs": meeting_crumbs(found),
    }
