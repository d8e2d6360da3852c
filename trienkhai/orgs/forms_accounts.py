"""Text from outside turned into values for accounts, invitations and the review of rights."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.common.clock import today
from trienkhai.common.folding import printable, squeeze
from trienkhai.orgs.forms import DayField
from trienkhai.orgs.models import Outcome, Post, Unit
from trienkhai.orgs.naming_accounts import LONGEST, user_name_fault
from trienkhai.orgs.queries_accounts import STATES
from trienkhai.people.models import Account


class AccountFilterForm(forms.Form):
    tim = forms.CharField(label=gettext_lazy("Name or user name"), required=False, max_length=100)
    tinh_trang = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["tinh_trang"].choices = [("", gettext_lazy("all")), *STATES.items()]


class PersonForm(forms.Form):
    """Name and address, as an administrator changes them."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=254)

    def clean_name(self) -> str:
        return squeeze(printable(self.cleaned_data["name"]))


class InviteForm(PersonForm):
    """Whom to invite, to which post of the unit, from which day."""

    username = forms.CharField(
        label=gettext_lazy("User name"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("Left empty, it is made from the name: Trần Thị Lan becomes lantt."),
    )
    post = forms.ModelChoiceField(label=gettext_lazy("Post"), queryset=Post.objects.none())
    valid_from = DayField(label=gettext_lazy("From day"))
    field_order = ("name", "username", "email", "post", "valid_from")

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["post"].queryset = Post.objects.filter(unit=unit).standing(today()).order_by("pk")

    def clean_username(self) -> str:
        username = self.cleaned_data["username"].strip().lower()
        if username and (fault := user_name_fault(username)):
            raise ValidationError(fault)
        if username and Account.objects.filter(username=username).exists():
            raise ValidationError(_("Another account has the user name “%(name)s”.") % {"name": username})
        return username


class SheetForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy(
            "XLSX or CSV with the columns: full name, user name, e-mail, unit code, post, from day."
        ),
    )


class DecideForm(forms.Form):
    """What is decided on the ticked rights."""

    outcome = forms.ChoiceField(choices=Outcome.choices)
    holding = forms.TypedMultipleChoiceField(coerce=int, required=False)
    until = DayField(label=gettext_lazy("First day without the right"), required=False)

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        given = [
            value for value in data.getlist("holding") if value.isascii() and value.isdecimal() and len(value) < 19
        ]
        fields: Any = self.fields
        fields["holding"].choices = [(value, value) for value in given]
