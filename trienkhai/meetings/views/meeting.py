"""The page of a meeting; changing, cancelling, inviting, opening it, telling who came."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.meetings import actions, rules
from trienkhai.meetings.actions.attending import ToldMeanwhile
from trienkhai.meetings.forms import CancelForm, HourForm, MeetingForm, body_names, names
from trienkhai.meetings.forms_people import InviteForm, TurnoutForm
from trienkhai.meetings.models import Meeting
from trienkhai.meetings.norms import least_minutes, member_classes, papers_due, reasons
from trienkhai.meetings.queries import quorum_figures
from trienkhai.meetings.queries.turnout import came, class_turnouts, turnout_state
from trienkhai.meetings.queries.year import seats_of
from trienkhai.meetings.rules_scoring import can_start_score, visible_scores
from trienkhai.meetings.views.common import answer, calendar_crumb, seen_meeting
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of


@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts for all in sight; agenda and papers for those who belong or are invited; minutes for whom they are."""
    account, on = account_of(request), clock.today()
    found = seen_meeting(request, pk)
    inside, reads = rules.can_read_inside(account, found, on), rules.can_read_minutes(account, found, on)
    context: dict[str, Any] = {
        "meeting": found,
        "inside": bool(inside),
        "reads": reads,
        "decided": rules.decided(found),
        "bodies": body_names(found.unit, found.day),
        "least": least_minutes(found.body, found.kind, on=found.day, place=found.unit.path or ""),
        "may": _verdicts(account, found, on),
        "late": found.is_overdue(on),
        "on": on,
        "scores": list(visible_scores(account, on).filter(meetings=found).select_related("unit__present")),
        "resolution": rules.resolution_stands(found),
        "may_score": can_start_score(account, found, on),
        "crumbs": [calendar_crumb(found)],
    }
    if inside:
        context |= _agenda(account, found, on)
    if reads:
        context |= _minutes(account, found)
    return page(request, "meetings/meeting.html", context)


def _verdicts(account: Account, found: Meeting, on: date) -> dict[str, Any]:
    """What the page offers, for those who convene here; the others get nothing to press."""
    verdicts: dict[str, Any] = {"give": bool(rules.can_give(account, found, on)), "convene": False}
    writers = rules.clerking_ids(account, on)
    if found.unit_id not in writers and not (found.unit.closed_on <= on and writers):
        return verdicts
    verdicts["convene"] = True
    for name in (
        "change",
        "cancel",
        "invite",
        "set_agenda",
        "begin",
        "write",
        "close",
        "correct",
        "send_up",
        "draft_resolution",
    ):
        verdicts[name] = getattr(rules, f"can_{name}")(account, found, on)
    return verdicts


def _agenda(account: Account, found: Meeting, on: date) -> dict[str, Any]:
    items = list(found.items.prefetch_related("papers__document").order_by("position"))
    papers = {paper.document_id for item in items for paper in item.papers.all()}
    opens = set(visible_documents(account, on).filter(pk__in=papers).values_list("pk", flat=True)) if papers else set()
    return {
        "items": items,
        "opens": opens,
        "minutes_planned": sum(item.minutes for item in items),
        "papers_due": papers_due(found.day, found.unit.path or ""),
        "people": list(found.participants.order_by("-votes", "pk")),
        "invitations": list(found.invitations.select_related("unit__present").order_by("unit__present__sort_key")),
    }


def _minutes(account: Account, found: Meeting) -> dict[str, Any]:
    place = found.unit.path or ""
    passages = {row.key: row for row in found.passages.all()}
    items = found.items.order_by("position")
    keyed = [("opening", _("Opening")), *((f"item-{row.pk}", row.title) for row in items), ("closing", _("End"))]
    ballots = list(found.ballots.order_by("position"))
    paper = found.conclusions_paper_id
    classes, people = class_turnouts(found), list(found.participants.order_by("-votes", "pk"))
    return {
        "figures": found.figures or quorum_figures(found),
        "passages": [(label, passages[key]) for key, label in keyed if key in passages and passages[key].text],
        "classes": classes,
        "class_names": names(member_classes(found.day, place)),
        "reason_names": names(reasons(found.day, place)),
        "people": people,
        "came": came(people, classes),
        "ballots": ballots,
        "conclusions": list(found.conclusions.select_related("lead__present", "task__issue").order_by("position")),
        "to_give": set(found.conclusions.to_give().values_list("pk", flat=True)),
        "corrections": list(found.corrections.select_related("by").order_by("pk")),
        "paper": Document.objects.filter(pk=paper).first() if paper else None,
    }


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_meeting(request, pk, rules.can_change)
    local = timezone.localtime(found.starts_at)
    initial = {name: getattr(found, name) for name in ("body", "kind", "place", "title")}
    initial |= {"day": local.date(), "hour": local.time()}
    form = MeetingForm(request.POST or None, unit=found.unit, on=found.day, initial=initial)

    def act() -> None:
        actions.change_meeting(found.pk, form.details(), by=account_of(request), at=clock.now())

    return answer(request, "meeting_form", form, found, act, unit=found.unit)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_meeting(request, pk, rules.can_cancel)
    form = CancelForm(request.POST or None)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        actions.cancel_meeting(found.pk, reason=reason, by=account_of(request), at=clock.now())

    return answer(request, "cancel", form, found, act)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is invited; pressed, the invitation goes out with agenda and papers."""
    found = seen_meeting(request, pk, rules.can_invite)
    on = clock.today()
    initial = {"units": list(found.invitations.values_list("unit", flat=True))}
    posted = request.POST if request.method == "POST" else None
    form = InviteForm(posted, meeting=found, seats=seats_of(found.unit, found.day), on=on, initial=initial)

    def act() -> None:
        units = form.cleaned_data["units"]
        actions.invite(found.pk, form.chosen(), units, by=account_of(request), at=clock.now())

    due = papers_due(found.day, found.unit.path or "")
    return answer(request, "invite", form, found, act, late=bool(due and due < on), due=due)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the meeting: at which hour it began."""
    found = seen_meeting(request, pk, rules.can_begin)
    began = timezone.localtime(min(found.starts_at, clock.now()))
    form = HourForm(request.POST or None, initial={"hour": began.time()})

    def act() -> None:
        actions.begin_meeting(found.pk, began_at=form.moment(found.day), by=account_of(request), at=clock.now())

    return answer(request, "begin", form, found, act, to="meetings:turnout")


@require_http_methods(["GET", "POST"])
def turnout(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came; told once more, it is put right."""
    found = seen_meeting(request, pk, rules.can_write)
    posted = request.POST if request.method == "POST" else None
    base = request.POST.get("base") or None
    form = TurnoutForm(posted, meeting=found, told=class_turnouts(found), base=base or turnout_state(found))

    def act() -> None:
        told: dict[str, Any] = {"speakers": form.speakers(), "base": base, "by": account_of(request), "at": clock.now()}
        try:
            actions.tell_turnout(found.pk, form.presences(), form.told(), **told)
        except ToldMeanwhile:
            found.refresh_from_db(fields=["speakers"])
            stored = turnout_state(found)
            form.compare(TurnoutForm(meeting=found, told=class_turnouts(found), base=stored))
            raise ValidationError(
                _("Another person told who came meanwhile. Nothing of yours is stored yet: compare, then store again.")
            ) from None

    return answer(request, "turnout", form, found, act, to="meetings:minutes")
