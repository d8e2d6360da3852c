"""Text from outside turned into values for posts, holdings, deputies, courses and numbers of members."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from trienkhai.common.days import OPEN_END
from trienkhai.norms.queries import value
from trienkhai.orgs.forms import DayField
from trienkhai.orgs.hanging import hanging_on
from trienkhai.orgs.models import Manner, Post, Role, Span
from trienkhai.orgs.queries_posts import names_in
from trienkhai.people.models import Account

LASTING = [(manner.value, manner.label) for manner in Manner if manner != Manner.DELEGATED]
STATE_NAMES = {
    "vacant": gettext_lazy("vacant"),
    "ending": gettext_lazy("ending soon"),
    "over": gettext_lazy("more holders than seats"),
}


def language() -> str:
    return (get_language() or "vi")[:2]


class PostForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    reach = forms.ChoiceField(label=gettext_lazy("Reach"), choices=Span.choices)
    seats = forms.IntegerField(
        label=gettext_lazy("Seats"),
        min_value=1,
        max_value=999,
        initial=1,
        required=False,
        help_text=gettext_lazy("How many people hold this post at once."),
    )
    classes = forms.MultipleChoiceField(
        label=gettext_lazy("Class"), required=False, widget=forms.CheckboxSelectMultiple
    )
    term_bound = forms.BooleanField(label=gettext_lazy("Held for the term of the committee"), required=False)
    requirements = forms.CharField(
        label=gettext_lazy("Requirements"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What the post asks of whoever holds it. Say nothing here about any person."),
    )
    may_issue = forms.BooleanField(
        label=gettext_lazy("May issue tasks on a paper that bears authority"),
        required=False,
        help_text=gettext_lazy("For a tracking officer to whom issuing is delegated by post."),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["classes"].choices = list(names_in("posts.classes", on, language()).items())

    def clean_seats(self) -> int:
        return self.cleaned_data["seats"] or 1


class PersonField(forms.CharField):
    """A person by user name, among open accounts."""

    def clean(self, value: Any) -> Any:
        name = super().clean(value).strip().lower()
        account = Account.objects.filter(username=name, is_active=True).first()
        if account is None:
            raise ValidationError(_("There is no open account of that user name."))
        return account


def person_field() -> PersonField:
    return PersonField(label=gettext_lazy("User name"), max_length=60)


def manner_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Manner"),
        choices=LASTING,
        help_text=gettext_lazy("Acting and in charge are for a post that is vacant and take its seat."),
    )


class DecisionForm(forms.Form):
    """The paper by which a post is given."""

    decision = forms.CharField(label=gettext_lazy("Decision"), max_length=120, required=False)
    decided_on = DayField(label=gettext_lazy("Day of the decision"), required=False)


class AppointForm(DecisionForm):
    """Who holds a post, how, and for how long."""

    account = person_field()
    manner = manner_field()
    valid_from = DayField(label=gettext_lazy("From day"))
    valid_to = DayField(
        label=gettext_lazy("Until before"),
        required=False,
        help_text=gettext_lazy("The first day without the post; empty when no end is set."),
    )
    field_order = ("account", "manner", "valid_from", "valid_to", "decision", "decided_on")

    def clean_valid_to(self) -> date:
        return self.cleaned_data["valid_to"] or OPEN_END


class EndHoldingForm(forms.Form):
    on = DayField(label=gettext_lazy("First day without the post"))
    ending = forms.ChoiceField(label=gettext_lazy("Reason"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["ending"].choices = [("", "–"), *names_in("posts.endings", today, language()).items()]


class AbolishForm(forms.Form):
    """From which day, by which decision, what becomes of holders and of what hangs on the post."""

    on = DayField(label=gettext_lazy("First day without the post"))
    decision = forms.CharField(label=gettext_lazy("Decision"), max_length=120, required=False)
    ends_holdings = forms.BooleanField(label=gettext_lazy("Whoever holds it leaves it on that day"), required=False)
    successor = forms.ModelChoiceField(
        Post.objects.none(),
        label=gettext_lazy("Post that takes over what hangs on it"),
        required=False,
        empty_label=gettext_lazy("none"),
    )

    def __init__(self, *args: Any, post: Post, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["successor"].queryset = Post.objects.filter(unit=post.unit_id).standing(on).exclude(pk=post.pk)
        found = [f"{label}: {number}" for label, number in hanging_on(post).values()]
        fields["successor"].help_text = capfirst("; ".join(found)) or _("Nothing hangs on it.")
        holders = post.holdings.seated().meeting(on, OPEN_END).select_related("account").order_by("valid_from", "pk")
        names = ", ".join(dict.fromkeys(row.account.name for row in holders))
        fields["ends_holdings"].help_text = names or _("Nobody holds it.")


class EndDelegationForm(forms.Form):
    on = DayField(
        label=gettext_lazy("First day without the right"),
        help_text=gettext_lazy("From that day's first minute on; today ends it at once."),
    )


class HandOverForm(DecisionForm):
    """One person leaves the post and another has it from the same day on."""

    account = person_field()
    manner = manner_field()
    on = DayField(
        label=gettext_lazy("Day of handing over"),
        help_text=gettext_lazy("The first day of the new holder; the old one holds the post until the day before."),
    )
    field_order = ("account", "manner", "on", "decision", "decided_on")


class DelegateForm(forms.Form):
    """A deputy, what the deputy may do, and for how long."""

    account = person_field()
    bundles = forms.MultipleChoiceField(
        label=gettext_lazy("May do in the holder's name"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only what is ticked. The deputy cannot hand it on."),
    )
    valid_from = DayField(label=gettext_lazy("From day"))
    last_day = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("The day after, the right is gone by itself."),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["bundles"].choices = list(names_in("posts.delegable", on, language()).items())
        self.rows = value("posts.delegable", on=on, default={})

    def values(self) -> dict[str, Any]:
        """As the action takes them: verbs, and the first day without the right."""
        given = self.cleaned_data
        acts = sorted({verb for name in given["bundles"] for verb in self.rows[name]["acts"]})
        end = OPEN_END if given["last_day"] >= OPEN_END else given["last_day"] + timedelta(days=1)
        return {"to": given["account"], "acts": acts, "valid_from": given["valid_from"], "valid_to": end}


class PostFilter(forms.Form):
    """The list of posts."""

    q = forms.CharField(label=gettext_lazy("Name of the holder"), required=False, max_length=100)
    lop = forms.ChoiceField(label=gettext_lazy("Class"), required=False)
    vai = forms.ChoiceField(
        label=gettext_lazy("Role"), required=False, choices=[("", gettext_lazy("all")), *Role.choices]
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("all")), *STATE_NAMES.items()],
    )
    ngay = DayField(label=gettext_lazy("As on day"), required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["lop"].choices = [("", _("all")), *names_in("posts.classes", on, language()).items()]
        fields["tinh-trang"] = fields.pop("state")
        fields["ngay"] = fields.pop("ngay")


class TrainingForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Course"))
    finished_on = DayField(label=gettext_lazy("Finished on"))
    issued_by = forms.CharField(label=gettext_lazy("Held by (institution)"), max_length=200)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = list(names_in("training.kinds", on, language()).items())


class MembersForm(forms.Form):
    """One number for each class of members, and the day for which they hold."""

    counted_on = DayField(label=gettext_lazy("As on day"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.classes = names_in("members.classes", on, language())
        for name, label in self.classes.items():
            self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=999_999)

    def numbers(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in self.classes}
