"""Accounts as an administrator looks after them: the list, one account, inviting a person, links."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.audit.models import Act
from trienkhai.common import clock
from trienkhai.common.folding import fold, squeeze
from trienkhai.common.htmx import go, page
from trienkhai.orgs import rules, rules_accounts
from trienkhai.orgs.actions import inviting
from trienkhai.orgs.actions.inviting import Guest, Invited
from trienkhai.orgs.forms_accounts import AccountFilterForm, InviteForm, PersonForm
from trienkhai.orgs.models import Holding, Unit
from trienkhai.orgs.naming_accounts import propose_user_name
from trienkhai.orgs.queries_accounts import STATES, found_accounts, open_invitation, open_links, posts_of, state_of
from trienkhai.orgs.wording_accounts import SENTENCES
from trienkhai.people.mailing import send_links
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

ROWS = 50
NEAR = 20
ACTS = 20


@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """Accounts of the branch one administers, by given name, with their posts and when they last came."""
    on, at = clock.today(), clock.now()
    administrator_or_404(request)
    form = AccountFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = rules_accounts.visible_accounts(account_of(request), on)
    found = found_accounts(rows, asked.get("tim", ""), asked.get("tinh_trang", ""))
    shown = Paginator(found, ROWS).get_page(request.GET.get("page"))
    people = list(shown)
    posts, links = posts_of(people, on), open_links(people, at)
    context = {
        "form": form,
        "rows": [(row, state_of(row), posts.get(row.pk, []), links.get(row.pk)) for row in people],
        "states": STATES,
        "shown": shown,
        "on": on,
    }
    return page(request, "orgs/accounts/list.html", context, part="rows")


def administrator_or_404(request: HttpRequest) -> None:
    get_object_or_404(rules.managed_units(account_of(request), clock.today())[:1])


def _account(request: HttpRequest, pk: int) -> Account:
    return get_object_or_404(rules_accounts.visible_accounts(account_of(request), clock.today()), pk=pk)


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its posts through time, its link, what may be done with it and why not; name and address."""
    by, on, at = account_of(request), clock.today(), clock.now()
    person = _account(request, pk)
    form = PersonForm(request.POST or None, initial={"name": person.name, "email": person.email})
    if request.method == "POST" and form.is_valid():
        inviting.change_account(person.pk, **form.cleaned_data, by=by, at=at)
        messages.success(request, _("Stored."))
        return go(request, "orgs:account", person.pk)
    held = Holding.objects.filter(account=person).select_related("post__unit__present", "principal__account")
    managed = rules_accounts.visible_invitations(by, on)
    invitation = open_invitation(person)
    context = {
        "person": person,
        "form": form,
        "state": state_of(person),
        "states": STATES,
        "held": list(held.order_by("-valid_to", "-valid_from", "pk")),
        "link": open_links([person], at).get(person.pk),
        "invitation": invitation if invitation and managed.filter(pk=invitation.pk).exists() else None,
        "can_look_after": rules_accounts.can_look_after(by, person, on),
        "can_close": rules_accounts.can_close(by, person, on),
        "acts": _acts(person),
        "on": on,
        "crumbs": [{"label": _("Accounts"), "url": reverse("orgs:accounts")}],
    }
    return page(request, "orgs/accounts/account.html", context, status=422 if form.errors else 200)


def _acts(person: Account) -> list[dict[str, Any]]:
    """What was done with the account, newest first."""
    rows = Act.objects.filter(target_type="people.account", target_id=person.pk).order_by("-pk")[:ACTS]
    return [
        {"at": act.at, "who": act.actor_name, "post": act.post_label, "words": SENTENCES.get(act.verb, act.verb)}
        for act in rows
    ]


@require_POST
@never_cache
def account_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one-time link, shown this once."""
    person = _account(request, pk)
    invited = inviting.renew_link(person.pk, by=account_of(request), at=clock.now())
    return show_link(request, invited)


@require_POST
def account_close(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, inviting.close_account, _("The account is closed; nobody is signed in by it any more."))


@require_POST
@never_cache
def account_open(request: HttpRequest, pk: int) -> HttpResponse:
    person = _account(request, pk)
    return show_link(request, inviting.open_account(person.pk, by=account_of(request), at=clock.now()))


@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(rules_accounts.visible_invitations(account_of(request), clock.today()), pk=pk)
    person = inviting.withdraw_invitation(found.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The invitation was withdrawn; its link opens nothing any more."))
    return go(request, "orgs:account", person.pk)


def _done(request: HttpRequest, pk: int, action: Callable[..., Any], words: str) -> HttpResponse:
    person = _account(request, pk)
    action(person.pk, by=account_of(request), at=clock.now())
    messages.success(request, words)
    return go(request, "orgs:account", person.pk)


@require_http_methods(["GET", "POST"])
@never_cache
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a person to a post of a unit one administers. The link is shown once, on the page that answers."""
    by, on = account_of(request), clock.today()
    managed = rules.managed_units(by, on).select_related("present")
    unit = _asked_unit(request, managed)
    form = InviteForm(request.POST or None, unit=unit, initial={"valid_from": on, "post": request.GET.get("chuc-danh")})
    if request.method == "POST" and form.is_valid():
        try:
            return show_link(request, inviting.invite(Guest(**form.cleaned_data), by=by, at=clock.now()))
        except ValidationError as fault:
            form.add_error(None, fault.messages)
    words = squeeze(request.GET.get("tim", ""))[:100]
    context = {
        "form": form,
        "unit": unit,
        "words": words,
        "near": _found_units(managed, words) if words else [],
        "crumbs": [{"label": _("Accounts"), "url": reverse("orgs:accounts")}],
    }
    return page(request, "orgs/accounts/invite.html", context, status=422 if form.errors else 200)


def _asked_unit(request: HttpRequest, managed: Any) -> Unit:
    """The unit named in the address, among those one administers; else the highest of them."""
    asked = request.GET.get("don-vi", "")
    if asked.isascii() and asked.isdecimal() and len(asked) < 19:
        return get_object_or_404(managed, pk=int(asked))
    return get_object_or_404(managed.order_by("path")[:1])


def _found_units(managed: Any, words: str) -> list[Unit]:
    rows = managed
    for word in fold(words).split():
        rows = rows.filter(present__search_text__contains=word)
    return list(rows.order_by("present__sort_key")[:NEAR])


@require_GET
def user_name(request: HttpRequest) -> HttpResponse:
    """The user name that would be made from a name: for the form, while it is filled in."""
    administrator_or_404(request)
    proposed = propose_user_name(squeeze(request.GET.get("name", ""))[:120])
    return page(request, "orgs/accounts/proposed.html", {"proposed": proposed})


def address_of_link(request: HttpRequest, token: str) -> str:
    way = reverse("people:enter", args=[token])
    return settings.SITE_URL + way if settings.SITE_URL else request.build_absolute_uri(way)


def show_link(request: HttpRequest, invited: Invited) -> HttpResponse:
    """The one page on which the link stands, to be printed or copied; it goes by e-mail too where that is set up."""
    address = address_of_link(request, invited.token)
    sent = send_links([(invited.account, address, invited.link.expires_at)])
    context = {
        "person": invited.account,
        "holding": invited.holding,
        "link": invited.link,
        "address": address,
        "mailed": invited.account.pk in sent,
        "mail_failed": settings.MAIL and invited.account.email and invited.account.pk not in sent,
        "crumbs": [{"label": _("Accounts"), "url": reverse("orgs:accounts")}],
    }
    return page(request, "orgs/accounts/link.html", context)
