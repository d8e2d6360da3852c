"""Signing in and out, the language of the screens, one's own account."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock, slots
from trienkhai.common.htmx import go, page
from trienkhai.people import slowing
from trienkhai.people.actions import change_password, enter_by_link, link_fault, link_of, note_sign_in
from trienkhai.people.forms import FirstPasswordForm, LanguageForm, OwnPasswordForm, SignInForm, too_many
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    template_name = "registration/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        answer = super().form_valid(form)
        note_sign_in(account_of(self.request), at=clock.now())
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = slots.parts("people.sign_in", self.request)
        return super().get_context_data(**kwargs) | {"demo_accounts": [row for part in shown for row in part]}


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view()


@login_not_required
@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie, and in the account of someone signed in."""
    form = LanguageForm(request.POST)
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 24 * 3600, samesite="Lax")
        if request.user.is_authenticated:
            Account.objects.filter(pk=request.user.pk).update(language=chosen)
    return response


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """The person's own account: name, posts (slot `people.profile`), what else areas keep about the person
    (`people.profile.more`), and the password, which only oneself changes."""
    account = account_of(request)
    form = OwnPasswordForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        changed = change_password(account.pk, form.cleaned_data["new_password1"], at=clock.now())
        update_session_auth_hash(request, changed)
        messages.success(
            request, _("Your password has been changed. Other places where you were signed in are closed.")
        )
        return go(request, "people:profile")
    posts = [row for part in slots.parts("people.profile", request, account) for row in part]
    context = {"form": form, "posts": posts, "more": slots.parts("people.profile.more", request, account)}
    return page(request, "people/profile.html", context, part="form", status=422 if form.errors else 200)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Where a one-time link leads: whoever has it chooses the password and is signed in; a link too old says so.

    Links that do not exist are answered ever more slowly to the address that tries them. A faulty form is answered as a
    page (200), so that no log keeps the address of an open link as that of a fault.
    """
    at = clock.now()
    link = link_of(token)
    fault, status = link_fault(link, at=at), 410
    if link is None:
        key = slowing.key_of("link", slowing.address_of(request.META))
        status = 404
        if seconds := slowing.take_attempt(slowing.LINKS, key, at=at):
            fault, status = too_many(seconds), 429
    if fault or link is None:
        return page(request, "people/enter.html", {"fault": fault}, status=status)
    form = FirstPasswordForm(link.account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = enter_by_link(token, form.cleaned_data["new_password1"], at=at)
        login(request, account)
        note_sign_in(account, at=at)
        messages.success(request, _("Welcome. Sign in with this user name and your password from now on."))
        return redirect("/")
    return page(request, "people/enter.html", {"form": form, "link": link})
