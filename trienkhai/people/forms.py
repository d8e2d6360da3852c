"""Signing in, one's own account."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from trienkhai.common import clock
from trienkhai.people import slowing


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("The user name or the password is not right."),
        "inactive": _("This account is closed. Please ask your administrator."),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")

    def clean_username(self) -> str:
        return self.cleaned_data["username"].strip().lower()

    def clean(self) -> dict[str, Any]:
        """Wrong passwords in a row wait ever longer, for this account from this address alone."""
        address = slowing.address_of(self.request.META) if self.request else ""
        key = slowing.key_of("sign-in", self.cleaned_data.get("username", ""), address)
        if seconds := slowing.take_attempt(slowing.SIGN_IN, key, at=clock.now()):
            raise ValidationError(too_many(seconds), code="slowed")
        cleaned = super().clean()
        slowing.forget(key)
        return cleaned


def too_many(seconds: int) -> str:
    words = ngettext(
        "Too many attempts one after the other. Try again in %(n)d second.",
        "Too many attempts one after the other. Try again in %(n)d seconds.",
        seconds,
    )
    return words % {"n": seconds}


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=[("vi", "Tiếng Việt"), ("en", "English")])
    next = forms.CharField(required=False)


class OwnPasswordForm(PasswordChangeForm):
    """The old password, and the new one twice."""

    error_messages = {
        "password_mismatch": _("The two new passwords differ."),
        "password_incorrect": _("The old password is not right."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Old password")
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = _("At least ten characters, not like your name, not a common word.")
        self.fields["new_password2"].label = _("New password once more")


class FirstPasswordForm(SetPasswordForm):
    """A password of one's own, twice."""

    error_messages = {"password_mismatch": _("The two new passwords differ.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = _("At least ten characters, not like your name, not a common word.")
        self.fields["new_password2"].label = _("New password once more")
