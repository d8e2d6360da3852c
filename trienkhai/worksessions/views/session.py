"""The list of sessions, the page of one, what the unit says beforehand."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.documents.rules import visible_documents
from trienkhai.documents.rules_drafting import visible_drafts
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.tasks.models import Issue
from trienkhai.tasks.rules import visible_issues
from trienkhai.worksessions import actions, rules
from trienkhai.worksessions.dossier.saying import standing_of
from trienkhai.worksessions.dossier.showing import named_in, show_table
from trienkhai.worksessions.dossier.words import Words
from trienkhai.worksessions.forms import WordForm
from trienkhai.worksessions.models import Session, SessionState, UnitWord
from trienkhai.worksessions.queries import last_session, next_step
from trienkhai.worksessions.views.common import act_and_return, answer, list_crumb, seen_session

ROWS = 30


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Sessions in sight: those to come first, then the last held."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_sessions(account, on).select_related("upper__present", "unit__present", "notice__document")
    coming = list(rows.filter(state=SessionState.PLANNED).order_by("starts_at", "pk")[:ROWS])
    past = rows.exclude(state=SessionState.PLANNED).order_by("-starts_at", "-pk")
    context = {
        "coming": coming,
        "page": Paginator(past, ROWS).get_page(request.GET.get("page")),
        "uppers": rules.preparing_units(account, on),
        "on": on,
    }
    return page(request, "worksessions/list.html", context)


@require_GET
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """What was concluded last time and how it stands, what the unit says, the dossier, what is concluded now."""
    account, on = account_of(request), clock.today()
    found = seen_session(request, pk)
    seen = rules.visible_sessions(account, on)
    before = last_session(found)
    before_seen = before and seen.filter(pk=before.pk).exists()
    words = list(found.words.order_by("position"))
    dossiers = rules.visible_dossiers(account, on).filter(session=found)
    context: dict[str, Any] = {
        "session": found,
        "before": before,
        "before_seen": before_seen,
        "last": _standing(before, account, on) if before and before_seen else None,
        "difficulties": [row for row in words if row.kind == UnitWord.Kind.DIFFICULTY],
        "proposals": [row for row in words if row.kind == UnitWord.Kind.PROPOSAL],
        "dossiers": list(dossiers.select_related("made_by").defer("content").order_by("-number")),
        "people": list(found.participants.select_related("unit__present").order_by("pk")),
        "conclusions": list(found.conclusions.select_related("lead__present").order_by("position")),
        "standing": _standing(found, account, on) if found.paper else None,
        "on": on,
        "crumbs": [list_crumb()],
    }
    return page(request, "worksessions/session.html", context | _offers(account, found, on))


def _standing(session: Session, account: Account, on: date) -> Any:
    table = standing_of(session, on)
    return show_table(table, Words(named_in([table]), account, on)) if table.rows else None


def _offers(account: Account, found: Session, on: date) -> dict[str, Any]:
    """What the page offers to press, by the rules; the next step of the upper unit in front."""
    names = ("change", "make_dossier", "conclude", "speak", "draft_notice", "give")
    may: dict[str, Any] = {name: getattr(rules, f"can_{name}")(account, found, on) for name in names}
    offers: dict[str, Any] = {
        "may": may,
        "step": next_step(found, on) if rules.can_plan(account, found.upper, on) else "",
    }
    if found.notice and visible_drafts(account, on).filter(pk=found.notice.pk).exists():
        offers["draft"] = found.notice
    if found.paper and visible_documents(account, on).filter(pk=found.paper.pk).exists():
        offers["paper"] = found.paper
        issues = visible_issues(account, on).filter(document=found.paper)
        offers["issues"] = list(issues.order_by("pk")[:5])
        offers["given"] = Issue.objects.filter(document=found.paper, state=Issue.State.ISSUED).exists()
    return offers


@require_http_methods(["GET", "POST"])
def word_add(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit tells a difficulty or a proposal."""
    found = seen_session(request, pk, rules.can_speak)
    form = WordForm(request.POST or None, initial={"kind": UnitWord.Kind.DIFFICULTY})

    def act() -> None:
        actions.add_word(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    return answer(request, "word", form, found, act)


@require_POST
def word_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(UnitWord, pk=pk)
    found = seen_session(request, row.session_id, rules.can_speak)

    def act() -> None:
        actions.remove_word(row.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, found, act, _("Taken back."))
