"""Signing in and out, the language of the screens."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from trienkhai.common import slots
from trienkhai.people.forms import LanguageForm, SignInForm


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    template_name = "registration/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

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
            type(request.user).objects.filter(pk=request.user.pk).update(language=chosen)
    return response
