"""Text from outside turned into values for lists of members by name. Of a person no field takes words but the name."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trienkhai.orgs.actions.roster.keeping import KEEP, Listed
from trienkhai.orgs.forms import DayField
from trienkhai.orgs.forms_choosing_unit import UnitField
from trienkhai.orgs.forms_posts import language
from trienkhai.orgs.models import Holding, Post, Unit
from trienkhai.orgs.queries_posts import names_in
from trienkhai.people.models import Account

STAYS = "-"


class SwitchOnForm(forms.Form):
    decision = forms.CharField(
        label=gettext_lazy("Decision"),
        max_length=120,
        help_text=gettext_lazy("Number and symbol of the paper by which the office keeps its members by name."),
    )
    decided_on = DayField(label=gettext_lazy("Day of the decision"))


class SwitchOffForm(forms.Form):
    """`names`: how many the person was told would go."""

    names = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    sure = forms.BooleanField()

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["names"] = count
        words = ngettext("Erase %(n)d name for good", "Erase %(n)d names for good", count) % {"n": count}
        self.fields["sure"].label = words if count else _("No name is stored; switch it off")


class _RowForm(forms.Form):
    """Post and account are chosen among those of the unit; neither is required."""

    def choose(self, unit: Unit, on: date, *, stays: bool) -> None:
        fields: Any = self.fields
        first = [(STAYS, _("as it is"))] if stays else []
        self.posts = {str(post.pk): post for post in Post.objects.filter(unit=unit).order_by("title")}
        held = Holding.objects.on(on).seated().filter(post__unit=unit).select_related("account")
        self.accounts = {str(row.account_id): row.account for row in held.order_by("account__sort_key")}
        kinds = list(names_in("members.classes", on, language()).items())
        fields["kind"].choices = [("", _("as it is")), *kinds] if stays else kinds
        posts = [(key, post.title) for key, post in self.posts.items()]
        fields["post"].choices = [*first, ("", _("none")), *posts]
        accounts = [(key, f"{who.name} ({who.username})") for key, who in self.accounts.items()]
        fields["account"].choices = [*first, ("", _("none")), *accounts]

    def chosen(self, name: str, among: dict[str, Any]) -> Any:
        given = self.cleaned_data[name]
        return KEEP if given == STAYS else among.get(given)


class MemberForm(_RowForm):
    name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Class of member"))
    valid_from = DayField(label=gettext_lazy("In this list from day"))
    post = forms.ChoiceField(label=gettext_lazy("Post held"), required=False)
    account = forms.ChoiceField(
        label=gettext_lazy("Account"),
        required=False,
        help_text=gettext_lazy("With it the person sees the own row. Only accounts with a post of this unit."),
    )

    def __init__(self, *args: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose(unit, on, stays=False)

    def listed(self) -> Listed:
        given = self.cleaned_data
        post, account = self.chosen("post", self.posts), self.chosen("account", self.accounts)
        return Listed(given["name"], given["kind"], given["valid_from"], post, account)


class CorrectionForm(_RowForm):
    """What is left empty stays as it is: the page does not show the name."""

    name = forms.CharField(
        label=gettext_lazy("Full name"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Empty: the name stays as it is."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Class of member"), required=False)
    valid_from = DayField(label=gettext_lazy("In this list from day"), required=False)
    post = forms.ChoiceField(label=gettext_lazy("Post held"), required=False)
    account = forms.ChoiceField(label=gettext_lazy("Account"), required=False)

    def __init__(self, *args: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update({"post": STAYS, "account": STAYS})
        self.choose(unit, on, stays=True)

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        post: Post | None = self.chosen("post", self.posts)
        account: Account | None = self.chosen("account", self.accounts)
        words = {name: given[name] for name in ("name", "kind", "valid_from")}
        return words | {"post": post, "account": account}


class ClassForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("New class"))
    on = DayField(label=gettext_lazy("From day"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = list(names_in("members.classes", on, language()).items())


class LeaveForm(forms.Form):
    on = DayField(
        label=gettext_lazy("First day without this member"),
        help_text=gettext_lazy("Moved away or in the list no more: the reason is not kept."),
    )


class TransferForm(forms.Form):
    to = UnitField(
        label=gettext_lazy("Unit that takes the member"),
        help_text=gettext_lazy(
            "A unit that keeps its members by name agrees first; another is not asked and learns no name."
        ),
    )
    on = DayField(label=gettext_lazy("First day there"))

    def __init__(self, *args: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["to"].limit(on=on, apart=[unit.pk], external=False)


class SureForm(forms.Form):
    """Something that cannot be taken back."""

    sure = forms.BooleanField()

    def __init__(self, *args: Any, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"].label = words


class RosterSheetForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy(
            "XLSX or CSV with the columns: number (empty for a new row), full name, class of member, from day, post, "
            "user name. Rows that the file leaves out stay as they are."
        ),
    )
